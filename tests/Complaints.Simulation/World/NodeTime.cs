using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Simulation.World;

/// <summary>A node's clock, which is a little off the store's.</summary>
internal sealed class SkewedClock(Scheduler scheduler, Duration skew) : IClock, IDeadlineClock
{
    public Instant GetCurrentInstant() => scheduler.Now + skew;

    public ValueTask<Instant> NowAsync(CancellationToken cancellationToken) => new(GetCurrentInstant());
}

/// <summary>The store's clock, by which deadlines are judged on every node.</summary>
internal sealed class StoreClock(Scheduler scheduler) : IDeadlineClock
{
    public ValueTask<Instant> NowAsync(CancellationToken cancellationToken) => new(scheduler.Now);
}

/// <summary>How much virtual time goes by.</summary>
internal class VirtualTime(Scheduler scheduler) : TimeProvider
{
    protected Scheduler Scheduler => scheduler;

    public override long TimestampFrequency => NodaConstants.TicksPerSecond;

    public override long GetTimestamp() => scheduler.Now.ToUnixTimeTicks();
}

/// <summary>A node's timers: they fire in virtual time, and never after the node's death.</summary>
internal sealed class NodeTime(Scheduler scheduler, Life life) : VirtualTime(scheduler)
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(Scheduler, life, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(Scheduler scheduler, Life node, Action callback) : ITimer
    {
        private Life? _setting;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _setting?.End();
            if (dueTime != Timeout.InfiniteTimeSpan)
                Set(dueTime, period);
            return true;
        }

        // Also called by finalizers of nodes that died long ago.
        public void Dispose() => _setting?.End();

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }

        private void Set(TimeSpan dueTime, TimeSpan period)
        {
            var setting = _setting = new Life(node);
            scheduler.After(Duration.FromTimeSpan(dueTime), setting, () =>
            {
                if (period != Timeout.InfiniteTimeSpan)
                    Set(period, period);
                callback();
            });
        }
    }
}
