using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;

namespace Complaints.Core.Intake;

/// <summary>Gives up a point of a complaint that nobody has judged yet: the customer does not hold to it, or another point says the
/// same. One point at least stays.</summary>
/// <param name="Point">The point's number. Errors: <c>point.not_found</c>, <c>point.last</c>, <c>point.decided</c>.</param>
/// <param name="Why">A code of <see cref="PointDrop"/>. Error: <c>code.unknown</c>.</param>
/// <param name="Of">The number of the open point that says the same, 1 to 50; of a duplicate only. Errors: <c>point.target_missing</c>,
/// <c>point.target_unwanted</c>.</param>
public sealed record DropPoint(int Point, string Why, int? Of = null) : ComplaintCommand, ICapability<DropPoint, Complaint>
{
    private static readonly Refusal Last = new(
        "point.last",
        "It is the only open point, and a complaint has one at least; withdraw the complaint if the customer takes it back.",
        "这是唯一有效的诉求点，投诉至少保留一个；客户撤诉请撤回投诉。");

    private static readonly Refusal Decided = new(
        "point.decided",
        "Point {value} has been judged and cannot be dropped any more.",
        "诉求点 {value} 已判定，不能撤销。");

    private static readonly Refusal TargetMissing = new(
        "point.target_missing",
        "Say which other open point says the same; there are: {known}.",
        "请指明与哪一个有效诉求点重复，可选：{known}。");

    private static readonly Refusal TargetUnwanted = new(
        "point.target_unwanted",
        "Another point is named for a duplicate only; leave it out.",
        "仅在重复提出时填写另一诉求点，请清空该项。");

    static Capability ICapability<DropPoint, Complaint>.Capability { get; } = new("drop-point", new("Drop a point", "撤销诉求点"))
    {
        Roles = Role.Desk,
        Fields = Field.Of<DropPoint>(f =>
        [
            f.Part(command => command.Point, Labels.Point),
            f.Code(command => command.Why, Labels.Reason, static _ => PointDrop.All) with { IsChosen = true },
            f.NumberOrNone(command => command.Of, new("Number of the point that says the same", "重复的诉求点编号"), 1, PointRules.Most),
        ]),
        StaysIn = States.Codes(States.InHand),
        Refusals = [PointRules.NotFound, Last, Decided, TargetMissing, TargetUnwanted],
    };

    /// <inheritdoc/>
    public override Subject? About => Subject.Of("point", Point);

    static DropPoint ICapability<DropPoint, Complaint>.Example(Occasion occasion) => new(occasion.Number, PointDrop.Withdrawn);

    static ImmutableArray<Subject> ICapability<DropPoint, Complaint>.Subjects(Complaint complaint, Rulebook rules) =>
        PointRules.Subjects(complaint);

    static ComplaintError? ICapability<DropPoint, Complaint>.Precondition(
        Complaint complaint, Subject? subject, DecisionContext<Complaint> context)
    {
        if (subject is { } about && PointRules.Missing(complaint, about) is { } missing)
            return missing;
        var open = 0;
        foreach (var point in complaint.Points)
        {
            open += point.IsOpen ? 1 : 0;
            if (point.Validity is not null && point.Subject == subject)
                return Decided.With(("value", point.Number));
        }
        return open > 1 ? null : Last.Plain;
    }

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        var others = PointRules.Open(complaint).Select(point => point.Number).Where(number => number != Point).ToList();
        if (Why != PointDrop.Duplicate && Of is not null)
            return TargetUnwanted.Plain;
        if (Why == PointDrop.Duplicate && !(Of is { } other && others.Contains(other)))
            return TargetMissing.With(("known", others));
        events.Add(new PointDropped(Point, Why, Of, PointRules.NoneLeftBut(complaint, [Point])));
        return null;
    }
}

/// <summary>A point is not pursued any more.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Why">A code of <see cref="PointDrop"/>.</param>
/// <param name="Of">The number of the point that says the same.</param>
/// <param name="AllJudged">True where every point that is left has been judged.</param>
public sealed record PointDropped(
    int Number, string Why, int? Of = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool AllJudged = false)
    : ComplaintEvent, IHappening<PointDropped, Complaint>
{
    static EventType IHappening<PointDropped, Complaint>.EventType { get; } = new("point-dropped", 1, new("Point dropped", "已撤销诉求点"));

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
        [new(Labels.Point, Number), new(Labels.Reason, PointDrop.All.Named(Why)), new(new("Says the same", "重复的诉求点"), Of)];

    /// <summary>With the last one that nobody had judged the decision is complete.</summary>
    internal override IEnumerable<ClockFact> Facts(EventMoment moment) =>
        AllJudged ? [new(FactKind.ValidityJudged, moment.OccurredAt)] : [];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Points = PointRules.Changed(complaint, point => point.Number == Number, point => point with { Dropped = Why, DuplicateOf = Of }),
    };
}
