using System.IO.Compression;
using System.Text;
using Complaints.Import.Mapping;
using Complaints.Import.Reading;

namespace Complaints.Import.Tests.Ledgers;

/// <summary>Lines, records, compressed files and lists of bad rows at, above and far above their bounds.</summary>
public sealed class BoundTests
{
    private const int Million = 1024 * 1024;

    private static readonly ImportMapping Lines = Workshop.Read("""
        {
          "source": "chat", "format": "ndjson", "zone": "UTC", "datePatterns": ["uuuu-MM-dd"], "id": "id",
          "fields": { "channel": { "constant": "chat" }, "title": "id" }, "ledger": { "received": "at" }
        }
        """);

    private static readonly ImportMapping Columns = Workshop.Read("""
        {
          "source": "shop", "zone": "UTC", "datePatterns": ["uuuu-MM-dd"], "id": "id",
          "fields": { "channel": { "constant": "web" }, "title": "id" }, "ledger": { "received": "at" }
        }
        """);

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("a")]
    [InlineData("a\nb\r\nc\rd")]
    [InlineData("a\r\n\r\n\n\rb\n")]
    public void R40_Lines_are_those_of_a_stream_reader(string text)
    {
        using var expected = new StringReader(text);
        var lines = new List<string?>();
        while (expected.ReadLine() is { } line)
            lines.Add(line);
        foreach (var step in new[] { 1, 2, 3, 100 })
            Read(new Slow(text, step), 10).ShouldBe(lines, $"in steps of {step}");
    }

    [Fact]
    public void R40_A_line_is_taken_up_to_its_bound_and_the_next_one_after_it()
    {
        var text = $"{new string('a', 9)}\n{new string('b', 10)}\n{new string('c', 11)}\n{new string('d', 500_000)}\r\ne";
        Read(new StringReader(text), 10).ShouldBe([new string('a', 9), new string('b', 10), null, null, "e"]);
    }

    [Fact]
    public void R40_A_line_of_any_length_takes_no_more_memory_than_the_bound()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Read(new Endless(500L * Million), 1 * Million).ShouldBe([null]);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(20 * Million);
    }

    [Fact]
    public async Task R40_A_line_that_is_too_long_is_a_bad_row_and_the_others_are_imported()
    {
        await using var workshop = new Workshop();
        var file = workshop.Write("long.ndjson.gz", Packed(
            """{"id":"1","at":"2026-01-02"}""" + "\n", "\"" + new string('x', 17 * Million) + "\"\n", """{"id":"3","at":"2026-01-02"}"""));

        var result = await workshop.Import.RunAsync(file, Lines, workshop.Options());

        (result.Imported, result.Bad).ShouldBe((2, 1));
        workshop.BadRows()[1].ShouldStartWith("2,,,import.line_too_long,");
    }

    [Fact]
    public async Task R40_A_header_or_a_record_that_is_too_long_is_told()
    {
        await using var workshop = new Workshop();
        var wide = workshop.Write("header.csv", new string('x', 17 * Million));
        var header = await workshop.Import.RunAsync(wide, Columns, workshop.Options());
        header.Refusal!.Code.ShouldBe("import.row_too_large");

        var file = workshop.Write("record.csv", $"id,at\n1,2026-01-02\n2,\"{new string('x', 17 * Million)}\n");
        var record = await workshop.Import.RunAsync(file, Columns, workshop.Options());
        (record.Imported, record.Bad).ShouldBe((1, 1));
        record.BadByReason.Keys.ShouldBe(["import.row_too_large"]);
    }

    [Theory]
    [InlineData("id,at\n1,2026-01-02\n", '\n')]
    [InlineData("id,at\n1,2026-01-02\n", ' ')]
    public async Task R40_A_small_file_that_unpacks_to_a_huge_one_is_stopped(string start, char filler)
    {
        await using var workshop = new Workshop();
        var part = new string(filler, Million);
        var file = workshop.Write("bomb.csv.gz", Packed([start, .. Enumerable.Repeat(part, 400)]));
        new FileInfo(file).Length.ShouldBeLessThan(Million);

        var result = await workshop.Import.RunAsync(file, Columns, workshop.Options());

        result.Imported.ShouldBe(1);
        result.BadByReason.Keys.ShouldHaveSingleItem().ShouldBeOneOf("import.expansion", "import.row_too_large");
    }

    [Theory]
    [InlineData(1_000, 50, true)]
    [InlineData(100, 100_000, true)]
    [InlineData(101, 199, true)]
    [InlineData(101, 250, false)]
    public void R40_What_a_ledger_unpacks_to_is_read(int size, int ratio, bool isRead)
    {
        using var unpacked = new CountingStream(new Zeros(size * (long)Million), () => size * (long)Million / ratio);
        var all = () => unpacked.CopyTo(Stream.Null);
        if (isRead)
            all.ShouldNotThrow();
        else
            Should.Throw<ExpansionException>(all).Error.Code.ShouldBe("import.expansion");
    }

    [Fact]
    public async Task R40_Bad_rows_are_listed_up_to_a_bound_for_their_owner_only_and_counted_beyond()
    {
        await using var workshop = new Workshop();
        const int beyond = 7;
        var rows = Enumerable.Range(1, ImportResult.MostBadRowsListed + beyond).Select(i => $"{i},never\n");
        var file = workshop.Write("bad.in.csv", "id,at\n" + string.Concat(rows));

        var result = await workshop.Import.RunAsync(file, Columns, workshop.Options());

        (result.Imported, result.Bad).ShouldBe((0, ImportResult.MostBadRowsListed + beyond));
        workshop.BadRows().Length.ShouldBe(1 + ImportResult.MostBadRowsListed);
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(result.BadRowsPath!).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task R40_A_mapping_of_many_megabytes_is_not_read()
    {
        await using var workshop = new Workshop();
        var file = workshop.Write("map.json", new string(' ', 4 * Million) + "{}");
        Should.Throw<IOException>(() => ImportMapping.Load(file)).Message.ShouldContain("4 MB");
        ImportMapping.Load(workshop.Write("small.json", new string(' ', 4 * Million - 2) + "{}")).Refusal!.Code.ShouldBe("mapping.invalid");
    }

    private static List<string?> Read(TextReader text, int bound)
    {
        var (lines, found) = (new BoundedLines(text, bound), new List<string?>());
        while (lines.TryRead(out var line))
            found.Add(line);
        return found;
    }

    private static byte[] Packed(params string[] parts)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            foreach (var part in parts)
                gzip.Write(Encoding.UTF8.GetBytes(part));
        }
        return packed.ToArray();
    }

    /// <summary>Gives its text in small pieces, as a pipe does.</summary>
    private sealed class Slow(string text, int step) : StringReader(text)
    {
        public override int Read(char[] buffer, int index, int count) => base.Read(buffer, index, Math.Min(count, step));

        public override int Read(Span<char> buffer) => base.Read(buffer[..Math.Min(buffer.Length, step)]);
    }

    private sealed class Endless(long left) : TextReader
    {
        public override int Read(char[] buffer, int index, int count)
        {
            count = (int)Math.Min(count, left);
            left -= count;
            buffer.AsSpan(index, count).Fill('x');
            return count;
        }
    }

    private sealed class Zeros(long left) : MemoryStream
    {
        public override int Read(Span<byte> buffer)
        {
            var count = (int)Math.Min(buffer.Length, left);
            left -= count;
            return count;
        }
    }
}
