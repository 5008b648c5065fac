using Complaints.Core.Storage;

namespace Complaints.Storage.Tests.Broken;

/// <summary>Takes the number when it tells it.</summary>
public sealed class TakesNumbersAtTheLoad : BrokenFixture
{
    public override ValueTask<LoadedIntake> LoadIntakeAsync(IntakeQuery query, CancellationToken cancellationToken) =>
        base.LoadIntakeAsync(query.NextNumber ? query with { Numbers = 1, NextNumber = false } : query, cancellationToken);

    public override ValueTask<CommitOutcome> CommitAsync(ComplaintCommit commit, CancellationToken cancellationToken) => base.CommitAsync(commit with { Number = null }, cancellationToken);
}

/// <summary>Takes the number in a transaction before the complaint's.</summary>
public sealed class TakesNumbersOfConflicts : BrokenFixture
{
    public override async ValueTask<CommitOutcome> CommitAsync(ComplaintCommit commit, CancellationToken cancellationToken)
    {
        if (commit.Number is { } taken)
        {
            var next = await Good.LoadIntakeAsync(new IntakeQuery(commit.Tenant, default, [], taken.Year, 1), cancellationToken);
            if (next.FirstNumber != taken.Number)
                return CommitOutcome.Conflict;
        }
        return await base.CommitAsync(commit with { Number = null }, cancellationToken);
    }
}

/// <summary>Counts on from whatever number it is given.</summary>
public sealed class BelievesEveryNumber : BrokenFixture
{
    public override async ValueTask<CommitOutcome> CommitAsync(ComplaintCommit commit, CancellationToken cancellationToken)
    {
        if (commit.Number is not { } taken)
            return await base.CommitAsync(commit, cancellationToken);
        var next = await Good.LoadIntakeAsync(new IntakeQuery(commit.Tenant, default, [], taken.Year, 0, NextNumber: true), cancellationToken);
        return await base.CommitAsync(commit with { Number = taken with { Number = next.FirstNumber } }, cancellationToken);
    }
}

/// <summary>Begins a year with whatever number it is given.</summary>
public sealed class BelievesTheFirstNumber : BrokenFixture
{
    public override async ValueTask<CommitOutcome> CommitAsync(ComplaintCommit commit, CancellationToken cancellationToken)
    {
        if (commit.Number is { Number: > 1 } taken && (await Good.LoadIntakeAsync(new IntakeQuery(commit.Tenant, default, [], taken.Year, 0, NextNumber: true), cancellationToken)).FirstNumber == 1)
            await Good.LoadIntakeAsync(new IntakeQuery(commit.Tenant, default, [], taken.Year, (int)taken.Number - 1), cancellationToken);
        return await base.CommitAsync(commit, cancellationToken);
    }
}

/// <summary>Leaves one that is known out of a batch, and its number with it.</summary>
public sealed class LeavesGapsInBatches : BrokenFixture, IComplaintImporter
{
    protected override IComplaintImporter Importer => this;

    public ValueTask<System.Collections.Immutable.ImmutableHashSet<string>> KnownAsync(
        Core.TenantId tenant, IReadOnlyCollection<string> sourceHashes, CancellationToken cancellationToken) => Good.KnownAsync(
            tenant, sourceHashes, cancellationToken);

    public async ValueTask<int> ImportAsync(IReadOnlyList<ComplaintCommit> commits, CancellationToken cancellationToken)
    {
        if (commits is [{ Number: { } first, Tenant: var tenant }, ..])
            await Good.LoadIntakeAsync(new IntakeQuery(tenant, default, [], first.Year, commits.Count), cancellationToken);
        return await Good.ImportAsync([.. commits.Select(commit => commit with { Number = null })], cancellationToken);
    }
}
