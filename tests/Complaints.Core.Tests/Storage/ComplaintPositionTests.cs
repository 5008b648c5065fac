using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Core.Tests.Storage;

public sealed class ComplaintPositionTests
{
    private static readonly ComplaintId Id = new(Guid.Parse("0198f0a0-0000-7000-8000-00000000ffff"));

    public static TheoryData<ComplaintPosition> Places =>
    [
        new ComplaintPosition(ComplaintOrder.Due, null, Id),
        new ComplaintPosition(ComplaintOrder.Due, Instant.FromUtc(2026, 9, 1, 1, 0) + Duration.FromNanoseconds(123_000), Id),
        new ComplaintPosition(ComplaintOrder.Newest, Instant.FromUnixTimeTicks(-10), Id),
        new ComplaintPosition(ComplaintOrder.Oldest, Instant.FromUtc(9999, 12, 31, 23, 59), new(Guid.Empty)),
        default(ComplaintPosition),
    ];

    [Theory]
    [MemberData(nameof(Places))]
    public void A_place_is_read_back_from_a_text_that_a_link_can_carry(ComplaintPosition place)
    {
        var text = place.ToString();

        text.Length.ShouldBeOneOf(23, 34);
        Uri.EscapeDataString(text).ShouldBe(text);
        text.ShouldNotStartWith("-");
        ComplaintPosition.TryParse(text, out var read).ShouldBeTrue();
        read.ShouldBe(place);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAA A")]
    [InlineData("A+AAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AQAAAAAAAAAAAAAAAAAAAAA")] // the newest without an instant
    [InlineData("CQAAAAAAAAAAAAAAAAAAAAA")] // no such order
    [InlineData("EAAAAAAAAAAAAAAAAAAAAAA")] // with an instant that is not there
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")] // without one that is
    [InlineData("EAAAAAAAAAAAAAAAAAAAAAB__________w")] // an instant beyond all time
    public void A_text_that_is_no_place_is_refused_with_a_code(string? text)
    {
        ComplaintPosition.TryParse(text, out var position).ShouldBeFalse();
        position.ShouldBe(default);
        ComplaintPosition.TryParse(text, "after", out _, out var problem).ShouldBeFalse();
        problem.Code.ShouldBe("text.format");
        problem.Message.ShouldContain("after");
    }

    [Fact]
    public void A_text_of_any_length_is_refused() => ComplaintPosition.TryParse(new string('A', 1_000_000), out _).ShouldBeFalse();
}
