using System.Text.Encodings.Web;
using System.Text.Json;
using NodaTime.Text;

namespace Complaints.Reporting.Rendering;

/// <summary>
/// A report as JSON: <c>{"report": {frame}, "leftOut": {"count", "numbers"} where rows are damaged, "figures": {id: {"title",
/// "definition", "unit", "value"}}}</c>. A share is <c>{"num", "den", "value"}</c> and a change <c>{"now", "before", "value"}</c>, both
/// with <c>null</c> over nothing, a spread <c>{"n", "negative" where there are some, "unit", "sum", "min", "max",
/// "p50_nearest_rank", ...}</c>, a breakdown an object by key. Keys are stable, instants are UTC.
/// </summary>
public static class ReportJson
{
    private static readonly JsonWriterOptions Options =
        new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a report as UTF-8.</summary>
    public static void Write(Report report, Stream output)
    {
        ArgumentNullException.ThrowIfNull(report);
        using var writer = new Utf8JsonWriter(output, Options);
        writer.WriteStartObject();
        WriteFrame(writer, report.Frame);
        if (report.LeftOut > 0)
        {
            writer.WriteStartObject("leftOut");
            writer.WriteNumber("count", report.LeftOut);
            writer.WriteStartArray("numbers");
            foreach (var number in report.LeftOutNumbers)
                writer.WriteStringValue(number);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        writer.WriteStartObject("figures");
        foreach (var figure in report.Figures)
        {
            writer.WriteStartObject(figure.Definition.Id);
            WriteTexts(writer, "title", figure.Definition.TitleEn, figure.Definition.TitleZh);
            WriteTexts(writer, "definition", figure.Definition.TextEn, figure.Definition.TextZh);
            writer.WriteString("unit", figure.Definition.Unit);
            writer.WritePropertyName("value");
            WriteValue(writer, figure.Value);
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>A report as text.</summary>
    public static string ToText(Report report)
    {
        using var buffer = new MemoryStream();
        Write(report, buffer);
        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    private static void WriteFrame(Utf8JsonWriter writer, ReportFrame frame)
    {
        writer.WriteStartObject("report");
        writer.WriteString("tenant", frame.Tenant);
        writer.WriteString("zone", frame.Zone);
        writer.WriteString("from", frame.From is { } from ? LocalDatePattern.Iso.Format(from) : null);
        writer.WriteString("to", frame.To is { } to ? LocalDatePattern.Iso.Format(to) : null);
        writer.WriteString("asOf", frame.AsOf is { } asOf ? InstantPattern.ExtendedIso.Format(asOf) : null);
        writer.WritePropertyName("definition");
        JsonSerializer.Serialize(writer, frame.Definition, ReportDefinitionJson.Default.ReportDefinition);
        writer.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter writer, string name, string en, string zh)
    {
        writer.WriteStartObject(name);
        writer.WriteString("en", en);
        writer.WriteString("zh", zh);
        writer.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter writer, FigureValue value)
    {
        switch (value)
        {
            case Amount amount:
                writer.WriteNumberValue(amount.Value);
                break;
            case Number number:
                writer.WriteNumberValue(number.Value);
                break;
            case Change change:
                writer.WriteStartObject();
                writer.WriteNumber("now", change.Now);
                WriteNumber(writer, "before", change.Before);
                WriteNumber(writer, "value", change.Value);
                writer.WriteEndObject();
                break;
            case Moment moment:
                writer.WriteStringValue(moment.Value is { } instant ? InstantPattern.ExtendedIso.Format(instant) : null);
                break;
            case Share share:
                writer.WriteStartObject();
                writer.WriteNumber("num", share.Numerator);
                writer.WriteNumber("den", share.Denominator);
                WriteNumber(writer, "value", share.Value);
                writer.WriteEndObject();
                break;
            case Spread spread:
                WriteSpread(writer, spread);
                break;
            case Breakdown breakdown:
                writer.WriteStartObject();
                foreach (var part in breakdown.Parts)
                {
                    writer.WritePropertyName(part.Key);
                    WriteValue(writer, part.Value);
                }
                writer.WriteEndObject();
                break;
            default:
                throw new InvalidOperationException($"There is no JSON form of {value.GetType().Name}.");
        }
    }

    private static void WriteSpread(Utf8JsonWriter writer, Spread spread)
    {
        writer.WriteStartObject();
        writer.WriteNumber("n", spread.Count);
        if (spread.Negative > 0)
            writer.WriteNumber("negative", spread.Negative);
        writer.WriteString("unit", "s");
        writer.WriteNumber("sum", spread.Sum);
        WriteNumber(writer, "min", spread.Least);
        WriteNumber(writer, "max", spread.Greatest);
        WriteNumber(writer, "p50_nearest_rank", spread.NearestRank.P50);
        WriteNumber(writer, "p90_nearest_rank", spread.NearestRank.P90);
        WriteNumber(writer, "p95_nearest_rank", spread.NearestRank.P95);
        WriteNumber(writer, "p50_linear", spread.Linear.P50);
        WriteNumber(writer, "p90_linear", spread.Linear.P90);
        WriteNumber(writer, "p95_linear", spread.Linear.P95);
        writer.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter writer, string name, long? value)
    {
        if (value is { } number)
            writer.WriteNumber(name, number);
        else
            writer.WriteNull(name);
    }

    /// <summary>Six decimals: more would be noise.</summary>
    private static void WriteNumber(Utf8JsonWriter writer, string name, double? value)
    {
        if (value is { } number)
            writer.WriteNumber(name, Math.Round(number, 6));
        else
            writer.WriteNull(name);
    }
}
