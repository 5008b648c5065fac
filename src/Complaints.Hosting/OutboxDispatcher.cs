using System.Collections.Immutable;
using Complaints.Core.Notifications;
using Complaints.Core.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Complaints.Hosting;

/// <summary>
/// Sends what waits in the outbox, on any number of nodes: one pump divides new messages among the channels that take them, and each channel has a pump of its own, so that one that
/// is down disturbs no other.
/// </summary>
internal sealed partial class OutboxDispatcher(
    IEnumerable<IMessageChannel> channels, ChannelPump pump, TenantList tenants, IOptions<BackgroundWorkOptions> options, TimeProvider time, ILogger<OutboxDispatcher> logger, IWakeUp? wakeUp = null) : BackgroundService
{
    private static readonly TimeSpan ShortestRest = TimeSpan.FromMilliseconds(10);
    private readonly ImmutableArray<IMessageChannel> _channels = Distinct(channels);

    // Its own, because a task that never ends keeps whatever waits for it.
    private readonly Task _never = new TaskCompletionSource().Task;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => DispatchAsync(stoppingToken);

    /// <summary>The whole of it, on the caller's thread: a host gives it a thread of the pool.</summary>
    internal Task DispatchAsync(CancellationToken stoppingToken)
    {
        if (_channels.IsEmpty)
        {
            // Nothing is lost: messages wait until a channel is registered.
            NoChannel(logger);
            return Task.CompletedTask;
        }
        return Task.WhenAll(_channels.Select(channel => RunAsync((tenant, token) => pump.SendAsync(tenant, channel, token), stoppingToken))
            .Append(RunAsync((tenant, token) => pump.DivideAsync(tenant, _channels, token), stoppingToken)));
    }

    private async Task RunAsync(Func<Core.TenantId, CancellationToken, Task<int>> work, CancellationToken stoppingToken)
    {
        while (true)
        {
            var hint = wakeUp?.Next ?? _never;
            try
            {
                foreach (var tenant in await tenants.ReadAsync(stoppingToken).ConfigureAwait(false))
                {
                    while (!stoppingToken.IsCancellationRequested && await work(tenant, stoppingToken).ConfigureAwait(false) > 0)
                    {
                        // More may wait.
                    }
                }
            }
            catch (StoreException e)
            {
                // What was claimed comes again when its lease is over.
                DispatchFailed(logger, e);
            }
            await RestAsync(hint, stoppingToken).ConfigureAwait(false);
        }
    }

    /// <summary>Until messages were written or it is time to look, but not for less than a moment: many commands at once make one round.</summary>
    private async Task RestAsync(Task hint, CancellationToken stoppingToken)
    {
        await Task.Delay(ShortestRest, time, stoppingToken).ConfigureAwait(false);
        // Neither the end of the time nor of the host is an error here.
        await hint.WaitAsync(options.Value.DispatchEvery, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stoppingToken.ThrowIfCancellationRequested();
    }

    private static ImmutableArray<IMessageChannel> Distinct(IEnumerable<IMessageChannel> channels)
    {
        var all = channels.ToImmutableArray();
        if (all.GroupBy(channel => channel.Name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new InvalidOperationException($"Two message channels have the name '{twice.Key}'; give each its own, because messages that wait carry it.");
        return all;
    }

    [LoggerMessage(EventId = 3002, Level = LogLevel.Warning, Message = "Messages could not be claimed or settled; the next round tries again")]
    private static partial void DispatchFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 3003, Level = LogLevel.Information, Message = "No message channel is registered: messages wait in the outbox")]
    private static partial void NoChannel(ILogger logger);
}
