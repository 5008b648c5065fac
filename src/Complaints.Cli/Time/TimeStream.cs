using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Complaints.Core;
using Complaints.Import.Reading;

namespace Complaints.Cli.Time;

/// <summary>Many questions: NDJSON in, NDJSON out, in order. A bad line is answered with an error and the others go on; the exit code says that there was one.</summary>
internal static class TimeStream
{
    private const int LongestLine = 1024 * 1024;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task<int> RunAsync(TimeOffice office, string from, string ask, CultureInfo culture, CancellationToken cancellationToken)
    {
        var interactive = from == "-";
        using var reader = new StreamReader(interactive ? Console.OpenStandardInput() : File.OpenRead(from), new UTF8Encoding(false));
        await using var writer = new TerminalWriter(new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false), 64 * 1024));
        var lines = new BoundedLines(reader, LongestLine);
        var (number, bad) = (0L, 0L);
        while (await lines.ReadAsync(cancellationToken) is (true, var line))
        {
            number++;
            if (line is not null && string.IsNullOrWhiteSpace(line))
                continue;
            var (question, id, refusal) = line is not null ? TimeQuestion.Read(line, ask)
                : (null, null, new ComplaintError("question.too_long", ("bound", LongestLine / 1024)));
            var answer = default(TimeAnswer);
            if (question is not null)
                (answer, refusal) = office.Answer(question);
            if (answer is not null)
            {
                Write(writer, id, answer);
            }
            else
            {
                bad++;
                Write(writer, id, number, refusal!, culture);
            }
            // Whoever asks through a pipe may wait for the answer before the next question.
            if (interactive)
                await writer.FlushAsync(cancellationToken);
        }
        await writer.FlushAsync(cancellationToken);
        if (bad > 0)
            await Console.Error.WriteLineAsync(culture.TwoLetterISOLanguageName == "zh" ? $"{number} 行中有 {bad} 行无法回答。" : $"{bad} of {number} lines could not be answered.");
        return bad == 0 ? ExitCode.Done : ExitCode.BadRows;
    }

    public static void Write(TextWriter to, JsonElement? id, TimeAnswer answer) => Line(to, id, answer.Write);

    private static void Write(TextWriter to, JsonElement? id, long line, ComplaintError refusal, CultureInfo culture) => Line(to, id, writer =>
    {
        writer.WriteNumber("line", line);
        writer.WriteStartObject("error");
        writer.WriteString("code", refusal.Code);
        writer.WriteString("message", refusal.In(culture));
        writer.WriteEndObject();
    });

    private static void Line(TextWriter to, JsonElement? id, Action<Utf8JsonWriter> fields)
    {
        using var bytes = new MemoryStream(256);
        using (var writer = new Utf8JsonWriter(bytes, Options))
        {
            writer.WriteStartObject();
            if (id is { } given)
            {
                writer.WritePropertyName("id");
                given.WriteTo(writer);
            }
            fields(writer);
            writer.WriteEndObject();
        }
        to.WriteLine(Encoding.UTF8.GetString(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)));
    }
}
