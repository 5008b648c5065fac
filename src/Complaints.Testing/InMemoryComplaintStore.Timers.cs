using System.Collections.Immutable;
using Complaints.Core;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Testing;

/// <content>Timers.</content>
public sealed partial class InMemoryComplaintStore
{
    /// <inheritdoc/>
    public ValueTask<ImmutableArray<DueTimer>> DueAsync(TenantId tenant, Instant now, int max, CancellationToken cancellationToken) =>
        In(tenant, cancellationToken, data => Due(data, now).Take(max).ToImmutableArray());

    /// <inheritdoc/>
    /// <remarks>A lease is over by the <see cref="TimerQuery.Now"/> of whoever claims next, and when so much time has gone by.</remarks>
    public ValueTask<ITimerClaim> ClaimDueAsync(TenantId tenant, TimerQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return In(tenant, cancellationToken, ITimerClaim (data) =>
        {
            var now = query.Now;
            var due = Due(data, now)
                .Where(timer => query.After is not { } after || (timer.Timer.Due, timer.Complaint.Value).CompareTo((after.Due, after.Complaint.Value)) > 0)
                .Where(timer => data.Complaints.ContainsKey(timer.Complaint))
                .Where(timer => !data.Claimed.TryGetValue(timer.Complaint, out var taken) || taken.Until <= now)
                .Take(query.Max)
                .ToList();
            var claim = new MemoryClaim(
                this, data, query.Lease, [.. due.Select(timer => timer.Complaint).Distinct().Select(complaint => Loaded(data, complaint, default))],
                due.Count < query.Max ? null : new(due[^1].Timer.Due, due[^1].Complaint));
            foreach (var timer in due)
                data.Claimed[timer.Complaint] = (claim, now + query.Lease);
            return claim;
        });
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<DueTimer> TimersAsync(TenantId tenant, CancellationToken cancellationToken) =>
        StreamAsync(tenant, cancellationToken, data => data.Timers.Select(entry => new DueTimer(new(entry.Key.Complaint), entry.Value)).ToList());

    /// <inheritdoc/>
    public async ValueTask RepairAsync(TenantId tenant, TimerRepair repair, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(repair);
        var key = (repair.Complaint.Value, repair.Timer.Clock, repair.Timer.Purpose);
        await In(tenant, cancellationToken, data =>
        {
            if ((data.Complaints.GetValueOrDefault(repair.Complaint)?.Summary.Version ?? 0) != repair.Version)
                return false;
            if (repair.Remove)
                return data.Timers.Remove(key);
            if (repair.Version > 0)
                data.Timers[key] = repair.Timer;
            return repair.Version > 0;
        }).ConfigureAwait(false);
    }

    private static IEnumerable<DueTimer> Due(MemoryTenant data, Instant now) => data.Timers
        .Where(entry => entry.Value.Due <= now)
        .Select(entry => new DueTimer(new ComplaintId(entry.Key.Complaint), entry.Value))
        .OrderBy(timer => timer.Timer.Due).ThenBy(timer => timer.Complaint.Value);

    private sealed class MemoryClaim(InMemoryComplaintStore store, MemoryTenant data, Duration lease, ImmutableArray<LoadedComplaint> complaints, TimerPosition? next) : ITimerClaim
    {
        private readonly long _began = store._time.GetTimestamp();

        public ImmutableArray<LoadedComplaint> Complaints => complaints;

        public TimerPosition? Next => next;

        public ValueTask<CommitOutcome> CommitAsync(IReadOnlyList<ComplaintCommit> commits, CancellationToken cancellationToken)
        {
            ArgumentNullException.ThrowIfNull(commits);
            cancellationToken.ThrowIfCancellationRequested();
            lock (store._gate)
            {
                var ids = commits.SelectMany(commit => commit.Outbox.Select(message => message.Id)).Concat(commits.Select(commit => commit.Command?.Id.Value).OfType<Guid>()).ToList();
                if (store._time.GetElapsedTime(_began) > lease.ToTimeSpan() || commits.Any(commit => !IsMine(commit.Id) || data.StandsInTheWayOf(commit)) || ids.Distinct().Count() < ids.Count)
                    return new(CommitOutcome.Conflict);
                foreach (var commit in commits)
                    data.Write(commit);
                if (commits.Any(commit => !commit.Outbox.IsEmpty))
                    store.Hint();
                Release();
                return new(CommitOutcome.Committed);
            }
        }

        public ValueTask DisposeAsync()
        {
            lock (store._gate)
                Release();
            return ValueTask.CompletedTask;
        }

        private bool IsMine(ComplaintId complaint) => data.Claimed.TryGetValue(complaint, out var taken) && taken.Claim == this;

        private void Release()
        {
            foreach (var complaint in complaints.Select(loaded => loaded.Complaint!.Id).Where(IsMine))
                data.Claimed.Remove(complaint);
        }
    }
}
