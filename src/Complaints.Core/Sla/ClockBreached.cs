using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using NodaTime;

namespace Complaints.Core.Sla;

/// <summary>A clock still ran after its due instant. It occurred at that instant, and was recorded when it was decided.</summary>
/// <param name="Clock">The clock's id.</param>
/// <param name="Due">The instant.</param>
/// <param name="Reason"><c>by-retarget</c>, <c>by-recalculation</c> or <c>by-merge</c> when a change put the instant into the past.</param>
public sealed record ClockBreached(string Clock, Instant Due, string? Reason = null) : ComplaintEvent, IHappening<ClockBreached, Complaint>
{
    static EventType IHappening<ClockBreached, Complaint>.EventType { get; } = new("clock-breached", 1, new("Time limit missed", "已超时")) 
    {
        Leaves = Leaving.With<ClockBreached>(static (writer, breached) =>
        {
            writer.WriteString("clock"u8, breached.Clock);
            writer.WriteInstant("due"u8, breached.Due);
        }),
    };

    internal override IEnumerable<Detail> Details(Rulebook rules) => [new(Vocabulary.Objective(Clock), Due)];

    internal override Instant? HappenedAt => Reason is null ? Due : null;

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Clocks = complaint.Clocks with
        {
            Results = complaint.Clocks.Results.Add(new ClockResult(Clock, ClockVerdict.Breached, Due, moment.OccurredAt, Reason)),
            Steps = complaint.Clocks.Steps.Add($"{Clock}|{ClockStep.Breach}"),
        },
    };
}
