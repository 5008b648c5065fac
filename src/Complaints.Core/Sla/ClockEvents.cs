using System.Collections.Immutable;
using Complaints.Core.Definitions;
using NodaTime;

namespace Complaints.Core.Sla;

/// <summary>A policy was pinned to the complaint.</summary>
/// <param name="Policy">Its id and version.</param>
/// <param name="Calendars">The calendars that count with it, each in its version, the tenant's own first.</param>
public sealed record PolicyApplied(DefinitionRef Policy, ImmutableArray<DefinitionRef> Calendars = default) : ComplaintEvent
{
    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Clocks = complaint.Clocks with { Policies = complaint.Clocks.Policies.Add(new PolicyPin(Policy, moment.OccurredAt, complaint.Progress.Round, Calendars)) },
    };
}

/// <summary>What became of the clocks that a decision ended was written down, once a clock.</summary>
/// <param name="Results">The results.</param>
public sealed record ClocksSettled(ImmutableArray<ClockResult> Results) : ComplaintEvent
{
    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Clocks = complaint.Clocks with { Results = complaint.Clocks.Results.AddRange(Results) },
    };
}

/// <summary>What became of one clock was written down. Histories of early versions have it; <see cref="ClocksSettled"/> took its place.</summary>
/// <param name="Result">The result.</param>
public sealed record ClockSettled(ClockResult Result) : ComplaintEvent
{
    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Clocks = complaint.Clocks with { Results = complaint.Clocks.Results.Add(Result) },
    };
}

/// <summary>Steps of a clock were passed without anybody being told.</summary>
/// <param name="Clock">The clock's id.</param>
/// <param name="Steps">The steps.</param>
/// <param name="Reason"><c>by-merge</c>.</param>
public sealed record StepsSkipped(string Clock, ImmutableArray<string> Steps, string Reason) : ComplaintEvent
{
    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Clocks = complaint.Clocks with { Steps = complaint.Clocks.Steps.AddRange(Steps.Select(step => $"{Clock}|{step}")) },
    };
}

/// <summary>A later fact changed what became of a clock; the old result stays in the history.</summary>
/// <param name="Old">What was written down before.</param>
/// <param name="New">What counts now.</param>
public sealed record ResultCorrected(ClockResult Old, ClockResult New) : ComplaintEvent
{
    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Clocks = complaint.Clocks with { Results = complaint.Clocks.Results.Add(New) },
    };
}

/// <summary>A clock still ran after its due instant. It occurred at that instant, and was recorded when it was decided.</summary>
/// <param name="Clock">The clock's id.</param>
/// <param name="Due">The instant.</param>
/// <param name="Reason"><c>by-retarget</c>, <c>by-recalculation</c> or <c>by-merge</c> when a change put the instant into the past.</param>
public sealed record ClockBreached(string Clock, Instant Due, string? Reason = null) : ComplaintEvent
{
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

/// <summary>A warning fired, or never will.</summary>
/// <param name="Clock">The clock's id.</param>
/// <param name="Step">The step's id.</param>
/// <param name="Fate">What became of it.</param>
/// <param name="Due">When the clock is due.</param>
public sealed record ClockWarned(string Clock, string Step, StepFate Fate, Instant Due) : ComplaintEvent
{
    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Clocks = complaint.Clocks with { Steps = complaint.Clocks.Steps.Add($"{Clock}|{Step}") },
    };
}

/// <summary>The complaint was escalated by a clock, or by a person.</summary>
/// <param name="Clock">The clock's id; <c>null</c> when a person escalated.</param>
/// <param name="Step">The step that fired.</param>
/// <param name="Skipped">Lower steps that were due at the same time and are superseded.</param>
/// <param name="Level">The level that it reaches.</param>
/// <param name="Role">The role that is told.</param>
/// <param name="Team">The team that is told or takes over.</param>
/// <param name="Priority">The priority after it.</param>
/// <param name="Reassigned">Whether the team takes over.</param>
/// <param name="Reason">Why a person escalated.</param>
public sealed record ComplaintEscalated(
    string? Clock, string? Step, ImmutableArray<string> Skipped, int Level, string? Role, string? Team, string? Priority, bool Reassigned, string? Reason = null) : ComplaintEvent
{
    internal override Complaint Apply(Complaint complaint, EventMoment moment)
    {
        var clocks = complaint.Clocks with { Level = Math.Max(complaint.Clocks.Level, Level) };
        if (Clock is not null)
            clocks = clocks with { Steps = clocks.Steps.AddRange(Skipped.Append(Step!).Select(step => $"{Clock}|{step}")) };
        return complaint with
        {
            Clocks = clocks,
            Judgement = Priority is null ? complaint.Judgement : complaint.Judgement with { Priority = Priority },
            Responsibility = Reassigned
                ? new Assignment.Responsibility(null, Team, moment.OccurredAt, complaint.Responsibility.HandOvers + 1)
                : complaint.Responsibility,
        };
    }
}

/// <summary>An instant was promised to the customer.</summary>
/// <param name="Number">1, 2, ... within the complaint.</param>
/// <param name="Due">The promised instant.</param>
public sealed record DeadlineAgreed(int Number, Instant Due) : ComplaintEvent
{
    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Clocks = complaint.Clocks with
        {
            Agreed =
            [
                .. complaint.Clocks.Agreed.Select(earlier => earlier.SupersededAt is null && moment.OccurredAt <= earlier.Due ? earlier with { SupersededAt = moment.OccurredAt } : earlier),
                new AgreedDeadline(Number, moment.OccurredAt, Due),
            ],
        },
    };
}

/// <summary>What became of a step.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(System.Text.Json.Serialization.JsonStringEnumConverter<StepFate>))]
public enum StepFate
{
    /// <summary>It fired.</summary>
    Fired,

    /// <summary>A later step, or the breach, was due at the same time.</summary>
    Superseded,

    /// <summary>It lay at or before the clock's start.</summary>
    NotApplicable,
}
