using System.Collections;
using Complaints.Core.Calendars;
using NodaTime;

namespace Complaints.Core.Tests.Properties;

/// <summary>
/// Working time as T2 words it, asked of every single minute of 75 days: is its local date and time in a window that holds on that date? Shares no code with the
/// calendar; windows are whole minutes here.
/// </summary>
internal sealed class NaiveClock
{
    public const int Before = 20;
    public const int After = 55;
    private readonly Plan _plan;
    private readonly Instant _first;
    private readonly BitArray _open = new((Before + After) * 1440);

    public NaiveClock(Plan plan, Instant around)
    {
        _plan = plan;
        _first = around - Duration.FromDays(Before);
        for (var minute = 0; minute < _open.Length; minute++)
            _open[minute] = Holds((_first + Duration.FromMinutes(minute)).InZone(plan.Zone).LocalDateTime);
    }

    public bool IsOpen(Instant at) => _open[Number(at)];

    public int Between(Instant from, Instant to)
    {
        if (to < from)
            return -Between(to, from);
        var count = 0;
        for (var minute = Number(from); minute < Number(to); minute++)
            count += _open[minute] ? 1 : 0;
        return count;
    }

    public Instant Add(Instant from, int minutes)
    {
        var at = Number(from);
        for (; minutes > 0; at++)
            minutes -= _open[at] ? 1 : 0;
        for (; minutes < 0; at--)
            minutes += _open[at - 1] ? 1 : 0;
        return _first + Duration.FromMinutes(at);
    }

    private int Number(Instant at) => (int)(at - _first).TotalMinutes;

    private bool Holds(LocalDateTime local)
    {
        var minute = local.Hour * 60 + local.Minute;
        var rule = _plan.Dates.Find(entry => entry.Date == local.Date);
        if (_plan.WindowsOn(local.Date).Any(window => window.Start <= minute && minute < window.End))
            return true;
        var cut = rule is not null && rule.Like is null;
        var before = local.Date.PlusDays(-1);
        return !cut && _plan.WindowsOn(before).Any(window => minute + 1440 < window.End) && !_plan.Skips(before);
    }
}

/// <summary>A calendar as test data.</summary>
internal sealed record Plan(DateTimeZone Zone, List<(int Start, int End)>[] Week, List<PlanDate> Dates)
{
    public List<(int Start, int End)> WindowsOn(LocalDate date)
    {
        var rule = Dates.Find(entry => entry.Date == date);
        return rule is null ? Week[(int)date.DayOfWeek] : rule.Like is { } day ? Week[(int)day] : rule.Windows;
    }

    /// <summary>A date without any minute that its zone knows.</summary>
    public bool Skips(LocalDate date) => !Exists(date, 720) && !Exists(date, 0) && !Exists(date, 1439);

    /// <summary>The windows of a date of which some minute exists: one gap holds both the first and the last of the others.</summary>
    public List<(int Start, int End)> ExistingOn(LocalDate date) =>
        Skips(date) ? [] : WindowsOn(date).FindAll(window => Exists(date, window.Start) || Exists(date, window.End - 1));

    private bool Exists(LocalDate date, int minute) => Zone.MapLocal(date.AtMidnight().PlusMinutes(minute)).Count > 0;

    public CalendarBuilder Builder()
    {
        var builder = new CalendarBuilder(Zone.Id);
        for (var day = IsoDayOfWeek.Monday; day <= IsoDayOfWeek.Sunday; day++)
            builder.On(day, [.. Week[(int)day].Select(Text)]);
        foreach (var rule in Dates)
        {
            if (rule.Like is { } day)
                builder.WorksLike(rule.Date, day);
            else
                builder.Hours(rule.Date, null, [.. rule.Windows.Select(Text)]);
        }
        return builder;
    }

    /// <summary>Some weekly windows, some of them overnight, and rules for dates near an instant.</summary>
    /// <param name="orderly">Windows begin at 06:00 or later and are over by 05:00, so that no day's close of business comes after the next day's.</param>
    public static Plan Random(DateTimeZone zone, Instant near, Random random, bool orderly)
    {
        List<(int Start, int End)> Windows(Random random) => orderly
            ? [.. Enumerable.Range(0, 1 + random.Next(3)).Select(_ => random.Next(360, 1440)).Select(start => (start, start + 1 + random.Next(300)))]
            : Wild(random);

        var week = Enumerable.Range(0, 8).Select(_ => random.Next(4) == 0 ? [] : Windows(random)).ToArray();
        week[1 + random.Next(7)] = [(540, 1080)];
        var around = near.InZone(zone).Date;
        var dates = Enumerable.Range(0, random.Next(6)).Select(_ => around.PlusDays(random.Next(-6, 7))).Distinct().Select(date => random.Next(3) switch
        {
            0 => new PlanDate(date, []),
            1 => new PlanDate(date, Windows(random)),
            _ => new PlanDate(date, [], (IsoDayOfWeek)(1 + random.Next(7))),
        });
        return new(zone, week, [.. dates]);
    }

    private static List<(int Start, int End)> Wild(Random random) =>
        random.Next(8) == 0 ? [(0, 1440)] : [.. Enumerable.Range(0, 1 + random.Next(3)).Select(_ => random.Next(1440)).Select(start => (start, start + 1 + random.Next(random.Next(3) == 0 ? 1439 : 300)))];

    private static string Text((int Start, int End) window) => $"{Clock(window.Start)}-{(window.End == 1440 ? "24:00" : Clock(window.End % 1440))}";

    private static string Clock(int minutes) => $"{minutes / 60:00}:{minutes % 60:00}";
}

internal sealed record PlanDate(LocalDate Date, List<(int Start, int End)> Windows, IsoDayOfWeek? Like = null);
