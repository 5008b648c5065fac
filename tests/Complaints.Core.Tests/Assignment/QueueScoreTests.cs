using System.Collections.Immutable;
using System.Globalization;
using Complaints.Core.Assignment;
using Complaints.Core.Calendars;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Core.Tests.Assignment;

/// <summary>How many points a case has, and what for: by its columns, the rules and the instant alone.</summary>
public sealed class QueueScoreTests
{
    /// <summary>Friday, 09:00 in Shanghai; the Sunday after is a make-up day in mainland China.</summary>
    private static readonly Instant Friday = Instant.FromUtc(2026, 9, 18, 1, 0);

    private static readonly ComplaintSummary Plain = new()
    {
        Id = new(Guid.Parse("01990000-0000-7000-8000-000000000001")), Number = "2026-000001", Version = 1, Kind = "complaint",
        State = ComplaintState.Registered, Priority = "p3", Channel = "phone", Person = new(Guid.Empty), ReceivedAt = Friday,
        UpdatedAt = Friday,
    };

    public static TheoryData<string, string> Rows => new()
    {
        { """{ "attribute": "priority", "values": ["p1", "p3"], "points": 7 }""", "Priority: P3 normal/优先级：P3 中" },
        { """{ "attribute": "kind", "values": ["complaint"], "points": 7 }""", "Kind: Complaint/类型：投诉" },
        { """{ "attribute": "category", "values": ["delivery"], "points": 7 }""", "Category: Delivery/类别：物流配送" },
        { """{ "attribute": "channel", "values": ["phone"], "points": 7 }""", "Channel: Phone/渠道：电话" },
        { """{ "attribute": "area", "values": ["north"], "points": 7 }""", "Area: north/片区：north" },
        { """{ "attribute": "state", "values": ["OnHold"], "points": 7 }""", "State: On hold/状态：已暂停" },
        { """{ "attribute": "customer-wrote", "points": 7 }""", "The customer wrote and waits for an answer/客户来信待答复" },
        { """{ "attribute": "chased", "points": 7 }""", "The customer asked how far it is/客户已催办" },
        { """{ "attribute": "repeat", "points": 7 }""", "Repeat complaint/重复投诉" },
        { """{ "attribute": "reopened", "points": 7 }""", "Taken up again/重新受理" },
        { """{ "attribute": "past-due", "points": 7 }""", "Past due/已逾期" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void X46_Each_attribute_counts_where_it_is_so_and_says_so_in_both_languages(string row, string label)
    {
        var whole = Plain with
        {
            Category = "delivery", Area = "north", State = ComplaintState.OnHold, UnansweredSince = Friday, RepeatOf = Plain.Id, Round = 2,
            Measures = [new(Measures.Chasers, null, 1)], DueAt = Friday,
        };
        var rules = Rules($$"""{ "rows": [ {{row}} ] }""");
        var score = Score(whole, rules, Friday + Duration.Epsilon);

        score.Points.ShouldBe(7);
        var part = score.Parts.ShouldHaveSingleItem();
        $"{part.Label.En}/{part.Label.Zh}".ShouldBe(label);
        var other = Plain with { Kind = "inquiry", Priority = "p2", Channel = "email", DueAt = Friday };
        Score(other, rules, Friday).ShouldBe(new QueueScore(0, []), "it is none of it, and due at this very instant is not past due");
    }

    [Theory]
    [InlineData("2026-09-18T15:59:59Z", 0, "the date of receipt does not count")]
    [InlineData("2026-09-18T16:00:00Z", 0, "Saturday")]
    [InlineData("2026-09-19T15:59:59Z", 0, "still Saturday")]
    [InlineData("2026-09-19T16:00:00Z", 1, "the Sunday is a make-up day, from its midnight in Shanghai on")]
    [InlineData("2026-09-21T01:00:00Z", 2, "Monday")]
    [InlineData("2026-09-24T01:00:00Z", 5, "Thursday")]
    [InlineData("2026-09-27T01:00:00Z", 5, "Friday to Sunday are the mid-autumn festival")]
    [InlineData("2026-09-30T15:00:00Z", 8, "Monday to Wednesday")]
    [InlineData("2026-10-08T01:00:00Z", 9, "after the national holiday")]
    public void X46_Working_days_are_those_of_the_calendar_with_its_make_up_days(string at, int days, string why)
    {
        var rules = Rules("""{ "days": [ { "since": "received", "points": 3, "maxDays": 20 } ] }""", CalendarPresets.Json("cn"));
        var score = Score(Plain, rules, NodaTime.Text.InstantPattern.ExtendedIso.Parse(at).Value);

        score.Points.ShouldBe(3 * days, why);
        if (days > 0)
            (score.Parts.ShouldHaveSingleItem().WorkingDays, score.Parts[0].Attribute).ShouldBe((days, "received"));
    }

    [Fact]
    public void X46_Where_a_weekend_is_free_Monday_is_the_next_working_day()
    {
        var rules = Rules("""{ "days": [ { "since": "received", "points": 1, "maxDays": 5 } ] }""");
        Enumerable.Range(0, 5).Select(days => Score(Plain, rules, Friday + Duration.FromDays(days)).Points).ShouldBe([0, 0, 0, 1, 2]);
    }

    [Fact]
    public void X46_Days_count_to_their_bound_and_say_that_they_are_more()
    {
        var rules = Rules("""{ "days": [ { "since": "received", "points": 2, "maxDays": 3 } ] }""");
        ImmutableArray<string> said =
        [
            .. new[] { 3, 4, 5, 300 }.Select(days => Score(Plain, rules, Friday + Duration.FromDays(days)))
                .Select(score => $"{score.Points}: {score.Parts[0].Label.En} {score.Parts[0].Label.Zh}"),
        ];
        said.ShouldBe(
        [
            "2: 1 working day since it was received, 2 each 受理已 1 个工作日，每日 2 分",
            "4: 2 working days since it was received, 2 each 受理已 2 个工作日，每日 2 分",
            "6: 3 working days or more since it was received, 2 each 受理已 3 个工作日或以上，每日 2 分",
            "6: 3 working days or more since it was received, 2 each 受理已 3 个工作日或以上，每日 2 分",
        ]);
    }

    [Theory]
    [InlineData("past-due", 2, "past due")]
    [InlineData("customer-wrote", 1, "since the customer wrote")]
    [InlineData("received", 3, "since it was received")]
    public void X46_Each_instant_has_days_of_its_own_and_none_while_it_is_not_there(string since, int days, string said)
    {
        var monday = Friday + Duration.FromDays(3);
        var waiting = Plain with { DueAt = monday + Duration.FromHours(1), UnansweredSince = monday + Duration.FromDays(1) };
        var rules = Rules($$"""{ "days": [ { "since": "{{since}}", "points": 1, "maxDays": 9 } ] }""");

        var part = Score(waiting, rules, monday + Duration.FromDays(2)).Parts.ShouldHaveSingleItem();
        (part.Points, part.WorkingDays).ShouldBe((days, days));
        part.Label.En.ShouldContain(said);
        Score(waiting, rules, Friday).Parts.ShouldBeEmpty("it lies ahead");
        var plain = Score(Plain, rules, monday).Parts;
        plain.Length.ShouldBe(since == "received" ? 1 : 0);
    }

    [Fact]
    public void X46_Points_are_the_sum_of_their_parts_in_the_order_of_the_definition_and_may_be_below_zero()
    {
        var rules = Rules("""
            { "rows": [ { "attribute": "channel", "values": ["phone"], "points": -5 },
                        { "attribute": "priority", "values": ["p2"], "points": 9 },
                        { "attribute": "repeat", "points": 0 }, { "attribute": "channel", "values": ["email"], "points": 4 } ],
              "days": [ { "since": "received", "points": -2, "maxDays": 9 } ] }
            """);
        var score = Score(Plain with { Priority = "p2", RepeatOf = Plain.Id }, rules, Friday + Duration.FromDays(3));
        score.Parts.Select(part => part.Points).ShouldBe([-5, 9, -2], "what counts nothing is left out");
        score.Points.ShouldBe(2);
        Score(Plain, rules, Friday).Points.ShouldBe(-5);
    }

    [Fact]
    public void X46_What_is_damaged_counts_nothing_and_the_rest_does()
    {
        var rules = Rulebook.BuiltIn;
        var late = Plain with { Priority = "p1", DueAt = Friday };
        var now = Friday + Duration.FromHours(1);
        Score(late, rules, now).Points.ShouldBe(60);
        var damaged = Score(late with { Unreadable = ["priority", "title"] }, rules, now);
        (damaged.Points, damaged.IsIncomplete).ShouldBe((20, true));
        Score(late with { Unreadable = ["title"] }, rules, now).IsIncomplete.ShouldBeFalse("no title counts");
    }

    [Fact]
    public void X46_What_a_newer_program_published_counts_as_far_as_it_is_understood()
    {
        var rules = Rules("""
            { "rows": [ { "attribute": "mood", "values": ["bad"], "points": 5 },
                        { "attribute": "channel", "values": ["phone"], "points": 3 } ],
              "days": [ { "since": "last-call", "points": 1, "maxDays": 5 } ] }
            """);
        Score(Plain, rules, Friday + Duration.FromDays(9)).Points.ShouldBe(3);
    }

    [Theory]
    [InlineData(1970)]
    [InlineData(2100)]
    [InlineData(9000)]
    public void X46_At_the_ends_of_the_calendar_there_are_points_and_no_exception(int year)
    {
        Score(Plain with { ReceivedAt = default }, Rulebook.BuiltIn, Instant.FromUtc(year, 1, 1, 12, 0)).Points.ShouldBeInRange(0, 30);
        var odd = Plain with { ReceivedAt = Instant.MaxValue, DueAt = Instant.MinValue };
        Score(odd, Rulebook.BuiltIn, Instant.FromUtc(year, 12, 31, 23, 0)).Points.ShouldBeGreaterThan(0);
    }

    internal static Rulebook Rules(string scoring, string? calendar = null) => Rulebook.From(
        new[] { ("queue-score", scoring), ("calendar", calendar) }.Where(entry => entry.Item2 is not null)
            .Select(entry => new Definition(TenantId.Default, entry.Item1, "default", 1, entry.Item2!, default, "test")));

    private static QueueScore Score(ComplaintSummary complaint, Rulebook rules, Instant now)
    {
        var score = new QueueScorer(rules, now).Score(complaint);
        score.Points.ShouldBe(score.Parts.Sum(part => part.Points));
        foreach (var label in score.Parts.Select(part => part.Label))
            (label.In(CultureInfo.InvariantCulture), label.In(Office.Chinese)).ShouldBe((label.En, label.Zh));
        return score;
    }
}
