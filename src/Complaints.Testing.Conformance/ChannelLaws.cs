using System.Text.Json;
using Complaints.Core;
using Complaints.Core.Notifications;
using Complaints.Core.Storage;
using NodaTime;
using Xunit;

namespace Complaints.Testing.Conformance;

/// <summary>What the classes of laws share: a channel, its receiver, and messages to send.</summary>
/// <typeparam name="TFixture">Makes the channel.</typeparam>
public abstract class ChannelLaws<TFixture> : IAsyncLifetime where TFixture : IChannelFixture, new()
{
    /// <summary>How long an attempt may take before it is told to end, where the law says nothing else.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    /// <summary>How long an attempt that was told to end is waited for.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly TFixture _fixture = new();
    private IMessageChannel? _channel;
    private int _made;

    private protected IMessageChannel Channel => _channel ?? throw new InvalidOperationException("The channel was not opened.");

    private protected bool CarriesIds => _fixture.CarriesIds;

    /// <summary>Opens the channel.</summary>
    public async ValueTask InitializeAsync() => _channel = await _fixture.OpenAsync(CancellationToken.None);

    /// <summary>Closes it.</summary>
    public async ValueTask DisposeAsync() => await _fixture.DisposeAsync();

    private protected ValueTask BecomeAsync(ReceiverMood mood) => _fixture.BecomeAsync(mood, CancellationToken.None);

    private protected ValueTask<IReadOnlyList<ReceivedMessage>> ReceivedAsync() => _fixture.ReceivedAsync(CancellationToken.None);

    private protected ClaimedMessage Message(string words = "words")
    {
        var id = new Guid(0x2026, 0x11, 0x7000, 0x80, 0, 0, 0, 0, 0, (byte)(_made >> 8), (byte)_made);
        var complaint = new Guid(0x2026, 0x11, 0x7001, 0x80, 0, 0, 0, 0, 0, 0, 1);
        var number = $"2026-{++_made:D6}";
        var payload = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
        {
            ["topic"] = "complaints.resolved.v1", ["tenant"] = "law", ["complaint"] = complaint, ["number"] = number,
            ["version"] = 3, ["state"] = "Resolved", ["words"] = words,
        });
        return new(id, new ComplaintId(complaint), "complaints.resolved.v1", payload, Instant.FromUtc(2026, 3, 2, 9, 30), Attempt: 1);
    }

    /// <summary>One attempt, which is told to end after a while.</summary>
    /// <returns><c>null</c> when it ended as it was told.</returns>
    private protected async Task<DeliveryResult?> SendAsync(ClaimedMessage message, TimeSpan? limit = null)
    {
        using var told = new CancellationTokenSource(limit ?? Limit);
        try
        {
            return await Channel.SendAsync(message, told.Token).AsTask().WaitAsync((limit ?? Limit) + Grace);
        }
        catch (OperationCanceledException) when (told.IsCancellationRequested)
        {
            return null;
        }
        catch (TimeoutException)
        {
            Assert.Fail("An attempt did not end when it was told to.");
            throw;
        }
    }

    private protected async Task DeliveredAsync(ClaimedMessage message) =>
        Assert.Equal(DeliveryResult.Delivered, await SendAsync(message));

    private protected async Task RetriedAsync(ClaimedMessage message) =>
        OneLine(Assert.IsType<DeliveryResult.Retry>(await SendAsync(message)).Reason);

    private protected static void OneLine(string reason)
    {
        Assert.InRange(reason.Length, 1, 500);
        Assert.DoesNotContain(reason, char.IsControl);
    }
}
