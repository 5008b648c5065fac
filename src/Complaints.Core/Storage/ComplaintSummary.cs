using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;
using NodaTime;

namespace Complaints.Core.Storage;

/// <summary>
/// One complaint in columns: what queues show and reports count. Written with the state, so that no report ever reads a payload or computes
/// a deadline again.
/// Number, person, receipt, source with its verdict, item, hashes, channel, entry point, area, title and facts are given once and never
/// change but by <see cref="ComplaintCommit.Amended"/>; a store may write them with the first version and with that only.
/// </summary>
public sealed record ComplaintSummary
{
    /// <summary>The columns whose values are damaged, by their names in the table; empty for a row that is whole. What stands in their
    /// places is nothing to go by.</summary>
    public ImmutableArray<string> Unreadable { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The complaint.</summary>
    public required ComplaintId Id { get; init; }

    /// <summary>Its number.</summary>
    public required string Number { get; init; }

    /// <summary>By what people know it: its number, or its id where that cannot be read.</summary>
    internal string Name => Unreadable.Contains("number") ? Id.ToString() : Number;

    /// <summary>Its version.</summary>
    public required int Version { get; init; }

    /// <summary>What it is.</summary>
    public required string Kind { get; init; }

    /// <summary>Where it stands.</summary>
    public required ComplaintState State { get; init; }

    /// <summary>The round.</summary>
    public int Round { get; init; } = 1;

    /// <summary>Priority.</summary>
    public string Priority { get; init; } = "";

    /// <summary>Category.</summary>
    public string? Category { get; init; }

    /// <summary>Subcategory.</summary>
    public string? Subcategory { get; init; }

    /// <summary>Channel.</summary>
    public required string Channel { get; init; }

    /// <summary>Entry point.</summary>
    public string? EntryPoint { get; init; }

    /// <summary>Where it is to be handled.</summary>
    public string? Area { get; init; }

    /// <summary>Owner.</summary>
    public string? Owner { get; init; }

    /// <summary>Team.</summary>
    public string? Team { get; init; }

    /// <summary>Whose key seals the personal values.</summary>
    public required SubjectId Person { get; init; }

    /// <summary>The title, sealed.</summary>
    public Personal<string>? Title { get; init; }

    /// <summary>When it reached us.</summary>
    public required Instant ReceivedAt { get; init; }

    /// <summary>When it changed last.</summary>
    public required Instant UpdatedAt { get; init; }

    /// <summary>When it was acknowledged.</summary>
    public Instant? AcknowledgedAt { get; init; }

    /// <summary>The earliest due instant of its running clocks, by which queues sort.</summary>
    public Instant? DueAt { get; init; }

    /// <summary>By when it had to be resolved: the source's deadline for an imported complaint, else our own.</summary>
    public Instant? TargetAt { get; init; }

    /// <summary>When it was resolved.</summary>
    public Instant? ResolvedAt { get; init; }

    /// <summary>When it ended.</summary>
    public Instant? ClosedAt { get; init; }

    /// <summary>How it ended.</summary>
    public string? Outcome { get; init; }

    /// <summary>Since when the customer has waited for an answer to a message; <c>null</c> while nobody does.</summary>
    public Instant? UnansweredSince { get; init; }

    /// <summary>Recorded results, for reports.</summary>
    public ImmutableArray<Measure> Measures { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The source's own verdict on an imported complaint: in time or not.</summary>
    public bool? SourceInTime { get; init; }

    /// <summary>What our own clocks said about an imported complaint when it was imported: in time or not.</summary>
    public bool? OwnInTime { get; init; }

    /// <summary>When it was due by our own policy.</summary>
    public Instant? OwnDueAt { get; init; }

    /// <summary>The source of an imported or external complaint.</summary>
    public string? Source { get; init; }

    /// <summary>The keyed hash of the source and its id there, by which a second delivery is known. It lies beside the history, and
    /// stays when the person is erased.</summary>
    [JsonIgnore]
    public string? SourceHash { get; init; }

    /// <summary>True when it was imported.</summary>
    public bool Imported { get; init; }

    /// <summary>What its source says that cannot be true.</summary>
    public ImmutableArray<string> Contradictions { get; init; } = [];

    /// <summary>The kind of product or service.</summary>
    public string? ItemKind { get; init; }

    /// <summary>The model, where it is one of the tenant's list.</summary>
    public string? ItemModel { get; init; }

    /// <summary>The keyed hashes of the customer, the strongest first and a blank between them: of the reference, with <c>=</c> before it,
    /// of the numbers and the addresses. Like the two below it lies beside the history, and goes when the person is erased.</summary>
    [JsonIgnore]
    public string? CustomerHash { get; init; }

    /// <summary>The keyed hash of the customer's reference, of <see cref="CustomerHash"/>.</summary>
    [JsonIgnore]
    public string? ReferenceHash => CustomerHash is ['=', ..] ? CustomerHash.Split(' ')[0][1..] : null;

    /// <summary>The keyed hashes of the customer's numbers and addresses, of <see cref="CustomerHash"/>.</summary>
    [JsonIgnore]
    public ImmutableArray<string> ContactHashes =>
        CustomerHash is null ? [] : [.. CustomerHash.Split(' ').Where(hash => hash is not ['=', ..])];

    /// <summary>The keyed hash of the item's reference.</summary>
    [JsonIgnore]
    public string? ItemHash { get; init; }

    /// <summary>The keyed hash of a key that an import's mapping gave for repeats, such as a place; then it alone tells them.</summary>
    [JsonIgnore]
    public string? RepeatHash { get; init; }

    /// <summary>The complaint that it repeats, by rule at intake or by hand.</summary>
    public ComplaintId? RepeatOf { get; init; }

    /// <summary>Facts of the host or the source by name.</summary>
    public ImmutableSortedDictionary<string, string> Attributes { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>It prints its number and where it stands, and nothing that an erasure would have to reach.</summary>
    public override string ToString() => $"{Number} v{Version} {State}";

    /// <summary>Where the title of a complaint stands, for stores that read it: it opens nowhere else.</summary>
    public static SealedPlace PlaceOfTitle(TenantId tenant, ComplaintId id) => Complaint.PlaceOf(tenant, id, IntakeEntry.TitleField);

    /// <summary>By when it is to be resolved, by its source or by our own clocks.</summary>
    internal static Instant? TargetOf(Complaint complaint, ImmutableArray<Clock> clocks) => complaint.Imported is { } imported
        ? imported.DueAt
        : clocks.LastOrDefault(static clock => clock.Objective == Objective.Resolution)?.Due;

    /// <summary>The columns of a complaint.</summary>
    internal static ComplaintSummary Of(Complaint complaint, ImmutableArray<Clock> clocks) => new()
    {
        Id = complaint.Id,
        Number = complaint.Number,
        Version = complaint.Version,
        Kind = complaint.Receipt.Kind,
        State = complaint.State,
        Round = complaint.Progress.Round,
        Priority = complaint.Judgement.Priority,
        Category = complaint.Judgement.Category,
        Subcategory = complaint.Judgement.Subcategory,
        Channel = complaint.Receipt.Channel,
        EntryPoint = complaint.Receipt.EntryPoint,
        Area = complaint.Receipt.Area,
        Owner = complaint.Responsibility.Owner,
        Team = complaint.Responsibility.Team,
        Person = complaint.Receipt.Person,
        Title = complaint.Receipt.Title,
        ReceivedAt = complaint.Receipt.ReceivedAt,
        UpdatedAt = complaint.UpdatedAt,
        AcknowledgedAt = complaint.Receipt.AcknowledgedAt,
        DueAt = Clocks.NextDue(clocks),
        TargetAt = TargetOf(complaint, clocks),
        ResolvedAt = complaint.Settlement.ResolvedAt,
        ClosedAt = complaint.Progress.EndedAt,
        Outcome = complaint.Settlement.Outcome,
        UnansweredSince = complaint.Talk.UnansweredSince,
        Measures = Storage.Measures.Of(complaint),
        SourceInTime = complaint.Imported?.InTime,
        OwnInTime = complaint.Imported?.Own?.InTime,
        OwnDueAt = complaint.Imported?.Own?.Due,
        Source = complaint.Receipt.Source,
        Imported = complaint.Imported is not null,
        Contradictions = complaint.Imported?.Contradictions ?? [],
        ItemKind = complaint.Receipt.ItemKind,
        ItemModel = complaint.Receipt.ItemModel,
        RepeatOf = complaint.Receipt.RepeatOf,
        Attributes = complaint.Receipt.Attributes,
    };
}
