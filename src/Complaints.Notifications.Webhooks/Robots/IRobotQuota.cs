using NodaTime;

namespace Complaints.Notifications.Webhooks.Robots;

/// <summary>
/// Counts what a robot says, so that it stays below its platform's limit. The one that is built in counts within one process: on several
/// nodes each counts for itself, so give each its share by <see cref="RobotEndpoint.PerMinute"/>, or register one that counts for all.
/// Called by several threads at once.
/// </summary>
public interface IRobotQuota
{
    /// <summary>Takes a place for one message.</summary>
    /// <param name="robot">The channel's name.</param>
    /// <param name="perMinute">The most within any minute.</param>
    /// <param name="cancellationToken">Ends the wait for an answer.</param>
    /// <returns>Zero when it may be sent now; else after how long to ask again.</returns>
    ValueTask<Duration> TakeAsync(string robot, int perMinute, CancellationToken cancellationToken);
}

/// <summary>A sliding log of one process. Hand-written: the limiters of the framework go by no clock of ours, and do not say when a
/// place is free. Whoever finds none is told the next moment that nobody else was told, so that a thousand alerts come back a few at a
/// time and not all at once.</summary>
internal sealed class ProcessQuota(TimeProvider time) : IRobotQuota
{
    private static readonly Duration Minute = Duration.FromMinutes(1);
    private static readonly Duration Longest = Duration.FromHours(12);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Log> _logs = [];

    public ValueTask<Duration> TakeAsync(string robot, int perMinute, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (!_logs.TryGetValue(robot, out var log))
                _logs.Add(robot, log = new Log());
            return new(log.Take(Instant.FromDateTimeOffset(time.GetUtcNow()), perMinute));
        }
    }

    private sealed class Log
    {
        private readonly Queue<Instant> _sent = new();
        private Instant _told;

        public Duration Take(Instant now, int perMinute)
        {
            while (_sent.TryPeek(out var first) && first + Minute <= now)
                _sent.Dequeue();
            if (_sent.Count < perMinute)
            {
                _sent.Enqueue(now);
                return Duration.Zero;
            }
            var next = Instant.Max(_sent.Peek() + Minute, _told + Minute / perMinute);
            // Who is told a time so far away comes back with others; that is better than never.
            _told = Instant.Min(next, now + Longest);
            return _told - now;
        }
    }
}
