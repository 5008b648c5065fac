using Complaints.Core.Storage;

namespace Complaints.Simulation.World;

/// <summary>Between a node and the store: every call is an await that the scheduler completes, with the fault that the weather has for it.</summary>
internal sealed class Wire(Scheduler scheduler, Weather weather, Life node)
{
    public ValueTask<T> CallAsync<T>(Func<ValueTask<T>> effect)
    {
        var answer = new TaskCompletionSource<T>();
        var crossing = weather.NextCall();
        if (crossing.Arrives is { } arrives)
        {
            // A call that has left its node takes effect though the node dies.
            scheduler.After(arrives, scheduler.Happens(0.5) ? Life.Eternal : node, () =>
            {
                var done = Try(effect);
                if (crossing.Fails)
                    return;
                if (crossing.Answers > arrives)
                    scheduler.After(crossing.Answers - arrives, node, () => done(answer));
                else if (!node.IsOver)
                    done(answer);
            });
        }
        if (crossing.Fails)
            scheduler.After(crossing.Answers, node, () => answer.SetException(new StoreUnavailableException("The connection broke.")));
        return new(answer.Task);
    }

    private static Action<TaskCompletionSource<T>> Try<T>(Func<ValueTask<T>> effect)
    {
        try
        {
            var result = effect().Now();
            return answer => answer.SetResult(result);
        }
        catch (StoreException e)
        {
            return answer => answer.SetException(e);
        }
    }
}

internal static class Immediate
{
    /// <summary>The result of what never waits.</summary>
    public static T Now<T>(this ValueTask<T> task) => task.IsCompleted ? task.GetAwaiter().GetResult() : throw new InvalidOperationException("The store in memory waited.");
}
