using System.Globalization;
using Complaints.Core;
using Complaints.Core.Intake;
using Complaints.Reporting;
using Complaints.Reporting.Aggregation;
using Complaints.Reporting.Rendering;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Import.Tests.Reporting;

/// <summary>What a report cannot be asked for is refused with a code; what it says of its period, zone and odd durations is in
/// words.</summary>
public sealed class RefusedReportTests
{
    [Theory]
    [InlineData("""{"attributes":["departement"]}""", "report.attribute_unknown", "$.attributes[0]", "departement")]
    [InlineData("""{"outcomeGroups":{"ok":{"outcomes":["solved","sloved"]}}}""", "report.outcome_unknown",
        "$.outcomeGroups.ok.outcomes[1]", "sloved")]
    [InlineData("""{"outcomeGroups":{"ok":{"outcomes":["solved"],"among":["?"]}}}""", "report.outcome_unknown",
        "$.outcomeGroups.ok.among[0]", "?")]
    [InlineData("""{"categoryGroups":{"a":["delivery","delivry"]}}""", "report.category_unknown", "$.categoryGroups.a[1]", "delivry")]
    public async Task S124_What_a_definition_names_and_nobody_knows_is_refused(string json, string code, string path, string value)
    {
        var office = await Office.OpenAsync();
        var request = new ReportRequest { Zone = DateTimeZone.Utc, Definition = ReportDefinition.Read(json).Definition! };
        (await office.Harness.Desk.ReportAsync(request)).IsSuccess.ShouldBeTrue("over no complaint nothing is unknown");
        var draft = Drafts.English();
        await office.Harness.FileAsync(draft with { Attributes = draft.Attributes.Add("department", "PWD") });
        var refusal = (await office.Harness.Desk.ReportAsync(request)).Refusal.ShouldNotBeNull();
        (refusal.Code, refusal.Data["path"], refusal.Data["value"]).ShouldBe((code, path, value));
        refusal.Data["known"].ShouldNotBeEmpty();
        refusal.In(CultureInfo.GetCultureInfo("zh-CN")).ShouldContain(value);
    }

    [Theory]
    [InlineData("""{"customersWith":1}""", "number.out_of_range")]
    [InlineData("""{"customersWith":1001}""", "number.out_of_range")]
    [InlineData("""{"top":0}""", "number.out_of_range")]
    [InlineData("""{"top":1001}""", "number.out_of_range")]
    [InlineData("""{"repeat":{"windowDays":0}}""", "number.out_of_range")]
    [InlineData("""{"period":"fortnight"}""", "definition.syntax")]
    [InlineData("""{"numbers":["costs"]}""", "report.number_unknown")]
    [InlineData("""{"numbers":["stage.Lost"]}""", "report.number_unknown")]
    [InlineData("""{"numbers":["late.due"]}""", "report.number_unknown")]
    [InlineData("""{"numbers":["a","a","a","a","a","a","a","a","a","a","a","a","a","a","a","a","a","a","a","a","a"]}""", "list.too_long")]
    public void Bounds_of_a_definition(string json, string code) => ReportDefinition.Read(json).Refusal!.Code.ShouldBe(code);

    [Fact]
    public async Task A_definition_that_a_host_made_itself_has_the_same_bounds()
    {
        var office = await Office.OpenAsync();
        var request = new ReportRequest { Zone = DateTimeZone.Utc, Definition = new() { Top = 0 } };
        (await office.Harness.Desk.ReportAsync(request)).Refusal!.Code.ShouldBe("number.out_of_range");
        Should.Throw<InvalidOperationException>(() => ReportResult.Refused(new ComplaintError("number.out_of_range")).Value);
    }

    [Theory]
    [InlineData(30, 29)]
    [InlineData(30, 30)]
    public async Task A_period_without_a_day_is_refused(int from, int to)
    {
        var office = await Office.OpenAsync();
        var request = new ReportRequest { Zone = DateTimeZone.Utc, From = new(2026, 9, from), To = new(2026, 9, to) };
        var refusal = (await office.Harness.Desk.ReportAsync(request)).Refusal.ShouldNotBeNull();
        refusal.Code.ShouldBe("report.period_empty");
        refusal.Message.ShouldContain("2026-09-30");
    }

    [Fact]
    public async Task A_report_over_nothing_or_over_the_future_is_one_of_zeros()
    {
        var office = await Office.OpenAsync();
        (LocalDate?, LocalDate?)[] periods = [(null, null), (new(2099, 1, 1), new(2100, 1, 1)), (new(1, 1, 1), null)];
        foreach (var (from, to) in periods)
        {
            var report = await office.ReportAsync(from, to, Instant.FromUtc(2100, 1, 1, 0, 0));
            Say.Of(report["rows"]).ShouldBe("0");
            Say.Of(report["resolution_rate"]).ShouldBe("0/0");
            ReportText.Write(report, CultureInfo.InvariantCulture).ShouldNotContain("NaN", Case.Sensitive);
            ReportJson.ToText(report).ShouldNotContain("NaN", Case.Sensitive);
        }
    }

    [Theory]
    [InlineData("2026-09-01", "2026-10-01", "received from 1 September 2026 to 30 September 2026 inclusive", "2026年9月1日至2026年9月30日（含）受理")]
    [InlineData("2026-09-01", null, "received from 1 September 2026 on", "2026年9月1日起受理")]
    [InlineData(null, "2026-10-01", "received up to 30 September 2026 inclusive", "2026年9月30日（含）前受理")]
    [InlineData(null, null, "all complaints", "全部投诉")]
    public async Task The_period_stands_in_words_with_its_last_day(string? from, string? to, string english, string chinese)
    {
        var office = await Office.OpenAsync();
        var report = await office.ReportAsync(Date(from), Date(to));
        ReportText.Write(report, CultureInfo.InvariantCulture).Split('\n')[0].ShouldContain(english);
        ReportText.Write(report, CultureInfo.GetCultureInfo("zh-CN")).Split('\n')[0].ShouldContain(chinese);

        static LocalDate? Date(string? text) => text is null ? null : NodaTime.Text.LocalDatePattern.Iso.Parse(text).Value;
    }

    [Fact]
    public async Task Instants_are_told_in_the_reports_zone_and_stay_UTC_in_JSON()
    {
        var office = await Office.OpenAsync();
        await office.FileAsync();
        var report = await office.ReportAsync(asOf: Office.Nine, zone: "Asia/Shanghai");
        var text = ReportText.Write(report, CultureInfo.InvariantCulture);
        text.ShouldContain("@ 2026-09-01 17:00:00+08:00");
        text.ShouldContain("  2026-09-01 17:00:00+08:00");
        ReportJson.ToText(report).ShouldContain("2026-09-01T09:00:00Z");
    }

    [Fact]
    public void Negative_durations_are_counted_shown_and_left_out_of_the_percentiles()
    {
        var spread = Durations.Spread([-100, 10, -5, 20]);
        (spread.Count, spread.Negative, spread.Sum, spread.Least).ShouldBe((4, 2, -75, -100));
        spread.NearestRank.ShouldBe(new(10, 20, 20));
        spread.Linear.P50.ShouldBe(15);
        var none = Durations.Spread([-1]);
        (none.Negative, none.NearestRank.P50, none.Linear.P95).ShouldBe((1, null, null));
        var figure = new Figure(FigureCatalog.All.Single(definition => definition.Id == "time_to_close"), spread);
        figure.Definition.TextEn.ShouldContain("left out of the percentiles");
        var report = new Report(new("default", "UTC", null, null, null, new()), [figure]);
        ReportText.Write(report, CultureInfo.InvariantCulture).ShouldContain("(2 negative, down to -0d 00:01:40, not in the percentiles)");
        ReportText.Write(report, CultureInfo.GetCultureInfo("zh-CN")).ShouldContain("其中 2 个为负");
        ReportJson.ToText(report).ShouldContain("\"negative\": 2");
    }
}
