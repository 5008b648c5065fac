using System.Text;
using Complaints.Core;
using Complaints.Core.Intake;
using Complaints.Import.Mapping;
using Complaints.Reporting;
using NodaTime;

namespace Complaints.Import.Tests.Issues;

/// <summary>Files that other systems took over wrongly, after their public bug reports: nothing of a file may be lost in silence.</summary>
public sealed class LedgersOfOtherDesksTests : IAsyncLifetime
{
    private const string Header = "No,Title,Name,Phone,Received,State";

    private const string Mapping = """
        {"source":"old","zone":"Asia/Shanghai","datePatterns":["uuuu-MM-dd"],"id":"No",
         "fields":{"channel":{"constant":"phone"},"title":{"column":"Title","truncate":true},"customerName":"Name","phone":"Phone"},
         "ledger":{"received":"Received","status":{"column":"State","states":{"open":"Registered","done":"Closed"}}}}
        """;

    private readonly Workshop _workshop = new();

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _workshop.DisposeAsync();

    /// <summary>CsvHelper#1341: the row behind a missing quote is gone. Nobody can tell where the first ends: they are one bad row, whose
    /// value in the list goes on into the next.</summary>
    [Fact]
    public async Task X17_A_row_that_an_open_quote_swallows_is_in_the_list_of_bad_rows()
    {
        var result = await RunAsync($"""
            {Header}
            "1","One","A","","2026-09-01","open"
            "2","Two","B","","2026-09-01","open
            "3","Three","C","","2026-09-01","open"
            "4","Four","D","","2026-09-01","open"

            """);

        (await IdsAsync()).ShouldBe(["1", "4"]);
        (result.Imported, result.Bad).ShouldBe((2, 1));
        string.Join('\n', _workshop.BadRows()).ShouldContain("3,State,\"open\n3\"\"\",import.quotes");
    }

    /// <summary>dannymcc/may#250: days and months are swapped where both readings are dates.</summary>
    [Fact]
    public async Task X17_A_day_that_two_patterns_read_differently_is_not_guessed()
    {
        var mapping = Mapping.Replace("\"uuuu-MM-dd\"", "\"dd/MM/uuuu\",\"MM/dd/uuuu\"", StringComparison.Ordinal);
        var result = await RunAsync($"{Header}\n1,One,A,,12/31/2025,open\n2,Two,B,,12/01/2025,open\n3,Three,C,,05/05/2025,open\n", mapping);

        (await IdsAsync()).ShouldBe(["1", "3"]);
        result.Bad.ShouldBe(1);
        _workshop.BadRows().ShouldContain(line => line.Contains("12/01/2025", StringComparison.Ordinal));
    }

    [Fact]
    public async Task X17_Seconds_are_no_second_reading_of_a_date_and_truncate_goes_by_what_is_truncated()
    {
        var mapping = Mapping.Replace("\"uuuu-MM-dd\"", "\"uuuuMMdd\",\"unix-seconds\",\"unix-milliseconds\"", StringComparison.Ordinal)
            .Replace("\"ledger\"", """
                "attributes":{"narrative":{"column":"Title","truncate":true}},"ledger"
                """, StringComparison.Ordinal);
        var result = await RunAsync($"{Header}\n1,{new string('x', 600)},A,,20260901,open\n2,T,B,,1788224400,open\n", mapping);

        (result.Imported, result.Bad).ShouldBe((2, 0));
        var first = await _workshop.FindAsync("old", "1");
        (first.ReceivedAt, first.Attributes["narrative"].Length).ShouldBe((Instant.FromUtc(2026, 8, 31, 16, 0), 500));
        (await _workshop.FindAsync("old", "2")).ReceivedAt.ShouldBe(Instant.FromUnixTimeSeconds(1_788_224_400));
    }

    /// <summary>objectui#2556: a Chinese spreadsheet's file is read as UTF-8.</summary>
    [Fact]
    public async Task X17_A_file_in_GBK_under_a_mapping_for_UTF8_is_refused_and_told_what_to_do()
    {
        var mapping = Mapping.Replace("\"No\"", "\"编号\"", StringComparison.Ordinal);
        var header = Header.Replace("No", "编号", StringComparison.Ordinal);
        var bytes = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes($"{header}\n1,冰箱,王,,2026-09-01,open\n");

        var refused = await RunAsync(bytes, mapping);
        (refused.Imported, refused.Refusal is not null).ShouldBe((0, true));
        Said(refused.Refusal!).ShouldContain("encoding");
        (await RunAsync(bytes, mapping.Replace("\"zone\"", "\"encoding\":\"gb18030\",\"zone\"", StringComparison.Ordinal)))
            .Imported.ShouldBe(1);
    }

    /// <summary>osTicket#1526, nautobot#6910: a spreadsheet opens a file without a byte order mark as garbage.</summary>
    [Fact]
    public async Task X17_The_list_of_bad_rows_opens_in_a_spreadsheet()
    {
        await RunAsync($"{Header}\n1,冰箱送错型号,王小明,,昨天,open\n");
        (await File.ReadAllBytesAsync(_workshop.Options().BadRowsPath!)).AsSpan().StartsWith("\uFEFF"u8).ShouldBeTrue();
    }

    /// <summary>GLPI PR#4765, osTicket#2883: everything behind an emoji is lost.</summary>
    [Fact]
    public async Task X17_Text_behind_an_emoji_is_there_and_none_is_cut_in_half()
    {
        const string Title = "Door 🔥 broken 😀 and more 👨‍👩‍👧‍👦 𠮷野家 end";
        await RunAsync($"{Header}\n1,{Title},A,,2026-09-01,open\n2,{new string('x', 199)}😀 tail,B,,2026-09-01,open\n");

        (await _workshop.TitleAsync(await _workshop.FindAsync("old", "1"))).ShouldBe(Title);
        (await _workshop.TitleAsync(await _workshop.FindAsync("old", "2"))).ShouldBe(new string('x', 199));
    }

    /// <summary>zammad#2538, #2107: a case is left out because its text is longer than ours may be.</summary>
    [Fact]
    public async Task X17_A_case_with_a_long_text_is_taken_over_cut_where_the_mapping_says_so()
    {
        var mapping = Mapping.Replace(
            "\"customerName\":\"Name\"", """
            "customerName":"Name","narrative":{"column":"Text","truncate":true}
            """, StringComparison.Ordinal);
        var rows = $"{Header},Text\n1,T,A,,2026-09-01,open,{new string('x', 20_001)}\n2,T,B,,2026-09-01,open,short\n";
        var result = await RunAsync(rows, mapping);
        (result.Imported, result.Bad).ShouldBe((2, 0));
        var view = (await _workshop.Desk.For(new Actor("amy", Role.Agent)).ViewAsync((await _workshop.IdOfAsync("old", "1"))!.Value))!;
        var words = await _workshop.Desk.RevealAsync(view, Purpose.CaseWork);
        words.Of(view.History.Select(recorded => recorded.Event).OfType<ComplaintImported>().Single().Statement)!.Narrative!.Length
            .ShouldBe(20_000);

        var whole = mapping.Replace(",\"truncate\":true}", "}", StringComparison.Ordinal);
        var refused = await RunAsync($"{Header},Text\n3,T,A,,2026-09-01,open,{new string('x', 20_001)}\n", whole);
        (refused.Imported, refused.Bad).ShouldBe((0, 1));
        _workshop.BadRows()[^1].ShouldStartWith("2,Text,xxx");
    }

    /// <summary>chatwoot#7244: strangers under one contact, because a ledger's words for no number join them.</summary>
    [Fact]
    public async Task X21_Rows_that_say_no_number_are_not_one_customer()
    {
        var result = await RunAsync($"{Header}\n1,T,A,无,2026-09-01,open\n2,T,B,保密,2026-09-02,open\n3,T,C,未留,2026-09-03,open\n"
            + "4,T,D,000,2026-09-03,open\n5,T,E,000,2026-09-04,open\n");

        (result.Imported + result.Bad).ShouldBe(5);
        var repeats = (Share)(await _workshop.ReportAsync("Asia/Shanghai"))["repeat_rate"]!;
        repeats.Numerator.ShouldBe(0);
    }

    private Task<ImportResult> RunAsync(string text, string mapping = Mapping) => RunAsync(Encoding.UTF8.GetBytes(text), mapping);

    private Task<ImportResult> RunAsync(byte[] bytes, string mapping) =>
        _workshop.Import.RunAsync(_workshop.Write("in.csv", bytes), Workshop.Read(mapping), _workshop.Options());

    private async Task<string[]> IdsAsync()
    {
        var there = new List<string>();
        foreach (var id in new[] { "1", "2", "3", "4" })
        {
            if (await _workshop.IdOfAsync("old", id) is not null)
                there.Add(id);
        }
        return [.. there];
    }

    private static string Said(ComplaintError refusal) =>
        string.Join(' ', refusal.Details.Select(detail => detail.Message).Prepend(refusal.Message));
}
