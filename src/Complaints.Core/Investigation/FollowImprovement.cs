using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;
using NodaTime;

namespace Complaints.Core.Investigation;

/// <summary>That a complaint is, or was, part of an improvement, as its own history says.</summary>
/// <param name="Id">The improvement.</param>
/// <param name="Number">Its number for people.</param>
/// <param name="Link">The number of the newest link there that has come here: an older one that comes later changes nothing.</param>
/// <param name="Stands">False when it has left.</param>
/// <param name="Since">Since when it is; <c>null</c> when it has left, or where an earlier program did not say.</param>
public sealed record ImprovementLink(ImprovementId Id, string Number, int Link, bool Stands, Instant? Since = null);

/// <summary>Notes on a complaint that it became part of an improvement, or left it. What the improvement decided is only repeated here,
/// whatever state the complaint is in.</summary>
/// <param name="Improvement">The improvement.</param>
/// <param name="Number">Its number.</param>
/// <param name="Link">The number of the link there.</param>
/// <param name="Stands">False when it left.</param>
internal sealed record FollowImprovement(ImprovementId Improvement, string Number, int Link, bool Stands)
    : ComplaintCommand, ICapability<FollowImprovement, Complaint>
{
    internal static readonly Refusal Known = new(
        "link.known",
        "The complaint says so already, or says something newer, of the improvement {value}.",
        "投诉已记录整改事项 {value} 的该关联或更新的关联。");

    static Capability ICapability<FollowImprovement, Complaint>.Capability { get; } = new("follow-improvement",
        new("Note an improvement", "记录整改关联"))
    {
        Roles = [],
        Fields = Field.Of<FollowImprovement>(f =>
        [
            f.Improvement(command => command.Improvement, Labels.Improvement),
            f.CodeOfRule(command => command.Number, Labels.Number, _ => [], Text.Id, required: true),
            f.Number(command => command.Link, Labels.Number, 1, 1_000_000),
            f.Flag(command => command.Stands, Labels.Improvement),
        ]),
        StaysIn = States.Codes(States.All),
        Refusals = [Known],
        IsInternal = true,
        Commutes = true,
    };

    static FollowImprovement ICapability<FollowImprovement, Complaint>.Example(Occasion occasion) =>
        new(new(occasion.Other.Value), "I-2026-0001", occasion.Variant + 1, occasion.Variant % 2 == 0);

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (complaint.Improvements.FirstOrDefault(known => known.Id == Improvement) is { } known && known.Link >= Link)
            return Known.With(("value", Number));
        events.Add(Stands ? new ImprovementJoined(Improvement, Number, Link) : new ImprovementLeft(Improvement, Number, Link));
        return null;
    }
}

/// <summary>The complaint became part of an improvement.</summary>
/// <param name="Improvement">The improvement.</param>
/// <param name="Number">Its number.</param>
/// <param name="Link">The number of the link there.</param>
public sealed record ImprovementJoined(ImprovementId Improvement, string Number, int Link)
    : ComplaintEvent, IHappening<ImprovementJoined, Complaint>
{
    static EventType IHappening<ImprovementJoined, Complaint>.EventType { get; } = new("improvement-joined", 1,
        new("Became part of an improvement", "已纳入整改"))
    {
        Leaves = Leaving.With<ImprovementJoined>(static (writer, joined) => writer.WriteString("improvement"u8, joined.Improvement.Value)),
    };

    internal override ComplaintEvent? Alone => null;

    internal override IEnumerable<Detail> Details(Rulebook rules) => [new(Labels.Improvement, Number)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) =>
        complaint.Following(new(Improvement, Number, Link, Stands: true, moment.OccurredAt));
}

/// <summary>The complaint is not part of an improvement any more.</summary>
/// <param name="Improvement">The improvement.</param>
/// <param name="Number">Its number.</param>
/// <param name="Link">The number of the link there.</param>
public sealed record ImprovementLeft(ImprovementId Improvement, string Number, int Link)
    : ComplaintEvent, IHappening<ImprovementLeft, Complaint>
{
    static EventType IHappening<ImprovementLeft, Complaint>.EventType { get; } = new("improvement-left", 1,
        new("Left an improvement", "已移出整改"))
    {
        Leaves = Leaving.With<ImprovementLeft>(static (writer, left) => writer.WriteString("improvement"u8, left.Improvement.Value)),
    };

    internal override ComplaintEvent? Alone => null;

    internal override IEnumerable<Detail> Details(Rulebook rules) => [new(Labels.Improvement, Number)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) =>
        complaint.Following(new(Improvement, Number, Link, Stands: false));
}
