using System.Text.Json.Nodes;
using Complaints.Core;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Storage;

namespace Complaints.Import.Tests.Ledgers;

public sealed class BostonTests(BostonFixture boston, ITestOutputHelper output) : IClassFixture<BostonFixture>
{
    private const string Zone = "America/New_York";

    [LedgerFact]
    public async Task Every_figure_of_the_truth_file_comes_out_of_the_store()
    {
        var figures = new Figures(await boston.ReportAsync());
        var truth = new Truth()
            .Excuse("time_basis", "says which basis the file uses; compared figure by figure")
            .Excuse("definitions", "texts")
            .Excuse("wall_clock/note", "a text")
            .Excuse("violations/not_sorted_by_open_dt_adjacent_pairs", "about the order of the file's lines, which no store keeps")
            .Is("rows", figures["rows"])
            .Is("open_dt_min", figures.Local("first_received", Zone))
            .Is("open_dt_max", figures.Local("last_received", Zone))
            .Is("closed_dt_max", figures.Local("last_closed", Zone))
            .Is("per_month", figures["per_month"])
            .Is("closed_per_month", figures["closed_per_month"])
            .Is("per_category", figures["per_category"])
            .IsTop("per_type_top20", figures["per_subcategory"])
            .Is("per_channel", figures["per_channel"])
            .Is("per_department", figures["per_attribute", "department"])
            .Is("per_month_channel", figures["per_month_channel"])
            .Is("resolution_rate", figures["resolution_rate"])
            .Is("time_to_close", figures["time_to_close"])
            .Is("time_to_close_by_category", figures["time_to_close_by_category"])
            .Is("time_to_close_by_channel", figures["time_to_close_by_channel"])
            .Is("rows_with_due", figures["with_target"])
            .Is("closed_after_due", figures["closed_after_due"])
            .Is("closed_after_due_by_category", figures["closed_after_due_by_category"])
            .Is("closed_after_due_by_channel", figures["closed_after_due_by_channel"])
            .Is("closed_after_due_by_month_opened", figures["closed_after_due_by_month"])
            .Is("overdue_by", figures["overdue_by"])
            .Is("flag_ontime", figures.Renamed("source_verdict", ("inTime", "ONTIME"), ("late", "OVERDUE"), ("none", "")))
            .Is("flag_vs_dates", FlagsByDates(figures))
            .Is("backlog_asof_2012_01_01", figures.Renamed("backlog", ("open", "open"), ("openOverdue", "open_overdue")))
            .Is("repeat_30d", figures["repeat_rate"])
            .Is("violations/closed_before_open", figures["contradictions", "closed-before-received"])
            .Is("violations/closed_equals_open", figures["closed_at_receipt"])
            .Is("violations/due_before_open", figures["contradictions", "due-before-received"])
            .Is("violations/due_equals_open", figures["due_at_receipt"])
            .Is("violations/status_closed_without_closed_dt", figures["closed_undated"])
            .Is("violations/status_open_with_closed_dt", figures["contradictions", "open-after-end"])
            .Is("violations/no_target", figures["missing", "target"])
            .Is("violations/blank_ontime", figures["missing", "verdict"])
            .Is("violations/blank_location", figures["missing", "repeatKey"])
            // What the store cannot know is in the result of the import.
            .Is("violations/duplicate_ids", boston.Result.BadByReason.GetValueOrDefault("import.duplicate_id"))
            .Is("violations/open_in_dst_overlap_2011_11_06_01h", boston.Result.AmbiguousTimes.GetValueOrDefault("open_dt"))
            .Is("violations/open_in_dst_gap_2011_03_13_02h", boston.Result.SkippedTimes.GetValueOrDefault("open_dt"))
            .Is("violations/target_in_dst_gap", boston.Result.SkippedTimes.GetValueOrDefault("target_dt"))
            .Is("violations/closed_in_dst_gap", boston.Result.SkippedTimes.GetValueOrDefault("closed_dt"))
            .Is("wall_clock/time_to_close", figures["wall_clock.time_to_close"])
            .Is("wall_clock/time_to_close_by_category", figures["wall_clock.time_to_close_by_category"])
            .Is("wall_clock/time_to_close_by_channel", figures["wall_clock.time_to_close_by_channel"])
            .Is("wall_clock/overdue_by", figures["wall_clock.overdue_by"])
            .Is("wall_clock/repeat_30d", figures["wall_clock.repeat_rate"]);

        truth.Differences(JsonNode.Parse(File.ReadAllText(LedgerFiles.Of("boston311_2011.truth.json")))!.AsObject()).ShouldBeEmpty();
        output.WriteLine($"{truth.Compared} values compared");
        truth.Compared.ShouldBe(1_319);
    }

    [LedgerFact]
    public async Task A_changed_row_changes_the_figure()
    {
        var before = new Figures(await boston.ReportAsync())["closed_after_due", "num"]!.GetValue<long>();
        var id = await boston.Workshop.BlobOfAsync("boston311", "101000295613");
        boston.Workshop.Sql($"update complaint set closed_at = target_at + 1000000 where id = {id}").ShouldBe(1);
        try
        {
            new Figures(await boston.ReportAsync())["closed_after_due", "num"]!.GetValue<long>().ShouldBe(before + 1);
        }
        finally
        {
            boston.Workshop.Sql($"update complaint set closed_at = 1309511218000000 where id = {id}");
        }
    }

    [LedgerFact]
    public async Task A_second_import_adds_nothing()
    {
        var again = await boston.ImportAsync();

        again.Imported.ShouldBe(0);
        again.Skipped.ShouldBe(58_251);
        again.Bad.ShouldBe(0);
        (await boston.Workshop.Store.CountAsync(TenantId.Default, CancellationToken.None)).Complaints.ShouldBe(58_251);
    }

    [LedgerFact]
    public async Task An_import_is_silent_until_a_complaint_is_adopted()
    {
        var counts = await boston.Workshop.Store.CountAsync(TenantId.Default, CancellationToken.None);
        counts.Timers.ShouldBe(0);
        counts.Outbox.ShouldBe(0);
        var page = await boston.Workshop.Store.ListAsync(TenantId.Default, new ComplaintQuery { States = [ComplaintState.Registered], Take = 1 }, CancellationToken.None);

        var answer = await boston.Workshop.Desk.ExecuteAsync(page.Items[0].Id, new Adopt());

        answer.Refusal.ShouldBeNull();
        (await boston.Workshop.Store.CountAsync(TenantId.Default, CancellationToken.None)).Timers.ShouldBeGreaterThan(0);
    }

    [LedgerFact]
    public void Progress_reaches_the_end()
    {
        boston.Result.Imported.ShouldBe(58_251);
        boston.Progress[0].BytesRead.ShouldBeLessThan(boston.Progress[0].BytesTotal);
        boston.Progress[0].Rows.ShouldBe(500);
        boston.Progress.ShouldContain(last => last.Phase == ImportPhase.Done && last.Rows == 58_251 && last.BytesRead == last.BytesTotal);
    }

    private static JsonObject FlagsByDates(Figures figures)
    {
        var theirs = new JsonObject();
        foreach (var (verdict, flag) in new[] { ("inTime", "ONTIME"), ("late", "OVERDUE"), ("none", "blank") })
        {
            foreach (var (dates, count) in figures["verdict_by_dates", verdict]!.AsObject())
                theirs[$"{flag} | {dates switch { "inTime" => "in time", "noDue" => "no due", "stillOpen" => "still open", _ => dates }}"] = count?.DeepClone();
        }
        return theirs;
    }
}
