using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using NodaTime;

namespace Complaints.Core.Sla;

/// <summary>Steps of a clock were passed without anybody being told.</summary>
/// <param name="Clock">The clock's id.</param>
/// <param name="Steps">The steps.</param>
/// <param name="Reason"><c>by-merge</c>.</param>
public sealed record StepsSkipped(string Clock, ImmutableArray<string> Steps, string Reason)
    : ComplaintEvent, IHappening<StepsSkipped, Complaint>
{
    static EventType IHappening<StepsSkipped, Complaint>.EventType { get; } = new("steps-skipped", 1, new("Reminders skipped", "已略过提醒"));

    internal override IEnumerable<Detail> Details(Rulebook rules) => [new(null, Vocabulary.Objective(Clock))];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Clocks = complaint.Clocks with { Steps = complaint.Clocks.Steps.AddRange(Steps.Select(step => $"{Clock}|{step}")) },
    };
}

/// <summary>A warning fired, or never will.</summary>
/// <param name="Clock">The clock's id.</param>
/// <param name="Step">The step's id.</param>
/// <param name="Fate">What became of it.</param>
/// <param name="Due">When the clock is due.</param>
public sealed record ClockWarned(string Clock, string Step, StepFate Fate, Instant Due) : ComplaintEvent, IHappening<ClockWarned, Complaint>
{
    static EventType IHappening<ClockWarned, Complaint>.EventType { get; } = new("clock-warned", 1, new("Reminded of a time limit", "时限预警")) 
    {
        Leaves = Leaving.With<ClockWarned>(static (writer, warned) =>
        {
            writer.WriteString("clock"u8, warned.Clock);
            writer.WriteString("step"u8, warned.Step);
            writer.WriteInstant("due"u8, warned.Due);
        }) with { If = static happened => happened is ClockWarned { Fate: StepFate.Fired } },
    };

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
        [new(Vocabulary.Objective(Clock), Due), new(null, Fate == StepFate.Fired ? null : Fate)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Clocks = complaint.Clocks with { Steps = complaint.Clocks.Steps.Add($"{Clock}|{Step}") },
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
