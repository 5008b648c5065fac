namespace Complaints.Benchmarks.Commands;

/// <summary>Work that is shared by callers at once.</summary>
internal static class Callers
{
    /// <summary>Every turn once, each by whoever is free.</summary>
    public static async Task RunAsync(int callers, int turns, Func<int, Task> one)
    {
        if (callers == 1)
        {
            for (var turn = 0; turn < turns; turn++)
                await one(turn);
            return;
        }
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var turn && turn < turns)
                await one(turn);
        })));
    }
}
