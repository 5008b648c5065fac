using System.Globalization;
using Complaints.Core.Calendars;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Sla;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Core.Tests.Sla;

public sealed class HolidayHorizonTests
{
    private const string Office = """{"zone":"Asia/Shanghai","week":{"monday":["09:00-18:00"],"tuesday":["09:00-18:00"],"wednesday":["09:00-18:00"],"thursday":["09:00-18:00"],"friday":["09:00-18:00"]},"dates":[{"date":"2026-10-01"}]}""";

    private static readonly string Limits = Policies.Json("""
        {"objective":"resolution","limit":"100 working days"},{"objective":"first-response","limit":"3 working days"},
        {"objective":"solution","limit":"200 days"},{"objective":"validity-decision","limit":"200 days, free last day next working day"}
        """, order: 1_000);

    [Fact]
    public void T5_A_due_instant_in_a_year_without_known_holidays_is_flagged_on_its_clock()
    {
        var rules = Rulebook.From([Of(SharedDefinitions.Calendars.Name, "default", Office),
            Of(SlaDefinitions.Policies.Name, "call-centre", Limits)]);
        var situation = new Situation { Rules = rules }.Do(new Register(Situation.Draft));
        var clocks = Clocks.Project(situation.Complaint!, rules);
        HolidayHorizon.Beyond(clocks, rules).Select(clock => clock.Objective).ShouldBe(["resolution", "validity-decision"], "200 days end on a date whatever holiday it is");
        var flagged = Explanation.Of(situation.Complaint!, "resolution/1", rules, situation.Now)!;
        flagged.BeyondHolidayData.ShouldBeTrue();
        flagged.In(CultureInfo.GetCultureInfo("en")).ShouldContain("may move");
        flagged.In(CultureInfo.GetCultureInfo("zh-CN")).ShouldContain("可能变动");
        Explanation.Of(situation.Complaint!, "first-response/1", rules, situation.Now)!.BeyondHolidayData.ShouldBeFalse();
    }

    [Theory]
    [InlineData(9, 0)]
    [InlineData(11, 1)]
    public async Task T5_Health_is_degraded_only_by_what_is_due_within_90_days(int month, int degraded)
    {
        var harness = new DeskHarness();
        foreach (var (kind, id, json) in new[] { (SharedDefinitions.Calendars.Name, "default", Office), (SlaDefinitions.Policies.Name,
            "call-centre", Policies.Json("""{"objective":"resolution","limit":"100 working days"}""", order: 1_000)) })
            (await harness.Definitions.PublishAsync(TenantId.Default, kind, id, json, Situation.Administrator, default)).Refusal.ShouldBeNull();
        harness.Clock.Set(Situation.Morning);
        var id1 = (await harness.Desk.RegisterAsync(Situation.Draft)).Value.Complaint;
        var rules = await harness.Definitions.RulesAsync(TenantId.Default, default);
        (await harness.Desk.ViewAsync(id1))!.BeyondHolidayData.ShouldBe(["resolution/1"]);
        // Due on 2027-01-20.
        (await HolidayWatch.DueSoonAsync(harness.Desk, harness.Ports.Timers, rules, Instant.FromUtc(2026, month, 1, 0, 0)))
            .ShouldBe(degraded);
    }

    private static Definition Of(string kind, string id, string json) => new(TenantId.Default, kind, id, 2, json, default, "test");
}
