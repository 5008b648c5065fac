using System.Collections.Immutable;
using Complaints.Core;
using Complaints.Core.Notifications;
using Complaints.Core.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Complaints.Hosting;

/// <summary>One claim's worth of work: take messages, send them, say what became of them. Sent outside any transaction and settled after.</summary>
internal sealed partial class ChannelPump(IOutboxStore outbox, ComplaintsDiagnostics diagnostics, IOptions<BackgroundWorkOptions> options, IDeadlineClock clock, TimeProvider time, ILogger<ChannelPump> logger)
{
    private BackgroundWorkOptions Options => options.Value;

    /// <summary>Gives new messages to the channels that take them. A topic that nobody takes is done.</summary>
    /// <returns>How many were divided.</returns>
    public async Task<int> DivideAsync(TenantId tenant, ImmutableArray<GuardedChannel> channels, CancellationToken stopping)
    {
        var claim = await outbox.ClaimAsync(tenant, Query(""), stopping).ConfigureAwait(false);
        var fates = new List<MessageFate>(claim.Messages.Length);
        foreach (var message in claim.Messages)
        {
            var parts = ImmutableArray.CreateBuilder<(Guid Id, string Channel)>(channels.Length);
            foreach (var channel in channels)
            {
                if (await channel.TakesAsync(message.Topic).ConfigureAwait(false))
                    parts.Add((MessageIds.OfPart(message.Id, channel.Name), channel.Name));
            }
            fates.Add(parts.Count > 0 ? new MessageFate.Divided(message.Id, parts.ToImmutable()) : new MessageFate.Delivered(message.Id));
        }
        if (fates.Count > 0)
            await outbox.SettleAsync(tenant, claim.Token, fates, now: null, CancellationToken.None).ConfigureAwait(false);
        return fates.Count;
    }

    /// <summary>Sends what waits for a channel.</summary>
    /// <returns>How many messages were taken.</returns>
    public async Task<int> SendAsync(TenantId tenant, GuardedChannel channel, CancellationToken stopping)
    {
        // The lease began at the latest when the answer came and at the earliest when we asked: to be safe it counts from there.
        var asked = time.GetTimestamp();
        var claim = await outbox.ClaimAsync(tenant, Query(channel.Name) with { IsOrdered = channel.IsOrdered }, stopping).ConfigureAwait(false);
        // A few at a time, settled at once, so that a crash repeats a few at most.
        foreach (var few in claim.Messages.Chunk(channel.Concurrency))
        {
            var isOver = stopping.IsCancellationRequested || time.GetElapsedTime(asked) > Options.Lease - Options.LongestAttempt;
            var fates = isOver
                ? await ReleaseAsync(few).ConfigureAwait(false)
                : await Task.WhenAll(few.Select(message => AttemptAsync(channel, message, stopping))).ConfigureAwait(false);
            var settled = await outbox.SettleAsync(tenant, claim.Token, fates, now: null, CancellationToken.None).ConfigureAwait(false);
            if (settled < fates.Length)
                LeaseLost(logger, channel.Name, fates.Length - settled);
        }
        return claim.Messages.Length;
    }

    private async Task<MessageFate[]> ReleaseAsync(ClaimedMessage[] messages)
    {
        var now = await clock.NowAsync(CancellationToken.None).ConfigureAwait(false);
        return [.. messages.Select(message => new MessageFate.Released(message.Id, now))];
    }

    private async Task<MessageFate> AttemptAsync(GuardedChannel channel, ClaimedMessage message, CancellationToken stopping)
    {
        using var activity = ComplaintsDiagnostics.Source.StartActivity("complaints.send");
        activity?.SetTag("channel", channel.Name);
        using var limit = new CancellationTokenSource(Options.SendTimeout, time);
        // One that does not end when it is told to is left behind.
        using var abandon = new CancellationTokenSource(Options.LongestAttempt, time);
        var began = time.GetTimestamp();
        using var ending = stopping.Register(() =>
        {
            // The host's end makes an attempt shorter and never longer.
            var left = Options.SendTimeout - time.GetElapsedTime(began);
            if (Options.StopWithin >= left)
                return;
            limit.CancelAfter(Options.StopWithin);
            abandon.CancelAfter(Options.StopWithin + Options.Grace);
        });
        MessageFate fate;
        try
        {
            fate = await FateOfAsync(message, await channel.SendAsync(message, limit.Token, abandon.Token).ConfigureAwait(false))
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Nobody's fault: it goes on elsewhere at once, and as often as it must.
            fate = (await ReleaseAsync([message]).ConfigureAwait(false))[0];
        }
        catch (OperationCanceledException)
        {
            fate = await FateOfAsync(message, new DeliveryResult.Retry($"no answer within {Options.SendTimeout}")).ConfigureAwait(false);
        }
        diagnostics.Sent(channel.Name, fate switch { MessageFate.Delivered => "delivered", MessageFate.GivenUp => "dead", _ => "retry" }, time.GetElapsedTime(began));
        return fate;
    }

    private async ValueTask<MessageFate> FateOfAsync(ClaimedMessage message, DeliveryResult result)
    {
        switch (result)
        {
            case DeliveryResult.Sent:
                return new MessageFate.Delivered(message.Id);
            case DeliveryResult.DeadLetter dead:
                return new MessageFate.GivenUp(message.Id, dead.Reason);
            case DeliveryResult.Retry retry when message.Attempt >= Options.MaxAttempts:
                return new MessageFate.GivenUp(message.Id, Reason.Of($"{message.Attempt} attempts: {retry.Reason}"));
            case DeliveryResult.Retry retry:
                var pause = retry.After
                    ?? Duration.FromTimeSpan(Backoff.After(message.Attempt, Options, Backoff.Spread(message.Id, message.Attempt)));
                return new MessageFate.Retried(message.Id, await clock.NowAsync(CancellationToken.None).ConfigureAwait(false) + pause);
            default:
                throw new InvalidOperationException($"Channels answer with nothing like {result.GetType().Name}.");
        }
    }

    private OutboxQuery Query(string channel) => new(Guid.NewGuid().ToString("N"), Options.ClaimBatch, Duration.FromTimeSpan(Options.Lease), channel);

    [LoggerMessage(EventId = 3005, Level = LogLevel.Warning, Message = "{Count} messages of channel {Channel} had been taken over by another node when they were settled")]
    private static partial void LeaseLost(ILogger logger, string channel, int count);
}
