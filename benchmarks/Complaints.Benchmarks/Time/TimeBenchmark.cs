using System.Diagnostics;
using NodaTime;

namespace Complaints.Benchmarks.Time;

/// <summary>Business time: the library against bare arrays and against a loop over days, all in turn in one process (SPEED 1).</summary>
internal static class TimeBenchmark
{
    // Many short slices: on a shared machine most of them run through undisturbed.
    private const int Rounds = 61;
    private const int Slice = 20;
    private static readonly int[] Hours = [1, 40, 400, 4_000];

    public static void Run()
    {
        foreach (var zone in new[] { "Asia/Shanghai", "America/New_York" })
            Compare(new Office(zone), zone);
        Build(new Office("Asia/Shanghai"));
    }

    private static void Compare(Office office, string zone)
    {
        var random = new Random(42);
        var starts = Enumerable.Range(0, 1_024).Select(_ => Instant.FromUtc(2024, 1, 1, 0, 0) + Duration.FromSeconds(random.Next(3 * 365 * 86_400))).ToArray();
        var ticks = starts.Select(start => start.ToUnixTimeTicks()).ToArray();
        var (calendar, bare) = (office.Builder().Build(), new BareIndex(office));
        foreach (var hours in Hours)
        {
            var (work, workTicks) = (Duration.FromHours(hours), hours * NodaConstants.TicksPerHour);
            var ends = starts.Select(start => calendar.Add(start, work)).ToArray();
            for (var i = 0; i < starts.Length; i++)
            {
                if (ends[i] != office.NaiveAdd(starts[i], work) || ends[i].ToUnixTimeTicks() != bare.Add(ticks[i], workTicks) || calendar.Between(starts[i], ends[i]) != work)
                    throw new InvalidOperationException($"The arms disagree at {starts[i]} + {hours} h.");
            }
            var endTicks = ends.Select(end => end.ToUnixTimeTicks()).ToArray();
            Func<int, long> both = i => (calendar.Add(starts[i], work) - starts[i]).Days + calendar.Between(starts[i], ends[i]).Days;
            var bytes = Allocated(() => Repeat(1, both));
            var (add, between, naive) = (new double[Rounds], new double[Rounds], new double[Rounds]);
            var (addTime, bareTime) = (new double[Rounds], new double[Rounds]);
            // Let the compiler finish: until then the first arm looks slow.
            for (var warm = 0; warm < 5; warm++)
            {
                Time(200, i => bare.Add(ticks[i], workTicks) + bare.Between(ticks[i], endTicks[i]));
                Time(200, both);
                Thread.Sleep(150);
            }
            for (var round = 0; round < Rounds; round++)
            {
                bareTime[round] = Time(Slice, i => bare.Add(ticks[i], workTicks));
                addTime[round] = Time(Slice, i => calendar.Add(starts[i], work).ToUnixTimeTicks());
                add[round] = addTime[round] / bareTime[round];
                between[round] = Time(Slice, i => calendar.Between(starts[i], ends[i]).BclCompatibleTicks) / Time(Slice, i => bare.Between(ticks[i], endTicks[i]));
                naive[round] = round % 6 == 0 ? Time(1, i => office.NaiveAdd(starts[i], work).ToUnixTimeTicks()) / addTime[round] : double.NaN;
            }
            Benchmarks.Rounds.Print($"{zone,-18} {hours,5} h  add {Median(add),5:F2} x bare ({Median(bareTime):F1} -> {Median(addTime):F1} ns)  between {Median(between),5:F2} x bare  day loop {Median([.. naive.Where(double.IsFinite)]),7:F0} x slower  {bytes} bytes  (goals 3, 3, {(hours == 40 ? 20 : hours == 4_000 ? 1_000 : 1)}, 0)");
        }
        var flat = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            var shortest = Time(Slice, i => calendar.Add(starts[i], Duration.FromHours(1)).ToUnixTimeTicks());
            flat[round] = Time(Slice, i => calendar.Add(starts[i], Duration.FromHours(4_000)).ToUnixTimeTicks()) / shortest;
        }
        Benchmarks.Rounds.Print($"{zone,-18} 4,000 h takes {Median(flat):F2} x the time of 1 h  (goal at most 2)");
    }

    /// <summary>The first question over 15 years compiles 18 (a year before, two behind).</summary>
    private static void Build(Office office)
    {
        var definition = office.Builder().ToDefinition();
        var (from, to) = (Instant.FromUtc(2020, 1, 1, 0, 0), Instant.FromUtc(2034, 12, 31, 0, 0));
        var times = new double[25];
        for (var i = 0; i < times.Length; i++)
        {
            var began = Stopwatch.GetTimestamp();
            new Core.Calendars.BusinessCalendar(definition).Between(from, to);
            times[i] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        }
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var kept = Enumerable.Range(0, 10).Select(_ => new Core.Calendars.BusinessCalendar(definition)).ToArray();
        foreach (var calendar in kept)
            calendar.Between(from, to);
        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / kept.Length;
        Benchmarks.Rounds.Print($"index of 18 years: first {times[0]:F1} ms, warm {Median(times[5..]):F2} ms (goal 10), {bytes / 18.0 / 1024:F1} KiB a year with everything (goal 20)");
        GC.KeepAlive(kept);
    }

    private static double Time(int times, Func<int, long> one)
    {
        var began = Stopwatch.GetTimestamp();
        Repeat(times, one);
        return Stopwatch.GetElapsedTime(began).TotalNanoseconds / (times * 1_024);
    }

    private static long Allocated(Action work)
    {
        work();
        var before = GC.GetAllocatedBytesForCurrentThread();
        work();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void Repeat(int times, Func<int, long> one)
    {
        var sum = 0L;
        for (var n = 0; n < times; n++)
        {
            for (var i = 0; i < 1_024; i++)
                sum += one(i);
        }
        _kept = sum;
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    // What was computed is kept, or the compiler would leave it out.
    private static long _kept;
}
