using System.Collections.Immutable;
using System.Text.Json;
using Complaints.Core;

namespace Complaints.Cli.Time;

/// <summary>A question about time as it was asked, on the command line or as a line of NDJSON. Texts are read where the calendar is known.</summary>
internal sealed record TimeQuestion
{
    private static readonly string[] Fields = ["id", "ask", "start", "end", "limit", "policy", "objective", "calendar", "pauses"];

    /// <summary>What the asker calls it; comes back with the answer as it was.</summary>
    public JsonElement? Id { get; init; }

    /// <summary><c>due</c>, <c>between</c> or <c>explain</c>.</summary>
    public string Ask { get; init; } = "due";

    public string? Start { get; init; }

    public string? End { get; init; }

    public string? Limit { get; init; }

    public string? Policy { get; init; }

    public string? Objective { get; init; }

    /// <summary>An id, a file, or a definition's JSON; <c>null</c> for the usual one.</summary>
    public string? Calendar { get; init; }

    public ImmutableArray<(string From, string? To, string? Reason)> Pauses { get; init; } = [];

    /// <summary>Reads a line.</summary>
    /// <param name="line">A JSON object.</param>
    /// <param name="ask">What is asked where the line does not say.</param>
    public static (TimeQuestion? Question, JsonElement? Id, ComplaintError? Refusal) Read(string line, string ask)
    {
        JsonElement? id = null;
        try
        {
            var json = JsonDocument.Parse(line).RootElement;
            if (json.ValueKind != JsonValueKind.Object)
                return (null, null, new ComplaintError("question.syntax", ("value", "no object")));
            id = json.TryGetProperty("id", out var given) ? given : null;
            if (json.EnumerateObject().FirstOrDefault(field => !Fields.Contains(field.Name)) is { Value.ValueKind: not JsonValueKind.Undefined } unknown)
                return (null, id, new ComplaintError("question.field", ("field", unknown.Name), ("known", string.Join(", ", Fields))));
            return (new TimeQuestion
            {
                Id = id,
                Ask = Text(json, "ask") ?? ask,
                Start = Text(json, "start"),
                End = Text(json, "end"),
                Limit = Text(json, "limit"),
                Policy = Text(json, "policy"),
                Objective = Text(json, "objective"),
                Calendar = json.TryGetProperty("calendar", out var calendar) && calendar.ValueKind == JsonValueKind.Object ? calendar.GetRawText() : Text(json, "calendar"),
                Pauses = json.TryGetProperty("pauses", out var pauses) ? [.. pauses.EnumerateArray().Select(Pause)] : [],
            }, id, null);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or IndexOutOfRangeException)
        {
            return (null, id, new ComplaintError("question.syntax", ("value", e.Message)));
        }
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.GetString() : null;

    /// <summary><c>["from", "to"]</c>, with a reason as the third; no end while it lasts.</summary>
    private static (string From, string? To, string? Reason) Pause(JsonElement pause) =>
        (pause[0].GetString() ?? "", pause.GetArrayLength() > 1 ? pause[1].GetString() : null, pause.GetArrayLength() > 2 ? pause[2].GetString() : null);
}
