using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Sla;

namespace Complaints.Core.Lifecycle;

/// <summary>Carries this complaint on under another of the same tenant. Never done by itself: duplicates are shown and a person decides.
/// What it owes moves to the survivor
/// by a second command, which the desk sends at once and, should that fail, the next sweep.</summary>
/// <param name="Into">The survivor: another complaint, not ended. Errors: <c>merge.self</c>, <c>merge.target_missing</c>,
/// <c>merge.target_ended</c>.</param>
/// <param name="Reason">Why: a code of the tenant's reasons for this command. Error: <c>code.unknown</c>.</param>
/// <param name="Remark">What is to be said of it, kept sealed; at most 500 characters. Error, where the reason is <c>other</c>:
/// <c>text.required</c>.</param>
public sealed record Merge(ComplaintId Into, string Reason, string? Remark = null)
    : ComplaintCommand, ICapability<Merge, Complaint>
{
    private static readonly Refusal Self = new(
        "merge.self",
        "A complaint cannot be merged into itself; name another.",
        "投诉不能与自身合并，请指定另一投诉。");

    private static readonly Refusal TargetMissing = new(
        "merge.target_missing",
        "The complaint {value} was not found; name one of this tenant.",
        "未找到投诉 {value}，请指定本租户的投诉。");

    private static readonly Refusal TargetEnded = new(
        "merge.target_ended",
        "The complaint {value} is {state}; merge into one that is still open.",
        "投诉 {value} 已是“{state}”，请合并到未结束的投诉。");

    static Capability ICapability<Merge, Complaint>.Capability { get; } = new("merge", new("Merge into another", "合并"))
    {
        Roles = Role.Desk,
        Fields = Field.Of<Merge>(f =>
        [
            f.Complaint(command => command.Into, Labels.Into),
            f.Reason(command => command.Reason, "merge"),
            f.Remark(command => command.Remark, command => command.Reason),
        ]),
        Refusals = [Self, TargetMissing, TargetEnded, MergeRefusals.CarriedOn],
    };

    static Merge ICapability<Merge, Complaint>.Example(Occasion occasion) => new(occasion.Other, "same-matter", "The same delivery.");

    /// <inheritdoc/>
    public override ComplaintId? RefersTo => Into;

    // A survivor that ends at the same moment, merged into this one perhaps, would leave nobody to owe the answer.
    internal override bool NeedsReferredUnchanged => true;

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (Into == complaint.Id)
            return Self.With(("value", Into));
        if (context.Referred is not { } survivor || survivor.Id != Into)
            return TargetMissing.With(("value", Into));
        if (States.Ends.Contains(survivor.State))
            return TargetEnded.With(("value", survivor.Number), ("state", survivor.State));
        events.Add(new ComplaintMerged(Into, Reason, Personal.OfNullable(Remark), survivor.Number));
        return null;
    }
}

/// <summary>The complaint is carried on under another.</summary>
/// <param name="Into">The survivor.</param>
/// <param name="Reason">Why: a code of the tenant's reasons.</param>
/// <param name="Remark">What is to be said of it.</param>
/// <param name="Number">The survivor's number for people.</param>
public sealed record ComplaintMerged(ComplaintId Into, string Reason, Personal<string>? Remark = null, string? Number = null)
    : ComplaintEvent, IHappening<ComplaintMerged, Complaint>
{
    static EventType IHappening<ComplaintMerged, Complaint>.EventType { get; } = new("merged", 3,
        new("Merged into another complaint", "已并入其他投诉"))
    {
        Upcasters = [Why.AsRemark], Leaves = Leaving.With<ComplaintMerged>(
            static (writer, merged) => writer.WriteString("into"u8, merged.Into.Value)),
    };

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
        [new(Labels.Number, Number), .. Why.Details(rules, "merge", Reason, Remark)];

    internal override ComplaintEvent? Alone => null;

    internal override PersonalField[] PersonalValues => [new("remark", Remark)];

    internal override IEnumerable<ClockFact> Facts(EventMoment moment) => [new(FactKind.Ended, moment.OccurredAt)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment)
    {
        var ended = complaint.Ended(ComplaintState.Merged, moment);
        return ended with
        {
            Progress = ended.Progress with
            {
                MergedInto = Into, Merges = ended.Progress.Merged with { CarriedHolds = complaint.Progress.Holds, IntoNumber = Number },
            },
        };
    }
}
