using System.Collections.Immutable;
using Complaints.Core.Calendars;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace Complaints.Core.Tests.Properties;

/// <summary>A random calendar beside each clock change of nine zones, with its naive clock.</summary>
internal sealed record Planned(Plan Plan, Instant Near, BusinessCalendar Calendar, Lazy<NaiveClock> Naive);

internal static class PlanPool
{
    private static readonly string[] Zones =
    [
        "Asia/Shanghai", "Europe/London", "America/New_York", "America/Sao_Paulo", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia", "Africa/Casablanca", "UTC",
    ];

    public static ImmutableArray<Planned> All { get; } = [.. Zones.SelectMany((zone, number) => Of(DateTimeZoneProviders.Tzdb[zone], new Random(number), orderly: false))];

    public static ImmutableArray<Planned> Orderly { get; } = [.. Zones.SelectMany((zone, number) => Of(DateTimeZoneProviders.Tzdb[zone], new Random(number), orderly: true))];

    public static Arbitrary<Question> Questions(ImmutableArray<Planned> plans) =>
        (from index in Gen.Choose(0, plans.Length - 1)
         from minute in Gen.Choose(-10 * 1440, 5 * 1440)
         from one in Gen.Choose(0, int.MaxValue - 1)
         from two in Gen.Choose(0, int.MaxValue - 1)
         from three in Gen.Choose(0, int.MaxValue - 1)
         select new Question(plans[index], plans[index].Near + Duration.FromMinutes(minute), one, two, three)).ToArbitrary();

    private static IEnumerable<Planned> Of(DateTimeZone zone, Random random, bool orderly)
    {
        var changes = zone.GetZoneIntervals(new NodaTime.Interval(Instant.FromUtc(1985, 1, 1, 0, 0), Instant.FromUtc(2031, 1, 1, 0, 0))).Skip(1).Select(even => even.Start);
        // Zones without changes have a few plans all the same.
        foreach (var near in changes.Concat(Enumerable.Range(2000, 12).Select(year => Instant.FromUtc(year, 3, 1, 0, 0))))
        {
            var minute = Instant.FromUnixTimeSeconds(near.ToUnixTimeSeconds() / 60 * 60);
            var plan = Plan.Random(zone, minute, random, orderly);
            yield return new(plan, minute, plan.Builder().Build(), new(() => new NaiveClock(plan, minute)));
        }
    }
}
