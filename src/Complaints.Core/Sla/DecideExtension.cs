using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;
using NodaTime;

namespace Complaints.Core.Sla;

/// <summary>Grants an extension, to the date that was asked for or to another, or denies it. Who asked cannot decide.</summary>
/// <param name="Extension">The request's number. Errors: <c>extension.not_found</c>, <c>approval.own_request</c>,
/// <c>clock.not_found</c>.</param>
/// <param name="Grant">True to grant. Error, once the breach was recorded: <c>extension.expired</c>.</param>
/// <param name="Until">Another date than the one asked for; <c>null</c> for that one. Errors: <c>extension.not_later</c>,
/// <c>extension.too_long</c>.</param>
/// <param name="Reason">Why: a code of the tenant's reasons for this command; <c>null</c> for none. Error: <c>code.unknown</c>.</param>
/// <param name="Remark">What is to be said of it, kept sealed; at most 500 characters. Error, where the reason is <c>other</c>:
/// <c>text.required</c>.</param>
public sealed record DecideExtension(int Extension, bool Grant, Instant? Until = null, string? Reason = null, string? Remark = null)
    : ComplaintCommand, ICapability<DecideExtension, Complaint>
{
    private static readonly Refusal NonePending = new(
        "extension.none_pending",
        "No extension waits for a decision.",
        "没有待决定的延期申请。");

    private static readonly Refusal NotFound = new(
        "extension.not_found",
        "There is no pending extension {value}; pending: {known}.",
        "没有待决定的延期 {value}，待决定：{known}。");

    static Capability ICapability<DecideExtension, Complaint>.Capability { get; } = new("decide-extension", new("Decide on an extension", "决定延期"))
    {
        Roles = [Role.Supervisor, Role.Manager, Role.Director],
        Fields = Field.Of<DecideExtension>(f =>
        [
            f.Part(command => command.Extension, Labels.Extension),
            f.Flag(command => command.Grant, Labels.Grant),
            f.Moment(command => command.Until, Labels.Until, required: false),
            f.Reason(command => command.Reason, "decide-extension", required: false),
            f.Remark(command => command.Remark, command => command.Reason),
        ]),
        StaysIn = States.Codes([.. States.Open, ComplaintState.OnHold]),
        Refusals = [NonePending, NotFound, Resolution.ApprovalRules.OwnRequest, ExtensionRules.ClockNotFound, ExtensionRules.ClockPaused, ExtensionRules.Expired, ExtensionRules.NotLater, ExtensionRules.TooLong],
    };

    /// <inheritdoc/>
    public override Subject? About => Subject.Of("extension", Extension);

    static DecideExtension ICapability<DecideExtension, Complaint>.Example(Occasion occasion) => new(occasion.Number, Grant: true);

    static ImmutableArray<Subject> ICapability<DecideExtension, Complaint>.Subjects(Complaint complaint, Rulebook rules) =>
    [
        .. complaint.Clocks.Extensions.Where(extension => extension.Status == ExtensionStatus.Pending)
            .Select(extension => Subject.Of("extension", extension.Number)),
    ];

    static ComplaintError? ICapability<DecideExtension, Complaint>.Precondition(Complaint complaint, Subject? subject, DecisionContext<Complaint> context) =>
        complaint.Clocks.Extensions.Any(extension => extension.Status == ExtensionStatus.Pending) ? null : NonePending.Plain;

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        var pending = complaint.Clocks.Extensions.Where(extension => extension.Status == ExtensionStatus.Pending).ToList();
        if (pending.Find(extension => extension.Number == Extension) is not { } request)
            return NotFound.With(("value", Extension), ("known", pending.Select(extension => extension.Number)));
        if (context.Actor.IsOrActsFor(request.RequestedBy) || context.Actor.IsOrActsFor(request.RequestedFor))
            return Resolution.ApprovalRules.OwnRequest.With(("value", new StaffMember(context.Actor.Id)));
        if (!Grant && string.IsNullOrWhiteSpace(Reason))
            return new("text.required", ("field", Labels.Reason));
        if (!Grant)
        {
            events.Add(new ExtensionDecided(request.Number, request.Clock, Granted: null, Why.Given(Reason), Personal.OfNullable(Remark)));
            return null;
        }
        if (Clocks.Project(complaint, context.Rules).FirstOrDefault(clock => clock.Id == request.Clock && clock.IsOpen) is not { } wanted)
            return ExtensionRules.ClockNotFound.With(("value", Vocabulary.ClockItem(request.Clock)), ("known", ""));
        if (complaint.Clocks.ResultOf(request.Clock) is { Verdict: ClockVerdict.Breached })
            return ExtensionRules.Expired.With(("value", Vocabulary.ClockItem(request.Clock)), ("bound", request.Was));
        var until = Until ?? request.Proposed;
        if (ExtensionRules.Check(wanted, until, context) is { } wrong)
            return wrong;
        events.Add(new ExtensionDecided(request.Number, request.Clock, until, Why.Given(Reason), Personal.OfNullable(Remark)));
        return null;
    }
}

/// <summary>An extension was granted or denied.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Clock">The clock's id.</param>
/// <param name="Granted">The new deadline; <c>null</c> when it was denied.</param>
/// <param name="Reason">Why: a code of the tenant's reasons.</param>
/// <param name="Remark">What is to be said of it.</param>
public sealed record ExtensionDecided(int Number, string Clock, Instant? Granted, string? Reason, Personal<string>? Remark = null)
    : ComplaintEvent, IHappening<ExtensionDecided, Complaint>
{
    static EventType IHappening<ExtensionDecided, Complaint>.EventType { get; } = new("extension-decided", 2,
        new("Extension decided", "延期已决定"))
    {
        Upcasters = [Why.AsRemark],
        Leaves = Leaving.With<ExtensionDecided>(static (writer, decided) =>
        {
            writer.WriteString("clock"u8, decided.Clock);
            writer.WriteBoolean("granted"u8, decided.Granted is not null);
            if (decided.Granted is { } until)
                writer.WriteInstant("until"u8, until);
        }),
    };

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
        [new(Vocabulary.Objective(Clock), Granted is null ? ExtensionStatus.Denied : ExtensionStatus.Granted), new(Labels.Until, Granted),
            .. Why.Details(rules, "decide-extension", Reason, Remark)];

    internal override PersonalField[] PersonalValues => [new("remark", Remark)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Clocks = complaint.Clocks with
        {
            Extensions =
            [
                .. complaint.Clocks.Extensions.Select(extension => extension.Number == Number
                    ? extension with { Status = Granted is null ? ExtensionStatus.Denied : ExtensionStatus.Granted, Granted = Granted }
                    : extension),
            ],
        },
    };
}
