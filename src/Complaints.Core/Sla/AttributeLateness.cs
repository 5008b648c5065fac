using System.Collections.Immutable;
using Complaints.Core.Assignment;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;

namespace Complaints.Core.Sla;

/// <summary>Confirms who was late with a clock (超时责任): the team or department that had the case longest, or another one. What was confirmed
/// may be corrected.</summary>
/// <param name="Clock">The clock's id. Errors: <c>clock.not_late</c>, <c>clock.none_late</c>.</param>
/// <param name="Team">The team, at most 100 characters; with neither team nor department, whoever had the case longest. Errors:
/// <c>lateness.two</c>, <c>lateness.nobody</c>, <c>lateness.unchanged</c>.</param>
/// <param name="Department">The department, at most 100 characters: one of the organisation's where it names any. Error:
/// <c>code.unknown</c>.</param>
/// <param name="Remark">What it rests on, kept sealed; at most 500 characters.</param>
public sealed record AttributeLateness(string Clock, string? Team = null, string? Department = null, string? Remark = null)
    : ComplaintCommand, ICapability<AttributeLateness, Complaint>
{
    private static readonly Refusal NotLate = new(
        "clock.not_late",
        "Nobody was late with {value}; late are: {known}.",
        "“{value}”没有超时，超时的有：{known}。");

    private static readonly Refusal NoneLate = new(
        "clock.none_late",
        "Nobody was late in this case.",
        "本投诉没有超时。");

    private static readonly Refusal Two = new(
        "lateness.two",
        "One was late: name a team or a department, not both.",
        "超时责任只能归于一方，请只填写团队或部门。");

    private static readonly Refusal Nobody = new(
        "lateness.nobody",
        "No team and no department had the case; name who was late.",
        "没有团队或部门持有过该投诉，请填写责任方。");

    private static readonly Refusal Unchanged = new(
        "lateness.unchanged",
        "That {who} was late with {value} is confirmed already; name another one to correct it.",
        "“{value}”的超时责任已确认为“{who}”，如需更正请填写其他责任方。");

    static Capability ICapability<AttributeLateness, Complaint>.Capability { get; } =
        new("attribute-lateness", new("Confirm who was late", "确认超时责任"))
        {
            Roles = [Role.Supervisor, Role.Manager],
            Fields = Field.Of<AttributeLateness>(f =>
            [
                f.PartKey(command => command.Clock, Labels.Clock),
                f.Team(command => command.Team, new("Team (if none is named: whoever had it longest)", "团队（不填则为持有时间最长的一方）"),
                    required: false),
                f.CodeWhereListed(command => command.Department, Labels.Department, static rules => rules.Organisation.Departments),
                f.Text(command => command.Remark, Labels.Basis, Text.Short, required: false),
            ]),
            StaysIn = States.Codes([.. States.NotEnded, ComplaintState.Closed]),
            Refusals = [NotLate, NoneLate, Two, Nobody, Unchanged],
        };

    /// <inheritdoc/>
    public override Subject? About => new("clock", Clock);

    static AttributeLateness ICapability<AttributeLateness, Complaint>.Example(Occasion occasion)
    {
        var clock = occasion.About is { Kind: "clock" } about ? about.Key : "resolution/1";
        return (occasion.Variant % 3) switch
        {
            0 => new(clock, "technical"),
            1 => new(clock, Department: "logistics", Remark: "Two days without an answer."),
            _ => new(clock, "after-sales"),
        };
    }

    static ImmutableArray<Subject> ICapability<AttributeLateness, Complaint>.Subjects(Complaint complaint, Rulebook rules) =>
        [.. Lateness.LateClocks(complaint).Select(clock => new Subject("clock", clock))];

    static ComplaintError? ICapability<AttributeLateness, Complaint>.Precondition(
        Complaint complaint, Subject? subject, DecisionContext<Complaint> context)
    {
        var late = Lateness.LateClocks(complaint);
        return late.IsEmpty ? NoneLate.Plain
            : subject is not { } about || late.Contains(about.Key) ? null
            : NotLate.With(("value", Vocabulary.ClockItem(CodeText.Shown(about.Key))), ("known", late.Select(Vocabulary.ClockItem)));
    }

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        var (team, department) = (Why.Given(Team), Why.Given(Department));
        if (team is not null && department is not null)
            return Two.Plain;
        var computed = Lateness.Computed(complaint, Clock, context.EffectiveAt);
        var who = team is null && department is null ? computed : new Lateness(Clock, team, department);
        if (who is null)
            return Nobody.Plain;
        if (complaint.Clocks.Lateness.Contains(who))
            return Unchanged.With(("value", Vocabulary.ClockItem(Clock)), ("who", who.Who(context.Rules)));
        events.Add(new LatenessAttributed(Clock, who.Team, who.Department, who == computed, Personal.OfNullable(Why.Given(Remark))));
        return null;
    }
}

/// <summary>Somebody confirmed who was late with a clock, or corrected it.</summary>
/// <param name="Clock">The clock's id.</param>
/// <param name="Team">The team.</param>
/// <param name="Department">The department; one of both.</param>
/// <param name="AsComputed">True for whoever had the case longest.</param>
/// <param name="Remark">What it rests on.</param>
public sealed record LatenessAttributed(
    string Clock, string? Team, string? Department, bool AsComputed, Personal<string>? Remark = null)
    : ComplaintEvent, IHappening<LatenessAttributed, Complaint>
{
    private static readonly Label Longest = new("Had the case longest", "持有时间最长");

    static EventType IHappening<LatenessAttributed, Complaint>.EventType { get; } = new("lateness-attributed", 1,
        new("Confirmed who was late", "已确认超时责任"));

    private Lateness Lateness => new(Clock, Team, Department);

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
    [
        new(Labels.Clock, Vocabulary.Objective(Clock)), new(Team is null ? Labels.Department : Labels.Team, Lateness.Who(rules)),
        new(Longest, AsComputed), new(Labels.Basis, Remark),
    ];

    internal override PersonalField[] PersonalValues => [new("remark", Remark)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Clocks = complaint.Clocks with
        {
            Lateness = [.. complaint.Clocks.Lateness.Where(known => known.Clock != Clock), Lateness],
        },
    };
}
