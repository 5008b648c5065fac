using System.Collections.Immutable;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using NodaTime;

namespace Complaints.Core.Storage;

/// <summary>Writes many new complaints at once, for imports.</summary>
public interface IComplaintImporter
{
    /// <summary>Which ids of sources are there already, by their hashes.</summary>
    ValueTask<ImmutableHashSet<string>> KnownAsync(TenantId tenant, IReadOnlyCollection<string> sourceHashes,
        CancellationToken cancellationToken);

    /// <summary>
    /// Writes new complaints in one transaction; one whose source's id is there already is left out. Complaints that take their numbers
    /// (<see cref="ComplaintCommit.Number"/>) are of one
    /// year, numbered one after the other, and written all or, when anything stands in the way, none.
    /// </summary>
    /// <returns>How many were written.</returns>
    ValueTask<int> ImportAsync(IReadOnlyList<ComplaintCommit> commits, CancellationToken cancellationToken);
}

/// <summary>Keeps definitions in all their versions.</summary>
public interface IDefinitionStore
{
    /// <summary>Every version of every definition of a tenant.</summary>
    ValueTask<ImmutableArray<Definition>> ListAsync(TenantId tenant, CancellationToken cancellationToken);

    /// <summary>The versions that were added since a mark, and the mark to ask with next: nothing is read where nothing was added. No
    /// version may be missed, whoever adds others at the same time: what is added later is behind every mark that was given
    /// before.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="since">What was answered the last time; <c>null</c> for all there are.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<NewDefinitions> NewerAsync(TenantId tenant, DefinitionMark? since, CancellationToken cancellationToken);

    /// <summary>Adds a version; false if that version is there already.</summary>
    ValueTask<bool> TryAddAsync(Definition definition, CancellationToken cancellationToken);
}

/// <summary>Up to where a tenant's definitions were read. Every store counts in its own way.</summary>
/// <param name="Sequence">The place of the last one that was read; 0 before the first.</param>
public readonly record struct DefinitionMark(long Sequence);

/// <summary>What was added to a tenant's definitions.</summary>
/// <param name="Added">The versions, in no particular order.</param>
/// <param name="Mark">What to ask with next.</param>
public sealed record NewDefinitions(ImmutableArray<Definition> Added, DefinitionMark Mark)
{
    /// <summary>The versions; never <c>default</c>.</summary>
    public ImmutableArray<Definition> Added { get; init; } = Added.IsDefault ? [] : Added;

    /// <summary>How many places up to the mark hold nothing although all were read: more than 0 shows that versions are missing. 0 where a
    /// store's places may have gaps, and where only what is newer was asked for.</summary>
    public long Missing { get; init; }
}

/// <summary>Keeps the wrapped keys of persons and tenants.</summary>
public interface ISubjectKeyStore
{
    /// <summary>The wrapped keys of those subjects that have one.</summary>
    ValueTask<ImmutableArray<WrappedKey>> GetAsync(TenantId tenant, IReadOnlyCollection<SubjectId> subjects, CancellationToken cancellationToken);

    /// <summary>Adds a key; returns the one that is kept, which is an earlier one if there was one.</summary>
    ValueTask<WrappedKey> AddAsync(TenantId tenant, WrappedKey key, CancellationToken cancellationToken);

    /// <summary>Destroys a key: everything sealed under it is unreadable for ever. The person's look-ups go with it. False if there was
    /// none.</summary>
    /// <exception cref="ArgumentException">It is the tenant's own key (<see cref="ThrowIfTenant"/>).</exception>
    ValueTask<bool> DestroyAsync(TenantId tenant, SubjectId subject, CancellationToken cancellationToken);

    /// <summary>Refuses to destroy the tenant's own key; stores call it first.</summary>
    /// <exception cref="ArgumentException">It is the tenant's own.</exception>
    static void ThrowIfTenant(SubjectId subject)
    {
        if (subject == SubjectId.Tenant)
            throw new ArgumentException("This is the tenant's own key, and no person's: without it nothing could be found or proved.",
                nameof(subject));
    }

    /// <summary>The wrapped keys of all tenants, by tenant (ordinal) and subject (its bytes in big-endian order), page by page, for whoever
    /// wraps them anew.</summary>
    /// <param name="after">The last owner of the page before; <c>null</c> for the first page.</param>
    /// <param name="max">How many at most, 1 to 10,000.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Fewer than <paramref name="max"/> only at the end.</returns>
    ValueTask<ImmutableArray<StoredKey>> ListKeysAsync(KeyOwner? after, int max, CancellationToken cancellationToken);

    /// <summary>Puts newly wrapped bytes in the place of those that were read, and leaves alone what is not those bytes any more: a key
    /// that was destroyed meanwhile must never come back.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="replacements">At most 10,000, no subject twice.</param>
    /// <param name="cancellationToken">Ends the wait before it begins to write.</param>
    /// <returns>How many were replaced.</returns>
    ValueTask<int> ReplaceKeysAsync(TenantId tenant, IReadOnlyList<KeyReplacement> replacements, CancellationToken cancellationToken);
}

/// <summary>A wrapped key as it is kept.</summary>
/// <param name="Owner">Whose key it is.</param>
/// <param name="Wrapped">The wrapped bytes.</param>
public sealed record StoredKey(KeyOwner Owner, ReadOnlyMemory<byte> Wrapped);

/// <summary>A key that was wrapped anew.</summary>
/// <param name="Subject">Whose key it is.</param>
/// <param name="Seen">The wrapped bytes that were read, and that must still be there.</param>
/// <param name="Wrapped">The bytes that take their place.</param>
public sealed record KeyReplacement(SubjectId Subject, ReadOnlyMemory<byte> Seen, ReadOnlyMemory<byte> Wrapped);

/// <summary>Reads whole histories to prove them, and keeps checkpoints.</summary>
public interface IChainStore
{
    /// <summary>The tenants that have anything.</summary>
    ValueTask<ImmutableArray<TenantId>> TenantsAsync(CancellationToken cancellationToken);

    /// <summary>The version and head of every complaint and of every other aggregate, together by id.</summary>
    IAsyncEnumerable<ChainHead> HeadsAsync(TenantId tenant, CancellationToken cancellationToken);

    /// <summary>Every event, by the id of what it is of, version and index; events of what is gone, too.</summary>
    IAsyncEnumerable<(Guid Of, StoredEvent Event)> EventsAsync(TenantId tenant, CancellationToken cancellationToken);

    /// <summary>The head and the events of one of them as they stand at one moment.</summary>
    ValueTask<StoredChain> ChainAsync(TenantId tenant, Guid of, CancellationToken cancellationToken);

    /// <summary>Adds a part of a checkpoint.</summary>
    ValueTask SaveCheckpointAsync(TenantId tenant, CheckpointPart part, CancellationToken cancellationToken);

    /// <summary>Every part of every checkpoint, oldest first.</summary>
    IAsyncEnumerable<CheckpointPart> CheckpointsAsync(TenantId tenant, CancellationToken cancellationToken);
}

/// <summary>How far a chain reaches.</summary>
/// <param name="Of">Whose it is.</param>
/// <param name="Number">Its number.</param>
/// <param name="Version">Its version.</param>
/// <param name="Head">The hash of its newest event.</param>
/// <param name="Row">What is stored beside the chain, to be compared with what the chain says; <c>null</c> in a checkpoint.</param>
public sealed record ChainHead(AggregateId Of, string Number, int Version, ReadOnlyMemory<byte> Head, StoredRow? Row = null);

/// <summary>What a store keeps besides a history: all of it follows from it.</summary>
/// <param name="Schema">The schema of <paramref name="State"/>.</param>
/// <param name="State">The state's bytes.</param>
/// <param name="Summary">The columns of a complaint; <c>null</c> for anything else.</param>
/// <param name="Aggregate">The columns of anything else.</param>
public sealed record StoredRow(int Schema, ReadOnlyMemory<byte> State, ComplaintSummary? Summary, AggregateSummary? Aggregate = null)
{
    /// <summary>The columns whose values are damaged.</summary>
    internal ImmutableArray<string> Unreadable => Summary?.Unreadable ?? Aggregate?.Unreadable ?? [];

    /// <summary>Who takes part in a complaint besides its own person, in any order.</summary>
    public ImmutableArray<SubjectId> Persons { get; init; } = [];

    /// <summary>The year and the number within it that anything else has taken; <c>null</c> for a complaint.</summary>
    public TakenNumber? Taken { get; init; }
}

/// <summary>Looks at a database itself, whatever is stored in it.</summary>
public interface IStoreInspection
{
    /// <summary>What is wrong: <c>store.damaged</c> where its pages are, <c>store.foreign</c> for what somebody put there that acts by
    /// itself, such as a trigger. Empty where all is well.</summary>
    ValueTask<ImmutableArray<StoreFinding>> InspectAsync(CancellationToken cancellationToken);
}

/// <summary>Reads what lies beside histories, to prove it, and replaces what is only derived.</summary>
public interface ISideRowStore
{
    /// <summary>Every command that was carried out.</summary>
    IAsyncEnumerable<CommandRow> CommandsAsync(TenantId tenant, CancellationToken cancellationToken);

    /// <summary>Every message that is kept, sent or not.</summary>
    IAsyncEnumerable<KeptMessage> MessagesAsync(TenantId tenant, CancellationToken cancellationToken);

    /// <summary>Every look-up, by complaint in the order of <see cref="IChainStore.HeadsAsync"/>.</summary>
    IAsyncEnumerable<KeptLookup> LookupsAsync(TenantId tenant, CancellationToken cancellationToken);

    /// <summary>Puts other look-ups in the place of a complaint's: all of it or nothing. A customer's hash is replaced and never added.
    /// Where the person's key is gone, or the complaint has another version, nothing is written: an erasure holds, and so does a
    /// correction.</summary>
    /// <returns>False where nothing was written.</returns>
    ValueTask<bool> RenewLookupsAsync(TenantId tenant, RenewedLookups renewed, CancellationToken cancellationToken);
}

/// <summary>By what a complaint is found from now on.</summary>
/// <param name="Complaint">Which complaint.</param>
/// <param name="Version">Its version of which they were made.</param>
/// <param name="Person">Whose it is.</param>
/// <param name="Lookups">Its look-ups.</param>
/// <param name="CustomerHash">Its <see cref="ComplaintSummary.CustomerHash"/>.</param>
public sealed record RenewedLookups(
    ComplaintId Complaint, int Version, SubjectId Person, ImmutableArray<Lookup> Lookups, string? CustomerHash)
{
    /// <summary>Its look-ups; never <c>default</c>.</summary>
    public ImmutableArray<Lookup> Lookups { get; init; } = Lookups.IsDefault ? [] : Lookups;
}

/// <summary>A message as it is kept.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Of">What it is about.</param>
/// <param name="Channel">Whose part of it this is; empty for the whole.</param>
/// <param name="Topic">Its topic.</param>
/// <param name="Payload">Its bytes.</param>
/// <param name="CreatedAt">When it was written.</param>
public sealed record KeptMessage(Guid Id, Guid Of, string Channel, string Topic, ReadOnlyMemory<byte> Payload, Instant CreatedAt);

/// <summary>A look-up as it is kept.</summary>
/// <param name="Complaint">What is found by it.</param>
/// <param name="Person">Whose complaint it is.</param>
/// <param name="Hash">The keyed hash.</param>
/// <param name="Kind">What was hashed.</param>
/// <param name="Form">Which normal form of it (<see cref="Lookup.FormIn"/>).</param>
public readonly record struct KeptLookup(ComplaintId Complaint, SubjectId Person, string Hash, string Kind, int Form = Lookup.NewestForm);

/// <summary>What is wrong with a database, whatever is stored in it.</summary>
/// <param name="Code"><c>store.damaged</c> or <c>store.foreign</c>.</param>
/// <param name="Text">What it is, and what to do.</param>
public sealed record StoreFinding(string Code, Label Text)
{
    /// <summary>The same in English, for logs and programs.</summary>
    public string Message => Text.En;
}

/// <summary>A whole chain.</summary>
/// <param name="Head">How far it reaches; <c>null</c> if what it is of is gone.</param>
/// <param name="Events">Its events by version and index; empty if there are none.</param>
public sealed record StoredChain(ChainHead? Head, ImmutableArray<StoredEvent> Events);

/// <summary>A part of a keyed checkpoint: who was there, and how far.</summary>
/// <param name="Sequence">1, 2, ... without gaps.</param>
/// <param name="TakenAt">When.</param>
/// <param name="Body">The heads that are new or have moved since the part before.</param>
/// <param name="Mac">A keyed authenticator over the part before it, the sequence and the body.</param>
public sealed record CheckpointPart(int Sequence, Instant TakenAt, ReadOnlyMemory<byte> Body, ReadOnlyMemory<byte> Mac);
