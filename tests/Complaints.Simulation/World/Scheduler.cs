using NodaTime;

namespace Complaints.Simulation.World;

/// <summary>
/// One thread, virtual time, and chance from one seed: whatever waits is completed here, one thing after the other, and the code under test goes on inside that completion. The code
/// awaits with ConfigureAwait(false) on a thread without a synchronization context, so that nothing of it runs anywhere else; should that change, <see cref="Step"/> says so.
/// </summary>
internal sealed class Scheduler(int seed, Instant start)
{
    private readonly PriorityQueue<(Life Life, Action Action), (Instant At, long Order)> _pending = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private long _order;

    public Random Chance { get; } = new(seed);

    public Instant Now { get; private set; } = start;

    public void After(Duration delay, Life life, Action action)
    {
        if (Environment.CurrentManagedThreadId != _thread)
            throw new InvalidOperationException("Something went on on another thread: the run cannot be repeated.");
        _pending.Enqueue((life, action), (Now + delay, _order++));
    }

    public Task DelayAsync(Duration delay, Life life)
    {
        var over = new TaskCompletionSource();
        After(delay, life, over.SetResult);
        return over.Task;
    }

    /// <summary>The next thing that is still to happen.</summary>
    public void Step()
    {
        while (_pending.TryDequeue(out var next, out var when))
        {
            if (next.Life.IsOver)
                continue;
            Now = when.At;
            next.Action();
            return;
        }
        throw new InvalidOperationException("Nothing waits any more: something hangs for ever.");
    }

    public bool Happens(double probability) => Chance.NextDouble() < probability;

    public Duration Between(double seconds, double toSeconds) => Duration.FromMilliseconds((long)(1_000 * (seconds + Chance.NextDouble() * (toSeconds - seconds))));

    public T OneOf<T>(IReadOnlyList<T> choices) => choices[Chance.Next(choices.Count)];
}
