using Complaints.Core.Classification;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;
using NodaTime;
using static Complaints.Core.Tests.Sla.ClockSituations;

namespace Complaints.Core.Tests.Sla;

public sealed class RecalculationTests
{
    private const string InHours = """{"objective":"resolution","limit":"3 working days"}""";

    private static Rulebook Office(params string[] versions) => Policies.Of(
        [.. versions.Select((dates, i) => Policies.Define(SharedDefinitions.Calendars.Name, "default", i + 2, $$"""{"zone":"Asia/Shanghai","week":{"monday":["09:00-18:00"],"tuesday":["09:00-18:00"],"wednesday":["09:00-18:00"],"thursday":["09:00-18:00"],"friday":["09:00-18:00"]},"dates":[{{dates}}]}"""))],
        ("test", Policies.Json(InHours)));

    private const string Known2026 = """{"date":"2026-01-01"}""";
    private const string Known2027 = Known2026 + """,{"date":"2027-01-01"},{"date":"2026-09-02"}""";

    [Fact]
    public void T23_X02_A_running_clock_keeps_its_policy_until_it_is_recalculated_which_leaves_an_event()
    {
        var situation = With("""{"objective":"resolution","limit":"10 hours"}""");
        situation.Rules = Policies.Of([Policies.Define(SlaDefinitions.Policies.Name, "test", 3, Policies.Json("""{"objective":"resolution","limit":"30 hours"}"""))], ("test", Policies.Json("""{"objective":"resolution","limit":"10 hours"}""")));
        Of(situation, Objective.Resolution).Single().Due.ShouldBe(At(10), "publishing moves nothing");
        situation.Do(new Classify(Severity: "major"));
        Of(situation, Objective.Resolution).Single().Due.ShouldBe(At(10), "nor does a classification that selects the same policy");

        situation.At(1);
        var preview = situation.Try(new Recalculate("other", Remark: "The limit was wrong."),
            Situation.Administrator).Events.OfType<ClocksRecalculated>().Single();
        preview.Changes.ShouldBe([new ClockChange("resolution/1", At(10), At(30))]);
        Of(situation, Objective.Resolution).Single().Due.ShouldBe(At(10), "a preview changes nothing");
        situation.Do(new Recalculate("other", Remark: "The limit was wrong."), Situation.Administrator);
        Of(situation, Objective.Resolution).Single().Due.ShouldBe(At(30));
        situation.Try(new Recalculate("other", Remark: "Again."), Situation.Administrator).Refusal!.Code.ShouldBe("recalculate.unchanged");
        situation.Try(new Recalculate("other", Remark: "Again."), Situation.Agent).Refusal!.Code.ShouldBe("authority.role");
    }

    [Fact]
    public void T23_A_running_clock_keeps_the_version_of_its_calendar_too()
    {
        var situation = new Situation { Rules = Office(Known2026) }.Do(new Register(Situation.Draft));
        var due = Of(situation, Objective.Resolution).Single().Due!.Value;
        due.ShouldBe(Instant.FromUtc(2026, 9, 4, 10, 0));
        situation.Rules = Office(Known2026, Known2027);
        Of(situation, Objective.Resolution).Single().Due.ShouldBe(due, "a holiday that is published later moves no running clock");
        situation.Do(new Recalculate("other", Remark: "Holidays of 2027."), Situation.Administrator);
        Of(situation, Objective.Resolution).Single().Due.ShouldBe(Instant.FromUtc(2026, 9, 7, 10, 0));
    }

    [Fact]
    public void T5_A_calendar_that_has_only_gained_years_is_taken_up_and_any_other_change_waits()
    {
        var late = new Situation { Rules = Office(Known2026) }.At(24 * 121).Do(new Register(Situation.Draft));
        Of(late, Objective.Resolution).Single().ShouldSatisfyAllConditions(
            clock => clock.Due.ShouldBe(Instant.FromUtc(2027, 1, 5, 10, 0)),
            clock => HolidayHorizon.Beyond([clock], late.Rules).ShouldNotBeEmpty());
        late.Rules = Office(Known2026, Known2027);
        late.Try(new Recalculate("other", RecalculationScope.GrownCalendars, Remark: "More years."),
            Actor.System).Events.OfType<ClocksRecalculated>().Single()
            .Changes.ShouldBe([new ClockChange("resolution/1", Instant.FromUtc(2027, 1, 5, 10, 0), Instant.FromUtc(2027, 1, 6, 10, 0), BeyondHolidayData: true)]);

        late.Rules = Office(Known2026, Known2026 + """,{"date":"2026-12-31"}""");
        late.Try(new Recalculate("other", RecalculationScope.GrownCalendars, Remark: "No more years."),
            Actor.System).Refusal!.Code.ShouldBe("recalculate.unchanged");
        var early = new Situation { Rules = Office(Known2026) }.Do(new Register(Situation.Draft));
        early.Rules = Office(Known2026, Known2027);
        early.Try(new Recalculate("other", RecalculationScope.GrownCalendars, Remark: "More years."), Actor.System).Refusal!.Code.ShouldBe(
            "recalculate.unchanged", "its due instant was known");
    }

    [Fact]
    public void T23_What_was_met_stays_met_and_a_new_due_instant_in_the_past_is_a_breach_at_once()
    {
        var two = """{"objective":"first-response","limit":"10 hours"},{"objective":"resolution","limit":"20 hours"}""";
        var strict = """{"objective":"first-response","limit":"1 hour"},{"objective":"resolution","limit":"2 hours"}""";
        var situation = With(two).At(5).Do(new RecordInteraction(Direction.Outbound, "phone"));
        situation.Rules = Policies.Of([Policies.Define(SlaDefinitions.Policies.Name, "test", 3, Policies.Json(strict))],
            ("test", Policies.Json(two)));
        situation.At(6).Do(new Recalculate("other", Remark: "Stricter."), Situation.Administrator);
        situation.Decisions[^1].Events.OfType<ClockBreached>().Single().ShouldSatisfyAllConditions(
            breached => breached.Clock.ShouldBe("resolution/1"),
            breached => breached.Reason.ShouldBe("by-recalculation"));
        situation.At(7).Do(new Resolve("solved"));
        situation.Complaint!.Clocks.Results.Select(result => (result.Clock, result.Verdict)).ShouldBe([("first-response/1", ClockVerdict.Met), ("resolution/1", ClockVerdict.Breached)]);
        situation.Decisions.SelectMany(decision => decision.Events).OfType<ResultCorrected>().ShouldBeEmpty();
        Of(situation, Objective.FirstResponse).Single().Due.ShouldBe(At(10), "it ended under the policy of its time");
    }

    [Fact]
    public void T23_A_recalculation_takes_the_place_of_what_was_before_even_where_a_limit_is_never_later()
    {
        var five = """{"objective":"resolution","limit":"5 hours","neverLater":true}""";
        var situation = With(five);
        situation.Rules = Policies.Of([Policies.Define(SlaDefinitions.Policies.Name, "test", 3,
            Policies.Json(five.Replace("5 hours", "50 hours", StringComparison.Ordinal)))], ("test", Policies.Json(five)));
        situation.At(1).Do(new Recalculate("other", Remark: "The limit was wrong."), Situation.Administrator);
        Of(situation, Objective.Resolution).Single().Due.ShouldBe(At(50));
    }

    [Fact]
    public void T23_A_combined_calendar_keeps_the_versions_of_its_parts()
    {
        const string Week = "\"monday\":[\"09:00-18:00\"],\"tuesday\":[\"09:00-18:00\"],\"wednesday\":[\"09:00-18:00\"],\"thursday\":[\"09:00-18:00\"],\"friday\":[\"09:00-18:00\"]";
        Definition Part(int version, string dates) => Policies.Define(SharedDefinitions.Calendars.Name, "part", version,
            $$"""{"zone":"Asia/Shanghai","week":{ {{Week}} },"dates":[{{dates}}]}""");
        Definition[] first =
        [
            Part(1, ""),
            Policies.Define(SharedDefinitions.Calendars.Name, "night", 1,
                """{"zone":"Asia/Shanghai","week":{"saturday":["09:00-10:00"]}}"""),
            Policies.Define(SharedDefinitions.Calendars.Name, "default", 2,
                """{"zone":"Asia/Shanghai","combine":{"how":"union","calendars":["part","night"]}}"""),
        ];
        var situation = new Situation { Rules = Policies.Of(first, ("test", Policies.Json(InHours))) }.Do(new Register(Situation.Draft));
        var due = Of(situation, Objective.Resolution).Single().Due!.Value;
        situation.Rules = Policies.Of([.. first, Part(2, """{"date":"2026-09-02"}""")], ("test", Policies.Json(InHours)));
        Of(situation, Objective.Resolution).Single().Due.ShouldBe(due);
        situation.Do(new Recalculate("other", Remark: "A holiday more."), Situation.Administrator);
        Of(situation, Objective.Resolution).Single().Due!.Value.ShouldBeGreaterThan(due);
    }
}
