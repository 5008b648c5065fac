using System.Collections.Immutable;
using Complaints.Core.Improvements;
using NodaTime;

namespace Complaints.Core.Storage;

/// <summary>
/// Where the small aggregates live beside the complaints, such as improvements: one table for all of them, and the same histories,
/// commands,
/// messages and keys. A commit keeps every promise that a complaint's keeps. Stores that lack it have complaints only.
/// </summary>
public interface IAggregateStore
{
    /// <summary>Loads what a command needs, in one round trip.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be reached; nothing was changed.</exception>
    ValueTask<LoadedAggregate> LoadAsync(TenantId tenant, AggregateId id, CommandId command, CancellationToken cancellationToken);

    /// <summary>The number that a new aggregate of a year would take: one more than the highest, 1 for the first.</summary>
    ValueTask<long> NextNumberAsync(TenantId tenant, string noun, int year, CancellationToken cancellationToken);

    /// <summary>Writes one command: state, events, messages, command row, key. All or nothing.</summary>
    /// <returns>Whether it was written, or what stood in the way; then nothing was written.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot be reached, or the outcome is unknown: repeat with the same command
    /// id.</exception>
    ValueTask<CommitOutcome> CommitAsync(AggregateCommit commit, CancellationToken cancellationToken);

    /// <summary>A page, the newest first.</summary>
    ValueTask<ImmutableArray<AggregateSummary>> ListAsync(TenantId tenant, AggregateQuery query, CancellationToken cancellationToken);

    /// <summary>Those that must be looked at by an instant, the longest overdue first.</summary>
    ValueTask<ImmutableArray<AggregateLook>> DueAsync(TenantId tenant, LookQuery query, CancellationToken cancellationToken);

    /// <summary>Says when one must be looked at again, unless it has moved on meanwhile: then nothing is changed.</summary>
    ValueTask LookAgainAsync(TenantId tenant, AggregateLook look, CancellationToken cancellationToken);
}

/// <summary>What a sweep asks for.</summary>
/// <param name="Noun">What they are.</param>
/// <param name="Now">The instant.</param>
/// <param name="Max">At most so many, 1 to 10,000.</param>
/// <param name="After">Goes on behind this one, the last of those before; <c>null</c> for the longest overdue.</param>
public sealed record LookQuery(string Noun, Instant Now, int Max, AggregateLook? After = null)
{
    /// <summary>Checks the bounds; stores call it first.</summary>
    /// <exception cref="ArgumentException">None or more than 10,000.</exception>
    public void ThrowIfUnusable()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Max, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Max, 10_000);
    }
}

/// <summary>When an aggregate must be looked at again.</summary>
/// <param name="Id">The aggregate.</param>
/// <param name="Version">The version that it must still have.</param>
/// <param name="At">When; <c>null</c> for never.</param>
public sealed record AggregateLook(AggregateId Id, int Version, Instant? At);

/// <summary>What was found for a command.</summary>
/// <param name="Aggregate">The aggregate; <c>null</c> if the tenant has none of that id.</param>
/// <param name="Key">The wrapped key of its words; <c>null</c> when it was destroyed.</param>
/// <param name="Earlier">The command row, if this command id was used before.</param>
public sealed record LoadedAggregate(StoredAggregate? Aggregate, ReadOnlyMemory<byte>? Key, CommandRow? Earlier);

/// <summary>An aggregate as it is stored.</summary>
/// <param name="Id">Which.</param>
/// <param name="Version">How many commands have changed it.</param>
/// <param name="Schema">The schema of <paramref name="State"/>.</param>
/// <param name="State">The state's bytes.</param>
/// <param name="Head">The hash of its newest event.</param>
/// <param name="Subject">Whose key seals its words.</param>
public sealed record StoredAggregate(
    AggregateId Id, int Version, int Schema, ReadOnlyMemory<byte> State, ReadOnlyMemory<byte> Head, SubjectId Subject);

/// <summary>Everything that one command writes, in one transaction.</summary>
public sealed record AggregateCommit
{
    /// <summary>Whose.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The version that was loaded; 0 for a new one. The commit writes one more.</summary>
    public required int ExpectedVersion { get; init; }

    /// <summary>The schema of <see cref="State"/>.</summary>
    public required int Schema { get; init; }

    /// <summary>The state's bytes.</summary>
    public required ReadOnlyMemory<byte> State { get; init; }

    /// <summary>The hash of the newest event.</summary>
    public required ReadOnlyMemory<byte> Head { get; init; }

    /// <summary>The columns, with the id.</summary>
    public required AggregateSummary Summary { get; init; }

    /// <summary>The events, at least one.</summary>
    public required ImmutableArray<StoredEvent> Events { get; init; }

    /// <summary>Work that waits from now on, or for somebody else, or by another instant.</summary>
    public ImmutableArray<WorkRow> WorkToSet { get; init; } = [];

    /// <summary>Work that waits no longer.</summary>
    public ImmutableArray<WorkKey> WorkToRemove { get; init; } = [];

    /// <summary>Messages to send.</summary>
    public ImmutableArray<OutboxMessage> Outbox { get; init; } = [];

    /// <summary>The command's row.</summary>
    public required CommandRow Command { get; init; }

    /// <summary>The year and the number within it that a new one takes: a number that is taken already is a conflict.</summary>
    public TakenNumber? Number { get; init; }

    /// <summary>The wrapped key of the words of a new one.</summary>
    public WrappedKey? NewKey { get; init; }

    /// <summary>True when words were sealed under the key that is there: it must still be there, or that is a conflict.</summary>
    public bool NeedsKey { get; init; }

    /// <summary>The version after the commit.</summary>
    public int Version => ExpectedVersion + 1;
}

/// <summary>What lists of aggregates ask for; everything given must hold.</summary>
/// <param name="Noun">What they are.</param>
public sealed record AggregateQuery(string Noun)
{
    /// <summary>In one of these statuses; empty for any.</summary>
    public ImmutableArray<string> Statuses { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Of this kind.</summary>
    public string? Kind { get; init; }

    /// <summary>Of this owner.</summary>
    public string? Owner { get; init; }

    /// <summary>With exactly this number.</summary>
    public string? Number { get; init; }

    /// <summary>Goes on behind this one, the last of the page before; <c>null</c> for the beginning.</summary>
    public Guid? After { get; init; }

    /// <summary>How many to return, 1 to 500.</summary>
    public int Take { get; init; } = 50;

    /// <summary>Checks the bounds; stores call it first.</summary>
    /// <exception cref="ArgumentException">A page of none or of more than 500.</exception>
    public void ThrowIfUnusable()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Take, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Take, 500);
    }
}

/// <summary>An aggregate in columns.</summary>
public sealed record AggregateSummary
{
    /// <summary>The columns whose values are damaged, by their names in the table; empty for a row that is whole.</summary>
    public ImmutableArray<string> Unreadable { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Which.</summary>
    public required AggregateId Id { get; init; }

    /// <summary>Its number for people, unique in the tenant.</summary>
    public required string Number { get; init; }

    /// <summary>Its version.</summary>
    public required int Version { get; init; }

    /// <summary>Its kind.</summary>
    public required string Kind { get; init; }

    /// <summary>Where it stands.</summary>
    public required string Status { get; init; }

    /// <summary>Who answers for it.</summary>
    public string? Owner { get; init; }

    /// <summary>For which team.</summary>
    public string? Team { get; init; }

    /// <summary>Whose key seals its words.</summary>
    public required SubjectId Subject { get; init; }

    /// <summary>What it is about; sealed.</summary>
    public Personal<string>? Title { get; init; }

    /// <summary>When it began.</summary>
    public required Instant OpenedAt { get; init; }

    /// <summary>When it was changed last.</summary>
    public required Instant UpdatedAt { get; init; }

    /// <summary>When something of it is due.</summary>
    public Instant? DueAt { get; init; }

    /// <summary>When it ended.</summary>
    public Instant? EndedAt { get; init; }

    /// <summary>When a sweep must look at it; <c>null</c> for never.</summary>
    public Instant? LookAt { get; init; }

    /// <summary>It prints its number and where it stands.</summary>
    public override string ToString() => $"{Number} v{Version} {Status}";

    /// <summary>Where the title of an aggregate stands, for stores that read it: it opens nowhere else.</summary>
    public static SealedPlace PlaceOfTitle(TenantId tenant, AggregateId id) => new(tenant, id.Noun, id.Value, "title");

    /// <summary>The columns of an improvement.</summary>
    internal static AggregateSummary Of(Improvement state, Instant? lookAt) => new()
    {
        Id = AggregateId.Of(state.Id), Number = state.Number, Version = state.Version, Kind = state.Kind.Id,
            Status = state.Status.ToString(),
        Owner = state.Owner, Team = state.Department, Subject = state.Subject, Title = state.Title, OpenedAt = state.OpenedAt,
        UpdatedAt = state.UpdatedAt, DueAt = state.Status == ImprovementStatus.Closed ? null : state.NextDue, EndedAt = state.ClosedAt,
            LookAt = lookAt,
    };
}
