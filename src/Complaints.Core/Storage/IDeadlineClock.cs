using NodaTime;

namespace Complaints.Core.Storage;

/// <summary>
/// The clock by which it is judged what is due: the same for every node, however wrong its own may be. A store with a clock of its own,
/// such as a database server, implements it;
/// on any other the host's <see cref="IClock"/> counts.
/// </summary>
public interface IDeadlineClock
{
    /// <summary>
    /// How far a host's own clock may be off before its commands are refused (<c>clock.skew</c>): 60 seconds. What a command itself finds
    /// past by less, such as by a new target, is left to the
    /// next sweep, so that nothing is early.
    /// </summary>
    static Duration LargestSkew { get; } = Duration.FromSeconds(60);

    /// <summary>What time it is.</summary>
    /// <exception cref="StoreUnavailableException">The database cannot be asked.</exception>
    ValueTask<Instant> NowAsync(CancellationToken cancellationToken);
}

/// <summary>The host's own clock, where the database has none.</summary>
internal sealed class HostClock(IClock clock) : IDeadlineClock
{
    public ValueTask<Instant> NowAsync(CancellationToken cancellationToken) => new(clock.GetCurrentInstant());
}
