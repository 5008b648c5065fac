using System.Globalization;
using Complaints.Core.Calendars;
using Complaints.Core.Sla;
using NodaTime;
using NodaTime.Text;

namespace Complaints.Core.Tests.Calendars;

/// <summary>Every vector that asks a calendar something, in the words of its kind.</summary>
public sealed class OracleCalendarTests
{
    /// <summary>Where a peer deliberately differs: why, and what of ours gives its answer, if anything does.</summary>
    private static readonly Dictionary<string, (string Why, Func<OracleVector, object?>? Ours)> Differing = new()
    {
        ["biz-add_days-002"] = ("Lands before opening and is rolled back to the closing before.", vector => vector.Calendar.RollBackward((Instant)Answer(vector))),
        ["biz-add_days-003"] = ("Lands after closing and is rolled back to it.", vector => vector.Calendar.RollBackward((Instant)Answer(vector))),
        ["biz-between-001"] = ("Reversed arguments give zero there; here the negative, which the caller may cut.", vector => Duration.Max(Duration.Zero, (Duration)Answer(vector))),
        ["biz-roll_forward-012"] = ("A window that begins in a clock change's gap is dropped there; T2 keeps the quarter of an hour that exists.", null),
        ["erpnext_frt-between-005"] = ("Stores one second where nothing has passed.", null),
        ["erpnext_frt-between-017"] = ("Stores one second where nothing has passed.", null),
        ["moment_business_time-is_open-002"] = ("The closing instant counts as open; rolling back says so here.", StaysWhenRolledBack),
        ["rickar_cal-is_open-016"] = ("The closing instant counts as open; rolling back says so here.", StaysWhenRolledBack),
        ["spatie_opening_hours-prev_close-003"] = ("Gives the closing time of an overnight window on the day it begins, which is no closing.", null),
        ["working_hours-add-019"] = ("Rounds to whole seconds at the end; here it is exact.", null),
        ["working_hours-add_days-006"] = ("Counts from the next working day when the first is free.", vector => Days(vector, "late receipt counts next working day")),
        ["working_hours-add_days-010"] = ("Goes back to a working day first and then counts.", vector => AtSameTime(vector, vector.Calendar.PlusWorkingDays(DateOf(vector), vector.Json.GetProperty("days").GetInt32() - 1))),
    };

    [OracleFact]
    public void T3_Every_vector_that_agrees_is_answered_exactly()
    {
        var asked = Asked("agrees", "agrees_stay");
        Wrong(asked, Answer).ShouldBeEmpty();
        asked.Count.ShouldBe(299);
        asked.Count(vector => vector.Status == "agrees_stay").ShouldBe(6);
    }

    [OracleFact]
    public void T3_Vectors_of_peers_that_roll_are_answered_by_rolling()
    {
        var asked = Asked("agrees_roll");
        Wrong(asked, Rolled).ShouldBeEmpty();
        asked.Count.ShouldBe(4);
    }

    [OracleFact]
    public void T2_T3_Every_vector_that_differs_is_listed_with_its_reason()
    {
        var asked = Asked("differs");
        asked.Select(vector => vector.Id).Order().ShouldBe(Differing.Keys.Order());
        asked.Count.ShouldBe(12, "and two of the scenarios");
        Wrong(asked, Answer).Count().ShouldBe(12, "they would not be listed if they agreed");
        Wrong([.. asked.Where(vector => Differing[vector.Id].Ours is not null)], vector => Differing[vector.Id].Ours!(vector)!).ShouldBeEmpty();
    }

    [OracleFact]
    public void No_kind_of_vector_is_left_out() =>
        OracleVectors.All.GroupBy(vector => vector.Kind).ToDictionary(group => group.Key, group => group.Count()).ShouldBe(
            new Dictionary<string, int>
            {
                ["add"] = 76, ["between"] = 70, ["sla_scenario"] = 64, ["is_open"] = 50, ["add_days"] = 25, ["roll_forward"] = 25, ["next_close"] = 23,
                ["roll_backward"] = 19, ["next_open"] = 13, ["prev_open"] = 9, ["prev_close"] = 4, ["wall_to_instant"] = 1,
            }, ignoreOrder: true);

    private static List<OracleVector> Asked(params string[] statuses) =>
        [.. OracleVectors.All.Where(vector => vector.Kind != "sla_scenario" && statuses.Contains(vector.Status))];

    private static IEnumerable<string> Wrong(List<OracleVector> asked, Func<OracleVector, object> answer)
    {
        foreach (var vector in asked)
        {
            var (ours, theirs) = (answer(vector), Expected(vector));
            if (!Equals(ours, theirs))
                yield return $"{vector.Id}: {ours}, not {theirs}";
        }
    }

    private static object Answer(OracleVector vector) => vector.Kind switch
    {
        "add" => vector.Calendar.Add(vector.Start, OracleVectors.Span(vector.Text("duration"))),
        "between" => vector.Calendar.Between(vector.Start, vector.Instant("end")),
        "is_open" => vector.Calendar.IsOpen(vector.Start),
        "roll_forward" => vector.Calendar.RollForward(vector.Start),
        "roll_backward" => vector.Calendar.RollBackward(vector.Start),
        "next_open" => vector.Calendar.NextOpen(vector.Start),
        "next_close" => vector.Calendar.NextClose(vector.Start),
        "prev_open" => vector.Calendar.PreviousOpen(vector.Start),
        "prev_close" => vector.Calendar.PreviousClose(vector.Start),
        "add_days" => Days(vector, ""),
        "wall_to_instant" => vector.Calendar.StartAt(LocalDateTimePattern.CreateWithInvariantCulture("yyyy-MM-dd'T'HH:mm").Parse(vector.Text("local")).Value),
        _ => throw new InvalidOperationException(vector.Kind),
    };

    private static object Expected(OracleVector vector)
    {
        var expected = vector.Json.GetProperty("expected");
        return vector.Kind switch
        {
            "is_open" => expected.GetBoolean(),
            "between" => Duration.FromNanoseconds((long)(vector.Json.GetProperty("expected_seconds").GetDecimal() * NodaConstants.NanosecondsPerSecond)),
            _ => OracleVectors.At(expected),
        };
    }

    private static object Rolled(OracleVector vector)
    {
        var stayed = (Instant)Answer(vector);
        var backward = vector.Has("direction") ? vector.Text("direction") == "backward" : vector.Text("duration").StartsWith('-');
        return backward ? vector.Calendar.RollBackward(stayed) : vector.Calendar.RollForward(stayed);
    }

    /// <summary>Forward by a limit, which has no negative numbers; back by the calendar's dates.</summary>
    private static object Days(OracleVector vector, string option)
    {
        var days = vector.Json.GetProperty("days").GetInt32();
        var close = vector.Has("end_of_working_day");
        if (days < 0)
        {
            var date = vector.Calendar.PlusWorkingDays(DateOf(vector), days);
            return close ? vector.Calendar.CloseOn(date)! : AtSameTime(vector, date);
        }
        var text = string.Create(CultureInfo.InvariantCulture, $"{days} working days, {(close ? "close of business" : "same time")}");
        TimeLimit.TryParse(option.Length == 0 ? text : $"{text}, {option}", out var limit).ShouldBeTrue();
        return limit.DueFrom(vector.Start, vector.Calendar, []);
    }

    private static LocalDate DateOf(OracleVector vector) => vector.Start.InZone(vector.Calendar.Zone).Date;

    private static object AtSameTime(OracleVector vector, LocalDate date) =>
        vector.Calendar.EndAt(date.At(vector.Start.InZone(vector.Calendar.Zone).TimeOfDay));

    private static object? StaysWhenRolledBack(OracleVector vector) => vector.Calendar.RollBackward(vector.Start) == vector.Start;
}
