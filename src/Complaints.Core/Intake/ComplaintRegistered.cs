using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Sla;

namespace Complaints.Core.Intake;

/// <summary>A complaint was recorded.</summary>
public sealed record ComplaintRegistered : ComplaintEvent, IHappening<ComplaintRegistered, Complaint>
{
    static EventType IHappening<ComplaintRegistered, Complaint>.EventType { get; } =
        new("registered", 1, new("Registered", "已登记")) { Leaves = Leaving.Plain };

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
    [
        new(null, Entry.Title),
        new(Labels.Kind, rules.Kinds.Named(Entry.Kind)),
        new(Labels.Channel, rules.Channels.Named(Entry.Channel)),
    ];

    /// <summary>The number for people.</summary>
    public required string Number { get; init; }

    /// <summary>What was entered.</summary>
    public required IntakeEntry Entry { get; init; }

    /// <summary>What the customer said; <c>null</c> when nothing was written down.</summary>
    public Personal<Statement>? Statement { get; init; }

    /// <summary>The complaint that it repeats.</summary>
    public ComplaintId? RepeatOf { get; init; }

    /// <summary>Similar complaints that were found.</summary>
    public ImmutableArray<SimilarComplaint> Similar { get; init; } = [];

    /// <summary>True when the letter carries a number to call at once.</summary>
    public bool CallbackRequired { get; init; }

    internal override IEnumerable<IPersonal?> PersonalValues => [Entry.Title, Entry.Complainant, Statement];

    internal override IEnumerable<ClockFact> Facts(EventMoment moment) => CallbackRequired
        ? [new(FactKind.Received, Entry.ReceivedAt), new(FactKind.CallbackRequired, Entry.ReceivedAt)]
        : [new(FactKind.Received, Entry.ReceivedAt)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Number = Number,
        Receipt = new Receipt(Entry, moment.RecordedAt) { RepeatOf = RepeatOf, Similar = Similar, CallbackPending = CallbackRequired },
    };
}
