using System.Globalization;
using Complaints.Core.Sla;
using NodaTime;

namespace Complaints.Cli;

/// <summary>A clock as a line of cells from its start to its due instant or, when it is late, to its end: what was counted, closed, waited, and what is left.</summary>
internal static class ClockBar
{
    private const int Cells = 40;
    private const char Counted = '█';
    private const char Closed = '·';
    private const char Paused = '▒';
    private const char Inactive = '░';
    private const char Left = '─';
    private const char Late = '!';

    /// <summary>What the signs mean.</summary>
    public static string Legend(CultureInfo culture) => IsChinese(culture)
        ? $"{Counted} 计时  {Closed} 非工作时间  {Paused} 暂停  {Inactive} 已解决或结案  {Left} 剩余  {Late} 超时"
        : $"{Counted} counted  {Closed} closed  {Paused} paused  {Inactive} inactive  {Left} remaining  {Late} overdue";

    /// <summary>The cells.</summary>
    /// <param name="explanation">Every segment of the clock.</param>
    /// <param name="now">Up to when time has passed.</param>
    public static string Draw(Explanation explanation, Instant now)
    {
        var clock = explanation.Clock;
        var end = clock.StoppedAt ?? clock.CancelledAt ?? now;
        var last = clock.Due is { } due && due > end ? due : end;
        var span = last - clock.StartedAt;
        if (span <= Duration.Zero)
            return new string(Left, Cells);
        var cells = new char[Cells];
        for (var i = 0; i < Cells; i++)
        {
            // What holds in the middle of the cell.
            var at = clock.StartedAt + span * ((i + 0.5) / Cells);
            cells[i] = Sign(explanation, at, end);
        }
        return new string(cells);
    }

    /// <summary>How it stands, in words.</summary>
    public static string State(Clock clock, Instant now, DateTimeZone zone, CultureInfo culture)
    {
        var zh = IsChinese(culture);
        return clock switch
        {
            { CancelledAt: { } at } when clock.IsBreachedAt(now) => $"{(zh ? "超时后结束于" : "late, ended at")} {Output.Local(at, zone)}",
            { CancelledAt: { } at } => $"{(zh ? "取消于" : "cancelled at")} {Output.Local(at, zone)}",
            { StoppedAt: { } at, IsMet: true } => $"{(zh ? "按时完成于" : "met at")} {Output.Local(at, zone)}",
            { StoppedAt: { } at } => $"{(zh ? "超时完成于" : "late, stopped at")} {Output.Local(at, zone)}",
            { Due: null } => zh ? "暂停中" : "paused",
            _ when clock.IsBreachedAt(now) => zh ? "已超时" : "breached",
            _ => zh ? "计时中" : "running",
        };
    }

    private static char Sign(Explanation explanation, Instant at, Instant end)
    {
        var clock = explanation.Clock;
        if (clock.Due is { } due && at >= due)
            return Late;
        var kind = explanation.Segments.FirstOrDefault(segment => segment.From <= at && at < segment.To)?.Kind;
        return kind switch
        {
            SegmentKind.Skipped => Closed,
            SegmentKind.Paused => Paused,
            SegmentKind.Counted => at < end ? Counted : Left,
            null => Left,
            _ => Inactive,
        };
    }

    private static bool IsChinese(CultureInfo culture) => culture.TwoLetterISOLanguageName == "zh";
}
