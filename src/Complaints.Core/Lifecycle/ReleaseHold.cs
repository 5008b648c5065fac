using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;

namespace Complaints.Core.Lifecycle;

/// <summary>Releases one reason to wait; the last one resumes the complaint.</summary>
/// <param name="Reason">A reason of the current holds. Error: <c>hold.not_found</c>.</param>
public sealed record ReleaseHold(string Reason) : ComplaintCommand, ICapability<ReleaseHold, Complaint>
{
    private static readonly Refusal NotFound = new(
        "hold.not_found",
        "The complaint does not wait for '{value}'; it waits for: {known}.",
        "该投诉未因“{value}”暂停，当前原因：{known}。");

    private static readonly Refusal BeforeHold = new(
        "time.before_hold",
        "The hold began at {bound}; it cannot be released at {value}.",
        "暂停自 {bound} 开始，不能在 {value} 解除。");

    static Capability ICapability<ReleaseHold, Complaint>.Capability { get; } = new("release-hold", new("Release the hold", "解除暂停"))
    {
        Roles = Role.Desk,
        Fields = Field.Of<ReleaseHold>(f =>
        [
            f.PartKey(command => command.Reason, Labels.Hold),
        ]),
        Refusals = [NotFound, BeforeHold],
    };

    /// <inheritdoc/>
    public override Subject? About => new("hold", Reason);

    static ReleaseHold ICapability<ReleaseHold, Complaint>.Example(Occasion occasion) => new(occasion.About?.Key ?? "parts");

    static ImmutableArray<Subject> ICapability<ReleaseHold, Complaint>.Subjects(Complaint complaint, Rulebook rules) =>
        [.. complaint.Progress.Holds.Select(hold => new Subject("hold", hold.Reason))];

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        var progress = complaint.Progress;
        if (progress.Holds.FirstOrDefault(candidate => candidate.Reason == Reason) is not { } hold)
            return NotFound.With(("value", context.Rules.HoldReasons.Named(Reason)), ("known", progress.Holds.Select(candidate => context.Rules.HoldReasons.Named(candidate.Reason))));
        if (context.EffectiveAt < hold.Since)
            return BeforeHold.With(("value", context.EffectiveAt), ("bound", hold.Since));
        events.Add(new HoldReleased(Reason, progress.Holds.Length > 1 ? ComplaintState.OnHold : Settlement.StateAfterHold(complaint)));
        return null;
    }
}

/// <summary>A reason to wait is gone; with the last one the complaint resumes.</summary>
/// <param name="Reason">The reason that is gone.</param>
/// <param name="To">The state after it: <see cref="ComplaintState.OnHold"/> while others remain.</param>
public sealed record HoldReleased(string Reason, ComplaintState To) : ComplaintEvent, IHappening<HoldReleased, Complaint>
{
    static EventType IHappening<HoldReleased, Complaint>.EventType { get; } = new("hold-released", 1, new("Hold released", "已解除暂停"));

    internal override IEnumerable<Detail> Details(Rulebook rules) => [new(Labels.Hold, rules.HoldReasons.Named(Reason))];

    internal override Complaint Apply(Complaint complaint, EventMoment moment)
    {
        var holds = complaint.Progress.Holds.RemoveAll(hold => hold.Reason == Reason);
        return complaint with
        {
            Progress = complaint.Progress with { State = To, Holds = holds, ResumesTo = holds.IsEmpty ? null : complaint.Progress.ResumesTo },
            Clocks = complaint.Clocks.Resumed(Reason, moment.OccurredAt),
        };
    }
}
