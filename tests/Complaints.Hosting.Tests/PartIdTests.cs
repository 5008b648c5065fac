using static Complaints.Core.Notifications.MessageIds;

namespace Complaints.Hosting.Tests;

/// <summary>The parts for a channel sort as the messages do; as mere hashes they did not, which the simulation found.</summary>
public sealed class PartIdTests
{
    private static Guid Message(int place) => new(0x0199ffff, 0x1234, unchecked((short)0x8000), [0x80, 0, (byte)place, 0x15, 0x28, 0x1f, 0x22, 0xf2]);

    [Theory]
    [InlineData("bus")]
    [InlineData("email")]
    [InlineData("钉钉")]
    public void The_parts_of_a_complaints_messages_sort_as_the_messages_do(string channel)
    {
        var parts = Enumerable.Range(0, 200).Select(place => OfPart(Message(place), channel)).ToList();
        parts.ShouldBe(parts.Order());
        parts.ShouldBe(Enumerable.Range(0, 200).Select(place => OfPart(Message(place), channel)), "dividing twice makes the same parts");
    }

    [Fact]
    public void Each_channel_has_a_part_of_its_own_that_is_not_the_message() =>
        new[] { Message(1), OfPart(Message(1), "bus"), OfPart(Message(1), "email"), OfPart(Message(2), "bus") }.ShouldBeUnique();

    [Fact]
    public void Pauses_of_one_message_and_of_many_are_scattered()
    {
        Enumerable.Range(1, 12).Select(attempt => Backoff.Spread(Message(1), attempt)).ShouldAllBe(spread => spread >= 0 && spread < 1);
        Enumerable.Range(1, 12).Select(attempt => (int)(Backoff.Spread(Message(1), attempt) * 4)).Distinct().Count().ShouldBe(4);
        Enumerable.Range(0, 100).Select(_ => Guid.NewGuid()).Select(id => (int)(Backoff.Spread(id, 1) * 4)).Distinct().Count().ShouldBe(4);
    }
}
