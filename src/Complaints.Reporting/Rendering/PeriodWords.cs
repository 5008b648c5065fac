using System.Globalization;
using Complaints.Core;
using NodaTime;
using NodaTime.Text;

namespace Complaints.Reporting.Rendering;

/// <summary>What a report's period and instants are in words: the last day is the one that a person means, instants are told in the
/// report's zone.</summary>
internal static class PeriodWords
{
    private static readonly LocalDatePattern English = LocalDatePattern.CreateWithInvariantCulture("d MMMM uuuu");
    private static readonly LocalDatePattern Chinese = LocalDatePattern.CreateWithInvariantCulture("uuuu'年'M'月'd'日'");
    private static readonly OffsetDateTimePattern Local = OffsetDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm:sso<+HH:mm>");

    /// <summary>Which complaints a report is about.</summary>
    public static Label Of(ReportFrame frame) => (frame.From, frame.To?.PlusDays(-1)) switch
    {
        (null, null) => new("all complaints", "全部投诉"),
        ({ } from, null) => new($"received from {English.Format(from)} on", $"{Chinese.Format(from)}起受理"),
        (null, { } last) => new($"received up to {English.Format(last)} inclusive", $"{Chinese.Format(last)}（含）前受理"),
        ({ } from, { } last) => new(
            $"received from {English.Format(from)} to {English.Format(last)} inclusive",
            $"{Chinese.Format(from)}至{Chinese.Format(last)}（含）受理"),
    };

    /// <summary>An instant on the clocks of a zone, with their offset.</summary>
    public static string Of(Instant instant, DateTimeZone zone) => Local.Format(instant.InZone(zone).ToOffsetDateTime());
}
