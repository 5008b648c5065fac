using System.Globalization;
using Complaints.Core;
using Complaints.Core.Classification;
using Complaints.Core.Lifecycle;
using Complaints.Core.Storage;
using Complaints.Reporting;
using Complaints.Reporting.Aggregation;
using Complaints.Reporting.Rendering;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Import.Tests.Reporting;

public sealed class ReportTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 1, 1, 0, 0);

    [Fact]
    public void S122_a_rate_over_nothing_is_null_and_prints_as_not_available()
    {
        var report = Build(new ReportRequest { Zone = DateTimeZone.Utc });

        ((Share)report["resolution_rate"]!).Value.ShouldBeNull();
        ((Spread)report["time_to_close"]!).Least.ShouldBeNull();
        ReportText.Write(report, CultureInfo.InvariantCulture).ShouldContain("n/a  (0 / 0)");
        ReportJson.ToText(report).ShouldContain("\"value\": null");
        report["backlog"].ShouldBeNull("no instant was asked for");
    }

    [Theory]
    [InlineData(1, Role.Administrator)]
    [InlineData(0, Role.Customer)]
    [InlineData(0)]
    public async Task R26_who_sees_no_complaints_is_reported_nothing(int rows, params string[] roles)
    {
        await using var workshop = new Workshop();
        (await workshop.Desk.RegisterAsync(Drafts.English())).IsSuccess.ShouldBeTrue();

        var request = new ReportRequest { Zone = DateTimeZone.Utc, AsOf = Instant.FromUtc(9999, 1, 1, 0, 0) };
        var report = (await workshop.Desk.For(new Actor("zoe", roles)).ReportAsync(request)).Value;

        report["rows"].ShouldBe(new Amount(rows));
        ((Breakdown)report["backlog"]!).Parts.Select(part => (part.Key, part.Value))
            .ShouldBe([("open", new Amount(rows)), ("openOverdue", new Amount(rows))]);
    }

    [Fact]
    public void S122_the_resolution_rate_goes_by_the_state_not_by_a_date()
    {
        var report = Build(new ReportRequest { Zone = DateTimeZone.Utc },
            Complaint(0), Complaint(1) with { State = ComplaintState.Resolved }, Complaint(2) with { State = ComplaintState.Closed }, Complaint(3) with { State = ComplaintState.Withdrawn });

        report["resolution_rate"].ShouldBe(new Share(2, 4));
        report["closed_undated"].ShouldBe(new Amount(1));
    }

    [Fact]
    public void Months_are_those_of_the_reports_zone_and_the_period_is_half_open()
    {
        var late = Complaint(0) with { ReceivedAt = Instant.FromUtc(2025, 12, 31, 16, 0) };
        var request = new ReportRequest { Zone = DateTimeZoneProviders.Tzdb["Asia/Shanghai"], From = new LocalDate(2026, 1, 1), To = new LocalDate(2026, 1, 2) };

        Build(request with { From = null, To = null }, late)["per_month"].ShouldBe(new Breakdown([new Part("2026-01", new Amount(1))]));
        Build(request, late)["rows"].ShouldBe(new Amount(1));
        Build(request, late with { ReceivedAt = Instant.FromUtc(2025, 12, 31, 15, 59) })["rows"].ShouldBe(new Amount(0));
        Build(request, late with { ReceivedAt = Instant.FromUtc(2026, 1, 1, 16, 0) })["rows"].ShouldBe(new Amount(0));
    }

    [Fact]
    public void S124_a_repeat_looks_back_beyond_the_period_and_its_window_includes_the_bound()
    {
        var request = new ReportRequest { Zone = DateTimeZone.Utc, From = new LocalDate(2026, 1, 2), Definition = new ReportDefinition { Repeat = new RepeatWindow(2) } };

        var report = Build(request, Keyed(0, "a"), Keyed(1, "b"), Keyed(2, "a"), Keyed(4, "b"), Keyed(5, null));

        // Day 1 has nothing before it, day 2 repeats day 0 at the bound, day 4 comes a day too late.
        report["repeat_rate"].ShouldBe(new Share(1, 3));
    }

    [Fact]
    public void The_backlog_is_what_was_open_at_the_instant_whatever_happened_later()
    {
        var asOf = Start + Duration.FromDays(10);
        var report = Build(new ReportRequest { Zone = DateTimeZone.Utc, AsOf = asOf },
            Complaint(0) with { TargetAt = asOf - Duration.FromSeconds(1) },
            Complaint(0) with { TargetAt = asOf },
            Complaint(1) with { State = ComplaintState.Closed, ClosedAt = asOf },
            Complaint(1) with { State = ComplaintState.Closed, ClosedAt = asOf - Duration.FromSeconds(1) },
            Complaint(1) with { State = ComplaintState.Closed },
            Complaint(10));

        report["backlog"].ShouldBe(new Breakdown([new Part("open", new Amount(3)), new Part("openOverdue", new Amount(1))]));
    }

    [Fact]
    public void T17_closed_at_the_deadline_is_in_time()
    {
        var closed = Complaint(0) with
        {
            Imported = true, State = ComplaintState.Closed, ClosedAt = Start + Duration.FromHours(1), TargetAt = Start + Duration.FromHours(1),
            SourceInTime = false,
        };
        var report = Build(new ReportRequest { Zone = DateTimeZone.Utc }, closed, closed with { TargetAt = Start + Duration.FromMinutes(59) });

        report["closed_after_due"].ShouldBe(new Share(1, 2));
        ((Breakdown)report["verdict_by_dates"]!)["late"].ShouldBe(new Breakdown([new Part("inTime", new Amount(1)), new Part("late", new Amount(1))]));
    }

    [Theory]
    [InlineData(new long[] { 5 }, 5, 5, 5, 5.0)]
    [InlineData(new long[] { 1, 2, 3, 4 }, 2, 4, 4, 3.7)]
    [InlineData(new long[] { 10, 9, 8, 7, 6, 5, 4, 3, 2, 1 }, 5, 9, 10, 9.1)]
    public void Percentiles_are_exact_both_ways(long[] values, long p50, long p90, long p95, double linear90)
    {
        var spread = Durations.Spread(values);

        spread.NearestRank.ShouldBe(new Percentiles<long?>(p50, p90, p95));
        spread.Linear.P90!.Value.ShouldBe(linear90, 1e-9);
    }

    [Fact]
    public void Every_figure_carries_its_definition_in_both_languages()
    {
        FigureCatalog.All.Select(definition => definition.Id).ShouldBeUnique();
        foreach (var definition in FigureCatalog.All)
        {
            definition.TitleZh.ShouldMatch(@"\p{IsCJKUnifiedIdeographs}");
            definition.TextZh.ShouldMatch(@"\p{IsCJKUnifiedIdeographs}");
            definition.TextEn.ShouldEndWith(".");
        }
        var report = Build(new ReportRequest { Zone = DateTimeZone.Utc, AsOf = Start });
        report.Figures.Select(figure => figure.Definition.Id).ShouldBe(FigureCatalog.All.Select(definition => definition.Id));
        ReportText.Write(report, CultureInfo.GetCultureInfo("zh-CN")).ShouldContain("解决率");
    }

    [Fact]
    public void A_report_definition_with_an_unknown_key_is_refused() =>
        ReportDefinition.Read("""{ "attribute": ["x"] }""").Refusal!.Code.ShouldBe("definition.syntax");

    private static Report Build(ReportRequest request, params ComplaintSummary[] complaints)
    {
        var aggregator = new Aggregator(request);
        foreach (var complaint in complaints)
            aggregator.Add(complaint);
        return new Report(new ReportFrame("default", request.Zone.Id, request.From, request.To, request.AsOf, request.Definition), aggregator.Figures());
    }

    [Theory]
    [InlineData("phone mail", "mail phone", true)] // their order does not matter
    [InlineData("phone", "mail phone", true)]
    [InlineData("phone", "mail", false)]
    [InlineData("phone", "=ref phone", true)] // a reference that is known later
    [InlineData("=ref phone", "phone", true)]
    [InlineData("=ref", "=ref mail", true)]
    [InlineData("=ref phone", "=other phone", false)] // two references are two customers
    [InlineData("=phone", "phone", false)] // a reference is no number
    [InlineData(null, null, false)]
    public void S124_a_repeat_is_the_same_customer_by_any_particular(string? earlier, string? later, bool repeats)
    {
        var report = Build(new ReportRequest { Zone = DateTimeZone.Utc }, About(0, "delivery", earlier), About(1, "delivery", later));
        report["repeat_rate"].ShouldBe(new Share(repeats ? 1 : 0, earlier is null ? 0 : 2));
    }

    [Fact]
    public void S124_a_reference_joins_what_was_told_before_and_after_it()
    {
        var report = Build(new ReportRequest { Zone = DateTimeZone.Utc },
            About(0, "delivery", "phone"), About(1, "delivery", "=ref phone mail"), About(2, "delivery", "=ref"),
            About(3, "delivery", "mail"), About(4, "delivery", "=other mail"));
        // The last one's address was told without a reference, too: that may be the other customer's.
        report["repeat_rate"].ShouldBe(new Share(4, 5));
    }

    [Theory]
    [InlineData(null, null, 0, 0)] // two that nobody has classified
    [InlineData("delivery", null, 0, 1)]
    [InlineData("delivery", "quality", 0, 2)]
    [InlineData("delivery", "delivery", 1, 2)]
    public void S124_a_repeat_is_told_by_the_categories_that_stand_now(string? earlier, string? later, int repeats, int of) =>
        Build(new ReportRequest { Zone = DateTimeZone.Utc }, About(0, earlier, "phone"), About(1, later, "phone"))["repeat_rate"]
            .ShouldBe(new Share(repeats, of));

    [Fact]
    public void S124_where_the_category_is_not_compared_nothing_needs_one() =>
        Build(new ReportRequest { Zone = DateTimeZone.Utc, Repeats = new(ByCategory: false) },
            About(0, null, "phone"), About(1, null, "phone"))["repeat_rate"]
            .ShouldBe(new Share(1, 2));

    [Fact]
    public async Task S124_what_is_classified_later_is_counted_as_it_stands_then()
    {
        await using var workshop = new Workshop();
        var draft = Drafts.English() with { Title = "Something", Statement = new(), Category = null, Subcategory = null, Item = null };
        var one = (await workshop.Desk.RegisterAsync(draft)).Value.Complaint;
        var other = (await workshop.Desk.RegisterAsync(draft)).Value.Complaint;
        (await Rate()).ShouldBe(new Share(0, 0));
        foreach (var id in new[] { one, other })
            (await workshop.Desk.ExecuteAsync(id, new Classify("delivery"))).IsSuccess.ShouldBeTrue();
        (await Rate()).ShouldBe(new Share(1, 2));

        async Task<FigureValue?> Rate() =>
            (await workshop.Desk.ReportAsync(new ReportRequest { Zone = DateTimeZone.Utc })).Value["repeat_rate"];
    }

    private static ComplaintSummary About(int day, string? category, string? customer) =>
        Complaint(day) with { Category = category, CustomerHash = customer };

    private static ComplaintSummary Keyed(int day, string? key) => Complaint(day) with { RepeatHash = key };

    private static ComplaintSummary Complaint(int day) => new()
    {
        Id = new ComplaintId(Guid.Empty),
        Number = "2026-000001",
        Version = 1,
        Kind = "complaint",
        State = ComplaintState.Registered,
        Channel = "web",
        Person = default,
        ReceivedAt = Start + Duration.FromDays(day),
        UpdatedAt = Start,
    };
}
