using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Import.Tests.Reporting;

/// <summary>A figure about the past comes from recorded results and rounds, never from where a complaint stands today.</summary>
public sealed class PastFigureTests
{
    private const double Day = 24;

    [Fact]
    public async Task S124_A_case_resolved_in_time_and_closed_a_week_later_is_not_late()
    {
        var office = await Office.OpenAsync();
        var id = await office.FileAsync();
        await office.At(2).DoAsync(id, new Resolve("solved"));
        await office.At(3).DoAsync(id, new NotifyResult("email"));
        await office.At(8 * Day).DoAsync(id, new Close());
        var report = await office.ReportAsync(asOf: Office.Nine + Duration.FromDays(5));
        Say.Of(report["closed_after_due"]).ShouldBe("0/1");
        Say.Of(report["overdue_by"]).ShouldBe("0:0");
        Say.Of(report["backlog"]).ShouldBe("open=1 openOverdue=0", "open on day 5, its limit of day 2 kept");
    }

    [Fact]
    public async Task S124_A_case_resolved_late_is_late_by_what_was_recorded_although_it_is_not_closed_yet()
    {
        var office = await Office.OpenAsync();
        var id = await office.FileAsync();
        await office.At(50).DoAsync(id, new Resolve("solved"));
        var report = await office.ReportAsync();
        Say.Of(report["closed_after_due"]).ShouldBe("1/1");
        Say.Of(report["overdue_by"]).ShouldBe("1:7200");
        Say.Of(report["wall_clock.overdue_by"]).ShouldBe("1:7200");
    }

    [Fact]
    public async Task S124_A_late_first_round_stays_late_after_a_reopening()
    {
        var office = await Office.OpenAsync();
        var id = await office.FileAsync();
        await (await office.At(49).SweepAsync()).DoAsync(id, new Resolve("solved", ConfirmedInCall: true));
        await office.At(51).DoAsync(id, new Close());
        await office.At(10 * Day).DoAsync(id, new Reopen("problem-persists"));
        await office.At(10 * Day + 1).DoAsync(id, new Resolve("solved", ConfirmedInCall: true));
        var report = await office.ReportAsync();
        Say.Of(report["closed_after_due"]).ShouldBe("1/1");
        Say.Of(report["closed_after_due_by_month"]).ShouldBe("2026-09=1/1");
        Say.Of(report["overdue_by"]).ShouldBe("1:3600");
    }

    [Fact]
    public async Task S124_What_was_closed_in_September_stays_closed_in_September()
    {
        var office = await Office.OpenAsync();
        var id = await office.FileAsync();
        await office.At(2).DoAsync(id, new Resolve("solved", ConfirmedInCall: true));
        await office.At(3).DoAsync(id, new Close());
        var end = Instant.FromUtc(2026, 10, 1, 0, 0);
        var before = await office.ReportAsync(asOf: end);
        await office.At(30 * Day).DoAsync(id, new Reopen("problem-persists"));
        var after = await office.ReportAsync(asOf: end);
        foreach (var figure in new[] { "closed_per_month", "time_to_close", "backlog", "closed_after_due" })
            Say.Of(after[figure]).ShouldBe(Say.Of(before[figure]), figure);
        Say.Of(after["closed_per_month"]).ShouldBe("2026-09=1");
        Say.Of((await office.ReportAsync(asOf: Office.Nine + Duration.FromDays(31)))["backlog"]).ShouldBe("open=1 openOverdue=0");

        await office.At(31 * Day).DoAsync(id, new Resolve("solved", ConfirmedInCall: true));
        await office.At(32 * Day).DoAsync(id, new Close());
        var twice = await office.ReportAsync();
        Say.Of(twice["closed_per_month"]).ShouldBe("2026-09=1 2026-10=1");
        Say.Of(twice["time_to_close"]).ShouldBe($"2:{3 * 3_600 + 2 * 86_400}", "the second round counts from its reopening");
    }

    [Fact]
    public async Task S124_A_hold_changes_nothing_that_is_overdue()
    {
        var office = await Office.OpenAsync();
        var id = await office.FileAsync();
        await office.At(49).SweepAsync();
        await office.At(50).DoAsync(id, new PlaceOnHold("parts"));
        var report = await office.ReportAsync(asOf: Office.Nine + Duration.FromHours(60));
        Say.Of(report["backlog"]).ShouldBe("open=1 openOverdue=1");
        Say.Of(report["closed_after_due"]).ShouldBe("1/1");
    }

    [Fact]
    public async Task S124_A_merged_duplicate_spoils_no_rate_and_was_open_until_it_was_merged()
    {
        var office = await Office.OpenAsync();
        var first = await office.FileAsync();
        var second = await office.At(1).FileAsync();
        await office.At(2).DoAsync(second, new Merge(first, "same-matter"));
        await office.At(3).DoAsync(first, new Resolve("solved", ConfirmedInCall: true));
        await office.At(4).DoAsync(first, new Close());
        var report = await office.ReportAsync(asOf: Office.Nine + Duration.FromHours(1.5));
        Say.Of(report["resolution_rate"]).ShouldBe("1/1");
        Say.Of(report["repeat_rate"]).ShouldBe("0/1");
        Say.Of(report["rows"]).ShouldBe("1");
        Say.Of(report["per_state"]).ShouldBe("Closed=1");
        Say.Of(report["received_by_period"]).ShouldBe("2026-09=1");
        Say.Of(report["backlog"]).ShouldBe("open=2 openOverdue=0");
    }

    [Fact]
    public async Task S124_A_merge_makes_nobody_late_before_it()
    {
        var office = await Office.OpenAsync();
        var earlier = await office.FileAsync(1);
        await office.At(1).DoAsync(earlier, new PlaceOnHold("parts"));
        var survivor = await office.At(40).FileAsync(2);
        await office.At(59).DoAsync(earlier, new ReleaseHold("parts"));
        var before = await office.ReportAsync(asOf: Office.Nine + Duration.FromHours(50));
        await office.At(60).DoAsync(earlier, new Merge(survivor, "same-matter"));
        var after = await office.ReportAsync(asOf: Office.Nine + Duration.FromHours(50));
        Say.Of(before["backlog"]).ShouldBe("open=2 openOverdue=0");
        Say.Of(after["backlog"]).ShouldBe("open=2 openOverdue=0", "the survivor was late from the merge on");
        Say.Of((await office.ReportAsync(asOf: Office.Nine + Duration.FromHours(61)))["backlog"]).ShouldBe("open=1 openOverdue=1");
    }

    [Fact]
    public async Task S124_October_in_London_has_its_complaints_although_its_clocks_change()
    {
        var office = await Office.OpenAsync();
        Instant[] received =
        [
            Instant.FromUtc(2026, 9, 30, 22, 59), Instant.FromUtc(2026, 9, 30, 23, 0), Instant.FromUtc(2026, 10, 25, 0, 30),
            Instant.FromUtc(2026, 10, 25, 1, 30), Instant.FromUtc(2026, 10, 31, 23, 59), Instant.FromUtc(2026, 11, 1, 0, 0),
        ];
        for (var i = 0; i < received.Length; i++)
            await office.At(received[i]).FileAsync(i + 1);
        Say.Of((await office.ReportAsync(zone: "Europe/London"))["per_month"]).ShouldBe("2026-09=1 2026-10=4 2026-11=1");
        Say.Of((await office.ReportAsync(new(2026, 10, 1), new(2026, 11, 1), zone: "Europe/London"))["rows"]).ShouldBe("4");
    }
}
