using System.Text.Json;
using System.Text.Json.Nodes;
using Complaints.Core.Capabilities;

namespace Complaints.Core;

/// <summary>People and tools name cases by their numbers; commands carry ids.</summary>
internal static class CaseNames
{
    /// <summary>A command's fields with the ids of the cases that they name by number; what is no number stays as it is, for the command to
    /// refuse.</summary>
    public static async ValueTask<(string Json, ComplaintError? Error)> ResolvedAsync(
        ComplaintDesk desk, CommandInfo command, string json, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(json);
        if (command.Fields.All(field => field.Kind is not (FieldKind.Complaint or FieldKind.Complaints)) || Parsed(json) is not { } fields)
            return (json, null);
        foreach (var field in command.Fields)
        {
            if (field.Kind == FieldKind.Complaint && fields[field.Name] is JsonValue one)
            {
                var (id, error) = await IdOfAsync(desk, one, cancellationToken).ConfigureAwait(false);
                if (error is not null)
                    return (json, error);
                fields[field.Name] = id ?? one.DeepClone();
            }
            else if (field.Kind == FieldKind.Complaints && fields[field.Name] is JsonArray { Count: <= 1_000 } many)
            {
                for (var i = 0; i < many.Count; i++)
                {
                    var (id, error) = await IdOfAsync(desk, many[i] as JsonValue, cancellationToken).ConfigureAwait(false);
                    if (error is not null)
                        return (json, error);
                    many[i] = id ?? many[i]?.DeepClone();
                }
            }
        }
        return (fields.ToJsonString(), null);
    }

    /// <summary>The id of a number; nothing for what is an id already, or no text.</summary>
    private static async ValueTask<(JsonNode? Id, ComplaintError? Error)> IdOfAsync(
        ComplaintDesk desk, JsonValue? value, CancellationToken cancellationToken)
    {
        if (value is null || !value.TryGetValue<string>(out var name) || Guid.TryParse(name, out _))
            return default;
        return await desk.FindAsync(name, cancellationToken).ConfigureAwait(false) is { } found
            ? (found.Value, null)
            : (null, new("complaint.not_found", ("value", name)));
    }

    private static JsonObject? Parsed(string json)
    {
        try
        {
            return JsonNode.Parse(json) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
