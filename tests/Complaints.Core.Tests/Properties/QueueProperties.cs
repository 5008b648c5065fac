using System.Collections.Immutable;
using Complaints.Core.Assignment;
using Complaints.Core.Calendars;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;
using Complaints.Core.Storage;
using FsCheck;
using FsCheck.Xunit;
using NodaTime;

namespace Complaints.Core.Tests.Properties;

/// <summary>The laws of points in a queue, over random definitions and cases.</summary>
[ManyCases(Arbitrary = [typeof(Questions)])]
public sealed class QueueProperties
{
    private static readonly Instant Begin = Instant.FromUtc(2025, 6, 1, 0, 0);
    private static readonly ImmutableArray<Rulebook> Any = [.. Enumerable.Range(0, 60).Select(seed => RulesOf(seed, lowest: -50))];
    private static readonly ImmutableArray<Rulebook> Growing = [.. Enumerable.Range(0, 60).Select(seed => RulesOf(seed, lowest: 0))];

    [Property]
    public void X46_The_points_are_the_sum_of_the_parts(int seed)
    {
        var random = new Random(seed);
        var score = new QueueScorer(Any[random.Next(Any.Length)], At(random)).Score(Case(random));
        score.Points.ShouldBe(score.Parts.Sum(part => part.Points));
        score.Parts.ShouldAllBe(part => part.Points != 0 && part.Label.En.Length > 0 && part.Label.Zh.Length > 0);
        score.Parts.Select(part => (part.Attribute, part.WorkingDays is null)).ShouldBeUnique();
    }

    [Property]
    public void X46_The_order_is_one_whatever_the_order_before_it(int seed)
    {
        var random = new Random(seed);
        var scorer = new QueueScorer(Any[random.Next(Any.Length)], At(random));
        var cases = Enumerable.Range(0, 12).Select(_ => Case(random))
            .Select(item => new ScoredComplaint(item, scorer.Score(item))).ToList();
        var mixed = cases.ToList();
        random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(mixed));
        cases.Sort(ScoredComplaint.Compare);
        mixed.Sort(ScoredComplaint.Compare);

        mixed.Select(item => item.Complaint.Id).ShouldBe(cases.Select(item => item.Complaint.Id));
        foreach (var (one, other) in cases.Zip(cases.Skip(1)))
        {
            ScoredComplaint.Compare(one, other).ShouldBeLessThan(0);
            ScoredComplaint.Compare(other, one).ShouldBeGreaterThan(0);
            one.Score.Points.ShouldBeGreaterThanOrEqualTo(other.Score.Points);
        }
    }

    [Property]
    public void X46_Where_no_point_is_below_zero_time_alone_never_lowers_a_case(int seed)
    {
        var random = new Random(seed);
        var rules = Growing[random.Next(Growing.Length)];
        var (item, now) = (Case(random), At(random));
        var calendar = rules.Calendar("default");
        var next = calendar.StartAt(calendar.NextWorkingDay(calendar.DateOf(now)).AtMidnight());
        var (before, after) = (new QueueScorer(rules, now).Score(item), new QueueScorer(rules, next).Score(item));
        after.Points.ShouldBeGreaterThanOrEqualTo(before.Points);
    }

    [Property]
    public void X46_The_working_days_that_passed_are_the_dates_that_one_would_count(Question question)
    {
        var (calendar, now) = (question.Planned.Calendar, question.At);
        var since = now - Duration.FromSeconds(question.One % (40 * 86_400));
        var most = 1 + question.Two % 30;
        var (date, today) = (calendar.DateOf(since), calendar.DateOf(now));
        var counted = 0;
        while ((date = date.PlusDays(1)) <= today)
            counted += calendar.IsWorkingDay(date) ? 1 : 0;

        new PassedWorkingDays(calendar, now, most).Since(since).ShouldBe(Math.Min(counted, most));
        new PassedWorkingDays(calendar, now, most).Since(now + Duration.FromSeconds(question.Three % 86_400)).ShouldBe(0);
    }

    private static Instant At(Random random) => Begin + Duration.FromMinutes(random.Next(400 * 1440));

    private static ComplaintSummary Case(Random random) => new()
    {
        // Few instants and numbers, so that ties are frequent.
        Id = new(new Guid(random.Next(), 0, 0, new byte[8])), Number = $"2026-00000{random.Next(3)}", Version = 1,
        Kind = random.Next(2) == 0 ? "complaint" : "inquiry", State = States.InHand[random.Next(States.InHand.Length)],
        Priority = $"p{random.Next(1, 5)}", Channel = random.Next(2) == 0 ? "phone" : "email", Person = new(Guid.Empty),
        Round = random.Next(1, 3), RepeatOf = random.Next(4) == 0 ? new(Guid.Empty) : null,
        ReceivedAt = Day(random), UpdatedAt = Begin, UnansweredSince = random.Next(3) == 0 ? Day(random) : null,
        DueAt = random.Next(4) == 0 ? null : Day(random),
        Measures = random.Next(3) == 0 ? [new(Measures.Chasers, null, 2)] : [],
        Unreadable = random.Next(10) == 0 ? ["due_at"] : [],
    };

    private static Instant Day(Random random) => Begin + Duration.FromDays(random.Next(10) * 40);

    private static Rulebook RulesOf(int seed, int lowest)
    {
        var random = new Random(seed);
        string[] flags = ["customer-wrote", "chased", "repeat", "reopened", "past-due"];
        var rows = flags.Where(_ => random.Next(2) == 0).Select(flag => new ScoreRow(flag, Points()))
            .Append(new("priority", Points(), ["p1", "p2"])).Append(new("priority", Points(), ["p3"]))
            .Append(new("channel", Points(), ["phone"])).Append(new("state", Points(), ["OnHold"]));
        string[] ages = ["received", "customer-wrote", "past-due"];
        var days = ages.Where(_ => random.Next(3) > 0).Select(age => new ScoreDays(age, Points(), random.Next(1, 60)));
        var json = AssignmentDefinitions.QueueScoring.Write(new([.. rows], [.. days]));
        DefinitionKinds.Check("queue-score", "default", json, Rulebook.BuiltIn).ShouldBeNull();
        return Assignment.QueueScoreTests.Rules(json, random.Next(2) == 0 ? CalendarPresets.Json("cn") : null);

        int Points() => random.Next(lowest, 50);
    }
}
