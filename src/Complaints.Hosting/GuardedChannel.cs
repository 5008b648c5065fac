using System.Globalization;
using Complaints.Core;
using Complaints.Core.Notifications;
using Complaints.Core.Storage;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Complaints.Hosting;

/// <summary>
/// A channel of the host's behind a wall: whatever it does, it takes nobody with it. What it is, is asked once; what it throws, leaves open
/// or never ends becomes an attempt that failed, which is counted like any other.
/// </summary>
internal sealed partial class GuardedChannel
{
    /// <summary>How many attempts may be left behind that did not end when they were told to, before it is asked for no more.</summary>
    private const int MostLeftBehind = 100;

    /// <summary>The longest pause that a receiver may ask for: nobody looks at what waits for years.</summary>
    public static readonly Duration LongestPause = Duration.FromHours(24);

    /// <summary>How long a channel may think about a topic.</summary>
    private static readonly TimeSpan LongestThought = TimeSpan.FromSeconds(5);

    private static readonly Duration ShortestPause = Duration.FromMilliseconds(100);

    private readonly IMessageChannel _channel;
    private readonly ILogger _logger;
    private int _leftBehind;
    private Task<bool> _thought = Task.FromResult(true);

    /// <exception cref="InvalidOperationException">What it says of itself cannot be.</exception>
    public GuardedChannel(IMessageChannel channel, ILogger logger)
    {
        (_channel, _logger) = (channel, logger);
        try
        {
            (Name, IsOrdered, Concurrency) = (channel.Name, channel.IsOrdered, channel.Concurrency);
        }
#pragma warning disable CA1031 // Whatever it throws, the host is told which channel it is.
        catch (Exception e)
#pragma warning restore CA1031
        {
            throw Unusable($"threw when it was asked for its name, order and concurrency: {e.GetType().Name}", e);
        }
        if (Text.Check("name", Name, Text.Id) is { } wrong)
            throw Unusable($"has no usable name: {wrong.Message}");
        if (Concurrency is < 1 or > 1_000)
            throw Unusable($"takes {Concurrency.ToString(CultureInfo.InvariantCulture)} messages at once; 1 to 1,000 are possible");
    }

    public string Name { get; }

    public bool IsOrdered { get; }

    public int Concurrency { get; }

    /// <summary>True to call it on threads of the pool, so that whatever keeps its thread keeps nobody else.</summary>
    public bool OnOtherThreads { get; set; }

    /// <summary>Whether a topic is for it. Of a topic at which it throws it is told all, so that nothing is lost; and while it still thinks
    /// about an earlier one, it is not asked again. Asked about one message after the other.</summary>
    public async ValueTask<bool> TakesAsync(string topic)
    {
        if (!_thought.IsCompleted)
            return true;
        try
        {
            if (!OnOtherThreads)
                return _channel.Takes(topic);
            _thought = Task.Run(() => _channel.Takes(topic));
            return await _thought.WaitAsync(LongestThought).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // A channel that throws must not keep messages from the others.
        catch (Exception e)
#pragma warning restore CA1031
        {
            ThrewAtTopic(_logger, Name, topic, e);
            return true;
        }
    }

    /// <summary>One attempt, which ends by <paramref name="abandon"/> at the latest if the channel yields at all.</summary>
    /// <param name="message">What to send.</param>
    /// <param name="limit">Tells the channel to end.</param>
    /// <param name="abandon">When it is not waited for any longer.</param>
    /// <exception cref="OperationCanceledException">It did not end in time.</exception>
    public async Task<DeliveryResult> SendAsync(ClaimedMessage message, CancellationToken limit, CancellationToken abandon)
    {
        if (Volatile.Read(ref _leftBehind) >= MostLeftBehind)
            return new DeliveryResult.Retry($"{MostLeftBehind} earlier attempts have not ended");
        try
        {
            var sending = OnOtherThreads
                ? new(Task.Run(() => _channel.SendAsync(message, limit).AsTask(), CancellationToken.None))
                : _channel.SendAsync(message, limit);
            var result = sending.IsCompletedSuccessfully ? sending.Result : await EndedAsync(sending.AsTask(), abandon)
                .ConfigureAwait(false);
            return result switch
            {
                DeliveryResult.Sent => result,
                DeliveryResult.DeadLetter dead => dead with { Reason = Reason.Of(dead.Reason) },
                DeliveryResult.Retry retry => retry with { Reason = Reason.Of(retry.Reason), After = Bounded(retry.After) },
                _ => new DeliveryResult.Retry("the channel gave no answer"),
            };
        }
        catch (Exception e) when (limit.IsCancellationRequested)
        {
            // Channels say in many ways that they were told to end.
            throw e as OperationCanceledException ?? new OperationCanceledException("The attempt was told to end.", e, limit);
        }
#pragma warning disable CA1031 // Whatever a channel throws, the message must not be lost and the others must not wait.
        catch (Exception e)
#pragma warning restore CA1031
        {
            ChannelThrew(_logger, Name, e);
            return new DeliveryResult.Retry(e.GetType().Name);
        }
    }

    private static Duration? Bounded(Duration? after) =>
        after is { } asked ? Duration.Max(ShortestPause, Duration.Min(asked, LongestPause)) : null;

    private async Task<DeliveryResult> EndedAsync(Task<DeliveryResult> sending, CancellationToken abandon)
    {
        try
        {
            return await sending.WaitAsync(abandon).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!sending.IsCompleted)
        {
            Behind(_logger, Name, Interlocked.Increment(ref _leftBehind));
            _ = sending.ContinueWith(
                ended =>
                {
                    _ = ended.Exception;
                    Interlocked.Decrement(ref _leftBehind);
                },
                CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            throw;
        }
    }

    private InvalidOperationException Unusable(string why, Exception? inner = null) =>
        new($"The message channel {_channel.GetType().Name} {why}.", inner);

    [LoggerMessage(EventId = 3004, Level = LogLevel.Warning, Message = "Channel {Channel} threw; the message is tried again")]
    private static partial void ChannelThrew(ILogger logger, string channel, Exception exception);

    [LoggerMessage(EventId = 3010, Level = LogLevel.Warning,
        Message = "Channel {Channel} did not end an attempt when it was told to; {Count} have not ended")]
    private static partial void Behind(ILogger logger, string channel, int count);

    [LoggerMessage(EventId = 3011, Level = LogLevel.Warning,
        Message = "Channel {Channel} threw when it was asked for the topic {Topic}; it is given the message")]
    private static partial void ThrewAtTopic(ILogger logger, string channel, string topic, Exception exception);
}
