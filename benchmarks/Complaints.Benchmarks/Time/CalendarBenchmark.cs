using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using Complaints.Core.Calendars;
using NodaTime;

namespace Complaints.Benchmarks.Time;

/// <summary>Business time: the library against bare arrays and against a loop over days (SPEED 1).</summary>
[MemoryDiagnoser(displayGenColumns: false)]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory, BenchmarkLogicalGroupRule.ByParams)]
[CategoriesColumn]
public class CalendarBenchmark
{
    internal const string Goals =
        "at most 3 x bare, 0 bytes; 4,000 h at most 2 x the time of 1 h; the day loop 20 x slower at 40 h and 1,000 x at 4,000 h.";

    private const int Starts = 1_024;

    private readonly Instant[] _starts = new Instant[Starts];
    private readonly Instant[] _ends = new Instant[Starts];
    private readonly long[] _startTicks = new long[Starts];
    private readonly long[] _endTicks = new long[Starts];
    private Office _office = null!;
    private BusinessCalendar _calendar = null!;
    private BareIndex _bare = null!;
    private Duration _work;
    private long _workTicks;

    [Params("Asia/Shanghai", "America/New_York")]
    public string Zone { get; set; } = "";

    [Params(1, 40, 400, 4_000)]
    public int Hours { get; set; }

    /// <summary>All arms give equal answers, or nothing is measured.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        _office = new Office(Zone);
        (_calendar, _bare) = (_office.Builder().Build(), new BareIndex(_office));
        (_work, _workTicks) = (Duration.FromHours(Hours), Hours * NodaConstants.TicksPerHour);
        var random = new Random(42);
        for (var i = 0; i < Starts; i++)
        {
            var start = _starts[i] = Instant.FromUtc(2024, 1, 1, 0, 0) + Duration.FromSeconds(random.Next(3 * 365 * 86_400));
            var end = _ends[i] = _calendar.Add(start, _work);
            (_startTicks[i], _endTicks[i]) = (start.ToUnixTimeTicks(), end.ToUnixTimeTicks());
            if (end != _office.NaiveAdd(start, _work) || _endTicks[i] != _bare.Add(_startTicks[i], _workTicks)
                || _calendar.Between(start, end) != _work || _bare.Between(_startTicks[i], _endTicks[i]) != _workTicks)
                throw new InvalidOperationException($"The arms disagree at {start} + {Hours} h.");
        }
    }

    [BenchmarkCategory("add")]
    [Benchmark(Baseline = true, OperationsPerInvoke = Starts)]
    public long BareAdd()
    {
        var sum = 0L;
        for (var i = 0; i < Starts; i++)
            sum += _bare.Add(_startTicks[i], _workTicks);
        return sum;
    }

    [BenchmarkCategory("add")]
    [Benchmark(OperationsPerInvoke = Starts)]
    public long Add()
    {
        var sum = 0L;
        for (var i = 0; i < Starts; i++)
            sum += _calendar.Add(_starts[i], _work).ToUnixTimeTicks();
        return sum;
    }

    [BenchmarkCategory("add")]
    [Benchmark(OperationsPerInvoke = Starts)]
    public long DayLoop()
    {
        var sum = 0L;
        for (var i = 0; i < Starts; i++)
            sum += _office.NaiveAdd(_starts[i], _work).ToUnixTimeTicks();
        return sum;
    }

    [BenchmarkCategory("between")]
    [Benchmark(Baseline = true, OperationsPerInvoke = Starts)]
    public long BareBetween()
    {
        var sum = 0L;
        for (var i = 0; i < Starts; i++)
            sum += _bare.Between(_startTicks[i], _endTicks[i]);
        return sum;
    }

    [BenchmarkCategory("between")]
    [Benchmark(OperationsPerInvoke = Starts)]
    public long Between()
    {
        var sum = 0L;
        for (var i = 0; i < Starts; i++)
            sum += _calendar.Between(_starts[i], _ends[i]).BclCompatibleTicks;
        return sum;
    }
}
