using System.Globalization;
using Complaints.Core.FollowUp;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Reporting;
using Complaints.Reporting.Aggregation;
using Complaints.Reporting.Rendering;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Import.Tests.Reporting;

/// <summary>Figures by period, counts of what was done, sums and greatest, percentages.</summary>
public sealed class NewFigureTests
{
    private const double Day = 24;

    [Fact]
    public async Task S128_Change_from_nothing_is_not_available_and_never_infinite()
    {
        var office = await Office.OpenAsync();
        Say.Of((await office.ReportAsync())["received_change"]).ShouldBe("");
        ((Share)(await office.ReportAsync())["resolution_rate"]!).Value.ShouldBeNull();
        foreach (var (day, customer) in new[] { (0, 1), (1, 2), (65, 3) })
            await office.At(day * Day).FileAsync(customer);
        var changes = ((Breakdown)(await office.ReportAsync())["received_change"]!);
        changes["2026-09"].ShouldBe(new Change(2, null));
        changes["2026-10"].ShouldBe(new Change(0, 2));
        changes["2026-11"].ShouldBe(new Change(1, 0));
        changes.Parts.Select(part => ((Change)part.Value).Value).ShouldBe([null, -1.0, null]);

        var october = await office.ReportAsync(new(2026, 10, 1), new(2026, 11, 1));
        ((Breakdown)october["received_change"]!)["2026-10"].ShouldBe(new Change(0, 2), "September lies before the report and is known");
        Say.Of(october["received_by_period"]).ShouldBe("2026-10=0");
        var text = ReportText.Write(await office.ReportAsync(), CultureInfo.InvariantCulture);
        text.ShouldContain("-100.00 %  (2 -> 0)");
        text.ShouldContain("n/a  (0 -> 1)");
        ReportJson.ToText(october).ShouldContain("\"before\": 2");
    }

    [Theory]
    [InlineData(ReportPeriod.Day, "2026-12-31=1 2027-01-01=1")]
    [InlineData(ReportPeriod.Week, "2026-W53=2")]
    [InlineData(ReportPeriod.Month, "2026-12=1 2027-01=1")]
    [InlineData(ReportPeriod.Quarter, "2026-Q4=1 2027-Q1=1")]
    [InlineData(ReportPeriod.Year, "2026=1 2027=1")]
    public async Task S128_Periods_are_days_weeks_months_quarters_or_years_of_the_reports_zone(ReportPeriod period, string expected)
    {
        var office = await Office.OpenAsync();
        await office.At(Instant.FromUtc(2026, 12, 31, 15, 59)).FileAsync(1);
        await office.At(Instant.FromUtc(2026, 12, 31, 16, 0)).FileAsync(2);
        var request = new ReportRequest { Zone = DateTimeZoneProviders.Tzdb["Asia/Shanghai"], Definition = new() { Period = period } };
        Say.Of((await office.ReportAsync(request))["received_by_period"]).ShouldBe(expected);
    }

    [Fact]
    public async Task S124_Closures_count_where_they_happened_whenever_the_complaint_was_received()
    {
        var office = await Office.OpenAsync();
        var id = await office.At(20 * Day).FileAsync();
        await office.At(29 * Day).DoAsync(id, new Resolve("solved", ConfirmedInCall: true));
        await office.At(31 * Day).DoAsync(id, new Close());
        var october = await office.ReportAsync(new(2026, 10, 1), new(2026, 11, 1));
        Say.Of(october["closures_by_period"]).ShouldBe("2026-10=1");
        Say.Of(october["closed_per_month"]).ShouldBe("", "nothing was received in October");
        Say.Of(october["late_by_period"]).ShouldBe("");
        Say.Of((await office.ReportAsync())["late_by_period"]).ShouldBe("2026-09=1/1");
    }

    [Fact]
    public async Task S124_What_ended_at_the_very_end_of_a_period_belongs_to_the_next()
    {
        var office = await Office.OpenAsync();
        var id = await office.At(28 * Day).FileAsync();
        await office.At(Instant.FromUtc(2026, 10, 1, 0, 0)).DoAsync(id, new Resolve("solved", ConfirmedInCall: true));
        await office.DoAsync(id, new Close());
        Say.Of((await office.ReportAsync(new(2026, 9, 1), new(2026, 10, 1)))["late_by_period"]).ShouldBe("");
        Say.Of((await office.ReportAsync(new(2026, 9, 1), new(2026, 10, 1)))["closures_by_period"]).ShouldBe("2026-09=0");
        var october = new LocalDate(2026, 10, 1);
        Say.Of((await office.ReportAsync(new(2026, 9, 1), october.PlusDays(1)))["late_by_period"]).ShouldBe("2026-10=0/1");
    }

    [Fact]
    public async Task X40_Changes_reopenings_rounds_and_the_first_time_in_a_state()
    {
        var office = await Office.OpenAsync();
        var id = await office.FileAsync();
        var other = await office.FileAsync(2);
        await office.At(2).DoAsync(id, new Resolve("solved", ConfirmedInCall: true));
        await office.At(3).DoAsync(id, new Reopen("problem-persists"));
        await office.At(5).DoAsync(id, new Resolve("solved", ConfirmedInCall: true));
        await office.At(6).DoAsync(id, new Close());
        await office.At(7).DoAsync(other, new PlaceOnHold("parts"));
        var report = await office.ReportAsync();
        Say.Of(report["transitions"]).ShouldBe("5");
        Say.Of(report["reopens"]).ShouldBe("1");
        Say.Of(report["reopened_share"]).ShouldBe("1/2");
        Say.Of(report["solved_at"]).ShouldBe("2=1");
        ((Amount)report["events"]!).Value.ShouldBe(7);
        Say.Of(report["time_to_state"]).ShouldBe("Closed=1:21600 Investigating=1:10800 OnHold=1:25200 Resolved=1:7200");
        ReportText.Write(report, CultureInfo.InvariantCulture).ShouldContain("  On hold        n 1  p50 0d 07:00:00");
        var chinese = ReportText.Write(report, CultureInfo.GetCultureInfo("zh-CN"));
        chinese.ShouldContain("已暂停");
        chinese.ShouldNotContain("OnHold");
    }

    [Fact]
    public async Task X40_Every_reopening_of_a_complaint_counts()
    {
        var office = await Office.OpenAsync();
        var id = await office.FileAsync();
        foreach (var hour in new[] { 2, 4 })
        {
            await office.At(hour).DoAsync(id, new Resolve("solved", ConfirmedInCall: true));
            await office.At(hour + 1).DoAsync(id, new Reopen("problem-persists"));
        }
        var report = await office.ReportAsync();
        Say.Of(report["reopens"]).ShouldBe("2");
        Say.Of(report["reopened_share"]).ShouldBe("1/1");
    }

    [Fact]
    public async Task Customers_with_many_complaints_are_counted_over_those_that_are_known()
    {
        var office = await Office.OpenAsync();
        foreach (var customer in new[] { 1, 1, 1, 2, 2, 3 })
            await office.FileAsync(customer);
        Say.Of((await office.ReportAsync())["customers_with"]).ShouldBe("2/3");
        var request = new ReportRequest { Zone = DateTimeZone.Utc, Definition = new() { CustomersWith = 3 } };
        Say.Of((await office.ReportAsync(request))["customers_with"]).ShouldBe("1/3");
    }

    [Fact]
    public async Task S126_Numbers_are_summed_and_the_greatest_named_as_the_definition_asks()
    {
        var office = await Office.OpenAsync();
        var numbers = new List<string>();
        foreach (var (customer, cost) in new[] { (1, 50m), (2, 80.5m), (3, 50m), (4, 0m) })
        {
            var id = await office.At(customer).FileAsync(customer);
            if (cost > 0)
                await office.DoAsync(id, new Propose(["coupon"], EstimatedCost: cost));
            if (cost > 0)
                await (await office.DoAsync(id, new Present(1))).DoAsync(id, new AcceptProposal(1, "phone"));
            numbers.Add((await office.Harness.Desk.ViewAsync(id))!.Complaint.Number);
        }
        var definition = new ReportDefinition { Numbers = ["cost", "first.Executing"], Top = 2 };
        var report = await office.ReportAsync(new ReportRequest { Zone = DateTimeZone.Utc, Definition = definition });
        ((Breakdown)report["sums"]!)["cost"].ShouldBe(new Number(180.5m));
        var top = (Breakdown)((Breakdown)report["top"]!)["cost"]!;
        top.Parts.Select(part => (part.Key, ((Number)part.Value).Value)).ShouldBe([(numbers[1], 80.5m), (numbers[0], 50m)]);
        string[] ranked = [numbers[1], numbers[0], numbers[2]];
        for (var most = 1; most <= 4; most++)
        {
            var asked = new ReportRequest { Zone = DateTimeZone.Utc, Definition = new() { Numbers = ["cost"], Top = most } };
            var named = (Breakdown)((Breakdown)(await office.ReportAsync(asked))["top"]!)["cost"]!;
            named.Parts.Select(part => part.Key).ShouldBe(ranked.Take(most), "of equal ones the first, and none of nothing");
        }
        var text = ReportText.Write(report, CultureInfo.InvariantCulture);
        text.ShouldContain("Agreed cost");
        text.ShouldContain("180.5");
        text.ShouldContain("Time until first in the state: Executing");
    }

    [Theory]
    [InlineData(new[] { 1, 1, 1 }, new[] { 33.34, 33.33, 33.33 })]
    [InlineData(new[] { 1, 1, 1, 1, 1, 1 }, new[] { 16.67, 16.67, 16.67, 16.67, 16.66, 16.66 })]
    [InlineData(new[] { 3, 2, 1 }, new[] { 50, 33.33, 16.67 })]
    [InlineData(new[] { 7 }, new[] { 100.0 })]
    [InlineData(new int[0], new double[0])]
    public void Percentages_add_up_to_exactly_a_hundred_by_the_largest_remainders(int[] counts, double[] expected)
    {
        var counted = new Counts();
        for (var i = 0; i < counts.Length; i++)
            counted.Add($"{(char)('a' + i)}", counts[i]);
        counted.ByPercentage().Parts.Select(part => (double)((Number)part.Value).Value).ShouldBe(expected);
    }

    [Fact]
    public async Task Category_groups_are_shares_of_those_with_a_category()
    {
        var office = await Office.OpenAsync();
        await office.FileAsync();
        var definition = ReportDefinition.Read("""{"categoryGroups":{"logistics":["delivery"]},"period":"week"}""");
        definition.Refusal.ShouldBeNull();
        var report = await office.ReportAsync(new ReportRequest { Zone = DateTimeZone.Utc, Definition = definition.Definition! });
        Say.Of(report["category_groups"]).ShouldBe("logistics=1/1");
        Say.Of(report["category_percentages"]).ShouldContain("delivery");
    }
}
