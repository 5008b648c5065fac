using System.Collections.Immutable;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Core;

/// <summary>
/// Changes the master key of a database: a new one goes into the file, all keys of persons and tenants are wrapped anew under it, and older
/// ones are taken out later. What is sealed under the keys stays as it is. Programs go on meanwhile, as long as all of them read the same
/// file. A run that was ended in the middle is completed by the next; of two runs at once one adds the key and both wrap. The file from
/// before must be kept for as long as backups of the database from before may be restored.
/// </summary>
/// <param name="store">Where the wrapped keys are.</param>
/// <param name="protector">The master keys of that database and of no other: of keys in memory nothing can be changed.</param>
/// <param name="clock">When keys are added and taken out.</param>
public sealed class MasterKeyRotation(ISubjectKeyStore store, FileKeyProtector protector, IClock clock)
{
    /// <summary>How long after a rotation older master keys stay: what began before it may still be written under one.</summary>
    public static readonly Duration Grace = Duration.FromHours(1);

    private const int PageSize = 500;
    private const int MostPasses = 4;

    /// <summary>How many keys are wrapped under each master key.</summary>
    /// <exception cref="MasterKeyException">The file is missing, or is none.</exception>
    public async Task<MasterKeyCensus> CountAsync(CancellationToken cancellationToken = default) =>
        await CountAsync(protector.Refresh(), cancellationToken).ConfigureAwait(false);

    /// <summary>Adds a master key, unless there are keys still under an older one than the newest, and wraps everything anew under the
    /// newest.</summary>
    /// <exception cref="MasterKeyException">The file does not fit the database (<c>keys.master_unknown</c>, <c>keys.master_other</c>), is
    /// full (<c>keys.file_full</c>) or being changed (<c>keys.busy</c>): nothing was done.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be reached. What was wrapped anew stays so: run it again.</exception>
    public async Task<RotationResult> RotateAsync(CancellationToken cancellationToken = default)
    {
        var added = await AddAsync(cancellationToken).ConfigureAwait(false);
        var tally = new Tally();
        for (var pass = 1; pass <= MostPasses; pass++)
        {
            var before = tally.Rewrapped + tally.Changed;
            (tally.Failed, tally.Failures) = (0, []);
            await PassAsync(protector.Refresh(), tally, cancellationToken).ConfigureAwait(false);
            // Another pass finds what a program wrote meanwhile that had not yet noticed the new key.
            if (tally.Rewrapped + tally.Changed == before)
                break;
        }
        return new(protector.Refresh().Newest.Id, added, tally.Rewrapped, tally.Failed, [.. tally.Failures]);
    }

    /// <summary>Takes the older master keys out of the file, if nothing is wrapped under any of them any more.</summary>
    /// <param name="atOnce">True when no program works on the database: then <see cref="Grace"/> need not be over.</param>
    /// <param name="cancellationToken">Ends the wait; nothing is taken out then.</param>
    /// <returns>The ids of those taken out; or a refusal, <c>keys.still_used</c>, <c>keys.retire_too_soon</c> or
    /// <c>keys.unproved</c>.</returns>
    /// <exception cref="MasterKeyException">The file does not fit the database, or is being changed: nothing was done.</exception>
    public async Task<RetirementResult> RetireAsync(bool atOnce = false, CancellationToken cancellationToken = default)
    {
        var file = FileOf();
        using var _ = await file.LockAsync(cancellationToken).ConfigureAwait(false);
        var ring = protector.Refresh();
        var older = ring.Keys[..^1].Select(key => key.Id).ToImmutableArray();
        if (older.IsEmpty)
            return new([], null);
        var until = (ring.Newest.AddedAt ?? file.Written) + Grace;
        var now = clock.GetCurrentInstant();
        if (!atOnce && now < until)
            return new([], new ComplaintError("keys.retire_too_soon", ("value", ring.Newest.AddedAt ?? file.Written), ("bound", until)));
        var census = await CountAsync(ring, cancellationToken).ConfigureAwait(false);
        if (census.FirstStranger is { } stranger)
            throw new MasterKeyException(stranger);
        var used = census.Masters.Where(master => !master.Wraps && master.Keys > 0).ToList();
        if (used.Count > 0)
            return new([], new ComplaintError("keys.still_used", ("value", used.Sum(master => master.Keys)),
                ("known", used.Select(master => master.Id))));
        if (census.Masters.All(master => master.Keys == 0))
            return new([], new ComplaintError("keys.unproved", ("path", file.Path)));
        file.Replace(ring.Without(older, now));
        protector.Refresh();
        return new(older, null);
    }

    /// <summary>Adds a key unless the last rotation is to be completed. One program at a time, so that two that rotate at once add
    /// one.</summary>
    private async Task<bool> AddAsync(CancellationToken cancellationToken)
    {
        var file = FileOf();
        var before = protector.Refresh().Newest.Id;
        using var _ = await file.LockAsync(cancellationToken).ConfigureAwait(false);
        var ring = protector.Refresh();
        var census = await CountAsync(ring, cancellationToken).ConfigureAwait(false);
        // A key under a foreign master key says that the file is the wrong one; a single damaged one does not.
        if (census.FirstStranger is { } stranger
            && (stranger.Code == "keys.master_unknown" || census.Masters.All(master => master.Keys == 0)))
            throw new MasterKeyException(stranger);
        // Also when another run added a key while this one waited for it, and may be done with the rest by now.
        if (census.IsRotating || ring.Newest.Id != before)
            return false;
        if (ring.Keys.Length == MasterKeyRing.MostKeys)
            throw new MasterKeyException(new ComplaintError("keys.file_full", ("path", file.Path), ("bound", MasterKeyRing.MostKeys)));
        file.Replace(ring.With(MasterKey.New(clock.GetCurrentInstant())));
        protector.Refresh();
        return true;
    }

    private async Task PassAsync(MasterKeyRing ring, Tally tally, CancellationToken cancellationToken)
    {
        await foreach (var page in PagesAsync(cancellationToken).ConfigureAwait(false))
        {
            foreach (var tenant in page.Where(stored => !ring.Newest.Wrapped(stored.Wrapped.Span)).GroupBy(stored => stored.Owner.Tenant))
            {
                var replacements = tenant.Select(stored => Rewrapped(ring, stored, tally)).OfType<KeyReplacement>().ToList();
                if (replacements.Count == 0)
                    continue;
                var replaced = await store.ReplaceKeysAsync(tenant.Key, replacements, cancellationToken).ConfigureAwait(false);
                tally.Rewrapped += replaced;
                tally.Changed += replacements.Count - replaced;
            }
        }
    }

    private KeyReplacement? Rewrapped(MasterKeyRing ring, StoredKey stored, Tally tally)
    {
        if (FileKeyProtector.Unwrap(ring, stored.Owner, stored.Wrapped) is { } key)
            return new(stored.Owner.Subject, stored.Wrapped, ring.Newest.Wrap(stored.Owner, key));
        // A program that already wraps under a key which another run has added since this pass began is none that failed.
        if (MasterKey.IdOf(stored.Wrapped) is { } id && ring.Find(id) is null && protector.Refresh().Find(id) is not null)
            return null;
        tally.Failed++;
        if (tally.Failures.Count < MasterKeyCensus.MostNamed)
            tally.Failures.Add(protector.WhyNot(ring, stored.Owner, stored.Wrapped));
        return null;
    }

    private async Task<MasterKeyCensus> CountAsync(MasterKeyRing ring, CancellationToken cancellationToken)
    {
        var counter = new MasterKeyCounter(ring, protector);
        await foreach (var page in PagesAsync(cancellationToken).ConfigureAwait(false))
        {
            foreach (var stored in page)
                counter.Add(stored);
        }
        return counter.Census;
    }

    private async IAsyncEnumerable<ImmutableArray<StoredKey>> PagesAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        KeyOwner? after = null;
        while (true)
        {
            var page = await store.ListKeysAsync(after, PageSize, cancellationToken).ConfigureAwait(false);
            if (!page.IsEmpty)
                yield return page;
            if (page.Length < PageSize)
                yield break;
            after = page[^1].Owner;
        }
    }

    private MasterKeyFile FileOf() =>
        protector.File ?? throw new InvalidOperationException("A master key in memory cannot be changed: keep it in a file (UseKeyFile).");

    private sealed class Tally
    {
        public long Rewrapped { get; set; }

        /// <summary>Destroyed, or wrapped anew by another run, after they were read.</summary>
        public long Changed { get; set; }

        /// <summary>What the last pass could not open.</summary>
        public int Failed { get; set; }

        public List<ComplaintError> Failures { get; set; } = [];
    }
}

/// <summary>What a rotation came to.</summary>
/// <param name="Master">The id of the master key that wraps now.</param>
/// <param name="Added">True when this run added it; false when it completed the last rotation.</param>
/// <param name="Rewrapped">How many keys this run wrapped anew.</param>
/// <param name="Failed">How many could not be opened and stay as they were.</param>
/// <param name="Failures">Why, for up to 20 of them.</param>
public sealed record RotationResult(string Master, bool Added, long Rewrapped, int Failed, ImmutableArray<ComplaintError> Failures);

/// <summary>What a retirement came to.</summary>
/// <param name="Retired">The ids of the master keys that were taken out; empty when there was none to take out, or on a refusal.</param>
/// <param name="Refusal">Why nothing was taken out; <c>null</c> when nothing stood in the way.</param>
public sealed record RetirementResult(ImmutableArray<string> Retired, ComplaintError? Refusal);
