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

    private static void Same(Instant instant)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            InstantText.Write(writer, instant);
        Encoding.UTF8.GetString(stream.ToArray()).ShouldBe($"\"{InstantPattern.ExtendedIso.Format(instant)}\"");
    }
}
