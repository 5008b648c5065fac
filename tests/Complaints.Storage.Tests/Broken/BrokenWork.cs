using System.Collections.Immutable;
using Complaints.Core;
using Complaints.Core.Storage;

namespace Complaints.Storage.Tests.Broken;

/// <summary>A good store that finds work badly.</summary>
public abstract class BrokenWork : BrokenFixture, IWorkStore
{
    protected override IWorkStore Work => this;

    public virtual ValueTask<ImmutableArray<WorkItem>> ListWorkAsync(
        TenantId tenant, WorkFilter filter, CancellationToken cancellationToken) =>
        Good.ListWorkAsync(tenant, filter, cancellationToken);

    public virtual ValueTask<ImmutableArray<WorkCount>> CountWorkAsync(
        TenantId tenant, WorkFilter filter, CancellationToken cancellationToken) =>
        Good.CountWorkAsync(tenant, filter, cancellationToken);

    public IAsyncEnumerable<StoredWork> AllWorkAsync(TenantId tenant, CancellationToken cancellationToken) =>
        Good.AllWorkAsync(tenant, cancellationToken);

    public virtual ValueTask RepairWorkAsync(TenantId tenant, WorkRepair repair, CancellationToken cancellationToken) =>
        Good.RepairWorkAsync(tenant, repair, cancellationToken);
}

public sealed class ForgetsWhatIsDone : BrokenFixture
{
    public override ValueTask<CommitOutcome> CommitAsync(ComplaintCommit commit, CancellationToken cancellationToken) =>
        base.CommitAsync(commit with { WorkToRemove = [] }, cancellationToken);
}

public sealed class CountsTheWaitAnew : BrokenFixture
{
    public override async ValueTask<CommitOutcome> CommitAsync(ComplaintCommit commit, CancellationToken cancellationToken)
    {
        var of = AggregateId.Of(commit.Id);
        foreach (var row in commit.WorkToSet)
            await Good.RepairWorkAsync(commit.Tenant, new WorkRepair(of, commit.ExpectedVersion, row, Remove: true), cancellationToken);
        return await base.CommitAsync(commit, cancellationToken);
    }
}

public sealed class ShowsWhoAskedTheQuestion : BrokenWork
{
    public override ValueTask<ImmutableArray<WorkItem>> ListWorkAsync(
        TenantId tenant, WorkFilter filter, CancellationToken cancellationToken) =>
        base.ListWorkAsync(tenant, filter with { ExceptNotFor = [] }, cancellationToken);
}

public sealed class IgnoresAuthority : BrokenWork
{
    public override ValueTask<ImmutableArray<WorkItem>> ListWorkAsync(
        TenantId tenant, WorkFilter filter, CancellationToken cancellationToken) =>
        base.ListWorkAsync(
            tenant, filter with { Lanes = [.. filter.Lanes.Select(lane => lane with { Authority = decimal.MaxValue })] },
            cancellationToken);
}

public sealed class GivesTheTeamWhatIsTaken : BrokenFixture
{
    public override ValueTask<CommitOutcome> CommitAsync(ComplaintCommit commit, CancellationToken cancellationToken) =>
        base.CommitAsync(commit with
        {
            WorkToSet = [.. commit.WorkToSet.Select(row => row.Team is null ? row : row with { Person = null })],
        }, cancellationToken);
}

public sealed class PagesWorkByDueOnly : BrokenWork
{
    public override ValueTask<ImmutableArray<WorkItem>> ListWorkAsync(
        TenantId tenant, WorkFilter filter, CancellationToken cancellationToken) =>
        base.ListWorkAsync(tenant, filter.After is { } after
            ? filter with { After = new(after.Due, new("ffffffff-ffff-ffff-ffff-ffffffffffff"), "z", null) }
            : filter, cancellationToken);
}

public sealed class RepairsWorkThatHasMovedOn : BrokenWork
{
    public override async ValueTask RepairWorkAsync(TenantId tenant, WorkRepair repair, CancellationToken cancellationToken)
    {
        var there = (await Good.LoadAsync(tenant, new ComplaintId(repair.Of.Value), default, cancellationToken)).Complaint;
        await base.RepairWorkAsync(tenant, repair with { Version = there?.Version ?? 0 }, cancellationToken);
    }
}

/// <summary>A good store that links badly.</summary>
public abstract class BrokenLinks : BrokenFixture, ILinkStore
{
    protected override ILinkStore Links => this;

    public virtual ValueTask<ImmutableArray<LinkedCase>> LinksAsync(TenantId tenant, AggregateId of, CancellationToken cancellationToken) =>
        Good.LinksAsync(tenant, of, cancellationToken);

    public IAsyncEnumerable<StoredLink> AllLinksAsync(TenantId tenant, CancellationToken cancellationToken) =>
        Good.AllLinksAsync(tenant, cancellationToken);

    public virtual ValueTask RepairLinkAsync(TenantId tenant, LinkRepair repair, CancellationToken cancellationToken) =>
        Good.RepairLinkAsync(tenant, repair, cancellationToken);
}

public sealed class ForgetsLinks : BrokenFixture
{
    public override ValueTask<CommitOutcome> CommitAsync(ComplaintCommit commit, CancellationToken cancellationToken) =>
        base.CommitAsync(commit with { LinksToSet = [] }, cancellationToken);
}

public sealed class LooksOneWay : BrokenLinks
{
    public override async ValueTask<ImmutableArray<LinkedCase>> LinksAsync(
        TenantId tenant, AggregateId of, CancellationToken cancellationToken) =>
        (await base.LinksAsync(tenant, of, cancellationToken)).RemoveAll(link => !link.IsOurs);
}

public sealed class RepairsLinksThatHaveMovedOn : BrokenLinks
{
    public override async ValueTask RepairLinkAsync(TenantId tenant, LinkRepair repair, CancellationToken cancellationToken)
    {
        var there = (await Good.LoadAsync(tenant, repair.Of, default, cancellationToken)).Complaint;
        await base.RepairLinkAsync(tenant, repair with { Version = there?.Version ?? 0 }, cancellationToken);
    }
}
