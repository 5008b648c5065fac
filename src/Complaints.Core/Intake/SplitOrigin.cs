using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Investigation;
using Complaints.Core.Lifecycle;
using NodaTime;

namespace Complaints.Core.Intake;

/// <summary>Of which complaint a case was a point before it was split off (拆分).</summary>
/// <param name="From">The other complaint.</param>
/// <param name="Number">Its number for people.</param>
/// <param name="Point">The point's number there.</param>
/// <param name="SettledAt">When the point was dropped there, or had gone another way; <c>null</c> while that is owed.</param>
public sealed record SplitOrigin(ComplaintId From, string Number, int Point, Instant? SettledAt = null);

/// <summary>What a case that was split off owes the one that it comes from: until the point is dropped there, two would handle
/// it.</summary>
internal static class Splitting
{
    /// <summary>That there is nothing left to do.</summary>
    public static readonly Refusal Settled = new(
        "split.settled",
        "Nothing is left to be dropped of point {value}: it is not open any more, or the last, or it was judged.",
        "诉求点 {value} 无需再撤销：已失效、已判定或为唯一诉求点。");

    public static readonly Refusal Pending = new(
        "split.pending",
        "Somebody else is splitting point {value} off; look again in a moment.",
        "诉求点 {value} 正由他人拆分，请稍后再看。");

    public static FollowOn<Complaint>? Owed(Complaint complaint) =>
        complaint.Receipt.Split is { SettledAt: null } split
            ? new("split-off", complaint.Receipt.RegisteredAt, split.From, new DropSplitPoint(split.Point, split.From, complaint.Id),
                _ => new SettleSplit(split.From), Settled.Code)
            : null;

    /// <summary>One that a crash left half done: the sweep completes it, or somebody must look why it cannot.</summary>
    public static WorkKind<Complaint> Finish { get; } =
        new("finish-split", new("Complete a split", "完成拆分"), WorkDuties.Administer)
        {
            In = static (complaint, _) => Owed(complaint) is not null ? [new() { IsForDuty = true }] : [],
        };
}

/// <summary>Drops the point of which another case was made; where it had gone another way meanwhile, both go on.</summary>
/// <param name="Point">The point's number.</param>
/// <param name="Of">The complaint whose point it is: not one that carries that on. Error: <c>split.settled</c>.</param>
/// <param name="Into">The case that was made of it.</param>
internal sealed record DropSplitPoint(int Point, ComplaintId Of, ComplaintId Into)
    : ComplaintCommand, ICapability<DropSplitPoint, Complaint>
{
    static Capability ICapability<DropSplitPoint, Complaint>.Capability { get; } = new("drop-split-point",
        new("Drop what was split off", "撤销已拆分的诉求点"))
    {
        Roles = [],
        Fields = Field.Of<DropSplitPoint>(f =>
        [
            f.Part(command => command.Point, Labels.Point),
            f.Complaint(command => command.Of, Labels.Other),
            f.Complaint(command => command.Into, Labels.Other),
        ]),
        StaysIn = States.Codes(States.All),
        Refusals = [Splitting.Settled],
        IsInternal = true,
    };

    /// <inheritdoc/>
    public override Subject? About => Subject.Of("point", Point);

    /// <inheritdoc/>
    public override ComplaintId? RefersTo => Into;

    static DropSplitPoint ICapability<DropSplitPoint, Complaint>.Example(Occasion occasion) =>
        new(occasion.Number, occasion.Other, occasion.Other);

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        var open = PointRules.Open(complaint).ToList();
        if (complaint.Id != Of || !States.InHand.Contains(complaint.State) || context.Referred is not { } into
            || open.Find(point => point.Number == Point) is not { Validity: null } || open.Count == 1)
            return Splitting.Settled.With(("value", Point));
        events.Add(PointDropped.Caused(complaint, Point, PointDrop.SplitOff, of: null, into));
        return null;
    }
}

/// <summary>Notes on a case that was split off that nothing is owed any more; whoever answers for what was found where it comes from
/// keeps out of it, too.</summary>
/// <param name="From">The complaint that it comes from.</param>
internal sealed record SettleSplit(ComplaintId From) : ComplaintCommand, ICapability<SettleSplit, Complaint>
{
    static Capability ICapability<SettleSplit, Complaint>.Capability { get; } = new("settle-split",
        new("Note that a split is complete", "确认拆分完成"))
    {
        Roles = [],
        Fields = Field.Of<SettleSplit>(f => [f.Complaint(command => command.From, Labels.Other)]),
        StaysIn = States.Codes(States.All),
        Refusals = [Splitting.Settled],
        IsInternal = true,
    };

    /// <inheritdoc/>
    public override ComplaintId? RefersTo => From;

    static SettleSplit ICapability<SettleSplit, Complaint>.Example(Occasion occasion) => new(occasion.Other);

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (complaint.Receipt.Split is not { SettledAt: null } split)
            return Splitting.Settled.With(("value", complaint.Receipt.Split?.Point));
        events.Add(new SplitSettled(split.Point));
        // Last: whoever is not told of it sees no gap.
        if (context.Referred is { } origin && origin.Id == split.From)
            LiabilityCarried.Append(origin, context, events);
        return null;
    }
}

/// <summary>A case was made of a point of another complaint.</summary>
/// <param name="From">The other complaint.</param>
/// <param name="Number">Its number.</param>
/// <param name="Point">The point's number there.</param>
public sealed record CaseSplitOff(ComplaintId From, string Number, int Point) : ComplaintEvent, IHappening<CaseSplitOff, Complaint>
{
    static EventType IHappening<CaseSplitOff, Complaint>.EventType { get; } = new(
        "case-split-off", 1, new("Split off from another complaint", "由另一投诉拆分"));

    internal override ComplaintEvent? Alone => null;

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
        [new(LinkKind.Words(LinkKind.SplitOff), Number), new(Labels.Point, Point)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Receipt = complaint.Receipt with { Split = new(From, Number, Point) },
        Ties = complaint.Ties.Add(new(From, LinkKind.SplitOff)),
    };
}

/// <summary>The point of which the case was made is dropped, or went another way.</summary>
/// <param name="Point">Its number.</param>
public sealed record SplitSettled(int Point) : ComplaintEvent, IHappening<SplitSettled, Complaint>
{
    static EventType IHappening<SplitSettled, Complaint>.EventType { get; } = new("split-settled", 1, new("Split completed", "拆分已完成"));

    internal override IEnumerable<Detail> Details(Rulebook rules) => [new(Labels.Point, Point)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Receipt = complaint.Receipt with { Split = complaint.Receipt.Split! with { SettledAt = moment.OccurredAt } },
    };
}
