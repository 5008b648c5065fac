using System.Collections.Immutable;
using System.Globalization;
using Complaints.Core.Assignment;
using Complaints.Core.Capabilities;
using Complaints.Core.Classification;
using Complaints.Core.Definitions;

namespace Complaints.Core.Sla;

/// <summary>A clock came so far that whoever owes the answer was reminded (催办), supervised (督办) or reported (通报).</summary>
/// <param name="Clock">The clock's id.</param>
/// <param name="Step">The step that fired.</param>
/// <param name="Number">Its number within the ladder.</param>
/// <param name="Skipped">Lower steps that were due at the same time and are superseded.</param>
/// <param name="Kind">A code of <see cref="StepKind"/>.</param>
/// <param name="To">Whom it goes to, as the policy says it: one of <see cref="StepReceiver"/>.</param>
public sealed record AnswerPressed(string Clock, string Step, int Number, ImmutableArray<string> Skipped, string Kind, string To)
    : ComplaintEvent, IHappening<AnswerPressed, Complaint>
{
    static EventType IHappening<AnswerPressed, Complaint>.EventType { get; } = new("answer-pressed", 1,
        new("Pressed for an answer", "已催促答复"))
    {
        Leaves = Leaving.With<AnswerPressed>(static (writer, pressed) =>
        {
            writer.WriteString("clock"u8, pressed.Clock);
            writer.WriteNumber("rung"u8, pressed.Number);
            writer.WriteString("kind"u8, pressed.Kind);
            writer.WriteString("to"u8, pressed.To);
            writer.WriteString("person"u8, pressed.Person);
            writer.WriteString("team"u8, pressed.Team);
            writer.WriteString("department"u8, pressed.Department);
            writer.WriteString("role"u8, pressed.Role);
            writer.WriteNumber("level"u8, pressed.Level);
            writer.WriteStartArray("superseded"u8);
            foreach (var skipped in pressed.Skipped)
                writer.WriteStringValue(skipped);
            writer.WriteEndArray();
        }),
    };

    private static readonly Label SentTo = new("Sent to", "发送对象");

    private static readonly Label Nobody = new("nobody answers for it", "尚无负责人");

    /// <summary>Lower steps; never <c>default</c>.</summary>
    public ImmutableArray<string> Skipped { get; init; } = Skipped.IsDefault ? [] : Skipped;

    /// <summary>Whom it goes to by name, by the host's id.</summary>
    public string? Person { get; init; }

    /// <summary>Which team.</summary>
    public string? Team { get; init; }

    /// <summary>Which department.</summary>
    public string? Department { get; init; }

    /// <summary>Which role.</summary>
    public string? Role { get; init; }

    /// <summary>The level that the complaint reaches; 0 where it stays.</summary>
    public int Level { get; init; }

    /// <summary>The priority after it; <c>null</c> where it did not rise.</summary>
    public string? Priority { get; init; }

    /// <summary>The team that takes over, by an escalation that was due at the same time.</summary>
    public string? TakenOverBy { get; init; }

    /// <summary>The highest of the rungs that are due, with whom it goes to as the complaint stands.</summary>
    internal static AnswerPressed By(Clock clock, ClockStep step, ImmutableArray<string> skipped, Complaint complaint)
    {
        var (rung, has) = (step.Escalation!, complaint.Responsibility);
        var number = int.Parse(step.Id.AsSpan(step.Id.IndexOf(':', StringComparison.Ordinal) + 1), CultureInfo.InvariantCulture);
        var pressed = new AnswerPressed(clock.Id, step.Id, number, skipped, rung.Kind!, rung.To!);
        return rung.To switch
        {
            StepReceiver.Owner => pressed with { Person = has.Owner, Team = has.Owner is null ? has.Team : null },
            StepReceiver.Team => pressed with { Team = has.Team },
            // What the department returned or answered is not the department's any more.
            StepReceiver.Department when clock.Subject is { } part && Debt.Of(complaint, Subject.Parse(part)) is { } owed =>
                pressed with { Person = owed.Person, Team = owed.Team, Department = owed.Department },
            StepReceiver.Sender => pressed with { Person = DepartmentTasks.Of(complaint, clock.Subject)?.SentBy },
            _ => pressed with { Role = StepReceiver.RoleIn(rung.To!) },
        };
    }

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
    [
        new(null, StepKind.All.Named(Kind)),
        new(Labels.Clock, Vocabulary.Objective(Clock)),
        new(SentTo, Person is not null ? new StaffMember(Person)
            : Team is not null ? rules.Organisation.TeamNamed(Team)
            : Department is not null ? rules.Organisation.DepartmentNamed(Department)
            : Role is not null ? Vocabulary.Role(Role) : Nobody),
        new(Labels.Level, Level > 0 ? Level : null),
        new(Labels.Priority, Priority is null ? null : rules.Priorities.Value.Priority.Named(Priority)),
        new(Labels.Team, TakenOverBy is null ? null : rules.Organisation.TeamNamed(TakenOverBy)),
    ];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) =>
        complaint.Climbed(Skipped.Append(Step).Select(step => $"{Clock}|{step}"), Level, Priority)
            .TakenOver(TakenOverBy is not null, TakenOverBy, moment);
}

/// <summary>What a rung changes.</summary>
internal static class Climbing
{
    extension(Complaint complaint)
    {
        /// <summary>The same at a level that never falls, with the steps that are done, and perhaps a higher priority.</summary>
        public Complaint Climbed(IEnumerable<string>? steps, int level, string? priority) => complaint with
        {
            Clocks = complaint.Clocks with
            {
                Level = Math.Max(complaint.Clocks.Level, level),
                Steps = steps is null ? complaint.Clocks.Steps : complaint.Clocks.Steps.AddRange(steps),
            },
            Judgement = priority is null ? complaint.Judgement : complaint.Judgement with { Priority = priority },
        };

        /// <summary>The same with the team that takes over, if one does.</summary>
        public Complaint TakenOver(bool isTaken, string? team, EventMoment moment) => !isTaken ? complaint : complaint with
        {
            Responsibility = new Responsibility(null, team, moment.OccurredAt, complaint.Responsibility.HandOvers + 1),
        };
    }
}
