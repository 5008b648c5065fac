using Complaints.Core.Capabilities;
using Complaints.Core.Lifecycle;

namespace Complaints.Core.Intake;

/// <summary>States that this complaint repeats an earlier one; wins over the repeat rule.</summary>
/// <param name="Earlier">An earlier complaint of the tenant. Errors: <c>repeat.self</c>, <c>repeat.target_missing</c>,
/// <c>repeat.not_earlier</c>.</param>
public sealed record LinkRepeat(ComplaintId Earlier) : ComplaintCommand, ICapability<LinkRepeat, Complaint>
{
    private static readonly Refusal Self = new(
        "repeat.self",
        "A complaint cannot repeat itself; name an earlier one.",
        "投诉不能重复自身，请指定更早的投诉。");

    private static readonly Refusal TargetMissing = new(
        "repeat.target_missing",
        "The complaint {value} was not found; name an earlier one of this tenant.",
        "未找到投诉 {value}，请指定本租户更早的投诉。");

    private static readonly Refusal NotEarlier = new(
        "repeat.not_earlier",
        "The complaint {value} was received later; name an earlier one.",
        "投诉 {value} 的受理时间更晚，请指定更早的投诉。");

    private static readonly Refusal OwnPart = new(
        "repeat.own_part",
        "The complaint {value} was merged into this one and is a part of it; name another.",
        "投诉 {value} 已并入本投诉，属于本投诉的一部分，请指定其他投诉。");

    static Capability ICapability<LinkRepeat, Complaint>.Capability { get; } = new("link-repeat", new("Link as repeat", "关联重复投诉"))
    {
        Roles = Role.Desk,
        Fields = Field.Of<LinkRepeat>(f =>
        [
            f.Complaint(command => command.Earlier, Labels.Earlier),
        ]),
        StaysIn = States.Codes(States.NotEnded),
        Refusals = [Self, TargetMissing, NotEarlier, OwnPart],
    };

    static LinkRepeat ICapability<LinkRepeat, Complaint>.Example(Occasion occasion) => new(occasion.Other);

    /// <inheritdoc/>
    public override ComplaintId? RefersTo => Earlier;

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (Earlier == complaint.Id)
            return Self.Plain;
        if (context.Referred is not { } earlier || earlier.Id != Earlier)
            return TargetMissing.With(("value", Earlier));
        if (earlier.Receipt.ReceivedAt > complaint.Receipt.ReceivedAt)
            return NotEarlier.With(("value", earlier.Number));
        if (complaint.Progress.Merged.Absorbed.Contains(Earlier) || earlier.Progress.MergedInto == complaint.Id)
            return OwnPart.With(("value", earlier.Number));
        // What was merged is carried on under its survivor.
        events.Add(new RepeatLinked(earlier.Progress.MergedInto ?? Earlier));
        return null;
    }
}

/// <summary>Somebody stated that this repeats an earlier complaint; a manual link wins over the rule.</summary>
/// <param name="Earlier">The earlier complaint.</param>
public sealed record RepeatLinked(ComplaintId Earlier) : ComplaintEvent, IHappening<RepeatLinked, Complaint>
{
    static EventType IHappening<RepeatLinked, Complaint>.EventType { get; } = new("repeat-linked", 1, new("Linked as repeat", "已关联重复投诉"));

    internal override Complaint Apply(Complaint complaint, EventMoment moment) =>
        complaint with { Receipt = complaint.Receipt with { RepeatOf = Earlier } };
}
