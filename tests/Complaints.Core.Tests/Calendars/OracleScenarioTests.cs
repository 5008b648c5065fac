using System.Collections.Immutable;
using System.Text.Json;
using System.Xml;
using Complaints.Core.Sla;
using NodaTime;

namespace Complaints.Core.Tests.Calendars;

/// <summary>
/// The scenarios as far as limits and pauses answer them: due, elapsed, held and left, from each scenario's <c>clock</c>. What needs events and states is listed below,
/// for the clocks.
/// </summary>
public sealed class OracleScenarioTests
{
    /// <summary>Only states, sequences or invariances are asserted: nothing that a limit could answer.</summary>
    private static readonly string[] OnlyStates =
    [
        "chatwoot_sla-sla-010", "frappe_helpdesk-sla-017", "glpi_sla-sla-032", "rt_sla-sla-003", "rt_sla-sla-005", "zammad-sla-011", "zammad-sla-019", "zammad-sla-021",
    ];

    /// <summary>The numbers are driven here; the state beside them ("missed", "not started", "satisfied", ...) is a clock's.</summary>
    private static readonly string[] StateBesideNumbers =
    [
        "chatwoot_sla-sla-002", "chatwoot_sla-sla-007", "chatwoot_sla-sla-009", "frappe_helpdesk-sla-015", "zammad-sla-010", "zammad-sla-018", "zammad-sla-020",
        "zammad-sla-024", "zammad-sla-025", "zammad-sla-026",
    ];

    /// <summary>Cuts the edges of pauses to whole minutes; exact here.</summary>
    private static readonly string[] Differing = ["zammad-sla-022", "zammad-sla-023"];

    private static List<OracleVector> Scenarios => [.. OracleVectors.All.Where(vector => vector.Kind == "sla_scenario")];

    [OracleFact]
    public void T10_T11_Every_due_elapsed_held_and_remaining_time_of_a_scenario_that_agrees_is_answered()
    {
        var asked = Scenarios.Where(vector => vector.Status is "agrees" or "agrees_stay").ToList();
        var facts = asked.SelectMany(vector => Facts(vector, exact: true)).ToList();
        facts.Where(fact => !Equals(fact.Ours, fact.Theirs)).Select(fact => $"{fact.Name}: {fact.Ours}, not {fact.Theirs}").ShouldBeEmpty();
        asked.Count.ShouldBe(54);
        facts.Count.ShouldBe(109);
        asked.Where(vector => !Facts(vector, exact: true).Any()).ShouldBeEmpty();
    }

    [OracleFact]
    public void T10_The_scenarios_that_differ_agree_when_the_pauses_are_cut_to_minutes()
    {
        var asked = Scenarios.Where(vector => vector.Status == "differs").ToList();
        asked.Select(vector => vector.Id).ShouldBe(Differing);
        foreach (var vector in asked)
        {
            Facts(vector, exact: true).ShouldAllBe(fact => !Equals(fact.Ours, fact.Theirs));
            Facts(vector, exact: false).ShouldAllBe(fact => Equals(fact.Ours, fact.Theirs));
        }
    }

    [OracleFact]
    public void What_only_clocks_can_answer_is_listed()
    {
        Scenarios.Where(vector => vector.Status == "not_checked").Select(vector => vector.Id).ShouldBe(OnlyStates);
        Scenarios.Where(vector => vector.Status != "not_checked" && HasState(vector)).Select(vector => vector.Id).ShouldBe(StateBesideNumbers);
    }

    private static IEnumerable<(string Name, object? Ours, object Theirs)> Facts(OracleVector vector, bool exact)
    {
        var calendar = vector.Calendar;
        foreach (var target in vector.Json.GetProperty("expected").EnumerateObject().Where(target => target.Value.ValueKind == JsonValueKind.Object))
        {
            if (!vector.Json.GetProperty("clock").TryGetProperty(target.Name, out var clock))
                continue;
            var limit = Limit(vector, target.Name, clock);
            var start = OracleVectors.At(clock.GetProperty("start"));
            var pauses = Pauses(clock, exact);
            var name = $"{vector.Id} {target.Name}";
            if (target.Value.TryGetProperty("due", out var due) && due.ValueKind == JsonValueKind.String)
                yield return ($"{name} due", limit.DueFrom(start, calendar, pauses), OracleVectors.At(due));
            if (target.Value.TryGetProperty("hold_minutes", out var held))
                yield return ($"{name} held", Minutes(pauses.Aggregate(Duration.Zero, (sum, pause) => sum + calendar.Between(pause.From, pause.To!.Value))), held.GetDecimal());
            if (!clock.TryGetProperty("stop", out var stop))
                continue;
            var elapsed = Minutes(limit.Counted(start, OracleVectors.At(stop), calendar, pauses));
            if (target.Value.TryGetProperty("elapsed_minutes", out var counted))
                yield return ($"{name} elapsed", elapsed, counted.GetDecimal());
            if (target.Value.TryGetProperty("remaining_minutes", out var left))
                yield return ($"{name} left", limit.Amount - elapsed, left.GetDecimal());
        }
        if (vector.Json.GetProperty("expected").TryGetProperty("escalation_at", out var escalation))
            yield return ($"{vector.Id} an hour before", HourBefore(vector), OracleVectors.At(escalation));
    }

    private static TimeLimit Limit(OracleVector vector, string target, JsonElement clock)
    {
        if (clock.TryGetProperty("days", out var days))
        {
            var close = clock.TryGetProperty("end_of_working_day", out var end) && end.GetBoolean();
            return new(days.GetInt32(), LimitUnit.WorkingDays) { End = close ? DayEnd.CloseOfBusiness : DayEnd.SameTime, DayPause = DayPause.ShiftsEnd };
        }
        return new((int)XmlConvert.ToTimeSpan(vector.Json.GetProperty("targets").GetProperty(target).GetString()!).TotalMinutes, LimitUnit.WorkingMinutes);
    }

    private static Instant? HourBefore(OracleVector vector)
    {
        var clock = vector.Json.GetProperty("clock").EnumerateObject().Single();
        var limit = Limit(vector, clock.Name, clock.Value);
        var start = OracleVectors.At(clock.Value.GetProperty("start"));
        return limit.Before(Duration.FromHours(1), start, limit.DueFrom(start, vector.Calendar, []), vector.Calendar, []);
    }

    private static ImmutableArray<Pause> Pauses(JsonElement clock, bool exact) =>
        clock.GetProperty("pause_counting").GetString() == "ignored"
            ? []
            : [.. clock.GetProperty("pauses").EnumerateArray().Select(pause => new Pause(Cut(OracleVectors.At(pause[0]), exact), Cut(OracleVectors.At(pause[1]), exact)))];

    private static Instant Cut(Instant instant, bool exact) =>
        exact ? instant : Instant.FromUnixTimeSeconds(instant.ToUnixTimeSeconds() / 60 * 60);

    private static decimal Minutes(Duration duration) => (decimal)duration.ToInt64Nanoseconds() / NodaConstants.NanosecondsPerMinute;

    private static bool HasState(OracleVector vector) =>
        vector.Json.GetProperty("expected").EnumerateObject().Any(target => target.Name is "status" or "events" || target.Value.ValueKind == JsonValueKind.Object && target.Value.TryGetProperty("state", out _));
}
