using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Complaints.Hosting;

/// <summary>
/// Does a piece of background work again and again until the host stops. Whatever a round throws is logged, told by health and tried
/// again: no work ends in silence, and none takes another with it.
/// </summary>
internal sealed partial class Supervisor(TimeProvider time, ILogger<Supervisor> logger)
{
    /// <summary>In seconds, after the second failure in a row and those behind it: 1, 2, 3, 4, 5, 5 ...</summary>
    private const int LongestPause = 5;

    private readonly ConcurrentDictionary<string, (Exception Why, long Since)> _failing = new(StringComparer.Ordinal);

    /// <summary>The work that has failed since it last went well, with what it threw and for how long, the longest first.</summary>
    public IReadOnlyList<(string Work, Exception Why, TimeSpan For)> Failing =>
    [
        .. _failing.Select(entry => (entry.Key, entry.Value.Why, time.GetElapsedTime(entry.Value.Since)))
            .OrderByDescending(entry => entry.Item3),
    ];

    /// <summary>Rounds without end.</summary>
    /// <param name="work">What the work is called.</param>
    /// <param name="round">One round.</param>
    /// <param name="rest">Waits for the next.</param>
    /// <param name="stopping">The host's end.</param>
    public async Task RunAsync(string work, Func<CancellationToken, Task> round, Func<CancellationToken, Task> rest,
        CancellationToken stopping)
    {
        for (var failures = 0; ;)
        {
            try
            {
                await round(stopping).ConfigureAwait(false);
                _failing.TryRemove(work, out _);
                failures = 0;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                throw;
            }
#pragma warning disable CA1031 // That is what it is for.
            catch (Exception e)
#pragma warning restore CA1031
            {
                failures++;
                Failed(logger, work, e);
                _failing.AddOrUpdate(work, (e, time.GetTimestamp()), (_, before) => (e, before.Since));
            }
            // Hints may come at any moment: what fails again and again fills no log. Not for long, because it may be one tenant of many.
            if (failures > 1)
                await Task.Delay(TimeSpan.FromSeconds(Math.Min(failures - 1, LongestPause)), time, stopping).ConfigureAwait(false);
            await rest(stopping).ConfigureAwait(false);
        }
    }

    /// <summary>One thing after the other; one that fails keeps no other from its turn.</summary>
    /// <exception cref="AggregateException">What those threw that failed.</exception>
    public static async Task EachAsync<T>(IEnumerable<T> things, Func<T, Task> action, CancellationToken stopping)
    {
        List<Exception>? failures = null;
        foreach (var thing in things)
        {
            try
            {
                await action(thing).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // Told together when all had their turn.
            catch (Exception e) when (!(e is OperationCanceledException && stopping.IsCancellationRequested))
#pragma warning restore CA1031
            {
                (failures ??= []).Add(e);
            }
        }
        if (failures is not null)
            throw failures is [var only] ? only : new AggregateException(failures);
    }

    [LoggerMessage(EventId = 3001, Level = LogLevel.Warning, Message = "The background work '{Work}' failed; the next round tries again")]
    private static partial void Failed(ILogger logger, string work, Exception exception);
}
