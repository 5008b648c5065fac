using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;

namespace Complaints.Core.Intake;

/// <summary>Takes back a link with another complaint, also one that a rule or somebody else made.</summary>
/// <param name="Other">The other complaint.</param>
/// <param name="Kind">How they are linked: a code of <see cref="LinkKind"/>. Errors: <c>code.unknown</c>, <c>link.none</c>.</param>
public sealed record Unlink(ComplaintId Other, string Kind) : ComplaintCommand, ICapability<Unlink, Complaint>
{
    private static readonly Refusal None = new(
        "link.none",
        "There is no such link to take back.",
        "不存在该关联，无法取消。");

    static Capability ICapability<Unlink, Complaint>.Capability { get; } = new("unlink", new("Take back a link", "取消关联"))
    {
        Roles = Role.Desk,
        Fields = Field.Of<Unlink>(f =>
        [
            f.Code(command => command.Kind, Labels.Link, static _ => LinkKind.Made),
            f.Complaint(command => command.Other, Labels.Other),
        ]),
        StaysIn = States.Codes([.. States.NotEnded, ComplaintState.Closed, ComplaintState.Withdrawn]),
        Refusals = [None],
    };

    static Unlink ICapability<Unlink, Complaint>.Example(Occasion occasion) =>
        new(occasion.Other, LinkKind.Made.Items[occasion.Variant % LinkKind.Made.Items.Length].Code);

    static ComplaintError? ICapability<Unlink, Complaint>.Precondition(
        Complaint complaint, Subject? subject, DecisionContext<Complaint> context) =>
        complaint is { Receipt.RepeatOf: null, Ties.IsEmpty: true } ? None.Plain : null;

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (Kind == LinkKind.Repeat ? complaint.Receipt.RepeatOf != Other : !complaint.Ties.Contains(new(Other, Kind)))
            return None.Plain;
        events.Add(new CaseUnlinked(Other, Kind));
        return null;
    }
}

/// <summary>Somebody took back a link with another complaint.</summary>
/// <param name="Other">The other.</param>
/// <param name="Kind">How they were linked.</param>
public sealed record CaseUnlinked(ComplaintId Other, string Kind) : ComplaintEvent, IHappening<CaseUnlinked, Complaint>
{
    static EventType IHappening<CaseUnlinked, Complaint>.EventType { get; } = new("case-unlinked", 1, new("Link taken back", "已取消关联"));

    internal override ComplaintEvent? Alone => null;

    internal override IEnumerable<Detail> Details(Rulebook rules) => [new(Labels.Link, LinkKind.Made.Named(Kind))];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Receipt = Kind == LinkKind.Repeat ? complaint.Receipt with { RepeatOf = null } : complaint.Receipt,
        Ties = complaint.Ties.Remove(new(Other, Kind)),
    };
}
