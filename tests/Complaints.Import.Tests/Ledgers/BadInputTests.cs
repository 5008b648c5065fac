using Complaints.Core;
using Complaints.Core.Lifecycle;

namespace Complaints.Import.Tests.Ledgers;

public sealed class BadInputTests
{
    [LedgerFact]
    public async Task A_file_that_was_cut_off_names_its_last_row_and_loses_nothing_else()
    {
        await using var workshop = new Workshop();

        var result = await workshop.Import.RunAsync(LedgerFiles.Of("cfpb_2023_truncated_1MiB.csv.gz"), Workshop.Shipped("cfpb-2023.json"), workshop.Options());

        (result.Rows, result.Imported, result.Bad).ShouldBe((2_068, 2_067, 1));
        result.BadByReason.ShouldHaveSingleItem().Key.ShouldBe("import.last_row_cut");
        var bad = workshop.BadRows();
        bad[0].ShouldBe("line,column,value,code,message");
        bad[1].ShouldStartWith("3302,,,import.last_row_cut,");
    }

    [LedgerFact]
    public async Task Rows_closed_before_they_were_created_are_kept_and_flagged()
    {
        await using var workshop = new Workshop();

        var result = await workshop.Import.RunAsync(LedgerFiles.Of("nyc311_2018_sample1000.csv.gz"), Workshop.Shipped("nyc311.json"), workshop.Options());

        (result.Rows, result.Imported, result.Bad, result.BadRowsPath).ShouldBe((1_000, 1_000, 0, null));
        result.Contradictions["closed-before-received"].ShouldBe(10);
        var figures = new Figures(await workshop.ReportAsync("America/New_York"));
        figures["rows"]!.GetValue<long>().ShouldBe(1_000);
        figures["contradictions", "closed-before-received"]!.GetValue<long>().ShouldBe(10);
        figures["with_target"]!.GetValue<long>().ShouldBe(486);
        figures["per_state", "Closed"]!.GetValue<long>().ShouldBe(969);
        figures["per_state", "OnHold"]!.GetValue<long>().ShouldBe(14);
        // 14 Pending, 2 Assigned and 1 Open rows have a closing date all the same: the status counts, the date stays in the history.
        figures["contradictions", "open-after-end"]!.GetValue<long>().ShouldBe(17);
    }

    [Fact]
    public async Task Every_bad_row_is_named_with_line_column_value_and_reason()
    {
        await using var workshop = new Workshop();
        var title = new string('x', 1024 * 1024);
        var file = workshop.Write("bad.in.csv",
            "id,at,channel,title,state\n"
            + "1,2026-01-02,web,Fine,open\n"
            + "2,02.01.2026,web,Wrong date,open\n"
            + "3,2026-01-02,web,Unknown state,lost\n"
            + "4,2026-01-02,web,NUL \0 inside,open\n"
            + $"5,2026-01-02,web,{title},open\n"
            + "6,2026-01-02,web\n"
            + "7,2026-01-02,web,One,too,many\n"
            + ",2026-01-02,web,No id,open\n"
            + "1,2026-01-02,web,The same id,open\n"
            + "8,2026-01-02,,No channel,open\n"
            + "9,2026-01-02,web,\"Text\" behind a quote,open\n"
            + "10,2026-01-02,web,\"A \"\"good\"\" one,\nof two lines\",closed\n"
            + "11,2026-01-02,web,\"never closed,open\n12,2026-01-02,web,swallowed,open\n");
        var mapping = Workshop.Read("""
            {
              "source": "desk", "zone": "Asia/Shanghai", "datePatterns": "uuuu-MM-dd", "id": "id",
              "fields": { "channel": "channel", "title": "title" },
              "ledger": { "received": "at", "status": { "column": "state", "states": { "open": "Registered", "closed": "Closed" } } }
            }
            """);

        var result = await workshop.Import.RunAsync(file, mapping, workshop.Options());

        workshop.BadRows().Skip(1).Select(row => string.Join(',', row.Split(',').Take(4))).Where(row => row.Split(',').Length == 4).ShouldBe(
            [
                "3,at,02.01.2026,import.instant", "4,state,lost,import.unmapped", $"7,,,import.columns", "8,,,import.columns", "9,id,,import.required",
                "11,channel,,import.required", "12,title,Text behind a quote,import.quotes", "15,,,import.last_row_cut",
                "5,title,NUL \\u0000 inside,text.control", $"6,title,{new string('x', 200)}...,text.too_long", "10,id,1,import.duplicate_id",
            ], ignoreOrder: true);
        (result.Rows, result.Imported, result.Bad).ShouldBe((13, 2, 11));
    }

    [Fact]
    public async Task Half_a_character_in_JSON_is_refused_and_a_title_is_cut_only_on_request()
    {
        await using var workshop = new Workshop();
        var file = workshop.Write("rows.ndjson", $$"""
            {"id": 1, "at": "2026-01-02T03:04:05+08:00", "who": {"name": "\ud83d"}, "title": "t"}
            {"id": 2, "at": "2026-01-02T03:04:05+08:00", "who": {"name": "\ud83d\ude00"}, "title": "{{new string('长', 300)}}"}
            {"id": 3, "at": null, "title": "t"}
            not JSON
            {"id": 4, "at": "2026-01-02T03:04:05Z", "title": "cut
            """);
        var mapping = Workshop.Read("""
            {
              "source": "chat", "format": "ndjson", "datePatterns": ["uuuu-MM-dd'T'HH:mm:sso<G>"], "id": "id",
              "fields": { "channel": { "constant": "chat" }, "title": { "column": "title", "truncate": true }, "customerName": "who.name" },
              "ledger": { "received": "at" }
            }
            """);

        var result = await workshop.Import.RunAsync(file, mapping, workshop.Options());

        result.Imported.ShouldBe(1);
        workshop.BadRows().Skip(1).Select(row => row.Split(',')[0] + row.Split(',')[3]).ShouldBe(["1text.surrogate", "3import.required", "4import.json", "5import.last_row_cut"]);
        var complaint = (await workshop.Store.ListAsync(TenantId.Default, new Complaints.Core.Storage.ComplaintQuery(),
            CancellationToken.None)).Items.ShouldHaveSingleItem();
        complaint.Title!.TryReveal(await workshop.Keys.FindAsync(TenantId.Default, complaint.Person, CancellationToken.None), out var title).ShouldBeTrue();
        title!.Length.ShouldBe(200);
        complaint.State.ShouldBe(ComplaintState.Registered);
    }

    [Fact]
    public async Task A_compressed_file_that_ends_too_early_keeps_its_whole_rows()
    {
        await using var workshop = new Workshop();
        using var packed = new MemoryStream();
        await using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.NoCompression, leaveOpen: true))
            await gzip.WriteAsync(System.Text.Encoding.UTF8.GetBytes("id,at\n" + string.Concat(Enumerable.Range(1, 3_000).Select(i => $"{i},2026-01-02\n"))));
        var file = workshop.Write("cut.csv.gz", packed.ToArray()[..^10_000]);

        var result = await workshop.Import.RunAsync(file, Small, workshop.Options());

        result.Imported.ShouldBeGreaterThan(500);
        result.BadByReason["import.file_cut"].ShouldBe(1);
        result.Bad.ShouldBeLessThanOrEqualTo(2, "the cut, and the row that it went through");
    }

    [Fact]
    public async Task A_compressed_file_of_several_parts_is_whole()
    {
        await using var workshop = new Workshop();
        using var packed = new MemoryStream();
        foreach (var part in new[] { "id,at\n1,2026-01-02\n", "2,2026-01-02\n" })
        {
            await using var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true);
            await gzip.WriteAsync(System.Text.Encoding.UTF8.GetBytes(part));
        }

        var result = await workshop.Import.RunAsync(workshop.Write("parts.csv.gz", packed.ToArray()), Small, workshop.Options());

        (result.Imported, result.Bad).ShouldBe((2, 0));
    }

    [Fact]
    public async Task A_column_that_the_file_does_not_have_is_named_with_the_nearest_one()
    {
        await using var workshop = new Workshop();

        var result = await workshop.Import.RunAsync(workshop.Write("x.csv", "ID,at\n1,2026-01-02\n"), Small, workshop.Options());

        result.Refusal!.Details.ShouldHaveSingleItem().Message.ShouldBe("The file has no column 'id', which $.id names; did you mean 'ID'?");
        result.Imported.ShouldBe(0);
    }

    private static Import.Mapping.ImportMapping Small => Workshop.Read("""
        { "source": "s", "zone": "UTC", "datePatterns": "uuuu-MM-dd", "id": "id", "fields": { "channel": { "constant": "web" }, "title": { "template": "No. {id}" } }, "ledger": { "received": "at" } }
        """);
}
