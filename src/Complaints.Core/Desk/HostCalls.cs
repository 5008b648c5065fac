using System.Collections.Concurrent;

namespace Complaints.Core;

/// <summary>Asks code of the host's and waits a bounded time for it. One that was waited for in vain is left alone for a while (circuit
/// breaker), so that not every caller waits for it. Thread-safe.</summary>
/// <param name="time">By which it is waited; <c>null</c> for the machine's time.</param>
internal sealed class HostCalls(TimeProvider? time)
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    /// <summary>Whom nobody asks until the task is over.</summary>
    private readonly ConcurrentDictionary<object, Task> _leftAlone = new(ReferenceEqualityComparer.Instance);

    /// <summary>How long it is waited.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(2);

    /// <summary>The host's code runs on another thread, so that one that blocks, or looks at no token, holds up nobody for
    /// longer.</summary>
    /// <param name="ask">The call.</param>
    /// <param name="whose">Whom it asks.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<T> AskAsync<T>(Func<CancellationToken, ValueTask<T>> ask, object whose, CancellationToken cancellationToken)
    {
        if (_leftAlone.TryGetValue(whose, out var rest) && !rest.IsCompleted)
            throw new TimeoutException($"{whose.GetType().Name} did not answer a moment ago.");
        var over = new CancellationTokenSource();
        var asked = Task.Run(() => ask(over.Token).AsTask(), CancellationToken.None);
        try
        {
            return time is null
                ? await asked.WaitAsync(Patience, cancellationToken).ConfigureAwait(false)
                : await asked.WaitAsync(Patience, time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            if (e is TimeoutException && !asked.IsCompleted)
                _leftAlone[whose] = RestAsync();
            // Nobody waits for it any more: it is told so, and what it throws later is nobody's.
            _ = over.CancelAsync().ContinueWith(static told => told.Exception, TaskScheduler.Default);
            _ = asked.ContinueWith(static late => late.Exception, TaskScheduler.Default);
            throw;
        }
    }

    private Task RestAsync() =>
        time is null ? Task.Delay(Rest, CancellationToken.None) : Task.Delay(Rest, time, CancellationToken.None);
}
