using System.Text;
using Complaints.Core.Notifications;
using Complaints.Core.Storage;
using Complaints.Notifications.Webhooks.Tests.Laws;
using Complaints.Testing.Conformance;

namespace Complaints.Notifications.Webhooks.Tests.Broken;

/// <summary>The webhook channel with one thing done wrong.</summary>
public abstract class BrokenChannel : IChannelFixture, IMessageChannel
{
    private readonly WebhookFixture _good = new();
    private IMessageChannel? _channel;

    public bool CarriesIds => true;

    public string Name => Good.Name;

    public bool IsOrdered => Good.IsOrdered;

    public int Concurrency => Good.Concurrency;

    protected IMessageChannel Good => _channel ?? throw new InvalidOperationException();

    public async ValueTask<IMessageChannel> OpenAsync(CancellationToken cancellationToken)
    {
        _channel = await _good.OpenAsync(cancellationToken);
        return this;
    }

    public ValueTask BecomeAsync(ReceiverMood mood, CancellationToken cancellationToken) => _good.BecomeAsync(mood, cancellationToken);

    public ValueTask<IReadOnlyList<ReceivedMessage>> ReceivedAsync(CancellationToken cancellationToken) =>
        _good.ReceivedAsync(cancellationToken);

    public bool Takes(string topic) => true;

    public abstract ValueTask<DeliveryResult> SendAsync(ClaimedMessage message, CancellationToken cancellationToken);

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _good.DisposeAsync();
    }
}

public sealed class SaysDeliveredBeforeItIs : BrokenChannel
{
    public override ValueTask<DeliveryResult> SendAsync(ClaimedMessage message, CancellationToken cancellationToken)
    {
        _ = Good.SendAsync(message, CancellationToken.None).AsTask();
        return new(DeliveryResult.Delivered);
    }
}

public sealed class MakesAnIdForEachAttempt : BrokenChannel
{
    public override ValueTask<DeliveryResult> SendAsync(ClaimedMessage message, CancellationToken cancellationToken) =>
        Good.SendAsync(message with { Id = Guid.NewGuid() }, cancellationToken);
}

public sealed class WritesTheAttemptIntoTheBody : BrokenChannel
{
    public override ValueTask<DeliveryResult> SendAsync(ClaimedMessage message, CancellationToken cancellationToken) => Good.SendAsync(
        message with { Payload = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(message.Payload.Span).Replace("\"version\"",
            $"\"attempt\":{message.Attempt},\"version\"")) },
        cancellationToken);
}

public sealed class GivesUpAtOnce : BrokenChannel
{
    public override async ValueTask<DeliveryResult> SendAsync(ClaimedMessage message, CancellationToken cancellationToken) =>
        await Good.SendAsync(message, cancellationToken) is DeliveryResult.Retry retry ? new DeliveryResult.DeadLetter(retry.Reason)
            : DeliveryResult.Delivered;
}

public sealed class NeverGivesUp : BrokenChannel
{
    public override async ValueTask<DeliveryResult> SendAsync(ClaimedMessage message, CancellationToken cancellationToken) =>
        await Good.SendAsync(message, cancellationToken) is DeliveryResult.Sent sent ? sent : new DeliveryResult.Retry("later");
}

public sealed class TakesSilenceForConsent : BrokenChannel
{
    public override async ValueTask<DeliveryResult> SendAsync(ClaimedMessage message, CancellationToken cancellationToken)
    {
        try
        {
            return await Good.SendAsync(message, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return DeliveryResult.Delivered;
        }
    }
}

public sealed class HearsNoToken : BrokenChannel
{
    public override async ValueTask<DeliveryResult> SendAsync(ClaimedMessage message, CancellationToken cancellationToken)
    {
        for (; ; await Task.Delay(50, CancellationToken.None))
        {
            try
            {
                return await Good.SendAsync(message, CancellationToken.None).AsTask().WaitAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                // Once more.
                cancellationToken = CancellationToken.None;
            }
        }
    }
}

public sealed class FillsInWhatItFinds : BrokenChannel
{
    public override ValueTask<DeliveryResult> SendAsync(ClaimedMessage message, CancellationToken cancellationToken) => Good.SendAsync(
        message with { Payload = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(message.Payload.Span).Replace("{{ complaint.title }}",
            "title")) },
        cancellationToken);
}

public sealed class DropsWhatIsTooMuch : BrokenChannel
{
    private int _now;

    public override async ValueTask<DeliveryResult> SendAsync(ClaimedMessage message, CancellationToken cancellationToken)
    {
        try
        {
            return Interlocked.Increment(ref _now) > 1 ? DeliveryResult.Delivered : await Good.SendAsync(message, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _now);
        }
    }
}
