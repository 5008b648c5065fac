using System.Collections.Immutable;
using Complaints.Core;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Storage.Tests.Broken;

/// <summary>Good timers, to be bent.</summary>
public abstract class BrokenTimers : BrokenFixture, ITimerStore
{
    protected override ITimerStore Timers => this;

    public virtual ValueTask<ImmutableArray<DueTimer>> DueAsync(TenantId tenant, Instant now, int max, CancellationToken cancellationToken) => Good.DueAsync(tenant, now, max, cancellationToken);

    public virtual ValueTask<ITimerClaim> ClaimDueAsync(TenantId tenant, TimerQuery query, CancellationToken cancellationToken) => Good.ClaimDueAsync(tenant, query, cancellationToken);

    public virtual IAsyncEnumerable<DueTimer> TimersAsync(TenantId tenant, CancellationToken cancellationToken) => Good.TimersAsync(tenant, cancellationToken);

    public virtual ValueTask RepairAsync(TenantId tenant, TimerRepair repair, CancellationToken cancellationToken) => Good.RepairAsync(tenant, repair, cancellationToken);
}

/// <summary>Reads what is due and keeps it for nobody.</summary>
public sealed class ClaimsForNobody : BrokenTimers
{
    public override ValueTask<ITimerClaim> ClaimDueAsync(TenantId tenant, TimerQuery query, CancellationToken cancellationToken) =>
        Good.ClaimDueAsync(tenant, query with { Lease = Duration.Zero }, cancellationToken);
}

/// <summary>Begins every batch at the front: what cannot be done stays in the way of the others.</summary>
public sealed class BeginsEveryBatchAtTheFront : BrokenTimers
{
    public override ValueTask<ITimerClaim> ClaimDueAsync(TenantId tenant, TimerQuery query, CancellationToken cancellationToken) =>
        Good.ClaimDueAsync(tenant, query with { After = null }, cancellationToken);
}

/// <summary>Puts a timer right whatever became of its complaint.</summary>
public sealed class RepairsWhatHasMovedOn : BrokenTimers
{
    public override async ValueTask RepairAsync(TenantId tenant, TimerRepair repair, CancellationToken cancellationToken) =>
        await Good.RepairAsync(tenant, repair with { Version = (await Good.LoadAsync(tenant, repair.Complaint, default, cancellationToken)).Complaint?.Version ?? 0 }, cancellationToken);
}

/// <summary>A claim whose commits are bent.</summary>
public abstract class BrokenClaims : BrokenTimers
{
    public override async ValueTask<ITimerClaim> ClaimDueAsync(TenantId tenant, TimerQuery query, CancellationToken cancellationToken) =>
        new Claim(await Good.ClaimDueAsync(tenant, query, cancellationToken), CommitAsync);

    protected abstract ValueTask<CommitOutcome> CommitAsync(ITimerClaim claim, IReadOnlyList<ComplaintCommit> commits);

    private sealed class Claim(ITimerClaim good, Func<ITimerClaim, IReadOnlyList<ComplaintCommit>, ValueTask<CommitOutcome>> commit) : ITimerClaim
    {
        public ImmutableArray<LoadedComplaint> Complaints => good.Complaints;

        public TimerPosition? Next => good.Next;

        public ValueTask<CommitOutcome> CommitAsync(IReadOnlyList<ComplaintCommit> commits, CancellationToken cancellationToken) => commit(good, commits);

        public ValueTask DisposeAsync() => good.DisposeAsync();
    }
}

/// <summary>Writes what it can of a batch.</summary>
public sealed class WritesPartOfABatch : BrokenClaims
{
    protected override async ValueTask<CommitOutcome> CommitAsync(ITimerClaim claim, IReadOnlyList<ComplaintCommit> commits)
    {
        var outcome = CommitOutcome.Committed;
        foreach (var commit in commits)
            outcome = await Good.CommitAsync(commit, default) == CommitOutcome.Conflict ? CommitOutcome.Conflict : outcome;
        return outcome;
    }
}

/// <summary>Does not look whether the lease is still its own.</summary>
public sealed class WritesAfterItsLease : BrokenClaims
{
    protected override async ValueTask<CommitOutcome> CommitAsync(ITimerClaim claim, IReadOnlyList<ComplaintCommit> commits)
    {
        await claim.DisposeAsync();
        foreach (var commit in commits)
            await Good.CommitAsync(commit, default);
        return CommitOutcome.Committed;
    }
}

/// <summary>Lets a sweeper write until another has taken over, however long ago its lease was over.</summary>
public sealed class KeepsALeaseUntilSomebodyTakesOver : BrokenClaims
{
    private ImmutableArray<LoadedComplaint> _last;

    public override async ValueTask<ITimerClaim> ClaimDueAsync(TenantId tenant, TimerQuery query, CancellationToken cancellationToken)
    {
        var claim = await base.ClaimDueAsync(tenant, query, cancellationToken);
        _last = claim.Complaints.IsEmpty ? _last : claim.Complaints;
        return claim;
    }

    protected override async ValueTask<CommitOutcome> CommitAsync(ITimerClaim claim, IReadOnlyList<ComplaintCommit> commits)
    {
        var outcome = await claim.CommitAsync(commits, default);
        return outcome == CommitOutcome.Conflict && claim.Complaints == _last && commits is [var late] ? await Good.CommitAsync(late, default) : outcome;
    }
}
