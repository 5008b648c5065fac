using System.Collections.Concurrent;
using Complaints.Core.Notifications;
using Xunit;

namespace Complaints.Testing.Conformance;

/// <summary>Many at once, and a receiver that comes and goes meanwhile.</summary>
/// <inheritdoc/>
public abstract class ChannelPressureLaws<TFixture> : ChannelLaws<TFixture> where TFixture : IChannelFixture, new()
{
    /// <summary>The dispatcher sends as many at once as a channel says.</summary>
    [Fact]
    public async Task As_many_at_once_as_it_says_arrive_once_each()
    {
        var words = Enumerable.Range(0, Math.Min(Channel.Concurrency, 50)).Select(i => $"message {i:D2}").ToList();
        var messages = words.ConvertAll(Message);
        await Task.WhenAll(messages.Select(message => Task.Run(() => DeliveredAsync(message))));

        var received = await ReceivedAsync();
        Assert.Equal(words, received.Select(one => one.Words).Order(StringComparer.Ordinal));
        if (CarriesIds)
            Assert.Equal(messages.Select(message => message.Id).Order(), received.Select(one => Guid.Parse(one.Id)).Order());
    }

    /// <summary>What is said to be delivered is never sent again: it must be there.</summary>
    [Fact]
    public async Task Nothing_is_said_to_be_delivered_that_the_receiver_did_not_take()
    {
        var said = new ConcurrentBag<string>();
        ReceiverMood[] moods = [ReceiverMood.Takes, ReceiverMood.RefusesForNow, ReceiverMood.IsAbsent, ReceiverMood.Takes];
        foreach (var mood in moods)
        {
            // The receiver changes while some of them are on their way.
            var messages = Enumerable.Range(0, Math.Min(Channel.Concurrency, 6)).Select(i => (Words: $"{mood} {i}", i)).ToList()
                .ConvertAll(one => (one.Words, Sent: Message(one.Words)));
            var sending = messages.ConvertAll(one => Task.Run(async () =>
            {
                if (await SendAsync(one.Sent) is DeliveryResult.Sent)
                    said.Add(one.Words);
            }));
            await BecomeAsync(mood);
            await Task.WhenAll(sending);
        }

        var received = await ReceivedAsync();
        Assert.NotEmpty(said);
        Assert.Empty(said.Except(received.Select(one => one.Words)));
    }
}
