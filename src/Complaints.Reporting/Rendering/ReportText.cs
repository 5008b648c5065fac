using System.Globalization;
using System.Text;
using Complaints.Core;
using NodaTime.Text;

namespace Complaints.Reporting.Rendering;

/// <summary>A report as plain text for a terminal, in English or Chinese. Every figure carries its definition.</summary>
public static class ReportText
{
    /// <summary>Writes a report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="culture">The language: <c>zh</c> or anything else for English.</param>
    /// <param name="top">How many parts of a breakdown to show; the rest is summed up.</param>
    public static string Write(Report report, CultureInfo culture, int top = 20)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(culture);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        var text = new StringBuilder();
        var frame = report.Frame;
        text.Append(frame.Tenant).Append("  [").Append(frame.From?.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture) ?? "-").Append(", ")
            .Append(frame.To?.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture) ?? "-").Append(")  ").Append(frame.Zone);
        if (frame.AsOf is { } asOf)
            text.Append("  @ ").Append(InstantPattern.ExtendedIso.Format(asOf));
        text.Append('\n');
        if (report.LeftOut > 0)
            text.Append('\n').Append(LeftOut(report).In(culture)).Append('\n');
        foreach (var figure in report.Figures)
        {
            text.Append('\n').Append(figure.Definition.Title(culture)).Append("  (").Append(figure.Definition.Id).Append(", ").Append(figure.Definition.Unit).Append(")\n");
            text.Append("  # ").Append(figure.Definition.Text(culture)).Append('\n');
            Append(text, figure.Value, "  ", top);
        }
        return text.ToString();
    }

    private static Label LeftOut(Report report)
    {
        var named = string.Join(", ", report.LeftOutNumbers);
        return new($"! {report.LeftOut} complaints are left out because their rows are damaged: {named}",
            $"! 有 {report.LeftOut} 件投诉的记录已损坏，未计入：{named}");
    }

    private static void Append(StringBuilder text, FigureValue value, string indent, int top)
    {
        if (value is not Breakdown breakdown)
        {
            text.Append(indent).Append(Line(value)).Append('\n');
            return;
        }
        var width = breakdown.Parts.Take(top).Select(part => Width(Key(part))).DefaultIfEmpty(0).Max();
        foreach (var part in breakdown.Parts.Take(top))
        {
            text.Append(indent).Append(Key(part));
            if (part.Value is Breakdown)
            {
                text.Append('\n');
                Append(text, part.Value, indent + "  ", top);
            }
            else
            {
                text.Append(' ', width - Width(Key(part)) + 2).Append(Line(part.Value)).Append('\n');
            }
        }
        if (breakdown.Parts.Length > top)
            text.Append(indent).Append(CultureInfo.InvariantCulture, $"... +{breakdown.Parts.Length - top}\n");
    }

    private static string Key(Part part) => part.Key.Length == 0 ? "-" : part.Key;

    private static string Line(FigureValue value) => value switch
    {
        Amount amount => amount.Value.ToString("N0", CultureInfo.InvariantCulture),
        Moment moment => moment.Value is { } instant ? InstantPattern.ExtendedIso.Format(instant) : "n/a",
        Share share => string.Create(CultureInfo.InvariantCulture, $"{(share.Value is { } quotient ? (quotient * 100).ToString("F2", CultureInfo.InvariantCulture) + " %" : "n/a")}  ({share.Numerator:N0} / {share.Denominator:N0})"),
        Spread spread => string.Create(CultureInfo.InvariantCulture, $"n {spread.Count:N0}  p50 {Time(spread.NearestRank.P50)}  p90 {Time(spread.NearestRank.P90)}  p95 {Time(spread.NearestRank.P95)}  max {Time(spread.Greatest)}"),
        _ => throw new InvalidOperationException($"There is no text form of {value.GetType().Name}."),
    };

    /// <summary>Days, hours, minutes, seconds: <c>3d 04:05:06</c>.</summary>
    private static string Time(long? seconds) => seconds is not { } value
        ? "n/a"
        : string.Create(CultureInfo.InvariantCulture, $"{(value < 0 ? "-" : "")}{Math.Abs(value) / 86_400}d {Math.Abs(value) / 3_600 % 24:D2}:{Math.Abs(value) / 60 % 60:D2}:{Math.Abs(value) % 60:D2}");

    /// <summary>Columns on a terminal: Chinese characters take two.</summary>
    private static int Width(string text) => text.Sum(c => c >= '\u2e80' ? 2 : 1);
}
