using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Complaints.Core;
using NodaTime;

namespace Complaints.Reporting.Rendering;

/// <summary>A report as plain text for a terminal, in English or Chinese. Every figure carries its definition; instants are told in the
/// report's zone.</summary>
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
        var frame = report.Frame;
        var page = new Page(culture, DateTimeZoneProviders.Tzdb.GetZoneOrNull(frame.Zone) ?? DateTimeZone.Utc, top);
        page.Head(frame);
        if (report.LeftOut > 0)
            page.Text.Append('\n').Append(LeftOut(report).In(culture)).Append('\n');
        foreach (var figure in report.Figures)
            page.Append(figure);
        return page.Text.ToString();
    }

    private static Label LeftOut(Report report)
    {
        var named = string.Join(", ", report.LeftOutNumbers);
        return new($"! {report.LeftOut} complaints are left out because their rows are damaged: {named}",
            $"! 有 {report.LeftOut} 件投诉的记录已损坏，未计入：{named}");
    }

    /// <summary>The text of one report in one language.</summary>
    private sealed class Page(CultureInfo culture, DateTimeZone zone, int top)
    {
        private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;
        private static readonly Label NotAvailable = new("n/a", "不适用");
        private static readonly Label Days = new("d", "天");

        /// <summary>What is counted; instants, durations and percentages say it themselves.</summary>
        private static readonly FrozenDictionary<string, Label> Units = new Dictionary<string, Label>(StringComparer.Ordinal)
        {
            ["complaints"] = new("complaints", "件"),
            ["closures"] = new("closures", "次"),
            ["rounds"] = new("rounds", "轮"),
            ["commands"] = new("commands", "次"),
            ["changes"] = new("changes", "次"),
            ["reopenings"] = new("reopenings", "次"),
            ["customers"] = new("customers", "位"),
        }.ToFrozenDictionary(StringComparer.Ordinal);

        public StringBuilder Text { get; } = new();

        public void Head(ReportFrame frame)
        {
            Text.Append(frame.Tenant).Append("  ").Append(PeriodWords.Of(frame).In(culture)).Append("  ").Append(frame.Zone);
            if (frame.AsOf is { } asOf)
                Text.Append("  @ ").Append(PeriodWords.Of(asOf, zone));
            Text.Append('\n');
        }

        public void Append(Figure figure)
        {
            var definition = figure.Definition;
            Text.Append('\n').Append(definition.Title(culture));
            if (Units.TryGetValue(definition.Unit, out var unit))
                Text.Append("  (").Append(unit.In(culture)).Append(')');
            Text.Append('\n');
            Text.Append("  # ").Append(definition.Text(culture)).Append('\n');
            Append(figure.Value, "  ");
        }

        private void Append(FigureValue value, string indent)
        {
            if (value is not Breakdown breakdown)
            {
                Text.Append(indent).Append(Line(value)).Append('\n');
                return;
            }
            string[] keys = [.. breakdown.Parts.Take(top).Select(part => Key(part, breakdown))];
            var width = keys.Select(Width).DefaultIfEmpty(0).Max();
            foreach (var (part, key) in breakdown.Parts.Zip(keys))
            {
                Text.Append(indent).Append(key);
                if (part.Value is Breakdown)
                {
                    Text.Append('\n');
                    Append(part.Value, indent + "  ");
                }
                else
                {
                    Text.Append(' ', width - Width(key) + 2).Append(Line(part.Value)).Append('\n');
                }
            }
            if (breakdown.Parts.Length > top)
                Text.Append(indent).Append(Invariant, $"... +{breakdown.Parts.Length - top}\n");
        }

        /// <summary>What it is called; with the code where another is called the same.</summary>
        private string Key(Part part, Breakdown among)
        {
            if (part.Label is not { } label)
                return part.Key.Length == 0 ? "-" : part.Key;
            return among.Parts.Count(other => other.Label == label) > 1 ? $"{label.In(culture)} ({part.Key})" : label.In(culture);
        }

        private string Line(FigureValue value) => value switch
        {
            Amount amount => amount.Value.ToString("N0", Invariant),
            Number { IsTime: true } number => Time((long)decimal.Floor(number.Value)),
            Number number => number.Value.ToString("#,##0.##", Invariant),
            Moment moment => moment.Value is { } instant ? PeriodWords.Of(instant, zone) : NotAvailable.In(culture),
            Share share => string.Create(Invariant, $"{Percent(share.Value, "F2")}  ({share.Numerator:N0} / {share.Denominator:N0})"),
            Change change => string.Create(Invariant,
                $"{Percent(change.Value, "+0.00;-0.00;0.00")}  ({change.Before?.ToString("N0", Invariant) ?? "-"} -> {change.Now:N0})"),
            Spread spread => Of(spread).In(culture) + Negative(spread),
            _ => throw new InvalidOperationException($"There is no text form of {value.GetType().Name}."),
        };

        private Label Of(Spread spread)
        {
            var (count, greatest) = (spread.Count.ToString("N0", Invariant), Time(spread.Greatest));
            var (half, most, nearly) = (Time(spread.NearestRank.P50), Time(spread.NearestRank.P90), Time(spread.NearestRank.P95));
            return new(
                $"n {count}  p50 {half}  p90 {most}  p95 {nearly}  max {greatest}",
                $"共 {count}  中位数 {half}  90% 以内 {most}  95% 以内 {nearly}  最长 {greatest}");
        }

        private string Negative(Spread spread) => spread.Negative == 0
            ? ""
            : "  " + new Label(
                $"({spread.Negative} negative, down to {Time(spread.Least)}, not in the percentiles)",
                $"（其中 {spread.Negative} 个为负，最小 {Time(spread.Least)}，不计入百分位数）").In(culture);

        private string Percent(double? quotient, string format) =>
            quotient is { } value ? (value * 100).ToString(format, Invariant) + " %" : NotAvailable.In(culture);

        /// <summary>Days, hours, minutes, seconds: <c>3d 04:05:06</c>.</summary>
        private string Time(long? seconds)
        {
            if (seconds is not { } value)
                return NotAvailable.In(culture);
            var size = Math.Abs(value);
            return string.Create(Invariant,
                $"{(value < 0 ? "-" : "")}{size / 86_400}{Days.In(culture)} {size / 3_600 % 24:D2}:{size / 60 % 60:D2}:{size % 60:D2}");
        }

        /// <summary>Columns on a terminal: Chinese characters take two.</summary>
        private static int Width(string text) => text.Sum(c => c >= '\u2e80' ? 2 : 1);
    }
}
