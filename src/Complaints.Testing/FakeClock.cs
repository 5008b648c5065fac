using Complaints.Core.Storage;
using NodaTime;
using Still = NodaTime.Testing.FakeClock;

namespace Complaints.Testing;

/// <summary>
/// A clock that stands still until it is told otherwise, for commands and for deadlines: NodaTime's own fake clock, which judges deadlines,
/// too. Thread-safe.
/// </summary>
public sealed class FakeClock : IClock, IDeadlineClock
{
    private readonly Still _clock;

    /// <summary>A clock that stands at an instant.</summary>
    public FakeClock(Instant now) => _clock = new(now);

    /// <summary>A clock that stands at 2026-09-01 09:00 in Shanghai, a Tuesday.</summary>
    public FakeClock() : this(Instant.FromUtc(2026, 9, 1, 1, 0)) { }

    /// <inheritdoc/>
    public Instant GetCurrentInstant() => _clock.GetCurrentInstant();

    /// <inheritdoc/>
    public ValueTask<Instant> NowAsync(CancellationToken cancellationToken) => new(GetCurrentInstant());

    /// <summary>Moves on by a duration; a negative one moves back, as a corrected clock does.</summary>
    public void Advance(Duration by) => _clock.Advance(by);

    /// <summary>Stands at another instant.</summary>
    public void Set(Instant now) => _clock.Reset(now);
}
