using BenchmarkDotNet.Attributes;
using Complaints.Core;
using Complaints.Core.Assignment;
using Complaints.Core.Calendars;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Benchmarks.Decisions;

/// <summary>The largest queue is put in the order of its points by the built-in definition, each case with what its points are
/// for.</summary>
[MemoryDiagnoser(displayGenColumns: false)]
public class QueueScoreBenchmark
{
    internal const string Goals = "2,000 cases are scored and sorted in at most 2 ms; the ratio is to a loop written by hand, which keeps "
        + "no parts and knows no holidays.";

    private static readonly Instant Now = Instant.FromUtc(2026, 9, 30, 2, 0);
    private Rulebook _rules = null!;
    private ComplaintSummary[] _cases = [];

    [GlobalSetup]
    public void Prepare()
    {
        _rules = Rulebook.From([new(TenantId.Default, "calendar", "default", 2,
            """
            { "zone": "Asia/Shanghai", "week": { "monday": ["09:00-17:00"], "tuesday": ["09:00-17:00"], "wednesday": ["09:00-17:00"],
              "thursday": ["09:00-17:00"], "friday": ["09:00-17:00"] } }
            """, Now, "bench")]);
        var random = new Random(1);
        _cases = [.. Enumerable.Range(0, QueueQuery.MostCases).Select(i => new ComplaintSummary
        {
            Id = new(new Guid(i, 0, 0, new byte[8])), Number = $"2026-{i:D6}", Version = 1, Kind = "complaint",
            State = States.InHand[random.Next(States.InHand.Length)], Priority = $"p{random.Next(1, 5)}", Channel = "phone",
            Person = new(Guid.Empty), ReceivedAt = Before(random, 60), UpdatedAt = Now, Round = random.Next(8) == 0 ? 2 : 1,
            DueAt = random.Next(10) == 0 ? null : Now + Duration.FromHours(random.Next(-400, 400)),
            UnansweredSince = random.Next(4) == 0 ? Before(random, 20) : null, RepeatOf = random.Next(9) == 0 ? new(Guid.Empty) : null,
            Measures = random.Next(5) == 0 ? [new(Measures.Transitions, null, 3), new(Measures.Chasers, null, 1)]
                : [new(Measures.Transitions, null, 3), new(Measures.Offers, null, 1)],
        })];
        if (ByHand() != ScoreAndSort())
            throw new InvalidOperationException("The arms did not come to the same.");
    }

    /// <summary>What one would write by hand: the points alone, days by the weekday, and the greatest first.</summary>
    [Benchmark(Baseline = true)]
    public long ByHand()
    {
        var zone = DateTimeZoneProviders.Tzdb["Asia/Shanghai"];
        var today = Now.InZone(zone).Date;
        var scored = new List<(int Points, ComplaintSummary Case)>(_cases.Length);
        foreach (var one in _cases)
        {
            var points = one.Priority switch { "p1" => 40, "p2" => 20, "p4" => -10, _ => 0 };
            points += one.UnansweredSince is null ? 0 : 15;
            points += one.Measures.Any(measure => measure.Name == Measures.Chasers) ? 10 : 0;
            points += one.Round > 1 ? 15 : 0;
            points += one.RepeatOf is null ? 0 : 10;
            points += one.State == ComplaintState.OnHold ? -30 : 0;
            if (one.DueAt is { } due && due < Now)
                points += 20 + 5 * Weekdays(due.InZone(zone).Date, today, 20);
            if (one.UnansweredSince is { } wrote)
                points += 3 * Weekdays(wrote.InZone(zone).Date, today, 10);
            points += Weekdays(one.ReceivedAt.InZone(zone).Date, today, 30);
            scored.Add((points, one));
        }
        scored.Sort((one, other) => other.Points.CompareTo(one.Points));
        return scored.Sum(one => (long)one.Points);
    }

    [Benchmark]
    public long ScoreAndSort()
    {
        var scorer = new QueueScorer(_rules, Now);
        var scored = new List<ScoredComplaint>(_cases.Length);
        foreach (var one in _cases)
            scored.Add(new(one, scorer.Score(one)));
        scored.Sort(ScoredComplaint.Compare);
        return scored.Sum(one => (long)one.Score.Points);
    }

    private static int Weekdays(LocalDate since, LocalDate today, int most)
    {
        var count = 0;
        for (var date = today; date > since && count < most; date = date.PlusDays(-1))
            count += date.DayOfWeek is IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday ? 0 : 1;
        return count;
    }

    private static Instant Before(Random random, int days) => Now - Duration.FromMinutes(random.Next(days * 1440));
}
