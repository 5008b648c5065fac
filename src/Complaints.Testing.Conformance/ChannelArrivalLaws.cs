using Complaints.Core.Notifications;
using Xunit;

namespace Complaints.Testing.Conformance;

/// <summary>What is sent arrives as it is, and is known again.</summary>
/// <inheritdoc/>
public abstract class ChannelArrivalLaws<TFixture> : ChannelLaws<TFixture> where TFixture : IChannelFixture, new()
{
    /// <summary>Messages that wait carry the channel's name, and the dispatcher asks once.</summary>
    [Fact]
    public void It_has_a_name_and_takes_what_it_can_at_once()
    {
        Assert.InRange(Channel.Name.Length, 1, 100);
        Assert.Equal(Channel.Name, Channel.Name);
        Assert.InRange(Channel.Concurrency, 1, 1_000);
    }

    /// <summary>By its id a receiver knows what it has already.</summary>
    [Fact]
    public async Task A_message_that_was_delivered_is_there_with_its_id()
    {
        var message = Message();
        await DeliveredAsync(message);

        var received = Assert.Single(await ReceivedAsync());
        if (CarriesIds)
            Assert.Equal(message.Id, Guid.Parse(received.Id));
    }

    /// <summary>After a crash the dispatcher sends a message again, and counts one attempt more.</summary>
    [Fact]
    public async Task The_same_message_again_has_the_same_id_and_the_same_bytes()
    {
        var message = Message();
        await DeliveredAsync(message);
        await DeliveredAsync(message with { Attempt = 2 });

        var received = await ReceivedAsync();
        Assert.Equal(2, received.Count);
        Assert.Equal(received[0].Id, received[1].Id);
        Assert.Equal(Convert.ToHexString(received[0].Bytes.Span), Convert.ToHexString(received[1].Bytes.Span));
    }

    /// <summary>Two messages are two, also when they say the same.</summary>
    [Fact]
    public async Task Other_messages_have_other_ids()
    {
        await DeliveredAsync(Message());
        await DeliveredAsync(Message());

        var received = await ReceivedAsync();
        Assert.Equal(2, received.Count);
        if (CarriesIds)
            Assert.NotEqual(received[0].Id, received[1].Id);
    }

    /// <summary>Whatever people wrote is data: nothing in it is a header, a template, markup or an escape.</summary>
    [Theory]
    [InlineData("宽带断线三天，客服说“明天修”。")]
    [InlineData("one\r\nBcc: all@example.org\r\n\r\ntwo")]
    [InlineData("{{ complaint.title }} {% for x in y %} ${jndi} #{x}")]
    [InlineData("<b>bold</b> & \"quoted\" \\u0041 %0d%0a 'x'")]
    [InlineData("an emoji 📞 and a family 👨‍👩‍👧")]
    public async Task Words_arrive_as_they_were(string words)
    {
        await DeliveredAsync(Message(words));

        Assert.Equal(words, Assert.Single(await ReceivedAsync()).Words);
    }
}
