using System.Text.Json;
using System.Text.Json.Nodes;

namespace Complaints.Core.Definitions;

/// <summary>Names every key of a content that its kind does not know, by the kind's schema: the serializer's own sentence is English and
/// speaks of types.</summary>
internal static class UnknownKeys
{
    private static readonly JsonDocumentOptions AsRead = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The findings; empty when it is something else that is wrong.</summary>
    public static IEnumerable<ComplaintError> In(string json, JsonObject schema)
    {
        try
        {
            return [.. Of(JsonNode.Parse(json, documentOptions: AsRead), schema, "")];
        }
        catch (Exception e) when (BadValue.Is(e))
        {
            return [];
        }
    }

    private static IEnumerable<ComplaintError> Of(JsonNode? node, JsonNode? schema, string path)
    {
        if (node is JsonArray items && schema?["items"] is { } element)
            return items.SelectMany((item, i) => Of(item, element, $"{path}[{i}]"));
        if (node is not JsonObject content || schema is not JsonObject shape)
            return [];
        var members = shape["properties"]?.AsObject();
        // Every name is allowed where the kind itself is a dictionary.
        var others = shape["additionalProperties"] as JsonObject;
        return content.SelectMany(entry =>
        {
            var place = path.Length == 0 ? entry.Key : $"{path}.{entry.Key}";
            var known = members?[entry.Key] ?? others;
            return known is null && members is not null
                ? [new("definition.key_unknown", ("path", place), ("value", entry.Key), ("known", Named(members)))]
                : Of(entry.Value, known, place);
        });
    }

    private static IEnumerable<string> Named(JsonObject members) =>
        members.Select(member => member.Key).Where(key => key != SchemaLink.Key);
}
