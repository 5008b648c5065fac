using System.Collections.Immutable;
using Complaints.Core;
using Complaints.Core.Definitions;
using Complaints.Core.History;
using Complaints.Core.Storage;

namespace Complaints.Testing;

/// <content>Imports, definitions, keys, chains.</content>
public sealed partial class InMemoryComplaintStore
{
    /// <inheritdoc/>
    public ValueTask<ImmutableHashSet<string>> KnownAsync(TenantId tenant, IReadOnlyCollection<string> sourceHashes,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sourceHashes);
        return In(tenant, cancellationToken, data => sourceHashes.Where(data.Sources.ContainsKey)
            .ToImmutableHashSet(StringComparer.Ordinal));
    }

    /// <inheritdoc/>
    /// <exception cref="StoreException">A complaint's id, number or key is taken; nothing of the batch was written.</exception>
    public ValueTask<int> ImportAsync(IReadOnlyList<ComplaintCommit> commits, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(commits);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            var trial = new InMemoryComplaintStore();
            var wanted = new List<ComplaintCommit>();
            foreach (var commit in commits)
            {
                var data = In(commit.Tenant, CancellationToken.None, data => data).Result;
                var tried = trial.In(commit.Tenant, CancellationToken.None, data => data).Result;
                var isKnown = commit.Summary.SourceHash is { } source
                    && (data.Sources.ContainsKey(source) || tried.Sources.ContainsKey(source));
                if (isKnown && commit.Number is null)
                    continue;
                if (commit.Number is { Year: var year })
                    tried.NextNumbers.TryAdd(year, data.NextNumber(year));
                var isFree = !isKnown && !data.StandsInTheWayOf(commit) && !tried.StandsInTheWayOf(commit) && tried.HasNext(commit.Number);
                if (!isFree && commit.Number is not null)
                    return new(0);
                if (!isFree)
                    throw new StoreException($"Complaint {commit.Id} with number {commit.Summary.Number} cannot be imported: its id, its number or its key is taken.");
                tried.Write(commit);
                wanted.Add(commit);
            }
            foreach (var commit in wanted)
                _tenants[commit.Tenant.Value].Write(commit);
            return new(wanted.Count);
        }
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<Definition>> ListAsync(TenantId tenant, CancellationToken cancellationToken) =>
        In(tenant, cancellationToken, data => data.Definitions.Values
            .OrderBy(definition => definition.Kind, StringComparer.Ordinal).ThenBy(definition => definition.Id, StringComparer.Ordinal).ThenBy(definition => definition.Version)
            .ToImmutableArray());

    /// <inheritdoc/>
    public ValueTask<NewDefinitions> NewerAsync(TenantId tenant, DefinitionMark? since, CancellationToken cancellationToken) =>
        In(tenant, cancellationToken, data => new NewDefinitions(
            [.. data.DefinitionsInOrder.Skip((int)(since?.Sequence ?? 0))], new(data.DefinitionsInOrder.Count)));

    /// <inheritdoc/>
    public ValueTask<bool> TryAddAsync(Definition definition, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return In(definition.Tenant, cancellationToken, data =>
        {
            var isNew = data.Definitions.TryAdd((definition.Kind, definition.Id, definition.Version), definition);
            if (isNew)
                data.DefinitionsInOrder.Add(definition);
            return isNew;
        });
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<WrappedKey>> GetAsync(TenantId tenant, IReadOnlyCollection<SubjectId> subjects, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(subjects);
        return In(tenant, cancellationToken, data => subjects.Distinct().Where(data.Keys.ContainsKey).Select(subject => MemoryTenant.Copy(data.Keys[subject])).ToImmutableArray());
    }

    /// <inheritdoc/>
    public ValueTask<WrappedKey> AddAsync(TenantId tenant, WrappedKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return In(tenant, cancellationToken, data =>
        {
            // A tenant that has a history had a key: another in its place would find nothing that the first one hashed.
            var isLost = key.Subject == SubjectId.Tenant && !data.Keys.ContainsKey(key.Subject)
                && (data.Events.Count > 0 || data.Checkpoints.Count > 0);
            if (isLost)
                throw new StoreException(new ComplaintError("keys.tenant_missing", ("value", tenant)).ToString());
            data.Keys.TryAdd(key.Subject, MemoryTenant.Copy(key));
            return MemoryTenant.Copy(data.Keys[key.Subject]);
        });
    }

    /// <inheritdoc/>
    public ValueTask<bool> DestroyAsync(TenantId tenant, SubjectId subject, CancellationToken cancellationToken)
    {
        ISubjectKeyStore.ThrowIfTenant(subject);
        return In(tenant, cancellationToken, data => data.Erase(subject));
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<StoredKey>> ListKeysAsync(KeyOwner? after, int max, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(max, 10_000);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            return new([.. _tenants
                .SelectMany(tenant => tenant.Value.Keys.Values.OrderBy(key => key.Subject.Value)
                    .Select(key => new StoredKey(new(new TenantId(tenant.Key), key.Subject), key.Wrapped.ToArray())))
                .Where(key => after is not { } last || IsAfter(key.Owner, last))
                .Take(max)]);
        }
    }

    /// <inheritdoc/>
    public ValueTask<int> ReplaceKeysAsync(TenantId tenant, IReadOnlyList<KeyReplacement> replacements, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(replacements);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(replacements.Count, 10_000, nameof(replacements));
        return In(tenant, cancellationToken, data => replacements.Count(data.Replace));
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<TenantId>> TenantsAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            return new([.. _tenants
                .Where(tenant => tenant.Value is not { Complaints.Count: 0, Events.Count: 0, Definitions.Count: 0, Keys.Count: 0, Checkpoints.Count: 0 })
                .Select(tenant => new TenantId(tenant.Key))]);
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<CommandRow> CommandsAsync(TenantId tenant, CancellationToken cancellationToken) =>
        StreamAsync(tenant, cancellationToken, data => data.Commands.Values.Select(MemoryTenant.Copy).ToList());

    /// <inheritdoc/>
    public IAsyncEnumerable<KeptMessage> MessagesAsync(TenantId tenant, CancellationToken cancellationToken) =>
        StreamAsync(tenant, cancellationToken, data => data.Outbox.Select(kept => new KeptMessage(kept.Key, kept.Value.Complaint.Value,
            kept.Value.Channel, kept.Value.Message.Topic, kept.Value.Message.Payload.ToArray(), kept.Value.Message.CreatedAt)).ToList());

    /// <inheritdoc/>
    public IAsyncEnumerable<KeptLookup> LookupsAsync(TenantId tenant, CancellationToken cancellationToken) =>
        StreamAsync(tenant, cancellationToken, data => data.Lookups
            .Select(kept => new KeptLookup(kept.Key.Complaint, kept.Value.Person, kept.Key.Hash, kept.Value.Kind, kept.Value.Form))
            .OrderBy(kept => kept.Complaint.ToString(), StringComparer.Ordinal).ToList());

    /// <inheritdoc/>
    public ValueTask<bool> RenewLookupsAsync(TenantId tenant, RenewedLookups renewed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(renewed);
        return In(tenant, cancellationToken, data => data.Renew(renewed));
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ChainHead> HeadsAsync(TenantId tenant, CancellationToken cancellationToken) =>
        StreamAsync(tenant, cancellationToken, data => data.Complaints.Values.Select(row => HeadOf(data, row))
            .Concat(data.Aggregates.Values.Select(HeadOf))
            .OrderBy(head => head.Of.Value.ToString("D"), StringComparer.Ordinal)
            .ToList());

    /// <inheritdoc/>
    public IAsyncEnumerable<(Guid Of, StoredEvent Event)> EventsAsync(TenantId tenant, CancellationToken cancellationToken) =>
        StreamAsync(tenant, cancellationToken, data => data.Events.Select(stored =>
            (stored.Key.Complaint, MemoryTenant.Copy(stored.Value))).ToList());

    /// <inheritdoc/>
    public ValueTask<StoredChain> ChainAsync(TenantId tenant, Guid of, CancellationToken cancellationToken) =>
        In(tenant, cancellationToken, data => new StoredChain(
            data.Complaints.TryGetValue(new(of), out var row) ? HeadOf(data, row) : data.Aggregates.TryGetValue(of, out var other)
                ? HeadOf(other) : null,
            [.. data.Events.Where(stored => stored.Key.Complaint == of).Select(stored => MemoryTenant.Copy(stored.Value))]));

    /// <inheritdoc/>
    /// <exception cref="StoreException">That part is there already.</exception>
    public async ValueTask SaveCheckpointAsync(TenantId tenant, CheckpointPart part, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(part);
        if (!await In(tenant, cancellationToken, data => data.Checkpoints.TryAdd(part.Sequence, part with { Body = part.Body.ToArray(), Mac = part.Mac.ToArray() })).ConfigureAwait(false))
            throw new StoreException($"Checkpoint {part.Sequence} of tenant {tenant} is there already: somebody else took one at the same time. Take it again.");
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<CheckpointPart> CheckpointsAsync(TenantId tenant, CancellationToken cancellationToken) =>
        StreamAsync(tenant, cancellationToken, data => data.Checkpoints.Values.ToList());

    private static bool IsAfter(KeyOwner owner, KeyOwner last) =>
        string.CompareOrdinal(owner.Tenant.Value, last.Tenant.Value) is var order
            && (order > 0 || order == 0 && owner.Subject.Value > last.Subject.Value);

    private static ChainHead HeadOf(MemoryAggregate row) => new(
        row.Summary.Id, row.Summary.Number, row.Summary.Version, row.Head.ToArray(),
            new StoredRow(row.Schema, row.State.ToArray(), null, row.Summary) { Taken = row.Number });

    private static ChainHead HeadOf(MemoryTenant data, MemoryComplaint row) =>
        new(AggregateId.Of(row.Summary.Id), row.Summary.Number, row.Summary.Version, row.Head.ToArray(),
            new StoredRow(row.Schema, row.State.ToArray(), row.Summary) { Persons = data.PersonsIn(row.Summary.Id) });
}
