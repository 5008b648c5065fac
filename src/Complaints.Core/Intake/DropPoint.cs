using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;

namespace Complaints.Core.Intake;

/// <summary>Gives up a point of a complaint that nobody has judged yet: the customer does not hold to it, another point says the same, or
/// it goes on in another complaint. One point at least stays. A case of its own is made of it by
/// <see cref="ComplaintDesk.SplitAsync"/>.</summary>
/// <param name="Point">The point's number. Errors: <c>point.not_found</c>, <c>point.last</c>, <c>point.decided</c>.</param>
/// <param name="Why">A code of <see cref="PointDrop"/>. Error: <c>code.unknown</c>.</param>
/// <param name="Of">The number of the open point that says the same, 1 to 50; of a duplicate only. Errors: <c>point.target_missing</c>,
/// <c>point.target_unwanted</c>.</param>
/// <param name="Into">The complaint in which it goes on; of one that is split off only. Errors: <c>point.target_missing</c>,
/// <c>point.target_unwanted</c>, <c>point.target_ended</c>.</param>
/// <param name="Participant">The number of the participant who gives up for the customer a point that is not held to; <c>null</c> for the
/// customer. Errors: <c>participant.not_found</c>, <c>participant.none</c>, <c>party.no_authority</c>, <c>party.not_customer</c>,
/// <c>party.nothing_said</c>.</param>
public sealed record DropPoint(int Point, string Why, int? Of = null, ComplaintId? Into = null, int? Participant = null)
    : ComplaintCommand, ICapability<DropPoint, Complaint>
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
        "Say where it goes: of a duplicate, which other open point says the same ({known}); of what is split off, the other complaint.",
        "请指明去向：重复提出填写有效诉求点编号（可选：{known}），拆分填写另一投诉。");

    private static readonly Refusal TargetUnwanted = new(
        "point.target_unwanted",
        "Another point is named for a duplicate only, and another complaint for what is split off; leave it out.",
        "仅在重复提出时填写另一诉求点，仅在拆分时填写另一投诉，请清空该项。");

    private static readonly Refusal TargetEnded = new(
        "point.target_ended",
        "The complaint {value} has ended ({state}), and nothing goes on there; name one that is in hand.",
        "投诉 {value} 已结束（{state}），无法接续，请指定处理中的投诉。");

    static Capability ICapability<DropPoint, Complaint>.Capability { get; } = new("drop-point", new("Drop a point", "撤销诉求点"))
    {
        Roles = Role.Desk,
        Fields = Field.Of<DropPoint>(f =>
        [
            f.Part(command => command.Point, Labels.Point),
            f.Code(command => command.Why, Labels.Reason, static _ => PointDrop.All) with { IsChosen = true },
            f.NumberOrNone(command => command.Of, new("Number of the point that says the same", "重复的诉求点编号"), 1, PointRules.Most),
            f.ComplaintOrNone(command => command.Into, new("Complaint in which it goes on", "拆分至的投诉")),
            f.NumberOrNone(command => command.Participant, Labels.ForCustomer, 1, ParticipantRoleRules.MostOfAll),
        ]),
        StaysIn = States.Codes(States.InHand),
        Refusals =
        [
            PointRules.NotFound, Last, Decided, TargetMissing, TargetUnwanted, TargetEnded, Splitting.Pending, .. Partners.ForCustomer,
            Representation.NothingSaid,
        ],
    };

    /// <inheritdoc/>
    public override Subject? About => Subject.Of("point", Point);

    /// <inheritdoc/>
    public override ComplaintId? RefersTo => Into;

    static DropPoint ICapability<DropPoint, Complaint>.Example(Occasion occasion) => occasion.Variant % 4 == 3
        ? new(occasion.Number, PointDrop.SplitOff, Into: occasion.Other)
        : new(occasion.Number, PointDrop.Withdrawn);

    static ImmutableArray<Subject> ICapability<DropPoint, Complaint>.Subjects(Complaint complaint, Rulebook rules) =>
        PointRules.Subjects(complaint);

    static ComplaintError? ICapability<DropPoint, Complaint>.Precondition(
        Complaint complaint, Subject? subject, DecisionContext<Complaint> context) => CannotGo(complaint, subject, context);

    /// <summary>What speaks against a point's going: another one stays, of which no case is being made either.</summary>
    internal static ComplaintError? CannotGo(Complaint complaint, Subject? subject, DecisionContext<Complaint> context)
    {
        if (subject is { } about && PointRules.Missing(complaint, about) is { } missing)
            return missing;
        var open = 0;
        foreach (var point in complaint.Points)
        {
            open += point.IsOpen && (point.Subject == subject || !PointRules.IsParting(point, context.Now)) ? 1 : 0;
            if (point.Validity is not null && point.Subject == subject)
                return Decided.With(("value", point.Number));
        }
        return open > 1 ? null : Last.Plain;
    }

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        var others = PointRules.Open(complaint).Select(point => point.Number).Where(number => number != Point).ToList();
        if (Why != PointDrop.Duplicate && Of is not null || Why != PointDrop.SplitOff && Into is not null)
            return TargetUnwanted.Plain;
        if (Why == PointDrop.Duplicate && !(Of is { } other && others.Contains(other)))
            return TargetMissing.With(("known", others));
        var target = Why == PointDrop.SplitOff ? context.Referred : null;
        if (Why == PointDrop.SplitOff && (target is null || target.Id != Into || target.Id == complaint.Id))
            return TargetMissing.With(("known", others));
        if (target is not null && !States.InHand.Contains(target.State))
            return TargetEnded.With(("value", target.Number), ("state", target.State));
        if (Partners.FindForCustomer(complaint, Participant, Why == PointDrop.Withdrawn, context, out var by) is { } hindered)
            return hindered;
        events.Add(PointDropped.Caused(complaint, Point, Why, Of, target) with { With = by });
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
    static EventType IHappening<PointDropped, Complaint>.EventType { get; } = new("point-dropped", 3, new("Point dropped", "已撤销诉求点"));

    /// <summary>Where it goes on, of one that was split off.</summary>
    public SplitTarget? Into { get; init; }

    /// <summary>Who gave it up for the customer; <c>null</c> for the customer, or nobody.</summary>
    public InteractionPartner? With { get; init; }

    internal override ComplaintEvent? Alone => this with { Into = null };

    internal static PointDropped Caused(Complaint complaint, int point, string why, int? of, Complaint? into) =>
        new(point, why, of, PointRules.NoneLeftBut(complaint, [point])) { Into = into is null ? null : new(into.Id, into.Number) };

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
        [new(Labels.Point, Number), new(Labels.Reason, PointDrop.All.Named(Why)), new(new("Says the same", "重复的诉求点"), Of),
            new(new("Goes on as", "拆分至"), Into?.Number), Partners.Told(With, rules)];

    /// <summary>With the last one that nobody had judged the decision is complete.</summary>
    internal override IEnumerable<ClockFact> Facts(EventMoment moment) =>
        AllJudged ? [new(FactKind.ValidityJudged, moment.OccurredAt)] : [];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Points = PointRules.Changed(
            complaint, point => point.Number == Number,
            point => point with { Dropped = Why, DuplicateOf = Of, Into = Into, PartingSince = null }),
    };
}
