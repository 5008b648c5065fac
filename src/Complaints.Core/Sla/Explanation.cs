using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Complaints.Core.Calendars;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;
using NodaTime;

namespace Complaints.Core.Sla;

/// <summary>
/// Every second of a clock accounted for, from its start to its end or, while it is open, to now: what was counted, what was skipped
/// because the calendar was closed, what was paused and why. The segments join without gaps; <c>Counted - Owed</c> is what it has taken of
/// its limit.
/// </summary>
/// <param name="Clock">The clock.</param>
/// <param name="Policy">The pinned policy; <c>null</c> for a promise.</param>
/// <param name="Limit">The limit's text; <c>null</c> for a promise.</param>
/// <param name="Calendar">The calendar's id.</param>
/// <param name="Zone">The zone in which the text says its times.</param>
/// <param name="Segments">The segments in order.</param>
public sealed record Explanation(Clock Clock, DefinitionRef? Policy, string? Limit, string Calendar, DateTimeZone Zone, ImmutableArray<Segment> Segments)
{
    /// <summary>True when it is due in a year whose holidays the calendar does not know, so that the instant may move.</summary>
    public bool BeyondHolidayData { get; init; }

    /// <summary>What the policy is called; <c>null</c> for a promise.</summary>
    public Label? PolicyLabel { get; init; }

    /// <summary>What the hold reasons are called.</summary>
    private CodeList<HoldReason>? Reasons { get; init; }

    /// <summary>The time that counted.</summary>
    public Duration Counted => Sum(SegmentKind.Counted);

    /// <summary>The time in which the calendar was closed.</summary>
    public Duration Skipped => Sum(SegmentKind.Skipped);

    /// <summary>The time that was paused.</summary>
    public Duration Paused => Sum(SegmentKind.Paused);

    /// <summary>What comes off the counted time besides: the closed hours of pauses that are counted in elapsed time.</summary>
    public Duration Owed { get; private init; }

    /// <summary>How far the clock is: elapsed, remaining, overdue.</summary>
    public ClockTime Time { get; private init; }

    /// <summary>The time in which the complaint was resolved or closed before it was reopened.</summary>
    public Duration Inactive => Sum(SegmentKind.Inactive);

    /// <summary>The explanation of one clock of a complaint; <c>null</c> if it has no clock of that id.</summary>
    /// <param name="complaint">The complaint.</param>
    /// <param name="clock">The clock's id.</param>
    /// <param name="rules">The tenant's definitions.</param>
    /// <param name="now">Up to when an open clock is explained; its due instant shows all of a clock that runs on undisturbed.</param>
    public static Explanation? Of(Complaint complaint, string clock, Rulebook rules, Instant now)
    {
        ArgumentNullException.ThrowIfNull(complaint);
        ArgumentNullException.ThrowIfNull(rules);
        if (Clocks.Project(complaint, rules).FirstOrDefault(candidate => candidate.Id == clock) is not { } found)
            return null;
        var objective = found.Terms;
        var id = objective?.Calendar ?? rules.Settings.Calendar;
        var calendar = objective is null ? rules.Calendar(id) : found.Pin!.CalendarOf(objective, rules);
        var end = found.StoppedAt ?? found.CancelledAt ?? now;
        var measure = objective?.TimeLimit.MeasuresWorkingTime ?? false ? calendar : null;
        var segments = found.StartedAt < end ? Segment.Between(found, end, measure) : [];
        return new(found, found.Pin?.Policy, objective?.Limit, id, calendar.Zone, segments)
        {
            Owed = measure is null ? Duration.Zero : Sum(
                segments.Where(segment => segment.Elapsed && segment.From < found.DueAt(end)),
                segment => segment.To - segment.From - measure.Between(segment.From, segment.To)),
            Time = found.TimeAt(now),
            BeyondHolidayData = HolidayHorizon.IsBeyond(found, rules),
            PolicyLabel = found.Pin is { } pin ? rules.Policy(pin.Policy)?.Label : null,
            Reasons = rules.HoldReasons,
        };
    }

    /// <summary>The explanation in words, Chinese for a <c>zh</c> culture, else English; one line a segment.</summary>
    public string In(CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(culture);
        var zh = culture.TwoLetterISOLanguageName == "zh";
        var text = new StringBuilder();
        var name = Vocabulary.Objective(Clock.Objective).In(culture);
        var limit = Limit is null ? "" : TimeLimit.TryParse(Limit, out var parsed) ? parsed.In(culture) : Limit;
        var policy = PolicyLabel?.In(culture) ?? Policy?.ToString();
        var date = Clock.Objective is Objective.Agreed or Objective.Commitment
            ? zh ? "向客户承诺的时间" : "promised to the customer" : zh ? "指定时间" : "a date that was set";
        var term = Limit is null ? date : zh ? $"时限 {limit}（{policy}）" : $"limit {limit} ({policy})";
        var due = Clock.Due is not { } at ? zh ? "暂停中" : "paused" : zh ? $"应于 {Local(at)} 前完成" : $"due {Local(at)}";
        text.AppendLine(zh
            ? $"{name}：{term}，自 {Local(Clock.StartedAt)} 起，{due}" : $"{name}: {term}, from {Local(Clock.StartedAt)}, {due}");
        foreach (var earlier in Clock.EarlierDues)
            text.AppendLine(zh ? $"  延期前应于 {Local(earlier)} 前完成" : $"  before it was extended: due {Local(earlier)}");
        foreach (var segment in Segments)
            text.AppendLine(CultureInfo.InvariantCulture, $"  {Local(segment.From)} – {Local(segment.To)}  {Hours(segment.To - segment.From),9}  {Word(segment, culture)}");
        var resolved = Inactive == Duration.Zero ? "" : zh ? $"，已解决期间 {Hours(Inactive)}" : $", resolved {Hours(Inactive)}";
        var owed = Owed == Duration.Zero ? "" : zh ? $"，另扣非工作时间的等待 {Hours(Owed)}" : $", less {Hours(Owed)} waited outside working hours";
        text.AppendLine(zh
            ? $"  计时 {Hours(Counted)}，非工作时间 {Hours(Skipped)}，暂停 {Hours(Paused)}{resolved}{owed}"
            : $"  counted {Hours(Counted)}, closed {Hours(Skipped)}, paused {Hours(Paused)}{resolved}{owed}");
        text.Append(zh
            ? $"  已用 {Hours(Time.Elapsed)}，剩余 {Hours(Time.Remaining)}，超时 {Hours(Time.Overdue)}"
            : $"  elapsed {Hours(Time.Elapsed)}, remaining {Hours(Time.Remaining)}, overdue {Hours(Time.Overdue)}");
        if (BeyondHolidayData)
            text.AppendLine().Append(zh ? "  日历尚无该年的节假日数据，到期时间可能变动" : "  the holidays of that year are not known yet: the instant may move");
        return text.ToString();
    }

    /// <inheritdoc/>
    public bool Equals(Explanation? other) =>
        other is not null && Clock == other.Clock && Segments.AsSpan().SequenceEqual(other.Segments.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => Clock.GetHashCode();

    private Duration Sum(SegmentKind kind) => Sum(Segments.Where(segment => segment.Kind == kind), segment => segment.To - segment.From);

    private static Duration Sum(IEnumerable<Segment> segments, Func<Segment, Duration> length) =>
        segments.Aggregate(Duration.Zero, (sum, segment) => sum + length(segment));

    private string Local(Instant instant) => instant.InZone(Zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Hours(Duration duration) =>
        string.Create(CultureInfo.InvariantCulture, $"{(long)duration.TotalHours}:{duration.Minutes:D2}:{duration.Seconds:D2}");

    private string Word(Segment segment, CultureInfo culture)
    {
        var zh = culture.TwoLetterISOLanguageName == "zh";
        return segment.Kind switch
        {
            SegmentKind.Counted => zh ? "计时" : "counted",
            SegmentKind.Skipped => zh ? "非工作时间" : "closed",
            SegmentKind.Inactive => zh ? "已解决，未计时" : "resolved, not counted",
            _ => zh ? $"暂停（{ReasonsOf(segment, culture)}）" : $"paused ({ReasonsOf(segment, culture)})",
        };
    }

    private string ReasonsOf(Segment segment, CultureInfo culture) =>
        string.Join(culture.TwoLetterISOLanguageName == "zh" ? "、" : ", ", (segment.Reason ?? "").Split(" + ").Select(code => Reasons?.Named(code).Label.In(culture) ?? code));
}

/// <summary>A part of a clock's time: <c>[From, To)</c>.</summary>
/// <param name="From">Its beginning.</param>
/// <param name="To">Its end.</param>
/// <param name="Kind">What became of it.</param>
/// <param name="Reason">The hold reasons, for a pause.</param>
/// <param name="Elapsed">True for a pause that is counted in elapsed time.</param>
public sealed record Segment(Instant From, Instant To, SegmentKind Kind, string? Reason = null, bool Elapsed = false)
{
    /// <summary>Cuts a span at every pause and, for working time, at every opening and closing. The segments join without gaps.</summary>
    /// <param name="from">Its beginning.</param>
    /// <param name="to">Its end; nothing lies between where it is not later.</param>
    /// <param name="calendar">Whose openings cut it; <c>null</c> for time on the wall.</param>
    /// <param name="pauses">When the complaint waited; an open one lasts until the end.</param>
    /// <exception cref="ArgumentOutOfRangeException">It leaves 1970 to 2100 (<c>calendar.out_of_range</c>).</exception>
    public static ImmutableArray<Segment> Between(Instant from, Instant to, BusinessCalendar? calendar, ImmutableArray<Pause> pauses) =>
        Between(from, to, calendar, pauses.Select(pause => (pause, SegmentKind.Paused)));

    /// <summary>The same for a clock; the time in which it was resolved stands still unless it counts.</summary>
    internal static ImmutableArray<Segment> Between(Clock clock, Instant to, BusinessCalendar? calendar) =>
        Between(clock.StartedAt, to, calendar, clock.Pauses
        .Select(pause => (Span: pause, Kind: SegmentKind.Paused))
        .Concat(clock.Inactive.Where(_ => clock.Terms is not { CountsInactive: true }).Select(span => (Span: span, Kind: SegmentKind.Inactive)))
        .OrderBy(still => still.Span.From));

    private static ImmutableArray<Segment> Between(Instant from, Instant to, BusinessCalendar? calendar, IEnumerable<(Pause Span, SegmentKind Kind)> still)
    {
        var segments = ImmutableArray.CreateBuilder<Segment>();
        var at = from;
        foreach (var (span, kind) in still)
        {
            var begin = Earlier(span.From > at ? span.From : at, to);
            var end = span.To is { } ended ? Earlier(ended, to) : to;
            Running(segments, at, begin, calendar);
            if (begin < end)
                segments.Add(new(begin, end, kind, span.Reason, span.Elapsed));
            at = end > at ? end : at;
        }
        Running(segments, at, to, calendar);
        return segments.ToImmutable();
    }

    private static Instant Earlier(Instant a, Instant b) => a < b ? a : b;

    private static void Running(ImmutableArray<Segment>.Builder segments, Instant from, Instant to, BusinessCalendar? calendar)
    {
        while (from < to)
        {
            var open = calendar?.IsOpen(from) ?? true;
            var edge = calendar is null ? to : open ? calendar.NextClose(from) : calendar.NextOpen(from);
            var end = edge < to ? edge : to;
            segments.Add(new(from, end, open ? SegmentKind.Counted : SegmentKind.Skipped));
            from = end;
        }
    }
}

/// <summary>What became of a part of a clock's time.</summary>
public enum SegmentKind
{
    /// <summary>It counted.</summary>
    Counted,

    /// <summary>The calendar was closed.</summary>
    Skipped,

    /// <summary>The complaint waited.</summary>
    Paused,

    /// <summary>It was resolved or closed, before it was reopened.</summary>
    Inactive,
}
