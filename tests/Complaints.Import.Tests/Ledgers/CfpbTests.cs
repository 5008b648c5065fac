using System.Text.Json.Nodes;
using Complaints.Core;

namespace Complaints.Import.Tests.Ledgers;

public sealed class CfpbTests(CfpbFixture cfpb, ITestOutputHelper output) : IClassFixture<CfpbFixture>
{
    [LedgerFact]
    public async Task Every_figure_of_the_truth_file_comes_out_of_the_store()
    {
        var figures = new Figures(await cfpb.ReportAsync());
        var truth = new Truth()
            .Excuse("definitions", "texts")
            .Is("rows", figures["rows"])
            .Is("date_min", Date(figures, "first_received"))
            .Is("date_max", Date(figures, "last_received"))
            .Is("per_month", figures["per_month"])
            .Is("per_category", figures["per_category"])
            .IsTop("per_issue_top20", figures["per_attribute", "issue"])
            .Is("per_channel", figures["per_channel"])
            .IsTop("per_state_top10", figures["per_attribute", "state"])
            .Is("per_resolution", figures["per_outcome"])
            .Is("resolution_rate", figures["resolution_rate"])
            .Is("relief_rate", figures["outcome_groups", "relief"])
            .Is("untimely_rate", figures["untimely_share"])
            .Is("untimely_by_category", figures["untimely_share_by_category"])
            .Is("untimely_by_year", figures["untimely_share_by_year"])
            .Is("lag_days", InDays(figures["time_to_acknowledge"]!.AsObject()))
            .Is("lag_gt_0", figures["acknowledged_later"])
            .Is("product_by_channel", figures["per_category_channel"])
            .Is("violations/received_before_submitted", figures["contradictions", "acknowledged-before-received"])
            .Is("violations/blank/Sub-product", figures["missing", "subcategory"])
            .Is("violations/blank/Sub-issue", figures["missing", "attributes.subIssue"])
            .Is("violations/blank/Company public response", figures["missing", "attributes.publicResponse"])
            .Is("violations/blank/Timely response?", figures["missing", "verdict"])
            .Is("violations/in_progress_with_timely_value", figures["verdict_by_state", "inTime", "Investigating"]!.GetValue<long>() + figures["verdict_by_state", "late", "Investigating"]!.GetValue<long>())
            .Is("violations/closed_without_timely_value", figures["verdict_by_state", "none", "Closed"])
            .Is("violations/duplicate_ids", cfpb.Result.BadByReason.GetValueOrDefault("import.duplicate_id"));

        truth.Differences(JsonNode.Parse(File.ReadAllText(LedgerFiles.Of("cfpb_boa.truth.json")))!.AsObject()).ShouldBeEmpty();
        output.WriteLine($"{truth.Compared} values compared");
        truth.Compared.ShouldBeGreaterThan(200);
    }

    [LedgerFact]
    public async Task A_changed_row_changes_the_figure()
    {
        var id = await cfpb.Workshop.BlobOfAsync("cfpb", "3621464");
        cfpb.Workshop.Sql($"update complaint set outcome = 'Closed' where id = {id}").ShouldBe(1);
        try
        {
            new Figures(await cfpb.ReportAsync())["outcome_groups", "relief", "num"]!.GetValue<long>().ShouldBe(19_969);
        }
        finally
        {
            cfpb.Workshop.Sql($"update complaint set outcome = 'Closed with monetary relief' where id = {id}");
        }
    }

    [LedgerFact]
    public async Task An_import_is_silent_and_a_second_one_adds_nothing()
    {
        var counts = await cfpb.Workshop.Store.CountAsync(TenantId.Default, CancellationToken.None);
        (counts.Complaints, counts.Timers, counts.Outbox).ShouldBe((62_516, 0, 0));
        var again = await cfpb.ImportAsync();
        (again.Imported, again.Skipped, again.Bad).ShouldBe((0, 62_516, 0));
    }

    private static JsonNode Date(Figures figures, string id) => JsonValue.Create(figures.Local(id, "UTC").GetValue<string>()[..10]);

    // The dates have no time, so every lag is a whole number of days.
    private static JsonObject InDays(JsonObject seconds)
    {
        foreach (var key in seconds.Select(entry => entry.Key).Except(["n", "unit"]).ToList())
            seconds[key] = seconds[key]!.GetValue<decimal>() / 86_400;
        seconds["unit"] = "days";
        return seconds;
    }
}
