using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Core;

/// <summary>The unwrapped keys that were used lately. Thread-safe; at most 10,000 are kept, each for 20 seconds: by then every node knows
/// that a person was erased on another.</summary>
/// <param name="store">Where the wrapped keys are.</param>
/// <param name="protector">Wraps them.</param>
/// <param name="clock">How old a key is.</param>
/// <param name="damage">Where it is kept which could not be unwrapped; <c>null</c> for nowhere.</param>
/// <param name="evidence">Where files of evidence are kept, which go with their person; <c>null</c> where none are.</param>
public sealed class PersonKeys(
    ISubjectKeyStore store, IKeyProtector protector, IClock clock, DamageRecord? damage = null, IEvidenceStore? evidence = null)
{
    private const int Capacity = 10_000;
    private static readonly Duration Kept = Duration.FromSeconds(20);
    private readonly ConcurrentDictionary<(TenantId, SubjectId), Known> _keys = new();
    private readonly ConcurrentDictionary<TenantId, TenantKeys> _derived = new();
    private volatile bool _isPrepared;

    /// <summary>The key of one person; <c>null</c> if it was destroyed.</summary>
    public async ValueTask<SubjectKey?> FindAsync(TenantId tenant, SubjectId person, CancellationToken cancellationToken) =>
        FindKnown(tenant, person)?.Key is { } key ? key : (await FindAllAsync(tenant, [person], cancellationToken).ConfigureAwait(false))
            .GetValueOrDefault(person);

    /// <summary>The keys of several persons; those that were destroyed are missing, and so are those whose wrapped form is damaged: nobody
    /// else's words go with them.</summary>
    public async ValueTask<IReadOnlyDictionary<SubjectId, SubjectKey>> FindAllAsync(TenantId tenant, IEnumerable<SubjectId> persons, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(persons);
        var found = new Dictionary<SubjectId, SubjectKey>();
        var missing = new HashSet<SubjectId>();
        foreach (var person in persons)
        {
            if (FindKnown(tenant, person)?.Key is { } key)
                found[person] = key;
            else
                missing.Add(person);
        }
        if (missing.Count == 0)
            return found;
        foreach (var (person, key) in await KeptAsync(tenant, missing, cancellationToken).ConfigureAwait(false))
            found[person] = key;
        return found;
    }

    /// <summary>The keys of several persons as they are kept at this moment, for whoever proves something.</summary>
    internal async ValueTask<IReadOnlyDictionary<SubjectId, SubjectKey>> KeptAsync(
        TenantId tenant, IReadOnlyCollection<SubjectId> persons, CancellationToken cancellationToken)
    {
        var kept = new Dictionary<SubjectId, SubjectKey>();
        foreach (var wrapped in await store.GetAsync(tenant, persons, cancellationToken).ConfigureAwait(false))
        {
            if (await CanOpenAsync(tenant, wrapped, cancellationToken).ConfigureAwait(false))
                kept[wrapped.Subject] = await UnwrapAsync(tenant, wrapped, cancellationToken).ConfigureAwait(false);
        }
        return kept;
    }

    /// <summary>The keys that are derived from the tenant's own, which is made at first use. Derived once and kept.</summary>
    public ValueTask<TenantKeys> TenantKeysAsync(TenantId tenant, CancellationToken cancellationToken) =>
        _derived.TryGetValue(tenant, out var keys) ? new(keys) : DeriveAsync(tenant, cancellationToken);

    /// <summary>Destroys a person's key, and then the person's files of evidence. Nothing sealed under it can be read again, here or from a
    /// backup of the database alone. Where the files cannot be removed it fails, and removes them when it is called again.</summary>
    /// <exception cref="ArgumentException">It is the tenant's own, with which nothing could be found or proved any more.</exception>
    public async ValueTask<bool> DestroyAsync(TenantId tenant, SubjectId person, CancellationToken cancellationToken)
    {
        ISubjectKeyStore.ThrowIfTenant(person);
        try
        {
            var wasThere = await store.DestroyAsync(tenant, person, cancellationToken).ConfigureAwait(false);
            if (evidence is not null)
                await evidence.DeleteAllAsync(tenant, person, cancellationToken).ConfigureAwait(false);
            return wasThere;
        }
        finally
        {
            // Also where nobody knows whether it was destroyed: then the store is asked again.
            _keys.TryRemove((tenant, person), out _);
        }
    }

    /// <summary>A new key and its wrapped form; kept once its commit succeeds.</summary>
    public async ValueTask<(SubjectKey Key, WrappedKey Wrapped)> NewAsync(
        TenantId tenant, SubjectId person, CancellationToken cancellationToken)
    {
        if (!_isPrepared)
            await protector.PrepareAsync(HasKeysAsync, cancellationToken).ConfigureAwait(false);
        var key = SubjectKey.New(person);
        var wrapped = await protector.WrapAsync(new(tenant, person), key.Bytes, cancellationToken).ConfigureAwait(false);
        _isPrepared = true;
        return (key, new(person, wrapped));
    }

    /// <summary>A new key that is kept at once, for values of many complaints.</summary>
    internal async ValueTask<SubjectKey> AddAsync(TenantId tenant, SubjectId subject, CancellationToken cancellationToken)
    {
        var (_, wrapped) = await NewAsync(tenant, subject, cancellationToken).ConfigureAwait(false);
        return await UnwrapAsync(tenant, await store.AddAsync(tenant, wrapped, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Unwraps a person's key that came with what it seals.</summary>
    /// <exception cref="UnreadableException">It is damaged: <c>key.unreadable</c>. The tenant's own never ends so.</exception>
    /// <param name="tenant">Whose.</param>
    /// <param name="wrapped">The key.</param>
    /// <param name="number">Of what it seals the words, for whoever is refused; <c>null</c> for the person's id.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal async ValueTask<SubjectKey> OpenAsync(
        TenantId tenant, WrappedKey wrapped, string? number, CancellationToken cancellationToken)
    {
        try
        {
            return await UnwrapAsync(tenant, wrapped, cancellationToken).ConfigureAwait(false);
        }
        catch (MasterKeyException e) when (wrapped.Subject != SubjectId.Tenant && e.ConcernsOneKey)
        {
            var error = new ComplaintError("key.unreadable", ("value", wrapped.Subject));
            damage?.Met(tenant, wrapped.Subject.ToString(), error);
            throw new UnreadableException(number is null ? error : new("key.unreadable", ("value", number)), e);
        }
    }

    internal async ValueTask<bool> CanOpenAsync(TenantId tenant, WrappedKey wrapped, CancellationToken cancellationToken)
    {
        try
        {
            await OpenAsync(tenant, wrapped, number: null, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (UnreadableException)
        {
            return false;
        }
    }

    /// <summary>Unwraps a key that was loaded with its complaint. What was known of the person counts only while it is that very key: one
    /// that was never committed, or was put back from a backup, seals nothing that could not be opened again.</summary>
    internal async ValueTask<SubjectKey> UnwrapAsync(TenantId tenant, WrappedKey wrapped, CancellationToken cancellationToken)
    {
        if (FindKnown(tenant, wrapped.Subject) is { } known && known.Wrapped.Span.SequenceEqual(wrapped.Wrapped.Span))
            return known.Key;
        var owner = new KeyOwner(tenant, wrapped.Subject);
        var bytes = await protector.UnwrapAsync(owner, wrapped.Wrapped, cancellationToken).ConfigureAwait(false);
        var key = new SubjectKey(wrapped.Subject, bytes);
        if (_keys.Count >= Capacity)
            _keys.Clear();
        _keys[(tenant, wrapped.Subject)] = new(key, wrapped.Wrapped, clock.GetCurrentInstant());
        return key;
    }

    /// <summary>Opens every key of a tenant, and names whose is damaged, or another's that was put there.</summary>
    internal async IAsyncEnumerable<(SubjectId Person, ComplaintError Error)> UnreadableAsync(
        TenantId tenant, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        KeyOwner? after = new KeyOwner(tenant, default);
        while (after is not null)
        {
            var page = await store.ListKeysAsync(after, 1_000, cancellationToken).ConfigureAwait(false);
            foreach (var key in page.Where(key => key.Owner.Tenant == tenant))
            {
                if (await WhyNotAsync(key, cancellationToken).ConfigureAwait(false) is { } error)
                    yield return (key.Owner.Subject, error);
            }
            after = page.IsEmpty || page[^1].Owner.Tenant != tenant ? null : page[^1].Owner;
        }
    }

    private async ValueTask<ComplaintError?> WhyNotAsync(StoredKey key, CancellationToken cancellationToken)
    {
        try
        {
            await protector.UnwrapAsync(key.Owner, key.Wrapped, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (MasterKeyException e)
        {
            return e.Error;
        }
    }

    private async ValueTask<bool> HasKeysAsync(CancellationToken cancellationToken) =>
        !(await store.ListKeysAsync(null, 1, cancellationToken).ConfigureAwait(false)).IsEmpty;

    private async ValueTask<TenantKeys> DeriveAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var key = await FindAsync(tenant, SubjectId.Tenant, cancellationToken).ConfigureAwait(false)
            ?? await AddAsync(tenant, SubjectId.Tenant, cancellationToken).ConfigureAwait(false);
        if (_derived.Count >= Capacity)
            _derived.Clear();
        return _derived[tenant] = new TenantKeys(key);
    }

    /// <summary>A key that is young enough; the tenant's own is never destroyed. A clock that was set back makes every key old.</summary>
    private Known? FindKnown(TenantId tenant, SubjectId person)
    {
        if (!_keys.TryGetValue((tenant, person), out var kept))
            return null;
        var age = clock.GetCurrentInstant() - kept.Since;
        return person == SubjectId.Tenant || (age >= Duration.Zero && age < Kept) ? kept : null;
    }

    /// <param name="Key">The key.</param>
    /// <param name="Wrapped">What it was unwrapped from.</param>
    /// <param name="Since">When.</param>
    private sealed record Known(SubjectKey Key, ReadOnlyMemory<byte> Wrapped, Instant Since);
}
