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
}
