using System.Collections.Immutable;
using Complaints.Core;
using Complaints.Core.Intake;
using Complaints.Core.Storage;

namespace Complaints.Storage.Tests.Broken;

/// <summary>Writes words under a key that was destroyed after they were loaded.</summary>
public sealed class SealsUnderDestroyedKeys : BrokenFixture
{
    public override ValueTask<CommitOutcome> CommitAsync(ComplaintCommit commit, CancellationToken cancellationToken) =>
        base.CommitAsync(commit with { SealedUnder = [] }, cancellationToken);
}

/// <summary>Keeps the keys of who takes part, and not in which complaint.</summary>
public sealed class ForgetsWhoTakesPart : BrokenFixture
{
    public override ValueTask<CommitOutcome> CommitAsync(ComplaintCommit commit, CancellationToken cancellationToken) =>
        base.CommitAsync(commit with { NewPersons = [] }, cancellationToken);
}

/// <summary>Asks whether one of the keys is still there.</summary>
public sealed class LooksAtOneKeyOnly : BrokenFixture
{
    public override ValueTask<CommitOutcome> CommitAsync(ComplaintCommit commit, CancellationToken cancellationToken) =>
        base.CommitAsync(commit with { SealedUnder = [.. commit.SealedUnder.Take(1)] }, cancellationToken);
}

/// <summary>Adds the new number and keeps the wrong one.</summary>
public sealed class KeepsTheNumberThatWasWrong : BrokenFixture
{
    public override ValueTask<CommitOutcome> CommitAsync(ComplaintCommit commit, CancellationToken cancellationToken) =>
        base.CommitAsync(
            commit.Amended is { Lookups: { } added } amended
                ? commit with { Amended = amended with { Lookups = null }, Lookups = added } : commit, cancellationToken);
}

/// <summary>Makes one person of everybody who shares a telephone number.</summary>
public sealed class TakesANumberForAPerson : BrokenFixture
{
    public override ValueTask<CommitOutcome> CommitAsync(ComplaintCommit commit, CancellationToken cancellationToken) =>
        base.CommitAsync(
            commit with { Lookups = [.. commit.Lookups.Select(lookup => lookup with { Kind = Lookup.Reference })] }, cancellationToken);
}

/// <summary>Finds the newest first, and whoever shares the reference among them by chance.</summary>
public sealed class FindsTheNewestFirst : BrokenFixture
{
    public override async ValueTask<LoadedIntake> LoadIntakeAsync(IntakeQuery query, CancellationToken cancellationToken)
    {
        var loaded = await base.LoadIntakeAsync(query, cancellationToken);
        return loaded with { Candidates = [.. loaded.Candidates.OrderByDescending(candidate => candidate.ReceivedAt)] };
    }
}

/// <summary>Destroys the key, and goes on finding the person by what identified them.</summary>
public sealed class KeepsLookupsOfTheErased : BrokenFixture, ISubjectKeyStore
{
    private readonly HashSet<SubjectId> _erased = [];

    protected override ISubjectKeyStore Keys => this;

    public async ValueTask<ImmutableArray<WrappedKey>> GetAsync(
        TenantId tenant, IReadOnlyCollection<SubjectId> subjects, CancellationToken token) =>
        [.. (await Good.GetAsync(tenant, subjects, token)).Where(key => !_erased.Contains(key.Subject))];

    public ValueTask<WrappedKey> AddAsync(TenantId tenant, WrappedKey key, CancellationToken token) => Good.AddAsync(tenant, key, token);

    public ValueTask<bool> DestroyAsync(TenantId tenant, SubjectId subject, CancellationToken token) => new(_erased.Add(subject));

    public ValueTask<ImmutableArray<StoredKey>> ListKeysAsync(KeyOwner? after, int max, CancellationToken token) =>
        Good.ListKeysAsync(after, max, token);

    public ValueTask<int> ReplaceKeysAsync(TenantId tenant, IReadOnlyList<KeyReplacement> replacements, CancellationToken token) =>
        Good.ReplaceKeysAsync(tenant, replacements, token);
}

/// <summary>A good keeper of keys, of which each broken one bends a part.</summary>
public abstract class BrokenKeys : BrokenFixture, ISubjectKeyStore
{
    protected override ISubjectKeyStore Keys => this;

    public ValueTask<ImmutableArray<WrappedKey>> GetAsync(
        TenantId tenant, IReadOnlyCollection<SubjectId> subjects, CancellationToken token) => Good.GetAsync(tenant, subjects, token);

    public virtual ValueTask<WrappedKey> AddAsync(TenantId tenant, WrappedKey key, CancellationToken token) =>
        Good.AddAsync(tenant, key, token);

    public ValueTask<bool> DestroyAsync(TenantId tenant, SubjectId subject, CancellationToken token) =>
        Good.DestroyAsync(tenant, subject, token);

    public virtual ValueTask<ImmutableArray<StoredKey>> ListKeysAsync(KeyOwner? after, int max, CancellationToken token) =>
        Good.ListKeysAsync(after, max, token);

    public virtual ValueTask<int> ReplaceKeysAsync(TenantId tenant, IReadOnlyList<KeyReplacement> replacements, CancellationToken token) =>
        Good.ReplaceKeysAsync(tenant, replacements, token);
}

/// <summary>"Insert or replace" where "update if it is still that" was meant: a person who was erased comes back.</summary>
public sealed class BringsDestroyedKeysBack : BrokenKeys
{
    public override async ValueTask<int> ReplaceKeysAsync(
        TenantId tenant, IReadOnlyList<KeyReplacement> replacements, CancellationToken token)
    {
        foreach (var replacement in replacements)
            await Good.AddAsync(tenant, new(replacement.Subject, replacement.Wrapped), token);
        return await Good.ReplaceKeysAsync(tenant, replacements, token);
    }
}

/// <summary>Replaces whatever is there: of two that wrap anew the later one wins, also over a key of another person.</summary>
public sealed class ReplacesWhatHasChanged : BrokenKeys
{
    public override async ValueTask<int> ReplaceKeysAsync(
        TenantId tenant, IReadOnlyList<KeyReplacement> replacements, CancellationToken token)
    {
        var now = await Good.GetAsync(tenant, [.. replacements.Select(one => one.Subject)], token);
        return await Good.ReplaceKeysAsync(tenant,
            [.. now.Select(key =>
                new KeyReplacement(key.Subject, key.Wrapped, replacements.Last(one => one.Subject == key.Subject).Wrapped))], token);
    }
}

/// <summary>Makes a new key where the tenant's own was lost.</summary>
public sealed class ReplacesTheTenantsKey : BrokenKeys
{
    public override async ValueTask<WrappedKey> AddAsync(TenantId tenant, WrappedKey key, CancellationToken token)
    {
        try
        {
            return await Good.AddAsync(tenant, key, token);
        }
        catch (StoreException)
        {
            return key;
        }
    }
}

/// <summary>Lists a page's last key again at the top of the next.</summary>
public sealed class BeginsAPageOfKeysWithTheLast : BrokenKeys
{
    private KeyOwner? _before;

    public override async ValueTask<ImmutableArray<StoredKey>> ListKeysAsync(KeyOwner? after, int max, CancellationToken token)
    {
        var page = await Good.ListKeysAsync(after is null ? null : _before, max, token);
        _before = page is [.., var last, _] ? last.Owner : null;
        return page;
    }
}
