using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;
using NodaTime;

namespace Complaints.Core.Sla;

/// <summary>
/// Measures the running clocks by what is published now. Without it every complaint keeps the versions that it began with. What was met or
/// breached stays; a new due
/// instant in the past is a breach at once, or at the next sweep where it lies less than a minute back and the database has a clock of its
/// own. <see cref="ComplaintDesk.PreviewAsync"/> shows what it would do.
/// </summary>
/// <param name="Reason">Why: a code of the tenant's reasons for this command. Error: <c>code.unknown</c>.</param>
/// <param name="Remark">What is to be said of it, kept sealed; at most 500 characters. Error, where the reason is <c>other</c>:
/// <c>text.required</c>.</param>
/// <param name="Scope">What is taken in its newest version.</param>
/// <remarks>Errors: <c>recalculate.no_policy</c>, <c>recalculate.unchanged</c>.</remarks>
public sealed record Recalculate(string Reason, RecalculationScope Scope = RecalculationScope.PolicyAndCalendars, string? Remark = null)
    : ComplaintCommand, ICapability<Recalculate, Complaint>
{
    private static readonly Refusal NoPolicy = new(
        "recalculate.no_policy",
        "No clock of a policy runs on the complaint; adopt it first if it was imported.",
        "该投诉没有政策时限在计算，若为导入请先接管。");

    private static readonly Refusal Unchanged = new(
        "recalculate.unchanged",
        "The complaint is on the newest versions already ({value}).",
        "该投诉已使用最新版本（{value}）。");

    static Capability ICapability<Recalculate, Complaint>.Capability { get; } = new("recalculate", new("Recalculate the clocks", "重算时限"))
    {
        Roles = [Role.Administrator, Role.Manager],
        Fields = Field.Of<Recalculate>(f =>
        [
            f.Reason(command => command.Reason, "recalculate"),
            f.Remark(command => command.Remark, command => command.Reason),
            f.Choice(command => command.Scope, Labels.Scope, Vocabulary.Of),
        ]),
        StaysIn = States.Codes(States.NotEnded),
        Refusals = [NoPolicy, Unchanged],
    };

    static Recalculate ICapability<Recalculate, Complaint>.Example(Occasion occasion) => new("rules-changed", Remark: "New policy.");

    static ComplaintError? ICapability<Recalculate, Complaint>.Precondition(Complaint complaint, Subject? subject,
        DecisionContext<Complaint> context) =>
        complaint.Clocks.Policies.IsEmpty ? NoPolicy.Plain : null;

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        var pin = complaint.Clocks.Policies[^1];
        var newest = Newest(complaint, pin, context.Rules);
        if (newest.Policy == pin.Policy && newest.Calendars.AsSpan().SequenceEqual(pin.Calendars.AsSpan()))
            return Unchanged.With(("value", pin.Policy));
        var before = Clocks.Project(complaint, context.Rules).Where(clock => clock.IsOpen).ToImmutableArray();
        var recalculated = new ClocksRecalculated(newest.Policy, newest.Calendars, Reason, [], Personal.OfNullable(Remark));
        var after = Clocks.Project(recalculated.ApplyTo(complaint, events.Moment), context.Rules).Where(clock => clock.IsOpen).ToImmutableArray();
        var changes = Changes(before, after, context.Rules);
        // T5: alone, a calendar is taken up only where it says what was not known before.
        if (Scope == RecalculationScope.GrownCalendars && !changes.Any(change => change.BeyondHolidayData))
            return Unchanged.With(("value", pin.Policy));
        events.Add(recalculated with { Changes = changes });
        return null;
    }

    private PolicyPin Newest(Complaint complaint, PolicyPin pin, Rulebook rules)
    {
        if (Scope == RecalculationScope.GrownCalendars)
            return pin with { Calendars = [.. pin.Calendars.Select(calendar => rules.IsGrown(calendar) ? rules.NewestCalendar(calendar.Id).First() : calendar)] };
        var policy = rules.SelectPolicy(complaint) ?? rules.NewestPolicy(pin.Policy.Id, complaint.Receipt.ReceivedAt) ?? pin.Policy;
        return pin with { Policy = policy, Calendars = PolicyPin.CalendarsOf(rules.Policy(policy)!, rules, kept: null) };
    }

    private static ImmutableArray<ClockChange> Changes(ImmutableArray<Clock> before, ImmutableArray<Clock> after, Rulebook rules) =>
    [
        .. from id in before.Select(clock => clock.Id).Union(after.Select(clock => clock.Id), StringComparer.Ordinal)
           let old = before.FirstOrDefault(clock => clock.Id == id)
           let now = after.FirstOrDefault(clock => clock.Id == id)
           where old is null || now is null || old.Due != now.Due
           select new ClockChange(id, old?.Due, now?.Due, old is not null && HolidayHorizon.IsBeyond(old, rules)),
    ];
}

/// <summary>The clocks are measured by other versions from now on.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Calendars">The calendars, the tenant's own first.</param>
/// <param name="Reason">Why: a code of the tenant's reasons.</param>
/// <param name="Remark">What is to be said of it.</param>
/// <param name="Changes">What became of the open clocks.</param>
public sealed record ClocksRecalculated(DefinitionRef Policy, ImmutableArray<DefinitionRef> Calendars, string Reason,
    ImmutableArray<ClockChange> Changes, Personal<string>? Remark = null)
    : ComplaintEvent, IHappening<ClocksRecalculated, Complaint>
{
    static EventType IHappening<ClocksRecalculated, Complaint>.EventType { get; } = new("clocks-recalculated", 2,
        new("Time limits recalculated", "时限已重算"))
    {
        Upcasters = [Why.AsRemark],
    };

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
        [.. Why.Details(rules, "recalculate", Reason, Remark),
            .. Changes.Select(change => new Detail(Vocabulary.Objective(change.Clock), change.After))];

    internal override PersonalField[] PersonalValues => [new("remark", Remark)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Clocks = complaint.Clocks with
        {
            Policies = complaint.Clocks.Policies.Add(
                new PolicyPin(Policy, moment.OccurredAt, complaint.Progress.ClockRound, Calendars, Recalculated: true)),
        },
    };
}

/// <summary>What a recalculation takes in its newest version.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(System.Text.Json.Serialization.JsonStringEnumConverter<RecalculationScope>))]
public enum RecalculationScope
{
    /// <summary>The policy that applies now, and its calendars.</summary>
    PolicyAndCalendars,

    /// <summary>Only calendars that have gained years of holidays while their weekly hours stayed, for clocks that are due in those
    /// years.</summary>
    GrownCalendars,
}

/// <summary>What a recalculation does to one open clock.</summary>
/// <param name="Clock">The clock's id.</param>
/// <param name="Before">Its due instant before; <c>null</c> when it was paused or is new.</param>
/// <param name="After">Its due instant after; <c>null</c> when it is paused or was cancelled.</param>
/// <param name="BeyondHolidayData">Whether the due instant before lay in a year of which the calendar knew no holidays.</param>
public sealed record ClockChange(string Clock, Instant? Before, Instant? After, bool BeyondHolidayData = false);
