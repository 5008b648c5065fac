using System.Collections.Immutable;
using Complaints.Core;
using Complaints.Core.Storage;

namespace Complaints.Storage.Tests.Broken;

/// <summary>A good store that keeps badly who takes part.</summary>
public abstract class BrokenParties : BrokenFixture, ITakingPartStore
{
    protected override ITakingPartStore Parties => this;

    public virtual ValueTask<ImmutableHashSet<ComplaintId>> InWhichAsync(
        TenantId tenant, ImmutableArray<string> parties, IReadOnlyCollection<ComplaintId> complaints,
        CancellationToken cancellationToken) =>
        Good.InWhichAsync(tenant, parties, complaints, cancellationToken);

    public IAsyncEnumerable<StoredParty> AllPartiesAsync(TenantId tenant, CancellationToken cancellationToken) =>
        Good.AllPartiesAsync(tenant, cancellationToken);

    public virtual ValueTask RepairPartyAsync(TenantId tenant, PartyRepair repair, CancellationToken cancellationToken) =>
        Good.RepairPartyAsync(tenant, repair, cancellationToken);
}

public sealed class ForgetsParties : BrokenFixture
{
    public override ValueTask<CommitOutcome> CommitAsync(ComplaintCommit commit, CancellationToken cancellationToken) =>
        base.CommitAsync(commit with { PartiesToSet = [] }, cancellationToken);
}

public sealed class KeepsWhoLeft : BrokenFixture
{
    public override ValueTask<CommitOutcome> CommitAsync(ComplaintCommit commit, CancellationToken cancellationToken) =>
        base.CommitAsync(commit with { PartiesToRemove = [] }, cancellationToken);
}

public sealed class FindsForEverybody : BrokenParties
{
    public override ValueTask<ImmutableHashSet<ComplaintId>> InWhichAsync(
        TenantId tenant, ImmutableArray<string> parties, IReadOnlyCollection<ComplaintId> complaints,
        CancellationToken cancellationToken) =>
        new(complaints.ToImmutableHashSet());
}

public sealed class ShowsTheWorkOfOthers : BrokenWork
{
    public override ValueTask<ImmutableArray<WorkItem>> ListWorkAsync(
        TenantId tenant, WorkFilter filter, CancellationToken cancellationToken) =>
        base.ListWorkAsync(tenant, filter with { Parties = null }, cancellationToken);
}

public sealed class CountsTheWorkOfOthers : BrokenWork
{
    public override ValueTask<ImmutableArray<WorkCount>> CountWorkAsync(
        TenantId tenant, WorkFilter filter, CancellationToken cancellationToken) =>
        base.CountWorkAsync(tenant, filter with { Parties = null }, cancellationToken);
}

public sealed class RepairsPartiesThatHaveMovedOn : BrokenParties
{
    public override async ValueTask RepairPartyAsync(TenantId tenant, PartyRepair repair, CancellationToken cancellationToken)
    {
        var there = (await Good.LoadAsync(tenant, repair.Of, default, cancellationToken)).Complaint;
        await base.RepairPartyAsync(tenant, repair with { Version = there?.Version ?? 0 }, cancellationToken);
    }
}
