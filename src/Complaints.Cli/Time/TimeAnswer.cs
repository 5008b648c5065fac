using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Complaints.Core;
using Complaints.Core.Calendars;
using Complaints.Core.Sla;
using NodaTime;
using NodaTime.Text;

namespace Complaints.Cli.Time;

/// <summary>What came of a question: a due instant with its segments, or a duration.</summary>
/// <param name="Calendar">The calendar that counted.</param>
/// <param name="Start">From when.</param>
/// <param name="Due">When the limit is reached.</param>
/// <param name="Limit">The limit.</param>
/// <param name="Counted">How much working time was counted.</param>
/// <param name="Segments">The explanation; empty when it was not asked for.</param>
internal sealed record TimeAnswer(BusinessCalendar Calendar, Instant Start, Instant? Due, TimeLimit? Limit, Duration Counted, ImmutableArray<Segment> Segments)
{
    /// <summary>It lies in a year whose holidays are not known, and holidays can move it: not hours on the wall, and days only if the last one may roll.</summary>
    public bool BeyondHolidayData =>
        Due is { } due && Limit is { } limit && Calendar.IsBeyondHolidayData(due)
        && (limit.MeasuresWorkingTime || limit.CountsDates && (limit.FreeLastDay != FreeLastDay.Stays || limit.LateReceipt != LateReceipt.ThatDay));

    public static string Iso(Instant instant) => InstantPattern.ExtendedIso.Format(instant);

    public static string Hours(Duration duration) =>
        string.Create(CultureInfo.InvariantCulture, $"{(duration < Duration.Zero ? "-" : "")}{Math.Abs((long)duration.TotalHours)}:{Math.Abs(duration.Minutes):D2}:{Math.Abs(duration.Seconds):D2}");

    private static readonly OffsetDateTimePattern WithOffset = OffsetDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss;FFFFFFFFFo<m>");

    public string Local(Instant instant) => WithOffset.Format(instant.InZone(Calendar.Zone).ToOffsetDateTime());

    /// <summary>The fields of the answer, in the writer's open object.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        if (Due is { } due)
        {
            writer.WriteString("due", Iso(due));
            writer.WriteString("local", Local(due));
            writer.WriteBoolean("beyondHolidayData", BeyondHolidayData);
        }
        else
        {
            writer.WriteNumber("seconds", (decimal)Counted.ToInt64Nanoseconds() / NodaConstants.NanosecondsPerSecond);
            writer.WriteString("working", Hours(Counted));
        }
        writer.WriteString("zone", Calendar.Zone.Id);
        if (Segments.IsEmpty)
            return;
        writer.WriteString("counted", Hours(Sum(SegmentKind.Counted)));
        writer.WriteString("closed", Hours(Sum(SegmentKind.Skipped)));
        writer.WriteString("paused", Hours(Sum(SegmentKind.Paused)));
        writer.WriteStartArray("segments");
        foreach (var segment in Segments)
        {
            writer.WriteStartObject();
            writer.WriteString("from", Local(segment.From));
            writer.WriteString("to", Local(segment.To));
            writer.WriteString("kind", segment.Kind switch { SegmentKind.Counted => "counted", SegmentKind.Skipped => "closed", _ => "paused" });
            if (segment.Reason is { } reason)
                writer.WriteString("reason", reason);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    /// <summary>For people.</summary>
    public IEnumerable<string> Lines(CultureInfo culture)
    {
        var zh = culture.TwoLetterISOLanguageName == "zh";
        if (Due is not { } due)
        {
            yield return zh ? $"工作时间 {Hours(Counted)}" : $"{Hours(Counted)} of working time";
            yield break;
        }
        yield return zh ? $"到期 {Local(due)}（{Calendar.Zone.Id}，{Iso(due)}）" : $"Due {Local(due)} ({Calendar.Zone.Id}, {Iso(due)})";
        if (BeyondHolidayData)
            yield return zh ? "日历尚无该年的节假日数据，到期时间可能变动。" : "The holidays of that year are not known: the instant may move.";
        foreach (var segment in Segments)
            yield return $"  {Local(segment.From)} – {Local(segment.To)}  {Hours(segment.To - segment.From),9}  {Word(segment, zh)}";
        if (!Segments.IsEmpty)
            yield return zh
                ? $"  计时 {Hours(Sum(SegmentKind.Counted))}，非工作时间 {Hours(Sum(SegmentKind.Skipped))}，暂停 {Hours(Sum(SegmentKind.Paused))}"
                : $"  counted {Hours(Sum(SegmentKind.Counted))}, closed {Hours(Sum(SegmentKind.Skipped))}, paused {Hours(Sum(SegmentKind.Paused))}";
    }

    private Duration Sum(SegmentKind kind) => Segments.Where(segment => segment.Kind == kind).Aggregate(Duration.Zero, (sum, segment) => sum + (segment.To - segment.From));

    private static string Word(Segment segment, bool zh) => segment.Kind switch
    {
        SegmentKind.Counted => zh ? "计时" : "counted",
        SegmentKind.Skipped => zh ? "非工作时间" : "closed",
        _ => (zh ? "暂停" : "paused") + (segment.Reason is { } reason ? $" ({reason})" : ""),
    };
}
