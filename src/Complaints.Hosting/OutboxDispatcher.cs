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
    IEnumerable<IMessageChannel> channels, ChannelPump pump, TenantList tenants, IOptions<BackgroundWorkOptions> options,
        TimeProvider time, Supervisor supervisor,
    ILogger<OutboxDispatcher> logger, IWakeUp? wakeUp = null) : BackgroundService
{
    private static readonly TimeSpan ShortestRest = TimeSpan.FromMilliseconds(10);
    private readonly ImmutableArray<GuardedChannel> _channels = Distinct(channels, logger);

    // Its own, because a task that never ends keeps whatever waits for it.
    private readonly Task _never = new TaskCompletionSource().Task;

    /// <summary>Each on a thread of its own: one that keeps its thread keeps no other from its work.</summary>
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var channel in _channels)
            channel.OnOtherThreads = true;
        return Task.WhenAll(Pumps(stoppingToken).Select(pump => Task.Run(pump, CancellationToken.None)));
    }

    /// <summary>The whole of it on the caller's thread.</summary>
    internal Task DispatchAsync(CancellationToken stoppingToken) => Task.WhenAll(Pumps(stoppingToken).Select(pump => pump()));

    private IEnumerable<Func<Task>> Pumps(CancellationToken stoppingToken)
    {
        if (_channels.IsEmpty)
        {
            // Nothing is lost: messages wait until a channel is registered.
            NoChannel(logger);
            return [];
        }
        return _channels
            .Select(Func<Task> (channel) => () => RunAsync($"channel {channel.Name}", (tenant, token) => pump.SendAsync(
                tenant, channel, token),
                stoppingToken))
            .Append(() => RunAsync("messages", (tenant, token) => pump.DivideAsync(tenant, _channels, token), stoppingToken));
    }

    private Task RunAsync(string name, Func<Core.TenantId, CancellationToken, Task<int>> work, CancellationToken stoppingToken)
    {
        var hint = _never;
        return supervisor.RunAsync(
            name,
            async stopping =>
            {
                hint = wakeUp?.Next ?? _never;
                // What was claimed and not settled comes again when its lease is over.
                await Supervisor.EachAsync(
                    await tenants.ReadAsync(stopping).ConfigureAwait(false), tenant => DrainAsync(tenant, work, stopping), stopping)
                    .ConfigureAwait(false);
            },
            stopping => RestAsync(hint, stopping),
            stoppingToken);
    }

    private static async Task DrainAsync(
        Core.TenantId tenant, Func<Core.TenantId, CancellationToken, Task<int>> work, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested && await work(tenant, stoppingToken).ConfigureAwait(false) > 0)
        {
            // More may wait.
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

    private static ImmutableArray<GuardedChannel> Distinct(IEnumerable<IMessageChannel> channels, ILogger logger)
    {
        ImmutableArray<GuardedChannel> all = [.. channels.Select(channel => new GuardedChannel(channel, logger))];
        if (all.GroupBy(channel => channel.Name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new InvalidOperationException($"Two message channels have the name '{twice.Key}'; give each its own, because messages that wait carry it.");
        return all;
    }

    [LoggerMessage(EventId = 3003, Level = LogLevel.Information, Message = "No message channel is registered: messages wait in the outbox")]
    private static partial void NoChannel(ILogger logger);
}
