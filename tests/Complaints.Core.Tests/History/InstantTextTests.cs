using System.Text;
using System.Text.Json;
using Complaints.Core.History;
using NodaTime;
using NodaTime.Text;

namespace Complaints.Core.Tests.History;

public sealed class InstantTextTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(1_234_567)]
    [InlineData(10_000_000)]
    [InlineData(12_000_000)]
    [InlineData(17_654_321_000_000_000)]
    [InlineData(17_654_321_987_654_320)]
    [InlineData(-1)]
    [InlineData(-621_355_968_000_000_000)]
    [InlineData(-621_355_968_000_000_001)]
    [InlineData(2_534_022_143_990_000_000)]
    public void Bytes_are_those_of_the_pattern(long ticks) => Same(Instant.FromUnixTimeTicks(Math.Min(ticks, Instant.MaxValue.ToUnixTimeTicks())));

    [Fact]
    public void Nanoseconds_and_any_instant_are_written_alike()
    {
        Same(Instant.FromUnixTimeTicks(5) + Duration.FromNanoseconds(7));
        Same(Instant.MinValue);
        Same(Instant.MaxValue);
        var random = new Random(1);
        for (var i = 0; i < 2_000; i++)
            Same(Instant.FromUnixTimeTicks(random.NextInt64(-62_135_596_800, 253_402_300_799) * 10_000_000 + random.Next(0, 10_000_000) / (int)Math.Pow(10, i % 8) * (int)Math.Pow(10, i % 8)));
    }

    [Theory]
    [InlineData("2026-02-29T00:00:00Z")]
    [InlineData("2026-13-01T00:00:00Z")]
    [InlineData("2026-09-05T24:00:00Z")]
    [InlineData("2026-09-05T08:30:60Z")]
    [InlineData("0000-09-05T08:30:00Z")]
    [InlineData("2026-09-05T08:30:00.Z")]
    [InlineData("2026-09-05T08:30:00.12x4Z")]
    [InlineData("2026-09-05T08:30:00.12345678Z")]
    [InlineData("2026-09-05T08:30:00,5Z")]
    [InlineData("2026-09-05T08:30:00")]
    [InlineData("-001-09-05T08:30:00Z")]
    [InlineData("")]
    public void What_is_not_its_own_text_is_left_to_the_pattern(string text) => InstantText.TryRead(Encoding.UTF8.GetBytes(text), out _).ShouldBeFalse();

    private static void Same(Instant instant)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            InstantText.Write(writer, instant);
        Encoding.UTF8.GetString(stream.ToArray()).ShouldBe($"\"{InstantPattern.ExtendedIso.Format(instant)}\"");
        if (InstantText.TryRead(stream.ToArray().AsSpan()[1..^1], out var read))
            read.ShouldBe(instant);
        else
            (instant.ToUnixTimeTicks() % 10 == 0 && instant.InUtc().Year is > 0 and < 10_000 && instant == Instant.FromUnixTimeTicks(instant.ToUnixTimeTicks())).ShouldBeFalse();
    }
}
