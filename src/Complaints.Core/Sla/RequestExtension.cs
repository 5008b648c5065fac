using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;
using NodaTime;

namespace Complaints.Core.Sla;

/// <summary>Asks for a later deadline of one clock, before it expires.</summary>
/// <param name="Clock">The clock's id. Errors: <c>clock.not_found</c>, <c>clock.paused</c>.</param>
/// <param name="Until">The deadline that is asked for. Errors: <c>extension.not_later</c>, <c>extension.too_long</c>.</param>
/// <param name="Reason">Why: a code of the tenant's reasons for this command. Error: <c>code.unknown</c>.</param>
/// <param name="Remark">What is to be said of it, kept sealed; at most 500 characters. Error, where the reason is <c>other</c>:
/// <c>text.required</c>.</param>
/// <remarks>Further errors: <c>extension.not_allowed</c>, <c>extension.expired</c>, <c>extension.used_up</c>,
/// <c>extension.pending</c>.</remarks>
public sealed record RequestExtension(string Clock, Instant Until, string Reason, string? Remark = null)
    : ComplaintCommand, ICapability<RequestExtension, Complaint>
{
    private static readonly Refusal NotAllowed = new(
        "extension.not_allowed",
        "The policy allows no extension of '{value}'; escalate or agree a deadline with the customer.",
        "政策不允许延长“{value}”，请升级处理或与客户约定期限。");

    private static readonly Refusal Pending = new(
        "extension.pending",
        "An extension of '{value}' was asked for already and is not decided.",
        "“{value}”已有延期申请，尚未决定。");

    private static readonly Refusal UsedUp = new(
        "extension.used_up",
        "'{value}' was extended {bound} times already, which is all that the policy allows.",
        "“{value}”已延期 {bound} 次，达到政策上限。");

    static Capability ICapability<RequestExtension, Complaint>.Capability { get; } = new("request-extension", new("Request an extension", "申请延期"))
    {
        Roles = Role.Desk,
        Fields = Field.Of<RequestExtension>(f =>
        [
            f.PartKey(command => command.Clock, Labels.Clock),
            f.Moment(command => command.Until, Labels.Until),
            f.Reason(command => command.Reason, "request-extension"),
            f.Remark(command => command.Remark, command => command.Reason),
        ]),
        StaysIn = States.Codes([.. States.Open, ComplaintState.OnHold]),
        Refusals = [NotAllowed, Pending, UsedUp, ExtensionRules.ClockNotFound, ExtensionRules.ClockPaused, ExtensionRules.Expired, ExtensionRules.NotLater, ExtensionRules.TooLong],
    };

    /// <inheritdoc/>
    public override Subject? About => new("clock", Clock);

    static RequestExtension ICapability<RequestExtension, Complaint>.Example(Occasion occasion) =>
        new("resolution/1", occasion.InDays(20), "waits-for-others", "The part comes later.");

    static ImmutableArray<Subject> ICapability<RequestExtension, Complaint>.Subjects(Complaint complaint, Rulebook rules) =>
        [.. Clocks.Project(complaint, rules).Where(clock => clock is { IsRunning: true, Terms.Extensions: not null }).Select(clock => new Subject("clock", clock.Id))];

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        var open = Clocks.Project(complaint, context.Rules).Where(clock => clock is { IsOpen: true, Terms: not null }).ToList();
        if (open.Find(clock => clock.Id == Clock) is not { } wanted)
            return ExtensionRules.ClockNotFound.With(("value", Vocabulary.ClockItem(Clock)), ("known", open.Select(clock => Vocabulary.ClockItem(clock.Id))));
        if (wanted.Due is not { } due)
            return ExtensionRules.ClockPaused.With(("value", Vocabulary.ClockItem(Clock)));
        if (wanted.Terms!.Extensions is not { } rule)
            return NotAllowed.With(("value", Vocabulary.ClockItem(Clock)));
        if (context.Now > due)
            return ExtensionRules.Expired.With(("value", Vocabulary.ClockItem(Clock)), ("bound", due));
        var earlier = complaint.Clocks.Extensions.Where(extension => extension.Clock == Clock).ToList();
        if (earlier.Exists(extension => extension.Status == ExtensionStatus.Pending))
            return Pending.With(("value", Vocabulary.ClockItem(Clock)));
        if (earlier.Count(extension => extension.Status == ExtensionStatus.Granted) >= rule.Max)
            return UsedUp.With(("value", Vocabulary.ClockItem(Clock)), ("bound", rule.Max));
        if (ExtensionRules.Check(wanted, Until, context) is { } wrong)
            return wrong;
        events.Add(new ExtensionRequested(complaint.Clocks.Extensions.Length + 1, Clock, due, Until, Reason, Personal.OfNullable(Remark)));
        return null;
    }
}

/// <summary>An extension was asked for.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Clock">The clock's id.</param>
/// <param name="Was">The deadline then.</param>
/// <param name="Until">The deadline that is asked for.</param>
/// <param name="Reason">Why: a code of the tenant's reasons.</param>
/// <param name="Remark">What is to be said of it.</param>
public sealed record ExtensionRequested(int Number, string Clock, Instant Was, Instant Until, string Reason,
    Personal<string>? Remark = null)
    : ComplaintEvent, IHappening<ExtensionRequested, Complaint>
{
    static EventType IHappening<ExtensionRequested, Complaint>.EventType { get; } = new("extension-requested", 2,
        new("Extension requested", "已申请延期"))
    {
        Upcasters = [Why.AsRemark],
        Leaves = Leaving.With<ExtensionRequested>(static (writer, requested) =>
        {
            writer.WriteString("clock"u8, requested.Clock);
            writer.WriteInstant("due"u8, requested.Was);
            writer.WriteInstant("until"u8, requested.Until);
        }),
    };

    internal override Subject? Made => Subject.Of("extension", Number);

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
        [new(Vocabulary.Objective(Clock), Was), new(Labels.Until, Until), .. Why.Details(rules, "request-extension", Reason, Remark)];

    internal override PersonalField[] PersonalValues => [new("remark", Remark)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Clocks = complaint.Clocks with { Extensions = complaint.Clocks.Extensions.Add(new Extension(Number, Clock, Was, Until, moment.Actor.Id) { RequestedFor = moment.Actor.OnBehalfOf }) },
    };
}
