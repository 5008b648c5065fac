using BenchmarkDotNet.Attributes;
using Complaints.Core.Calendars;
using NodaTime;

namespace Complaints.Benchmarks.Time;

/// <summary>The first question over 15 years compiles an index of 18: a year before, two behind.</summary>
[MemoryDiagnoser(displayGenColumns: false)]
public class IndexBenchmark
{
    internal const string Goals = "10 ms.";

    private static readonly (Instant From, Instant To) Years = (Instant.FromUtc(2020, 1, 1, 0, 0), Instant.FromUtc(2034, 12, 31, 0, 0));
    private static readonly CalendarDefinition Definition = new Office("Asia/Shanghai").Builder().ToDefinition();

    [Benchmark(Baseline = true)]
    public object Build() => Built();

    /// <summary>What such an index keeps, which no diagnoser of allocations tells.</summary>
    public static void PrintKept()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var kept = Enumerable.Range(0, 10).Select(_ => Built()).ToArray();
        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / kept.Length;
        Rounds.Print($"An index of 18 years keeps {bytes / 18.0 / 1024:F1} KiB a year with everything (goal 20).\n");
        GC.KeepAlive(kept);
    }

    private static BusinessCalendar Built()
    {
        var calendar = new BusinessCalendar(Definition);
        calendar.Between(Years.From, Years.To);
        return calendar;
    }
}
