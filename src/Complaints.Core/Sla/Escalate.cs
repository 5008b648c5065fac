using System.Collections.Immutable;
using Complaints.Core.Assignment;
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
/// <param name="Kind">What it is for: a code of <see cref="EscalationKind"/>; <c>null</c> where nothing of that is said. Error:
/// <c>code.unknown</c>.</param>
/// <param name="Departments">The departments that are called in for a quality review, at most 20: of the organisation's where it names
/// any. They take part in the case from then on. Errors: <c>code.unknown</c>, <c>escalate.departments</c>.</param>
public sealed record Escalate(
    int Level, string? Role, string? Team, string Reason, string? Remark = null, string? Kind = null,
    ImmutableArray<string> Departments = default)
    : ComplaintCommand, ICapability<Escalate, Complaint>
{
    private static readonly Refusal WrongDepartments = new(
        "escalate.departments",
        "A quality review calls in one department at least, and no other escalation calls in any.",
        "品管评审须至少召集一个部门，其他类型的升级不召集部门。");

    /// <summary>The departments that are called in; never <c>default</c>.</summary>
    public ImmutableArray<string> Departments { get; init => field = Given.Of(value); } = Given.Of(Departments);

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
            f.Code(command => command.Kind, Labels.Kind, static _ => EscalationKind.All, required: false),
            f.CodesWhereListed(command => command.Departments, Labels.Convened, static rules => rules.Organisation.Departments),
            f.CodeOfRule(command => command.Role, Labels.Role, _ => Vocabulary.Roles, Text.Id),
            f.Team(command => command.Team, Labels.Team, required: false),
            f.Reason(command => command.Reason, "escalate"),
            f.Remark(command => command.Remark, command => command.Reason),
        ]),
        StaysIn = States.Codes([.. States.Open, ComplaintState.OnHold]),
        Refusals = [NotAbove, WrongDepartments],
    };

    static Escalate ICapability<Escalate, Complaint>.Example(Occasion occasion)
    {
        var insists = new Escalate(1 + occasion.Variant % 4, Core.Role.Manager, null, "customer-insists", "The customer insists.");
        return (occasion.Variant % 3) switch
        {
            0 => insists,
            1 => insists with { Kind = EscalationKind.Executive },
            _ => insists with { Role = Core.Role.Quality, Kind = EscalationKind.QualityReview, Departments = ["quality", "research"] },
        };
    }

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (Level <= complaint.Clocks.Level)
            return NotAbove.With(("value", Level), ("bound", complaint.Clocks.Level));
        var (team, kind) = (Why.Given(Team), Why.Given(Kind));
        if (kind == EscalationKind.QualityReview == Departments.IsEmpty)
            return WrongDepartments.Plain;
        events.Add(new ComplaintEscalated(null, null, [], Level, Role, team, Priority: null, Reassigned: team is not null, Reason,
            Personal.OfNullable(Remark), kind));
        var called = Departments.Distinct(StringComparer.Ordinal).Except(complaint.Convened).ToImmutableArray();
        if (!called.IsEmpty)
            events.Add(new DepartmentsConvened(called));
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
/// <param name="Kind">What it is for: a code of <see cref="EscalationKind"/>.</param>
public sealed record ComplaintEscalated(
    string? Clock, string? Step, ImmutableArray<string> Skipped, int Level, string? Role, string? Team, string? Priority, bool Reassigned,
    string? Reason = null, Personal<string>? Remark = null, string? Kind = null)
    : ComplaintEvent, IHappening<ComplaintEscalated, Complaint>
{
    static EventType IHappening<ComplaintEscalated, Complaint>.EventType { get; } = new("escalated", 3, new("Escalated", "已升级"))
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
        new(Labels.Kind, Kind is null ? null : EscalationKind.All.Named(Kind)),
        new(Labels.Level, Level),
        new(Labels.Role, Role is null ? null : Vocabulary.Role(Role)),
        new(Labels.Team, Team is null ? null : rules.Organisation.TeamNamed(Team)),
        new(Labels.Priority, Priority is null ? null : rules.Priorities.Value.Priority.Named(Priority)),
        new(Labels.Clock, Clock is null ? null : Vocabulary.Objective(Clock)),
        .. Why.Details(rules, "escalate", Reason, Remark),
    ];

    internal override PersonalField[] PersonalValues => [new("remark", Remark)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) =>
        complaint.Climbed(Clock is null ? null : Skipped.Append(Step!).Select(step => $"{Clock}|{step}"), Level, Priority)
            .TakenOver(Reassigned, Team, moment);
}
