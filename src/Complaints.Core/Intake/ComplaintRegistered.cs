using System.Collections.Immutable;
using Complaints.Core.Assignment;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Sla;

namespace Complaints.Core.Intake;

/// <summary>A complaint was recorded.</summary>
public sealed record ComplaintRegistered : ComplaintEvent, IHappening<ComplaintRegistered, Complaint>, ITellsItem
{
    static EventType IHappening<ComplaintRegistered, Complaint>.EventType { get; } =
        new("registered", 4, new("Registered", "已登记")) { Upcasters = [EntryOfBefore.Sealed], Leaves = Leaving.Plain };

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
    [
        new(null, Entry.Title),
        new(Labels.Kind, rules.Kinds.Named(Entry.Kind)),
        new(Labels.Channel, rules.Channels.Named(Entry.Channel)),
        new(Labels.EntryPoint, Entry.EntryPoint is { } point ? rules.EntryPoints.Named(point) : null),
        new(Labels.Area, Entry.Area is { } area ? rules.Organisation.AreaNamed(area) : null),
        new(Labels.Item, rules.Items.NameOf(Entry.ItemKind, Entry.ItemModel)),
        new(Labels.ItemTold, Item),
        new(Labels.PurchasedOn, Entry.PurchasedOn),
        new(Labels.IncidentFrom, Entry.IncidentFrom),
        new(Labels.IncidentTo, Entry.IncidentTo),
        new(Labels.Goals, Entry.Goals.IsEmpty ? null : Entry.Goals.Select(rules.Goals.Named)),
        new(Labels.Source, Entry.Source),
        new(Labels.SourceId, SourceId),
    ];

    /// <summary>The number for people.</summary>
    public required string Number { get; init; }

    /// <summary>What was entered.</summary>
    public required IntakeEntry Entry { get; init; }

    /// <summary>What the customer said; <c>null</c> when nothing was written down.</summary>
    public Personal<Statement>? Statement { get; init; }

    /// <summary>The item as it was told, with its reference; <c>null</c> where the codes say all.</summary>
    public Personal<Item>? Item { get; init; }

    /// <summary>The id by which <see cref="IntakeEntry.Source"/> knows it. Whether an id was taken in before is told by a hash beside the
    /// history, which stays when the person is erased.</summary>
    public Personal<string>? SourceId { get; init; }

    /// <summary>The complaint that it repeats.</summary>
    public ComplaintId? RepeatOf { get; init; }

    /// <summary>Similar complaints that were found.</summary>
    public ImmutableArray<SimilarComplaint> Similar { get; init; } = [];

    /// <summary>True when the letter carries a number to call at once.</summary>
    public bool CallbackRequired { get; init; }

    internal override ComplaintEvent? Alone => this with { RepeatOf = null, Similar = [] };

    internal override PersonalField[] PersonalValues =>
        [.. Entry.PersonalValues, new("item", Item), new("source-id", SourceId), new("statement", Statement)];

    internal override IEnumerable<ClockFact> Facts(EventMoment moment) => CallbackRequired
        ? [new(FactKind.Received, Entry.ReceivedAt), new(FactKind.CallbackRequired, Entry.ReceivedAt)]
        : [new(FactKind.Received, Entry.ReceivedAt)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Number = Number,
        Receipt = new Receipt(Entry, moment.RecordedAt) { RepeatOf = RepeatOf, Similar = Similar, CallbackPending = CallbackRequired },
    };
}
