using Complaints.Core;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Reporting;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Import.Tests.Reporting;

/// <summary>A year of random histories gives the same figures about that year today and after a thousand later reopenings, merges and
/// holds.</summary>
public sealed class PastFigureProperties(ITestOutputHelper output)
{
    private const int Complaints = 400;
    private const int Later = 1_000;

    private static readonly Instant Begin = Instant.FromUtc(2026, 1, 1, 0, 0);
    private static readonly Instant End = Instant.FromUtc(2027, 1, 1, 0, 0);

    /// <summary>Figures about what happened, by when it happened.</summary>
    private static readonly string[] Past = ["closures_by_period", "closures_change", "late_by_period", "closed_per_month"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task S124_The_past_stays_as_it_was_whatever_comes_later(int seed)
    {
        var random = new Random(seed);
        var office = await Office.OpenAsync("""{"objective":"resolution","limit":"5 days"}""");
        var world = new World(office, random);
        await world.LiveAsync(Begin, End, newcomers: Complaints, steps: 5_000);
        await office.At(End).SweepAsync();
        var before = await ToldAsync(office);

        var done = world.Changes;
        await world.LiveAsync(End, End + Duration.FromDays(60), newcomers: 200, steps: 20_000, isLater: true);
        await office.SweepAsync();
        var after = await ToldAsync(office);

        output.WriteLine(string.Join(", ", world.Done));
        world.Done.Keys.ShouldBe(["close", "hold", "merge", "release", "reopen", "resolve", "withdraw"], ignoreOrder: true);
        (world.Changes - done).ShouldBeGreaterThanOrEqualTo(Later);
        before.Where(told => after[told.Key] != told.Value)
            .Select(told => $"{told.Key}: {told.Value}, later {after[told.Key]}").ShouldBeEmpty();
    }

    private static async Task<SortedDictionary<string, string>> ToldAsync(Office office)
    {
        var told = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var year = await office.ReportAsync(new(2026, 1, 1), new(2027, 1, 1));
        foreach (var figure in Past)
        {
            var parts = Say.Of(year[figure]).Split(' ').Where(part => !part.StartsWith("2027", StringComparison.Ordinal));
            told[figure] = string.Join(" ", parts);
        }
        for (var month = 2; month <= 13; month++)
        {
            var asOf = new LocalDate(2026, 1, 1).PlusMonths(month - 1).AtStartOfDayInZone(DateTimeZone.Utc).ToInstant();
            told[$"backlog {month:D2}"] = Say.Of((await office.ReportAsync(asOf: asOf))["backlog"]);
        }
        return told;
    }

    /// <summary>Complaints that come in and go their ways at random.</summary>
    private sealed class World(Office office, Random random)
    {
        private readonly List<ComplaintId> _all = [];

        public SortedDictionary<string, int> Done { get; } = new(StringComparer.Ordinal);

        /// <summary>How many reopenings, merges and holds there were.</summary>
        public int Changes => new[] { "reopen", "merge", "hold" }.Sum(name => Done.GetValueOrDefault(name));

        public async Task LiveAsync(Instant from, Instant to, int newcomers, int steps, bool isLater = false)
        {
            var moments = Enumerable.Repeat(true, newcomers).Concat(Enumerable.Repeat(false, steps))
                .Select(isNew => (At: random.NextDouble(), IsNew: isNew)).OrderBy(moment => moment.At);
            foreach (var (at, isNew) in moments)
            {
                await office.At(from + (to - from) * at).SweepAsync();
                if (isNew)
                    _all.Add(await office.FileAsync(random.Next(1, 200)));
                else if (_all.Count > 0)
                    await StepAsync(isLater);
            }
        }

        private async Task StepAsync(bool isLater)
        {
            var (name, command) = Choose(isLater);
            if ((await office.TryAsync(Any(isLater), command)).IsSuccess)
                Done[name] = Done.GetValueOrDefault(name) + 1;
        }

        /// <summary>Any of all; in the year itself mostly one of the newest.</summary>
        private ComplaintId Any(bool isLater) => _all[isLater || random.Next(4) == 0
            ? random.Next(_all.Count)
            : random.Next(Math.Max(0, _all.Count - 25), _all.Count)];

        private (string Name, ComplaintCommand Command) Choose(bool isLater) => random.Next(16) switch
        {
            0 or 1 or 2 => ("reopen", new Reopen("problem-persists")),
            3 => ("merge", new Merge(Any(isLater), "same-matter")),
            4 or 5 => ("hold", new PlaceOnHold("parts")),
            6 or 7 => ("release", new ReleaseHold("parts")),
            8 when !isLater => ("withdraw", new Withdraw("customer-withdraws")),
            8 or 9 or 10 or 11 or 12 => ("resolve", new Resolve("solved", ConfirmedInCall: true)),
            13 or 14 when isLater => ("reopen", new Reopen("problem-persists")),
            _ => ("close", new Close()),
        };
    }
}
