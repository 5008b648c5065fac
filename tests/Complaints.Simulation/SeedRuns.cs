namespace Complaints.Simulation;

/// <summary>Runs of many seeds, on two threads of their own: each run belongs to the one that began it.</summary>
internal static class SeedRuns
{
    private const int Threads = 2;

    // Continuations run inside the completion that they waited for; on a stack that is short they would go to the pool.
    private const int StackBytes = 16 * 1024 * 1024;

    public static Outcome One(int seed, Bug bug = Bug.None) => Until(seed, 1, bug)[0];

    /// <summary>All seeds from the first on, in order; none after the first that found something.</summary>
    public static IReadOnlyList<Outcome> Until(int first, int count, Bug bug = Bug.None)
    {
        var outcomes = new Outcome?[count];
        var next = -1;
        var last = count - 1;
        Exception? failure = null;
        Thread[] threads = [.. Enumerable.Range(0, Math.Min(Threads, count)).Select(_ => new Thread(Work, StackBytes))];
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            thread.Join();
        if (failure is not null)
            throw new InvalidOperationException("A run ended by an exception.", failure);
        return [.. outcomes.Take(last + 1).Select(outcome => outcome!)];

        void Work()
        {
            try
            {
                for (int i; (i = Interlocked.Increment(ref next)) <= Volatile.Read(ref last);)
                {
                    var outcome = Simulation.Run(first + i, bug);
                    // Traces are long: only that of a seed which found something is kept, or of one that runs alone.
                    outcomes[i] = outcome.Violation is null && count > 1 ? outcome with { Trace = null } : outcome;
                    if (outcome.Violation is not null)
                        Lower(ref last, i);
                }
            }
            catch (Exception e)
            {
                failure = e;
            }
        }
    }

    private static void Lower(ref int last, int to)
    {
        for (int seen; (seen = Volatile.Read(ref last)) > to;)
            Interlocked.CompareExchange(ref last, to, seen);
    }
}
