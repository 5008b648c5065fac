using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;

namespace Complaints.Core.Intake;

/// <summary>Links this complaint with another, as somebody sees it; a repeat that was linked by hand wins over the repeat rule.</summary>
/// <param name="Other">Another complaint of the tenant. Errors: <c>link.self</c>, <c>link.target_missing</c>,
/// <c>link.own_part</c>, <c>link.exists</c>.</param>
/// <param name="Kind">What this one is to the other: a code of <see cref="LinkKind"/>. Errors: <c>code.unknown</c>; of a repeat,
/// <c>repeat.not_earlier</c>.</param>
public sealed record Link(ComplaintId Other, string Kind) : ComplaintCommand, ICapability<Link, Complaint>
{
    private static readonly Refusal Self = new(
        "link.self",
        "A complaint cannot be linked with itself; name another.",
        "投诉不能与自身关联，请指定其他投诉。");

    private static readonly Refusal TargetMissing = new(
        "link.target_missing",
        "The complaint {value} was not found; name another of this tenant.",
        "未找到投诉 {value}，请指定本租户的其他投诉。");

    private static readonly Refusal NotEarlier = new(
        "repeat.not_earlier",
        "The complaint {value} was received later; name an earlier one.",
        "投诉 {value} 的受理时间更晚，请指定更早的投诉。");

    private static readonly Refusal OwnPart = new(
        "link.own_part",
        "The complaint {value} was merged into this one and is a part of it; name another.",
        "投诉 {value} 已并入本投诉，属于本投诉的一部分，请指定其他投诉。");

    private static readonly Refusal Known = new(
        "link.exists",
        "The complaint is linked with {value} in this way already.",
        "该投诉已与 {value} 存在此关联。");

    static Capability ICapability<Link, Complaint>.Capability { get; } = new("link", new("Link with another complaint", "关联其他投诉"))
    {
        Roles = Role.Desk,
        Fields = Field.Of<Link>(f =>
        [
            f.Code(command => command.Kind, Labels.Link, static _ => LinkKind.Made),
            f.Complaint(command => command.Other, Labels.Other),
        ]),
        StaysIn = States.Codes([.. States.NotEnded, ComplaintState.Closed, ComplaintState.Withdrawn]),
        Refusals = [Self, TargetMissing, NotEarlier, OwnPart, Known],
    };

    static Link ICapability<Link, Complaint>.Example(Occasion occasion) =>
        new(occasion.Other, LinkKind.Made.Items[occasion.Variant % LinkKind.Made.Items.Length].Code);

    /// <inheritdoc/>
    public override ComplaintId? RefersTo => Other;

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (Other == complaint.Id)
            return Self.Plain;
        if (context.Referred is not { } other || other.Id != Other)
            return TargetMissing.With(("value", Other));
        if (Kind == LinkKind.Repeat && other.Receipt.ReceivedAt > complaint.Receipt.ReceivedAt)
            return NotEarlier.With(("value", other.Number));
        if (complaint.Progress.Merged.Absorbed.Contains(Other) || other.Progress.MergedInto == complaint.Id)
            return OwnPart.With(("value", other.Number));
        // What was merged is carried on under its survivor.
        var target = other.Progress.MergedInto ?? Other;
        // A repeat that the rule found may be confirmed by hand.
        if (complaint.Ties.Contains(new(target, Kind)))
            return Known.With(("value", other.Progress.Merged.IntoNumber ?? other.Number));
        events.Add(Kind == LinkKind.Repeat
            ? new RepeatLinked(target)
            : new CaseLinked(target, other.Progress.Merged.IntoNumber ?? other.Number, Kind));
        return null;
    }
}

/// <summary>Somebody stated that this repeats an earlier complaint; a manual link wins over the rule.</summary>
/// <param name="Earlier">The earlier complaint.</param>
public sealed record RepeatLinked(ComplaintId Earlier) : ComplaintEvent, IHappening<RepeatLinked, Complaint>
{
    static EventType IHappening<RepeatLinked, Complaint>.EventType { get; } = new("repeat-linked", 1, new("Linked as repeat", "已关联重复投诉"));

    internal override ComplaintEvent? Alone => null;

    internal override Complaint Apply(Complaint complaint, EventMoment moment) =>
        complaint with { Receipt = complaint.Receipt with { RepeatOf = Earlier } };
}

/// <summary>Somebody linked this with another complaint.</summary>
/// <param name="Other">The other.</param>
/// <param name="Number">Its number.</param>
/// <param name="Kind">What this one is to the other.</param>
public sealed record CaseLinked(ComplaintId Other, string Number, string Kind) : ComplaintEvent, IHappening<CaseLinked, Complaint>
{
    static EventType IHappening<CaseLinked, Complaint>.EventType { get; } = new(
        "case-linked", 1, new("Linked with another complaint", "已关联其他投诉"));

    internal override ComplaintEvent? Alone => null;

    internal override IEnumerable<Detail> Details(Rulebook rules) => [new(LinkKind.Words(Kind), Number)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) =>
        complaint with { Ties = complaint.Ties.Add(new(Other, Kind)) };
}
