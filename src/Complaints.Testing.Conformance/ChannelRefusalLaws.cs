using Complaints.Core.Notifications;
using Xunit;

namespace Complaints.Testing.Conformance;

/// <summary>What did not arrive is told as what it is: tried again when that can help, given up when it cannot.</summary>
/// <inheritdoc/>
public abstract class ChannelRefusalLaws<TFixture> : ChannelLaws<TFixture> where TFixture : IChannelFixture, new()
{
    /// <summary>Given up too soon is lost; said to be delivered, too.</summary>
    [Fact]
    public async Task A_receiver_that_refuses_for_now_is_asked_again()
    {
        await BecomeAsync(ReceiverMood.RefusesForNow);
        await RetriedAsync(Message());

        Assert.Empty(await ReceivedAsync());
    }

    /// <summary>Tried for days it keeps others waiting, and nobody is told.</summary>
    [Fact]
    public async Task A_receiver_that_refuses_for_ever_is_given_up()
    {
        await BecomeAsync(ReceiverMood.RefusesForEver);
        OneLine(Assert.IsType<DeliveryResult.DeadLetter>(await SendAsync(Message())).Reason);

        Assert.Empty(await ReceivedAsync());
    }

    /// <summary>It comes back.</summary>
    [Fact]
    public async Task A_receiver_that_is_not_there_is_asked_again()
    {
        await BecomeAsync(ReceiverMood.IsAbsent);
        await RetriedAsync(Message());

        Assert.Empty(await ReceivedAsync());
    }

    /// <summary>An attempt that does not end when it is told to keeps a place that others need.</summary>
    [Fact]
    public async Task A_receiver_that_hangs_keeps_an_attempt_no_longer_than_it_may_take()
    {
        await BecomeAsync(ReceiverMood.Hangs);
        var result = await SendAsync(Message(), TimeSpan.FromSeconds(1));

        Assert.True(result is null or DeliveryResult.Retry, $"It said {result}.");
    }

    /// <summary>An outage ends by itself, without a restart.</summary>
    [Fact]
    public async Task What_was_refused_or_found_nobody_arrives_later()
    {
        var message = Message();
        await BecomeAsync(ReceiverMood.RefusesForNow);
        await RetriedAsync(message);
        await BecomeAsync(ReceiverMood.IsAbsent);
        await RetriedAsync(message with { Attempt = 2 });
        await BecomeAsync(ReceiverMood.Takes);
        await DeliveredAsync(message with { Attempt = 3 });

        Assert.Single(await ReceivedAsync());
    }
}
