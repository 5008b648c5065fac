using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Classification;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;

namespace Complaints.Core.Sla;

/// <summary>A person escalates (升级).</summary>
/// <param name="Level">The level to reach, 1 to 9, above the present one. Error: <c>escalate.level</c>.</param>
/// <param name="Role">The role that is told; at most 100 characters.</param>
/// <param name="Team">The team that takes over, if one does.</param>
/// <param name="Reason">Why: a code of the tenant's reasons for this command. Error: <c>code.unknown</c>.</param>
/// <param name="Remark">What is to be said of it, kept sealed; at most 500 characters. Error, where the reason is <c>other</c>:
/// <c>text.required</c>.</param>
public sealed record Escalate(int Level, string? Role, string? Team, string Reason, string? Remark = null)
    : ComplaintCommand, ICapability<Escalate, Complaint>
{
    private static readonly Refusal NotAbove = new(
        "escalate.level",
        "The level {value} is not above the present one ({bound}); use a higher one, up to 9.",
        "级别 {value} 不高于当前级别（{bound}），请使用更高的级别，最高为 9。");

    static Capability ICapability<Escalate, Complaint>.Capability { get; } = new("escalate", new("Escalate", "升级"))
    {
        Roles = Core.Role.Desk,
        Fields = Field.Of<Escalate>(f =>
        [
            f.Number(command => command.Level, Labels.Level, 1, 9),
            f.CodeOfRule(command => command.Role, Labels.Role, _ => Vocabulary.Roles, Text.Id),
            f.Team(command => command.Team, Labels.Team, required: false),
            f.Reason(command => command.Reason, "escalate"),
            f.Remark(command => command.Remark, command => command.Reason),
        ]),
        StaysIn = States.Codes([.. States.Open, ComplaintState.OnHold]),
        Refusals = [NotAbove],
    };

    static Escalate ICapability<Escalate, Complaint>.Example(Occasion occasion) =>
        new(1 + occasion.Variant % 4, Core.Role.Manager, null, "customer-insists", "The customer insists.");

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (Level <= complaint.Clocks.Level)
            return NotAbove.With(("value", Level), ("bound", complaint.Clocks.Level));
        var team = string.IsNullOrWhiteSpace(Team) ? null : Team;
        events.Add(new ComplaintEscalated(null, null, [], Level, Role, team, Priority: null, Reassigned: team is not null, Reason,
            Personal.OfNullable(Remark)));
        return null;
    }
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
/// <param name="Reason">Why: a code of the tenant's reasons.</param>
/// <param name="Remark">What is to be said of it.</param>
public sealed record ComplaintEscalated(
    string? Clock, string? Step, ImmutableArray<string> Skipped, int Level, string? Role, string? Team, string? Priority, bool Reassigned,
    string? Reason = null, Personal<string>? Remark = null)
    : ComplaintEvent, IHappening<ComplaintEscalated, Complaint>
{
    static EventType IHappening<ComplaintEscalated, Complaint>.EventType { get; } = new("escalated", 2, new("Escalated", "已升级"))
    {
        Upcasters = [Why.AsRemark],
        Leaves = Leaving.With<ComplaintEscalated>(static (writer, escalated) =>
        {
            writer.WriteString("clock"u8, escalated.Clock);
            writer.WriteNumber("level"u8, escalated.Level);
            writer.WriteString("role"u8, escalated.Role);
            writer.WriteString("team"u8, escalated.Team);
            writer.WriteStartArray("superseded"u8);
            foreach (var skipped in escalated.Skipped)
                writer.WriteStringValue(skipped);
            writer.WriteEndArray();
        }),
    };

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
    [
        new(Labels.Level, Level),
        new(Labels.Role, Role is null ? null : Vocabulary.Role(Role)),
        new(Labels.Team, Team),
        new(Labels.Priority, Priority is null ? null : rules.Priorities.Value.Priority.Named(Priority)),
        new(Labels.Clock, Clock is null ? null : Vocabulary.Objective(Clock)),
        .. Why.Details(rules, "escalate", Reason, Remark),
    ];

    internal override PersonalField[] PersonalValues => [new("remark", Remark)];

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
