using System.Collections.Immutable;
using NodaTime;

namespace Complaints.Core.Storage;

/// <summary>The timers of all complaints: which are due, for whom, and whether they are what they must be.</summary>
public interface ITimerStore
{
    /// <summary>Timers of a tenant that are due at or before an instant, the earliest first.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="now">The instant.</param>
    /// <param name="max">At most so many, 1 to 10,000.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<ImmutableArray<DueTimer>> DueAsync(TenantId tenant, Instant now, int max, CancellationToken cancellationToken);

    /// <summary>Takes complaints with due timers that no other sweeper has, the longest overdue first, and loads them. Nothing is waited
    /// for: what is taken is passed over.</summary>
    /// <returns>What was taken; dispose it, or it is held until the lease is over.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot be reached; nothing was changed.</exception>
    ValueTask<ITimerClaim> ClaimDueAsync(TenantId tenant, TimerQuery query, CancellationToken cancellationToken);

    /// <summary>Every timer of a tenant by complaint, also of complaints that are not there, as they stand at one moment.</summary>
    IAsyncEnumerable<DueTimer> TimersAsync(TenantId tenant, CancellationToken cancellationToken);

    /// <summary>Puts one timer right, unless its complaint has moved on meanwhile: then nothing is changed.</summary>
    ValueTask RepairAsync(TenantId tenant, TimerRepair repair, CancellationToken cancellationToken);
}

/// <summary>A timer that is due.</summary>
/// <param name="Complaint">The complaint.</param>
/// <param name="Timer">The timer.</param>
public sealed record DueTimer(ComplaintId Complaint, TimerRow Timer);

/// <summary>What a sweeper asks for.</summary>
/// <param name="Max">At most so many timers, 1 to 10,000; several may be of one complaint.</param>
/// <param name="Lease">For how long it may be silent before others get what it took; 1 ms to an hour.</param>
/// <param name="Now">The instant by which they are due: the <see cref="IDeadlineClock"/>'s.</param>
/// <param name="After">Where the claim before it in the same round ended; <c>null</c> for the longest overdue.</param>
public sealed record TimerQuery(int Max, Duration Lease, Instant Now, TimerPosition? After = null);

/// <summary>A place in the order of due timers, for one round only: the next round begins at the front, so that nothing that was written
/// late is left out.</summary>
/// <param name="Due">When the last timer was due.</param>
/// <param name="Complaint">Whose it was.</param>
public readonly record struct TimerPosition(Instant Due, ComplaintId Complaint);

/// <summary>
/// Complaints that one sweeper has until it is disposed. Users' commands may change them meanwhile where the store does not hold them back;
/// the commit then says so. Not thread-safe.
/// </summary>
public interface ITimerClaim : IAsyncDisposable
{
    /// <summary>The complaints, each once. <see cref="LoadedComplaint.Earlier"/> is not looked up: a command id that was used is a
    /// conflict.</summary>
    ImmutableArray<LoadedComplaint> Complaints { get; }

    /// <summary>Where the next claim of the round goes on; <c>null</c> when nothing more is due.</summary>
    TimerPosition? Next { get; }

    /// <summary>Writes commits on the complaints of the claim: all or none, in one transaction. Called once; then nothing is held any
    /// more.</summary>
    /// <returns><see cref="CommitOutcome.Conflict"/> when the lease was over or something stood in the way of one of them: nothing was
    /// written, take them one by one.</returns>
    /// <exception cref="StoreUnavailableException">The outcome is unknown: repeat each with the same command id.</exception>
    ValueTask<CommitOutcome> CommitAsync(IReadOnlyList<ComplaintCommit> commits, CancellationToken cancellationToken);
}

/// <summary>A timer to be put right.</summary>
/// <param name="Complaint">The complaint.</param>
/// <param name="Version">The version that it must still have; 0 for one that is not there.</param>
/// <param name="Timer">The timer as it must be, or the one that must go.</param>
/// <param name="Remove">True when it must go.</param>
public sealed record TimerRepair(ComplaintId Complaint, int Version, TimerRow Timer, bool Remove);
