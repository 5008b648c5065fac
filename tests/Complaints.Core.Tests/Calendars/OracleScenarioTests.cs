using System.Text.Json;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;
using NodaTime;

namespace Complaints.Core.Tests.Calendars;

/// <summary>Every scenario is acted out from its <c>events</c>; its <c>clock</c>, which is our own reading of the peer, is not looked at.</summary>
public sealed class OracleScenarioTests
{
    /// <summary>Only states, sequences or invariances are asserted; each is answered by a clock's state.</summary>
    private static readonly string[] OnlyStates =
    [
        "chatwoot_sla-sla-010", "frappe_helpdesk-sla-017", "glpi_sla-sla-032", "rt_sla-sla-003", "rt_sla-sla-005", "zammad-sla-011", "zammad-sla-019", "zammad-sla-021",
    ];

    /// <summary>Cuts the edges of pauses to whole minutes; exact here.</summary>
    private static readonly string[] Differing = ["zammad-sla-022", "zammad-sla-023"];

    private static List<OracleVector> Scenarios => [.. OracleVectors.All.Where(vector => vector.Kind == "sla_scenario")];

    [OracleFact]
    public void The_vectors_are_those_that_the_numbers_speak_of()
    {
        var byStatus = OracleVectors.All.GroupBy(vector => vector.Status).ToDictionary(group => group.Key, group => group.Count());
        (byStatus["agrees"], byStatus["agrees_stay"], byStatus["agrees_roll"], byStatus["differs"], byStatus["not_checked"]).ShouldBe((345, 8, 4, 14, 8));
    }

    [OracleFact]
    public void T10_T11_Every_due_elapsed_held_and_remaining_time_of_a_scenario_that_agrees_comes_out_of_its_events()
    {
        var asked = Scenarios.Where(vector => vector.Status is "agrees" or "agrees_stay").ToList();
        var facts = asked.SelectMany(vector => Numbers(vector, exact: true)).ToList();
        facts.Where(fact => !Equals(fact.Ours, fact.Theirs)).Select(fact => $"{fact.Name}: {fact.Ours}, not {fact.Theirs}").ShouldBeEmpty();
        asked.Count.ShouldBe(54);
        facts.Count.ShouldBe(109);
        asked.Where(vector => !Numbers(vector, exact: true).Any()).ShouldBeEmpty();
    }

    [OracleFact]
    public void T10_The_scenarios_that_differ_agree_when_the_pauses_are_cut_to_minutes()
    {
        var asked = Scenarios.Where(vector => vector.Status == "differs").ToList();
        asked.Select(vector => vector.Id).ShouldBe(Differing);
        foreach (var vector in asked)
        {
            Numbers(vector, exact: true).ShouldAllBe(fact => !Equals(fact.Ours, fact.Theirs));
            Numbers(vector, exact: false).ShouldAllBe(fact => Equals(fact.Ours, fact.Theirs));
        }
    }

    [OracleFact]
    public void T8_T17_T26_Every_state_that_a_scenario_asserts_is_the_state_of_our_clock()
    {
        var states = Scenarios.SelectMany(States).ToList();
        states.Where(state => !state.Holds).Select(state => state.Name).ShouldBeEmpty();
        states.Count.ShouldBe(37);
        Scenarios.Where(vector => vector.Status == "not_checked").Select(vector => vector.Id).ShouldBe(OnlyStates);
        // The receipt cannot be moved, so that nothing but the due instant itself is asserted there.
        OnlyStates.Except(states.Select(state => state.Name.Split(' ')[0])).ShouldBe(["glpi_sla-sla-032"]);
    }

    [OracleFact]
    public void T26_One_peer_counts_a_miss_for_every_unanswered_message_and_we_count_the_wait_once()
    {
        var desk = new OracleDesk(Scenarios.Single(vector => vector.Id == "chatwoot_sla-sla-010")).Act();
        var missed = desk.All.Where(clock => !clock.IsOpen && clock.Verdict == ClockVerdict.Breached)
            .Select(clock => clock.Objective);
        missed.ShouldBe([Objective.NextResponse, Objective.Resolution]);
        desk.All.Single(clock => clock.Objective == Objective.FirstResponse).IsMet.ShouldBeTrue();
    }

    [OracleFact]
    public void Glpi_moves_no_due_instant_when_the_ticket_date_is_edited_and_here_nothing_can()
    {
        var vector = Scenarios.Single(vector => vector.Id == "glpi_sla-sla-032");
        var desk = new OracleDesk(vector).Act();
        desk.ClockOf("time_to_own")!.StartedAt.ShouldBe(OracleVectors.At(vector.Json.GetProperty("events")[0].GetProperty("at")));
    }

    [OracleFact]
    public void Control_a_pause_that_is_left_out_is_noticed()
    {
        var vector = Scenarios.Single(vector => vector.Id == "glpi_sla-sla-010");
        var without = vector.Json.GetRawText().Replace("\"paused\"", "\"opened\"", StringComparison.Ordinal).Replace("\"resumed\"", "\"opened\"", StringComparison.Ordinal);
        Numbers(new OracleVector(JsonDocument.Parse(without).RootElement), exact: true).ShouldAllBe(fact => !Equals(fact.Ours, fact.Theirs));
    }

    private static IEnumerable<(string Name, object? Ours, object Theirs)> Numbers(OracleVector vector, bool exact)
    {
        var desk = new OracleDesk(vector, exact).Act();
        var calendar = vector.Calendar;
        foreach (var target in Expected(vector))
        {
            var name = $"{vector.Id} {target.Name}";
            var clock = desk.ClockOf(target.Name);
            if (target.Value.TryGetProperty("due", out var due) && due.ValueKind == JsonValueKind.String)
                yield return ($"{name} due", clock?.Due, OracleVectors.At(due));
            if (target.Value.TryGetProperty("hold_minutes", out var held))
                yield return ($"{name} held", Minutes(clock!.Pauses.Aggregate(Duration.Zero, (sum, pause) => sum + calendar.Between(pause.From, pause.To!.Value))), held.GetDecimal());
            if (clock?.StoppedAt is not { } stop)
                continue;
            var limit = desk.LimitOf(target.Name);
            var elapsed = Minutes(limit.Counted(clock.StartedAt, stop, calendar, clock.Pauses));
            if (target.Value.TryGetProperty("elapsed_minutes", out var counted))
                yield return ($"{name} elapsed", elapsed, counted.GetDecimal());
            if (target.Value.TryGetProperty("remaining_minutes", out var left))
                yield return ($"{name} left", limit.Amount - elapsed, left.GetDecimal());
        }
        if (vector.Json.GetProperty("expected").TryGetProperty("escalation_at", out var escalation))
            yield return ($"{vector.Id} an hour before", desk.All.Single().Steps.Single(step => step.Escalation is not null).At, OracleVectors.At(escalation));
    }

    private static IEnumerable<(string Name, bool Holds)> States(OracleVector vector)
    {
        var desk = new OracleDesk(vector).Act();
        var expected = vector.Json.GetProperty("expected");
        var at = vector.Json.TryGetProperty("evaluate_at", out var evaluated) && evaluated.ValueKind == JsonValueKind.String ? OracleVectors.At(evaluated) : Instant.MaxValue;
        foreach (var target in Expected(vector))
        {
            var clock = vector.Json.GetProperty("targets").TryGetProperty(target.Name, out _) ? desk.ClockOf(target.Name) : null;
            if (target.Value.TryGetProperty("due", out var due) && due.ValueKind == JsonValueKind.Null)
                yield return ($"{vector.Id} {target.Name} has nothing due", clock is not { IsRunning: true });
            if (target.Value.TryGetProperty("state", out var state))
                yield return ($"{vector.Id} {target.Name} {state}", Is(desk, clock, state.GetString()!, at));
        }
        if (expected.TryGetProperty("status", out var status))
            yield return ($"{vector.Id} {status}", Is(desk, status.GetString()!, at));
        if (expected.TryGetProperty("status_sequence", out var sequence))
            yield return ($"{vector.Id} {string.Join(", ", desk.Sequence)}", sequence.EnumerateArray().Select(word => word.GetString()!).SequenceEqual(desk.Sequence));
    }

    private static bool Is(OracleDesk desk, Clock? clock, string state, Instant at) => state switch
    {
        "not_started" or "no target" => clock is null,
        "satisfied" or "hit" or "Fulfilled" => clock!.IsMet,
        "missed" => clock!.IsBreachedAt(at),
        // The ticket waits; a target that was answered before counts as waiting too.
        "paused" => desk.Complaint.State == ComplaintState.OnHold && clock is not { IsRunning: true },
        "cleared" => clock is null or { CancelledAt: not null },
        _ => throw new InvalidOperationException(state),
    };

    private static bool Is(OracleDesk desk, string status, Instant at)
    {
        var (open, missed) = (desk.All.Any(clock => clock.IsOpen), desk.All.Any(clock => clock.IsBreachedAt(at)));
        return status switch
        {
            "hit" => !open && !missed,
            "missed" => !open && missed,
            "active_with_misses" => open && missed,
            _ => throw new InvalidOperationException(status),
        };
    }

    private static IEnumerable<JsonProperty> Expected(OracleVector vector) =>
        vector.Json.GetProperty("expected").EnumerateObject().Where(target => target.Value.ValueKind == JsonValueKind.Object);

    private static decimal Minutes(Duration duration) => (decimal)duration.ToInt64Nanoseconds() / NodaConstants.NanosecondsPerMinute;
}
