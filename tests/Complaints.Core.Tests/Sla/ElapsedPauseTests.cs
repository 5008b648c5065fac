using System.Globalization;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Core.Tests.Sla;

/// <summary>Pauses that are counted in elapsed time because their reason says so. The desk works from Monday to Friday, 09:00 to 18:00 in
/// Shanghai; the complaint comes in on Tuesday at 09:00.</summary>
public sealed class ElapsedPauseTests
{
    private const string EightHours = """{"objective":"resolution","limit":"8 working hours"}""";

    private static Definition Reasons(string counts) => Policies.Define(LifecycleDefinitions.HoldReasons.Name, "default", 2, $$$"""
        {"items":[{"code":"parts","label":{"en":"Parts","zh":"配件"}},
        {"code":"customer-information","label":{"en":"Customer","zh":"客户"},"counts":"{{{counts}}}"}]}
        """);

    private static Situation With(string objectives, string counts = "elapsed") =>
        new Situation { Rules = Policies.Of([Reasons(counts), Policies.NineToSix], ("test", Policies.Json(objectives))) }
            .Do(new Register(Situation.Draft));

    private static Clock ClockOf(Situation situation) => ClockSituations.Of(situation, Objective.Resolution).Single();

    private static Situation Waited(Situation situation, string reason, double from, double to) =>
        situation.At(from).Do(new PlaceOnHold(reason)).At(to).Do(new ReleaseHold(reason));

    [Fact]
    public void T10_A_night_of_waiting_comes_off_the_clock_where_its_reason_is_counted_in_elapsed_time()
    {
        // From 18:00 to 09:00: no working time, fifteen hours on the wall.
        var elapsed = Waited(With(EightHours), "customer-information", 7, 24);
        ClockOf(Waited(With(EightHours, "own"), "customer-information", 7, 24)).Due.ShouldBe(ClockSituations.At(25), "in its own time");
        ClockOf(Waited(With(EightHours), "parts", 7, 24)).Due.ShouldBe(ClockSituations.At(25), "another reason");
        // 8 + 17 hours: nine on Tuesday, nine on Wednesday, seven on Thursday.
        ClockOf(elapsed).Due.ShouldBe(ClockSituations.At(48 + 7));
        var explained = Explanation.Of(elapsed.Complaint!, "resolution/1", elapsed.Rules, ClockSituations.At(55))!;
        (explained.Counted, explained.Owed, explained.Paused)
            .ShouldBe((Duration.FromHours(23), Duration.FromHours(15), Duration.FromHours(17)));
        explained.Time.ShouldBe(new(Duration.FromHours(8), Duration.Zero, Duration.Zero));
        explained.In(CultureInfo.GetCultureInfo("en")).ShouldContain("less 15:00:00 waited outside working hours");
        explained.In(CultureInfo.GetCultureInfo("zh-CN")).ShouldContain("另扣非工作时间的等待 15:00:00");
    }

    [Fact]
    public void T10_Several_reasons_at_once_are_one_pause_and_elapsed_time_prevails()
    {
        var situation = With(EightHours).At(7).Do(new PlaceOnHold("parts")).At(8).Do(new PlaceOnHold("customer-information"))
            .At(10).Do(new ReleaseHold("customer-information")).At(24).Do(new ReleaseHold("parts"));
        // One hour of its own time with one reason, two elapsed hours with both, a night with the first: 8 + 1 + 2.
        ClockOf(situation).Due.ShouldBe(ClockSituations.At(24 + 2));
        ClockOf(situation).Pauses.Select(pause => (pause.From, pause.To, pause.Elapsed)).ShouldBe(
        [
            (ClockSituations.At(7), ClockSituations.At(8), false), (ClockSituations.At(8), ClockSituations.At(10), true),
            (ClockSituations.At(10), ClockSituations.At(24), false),
        ]);
    }

    [Fact]
    public void T10_T11_A_free_date_that_was_waited_comes_off_the_working_days()
    {
        const string days = """{"objective":"resolution","limit":"5 working days"}""";
        // Friday 10:00 to Monday 10:00: over the closing of Friday, Saturday and Sunday.
        ClockOf(With(days)).Due.ShouldBe(ClockSituations.At(7 * 24 + 9), "Tuesday of the next week");
        ClockOf(Waited(With(days), "parts", 73, 6 * 24 + 1)).Due.ShouldBe(ClockSituations.At(8 * 24 + 9), "one working day waited");
        ClockOf(Waited(With(days), "customer-information", 73, 6 * 24 + 1)).Due
            .ShouldBe(ClockSituations.At(10 * 24 + 9), "three days waited");
    }

    [Fact]
    public void T10_On_the_wall_there_is_no_difference()
    {
        const string hours = """{"objective":"resolution","limit":"30 hours"}""";
        ClockOf(Waited(With(hours), "customer-information", 7, 24)).Due.ShouldBe(ClockOf(Waited(With(hours), "parts", 7, 24)).Due);
    }

    [Fact]
    public void T09_T23_What_a_reason_says_later_changes_no_pause_that_there_was()
    {
        var situation = Waited(With(EightHours), "customer-information", 7, 24);
        situation.Rules = Policies.Of([Reasons("own"), Policies.NineToSix], ("test", Policies.Json(EightHours)));
        ClockOf(situation).Due.ShouldBe(ClockSituations.At(55));
    }

    [Fact]
    public void T10_T24_A_clock_that_waits_in_elapsed_time_has_more_left_each_hour()
    {
        var clock = ClockOf(With(EightHours).At(7).Do(new PlaceOnHold("customer-information")));
        clock.TimeAt(ClockSituations.At(9)).Remaining.ShouldBe(Duration.FromHours(1 + 0));
        clock.TimeAt(ClockSituations.At(19)).Remaining.ShouldBe(Duration.FromHours(11));
    }

    [Fact]
    public async Task T09_In_which_time_a_hold_is_counted_is_stored_with_it_and_moves_with_a_merge()
    {
        var harness = new DeskHarness();
        await harness.Definitions.PublishAsync(
            TenantId.Default, LifecycleDefinitions.HoldReasons.Name, "default", Reasons("elapsed").Json, Situation.Administrator, default);
        var (one, other) = (await harness.FileAsync(), await harness.FileAsync());
        await harness.DoAsync(other, [new PlaceOnHold("customer-information")]);
        var waiting = (await harness.Desk.ViewAsync(other))!.Complaint;
        (waiting.Clocks.Pauses.Single().Elapsed, waiting.Progress.Holds.Single().Elapsed).ShouldBe((true, true));
        await harness.DoAsync(other, [new Merge(one, "other", "The same delivery.")]);
        (await harness.Desk.ViewAsync(one))!.Complaint.Clocks.Pauses.Single().Elapsed.ShouldBeTrue();
    }

    [Fact]
    public void T10_A_measure_that_is_none_is_refused()
    {
        var found = DefinitionKinds
            .Check(LifecycleDefinitions.HoldReasons.Name, "default", Reasons("wall").Json, Rulebook.BuiltIn)!
            .Details.ShouldHaveSingleItem();
        (found.Code, found.Data["path"]).ShouldBe(("definition.missing", "items[1].counts"));
    }
}
