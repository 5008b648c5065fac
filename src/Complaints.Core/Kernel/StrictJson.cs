using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Complaints.Core;

/// <summary>How what people write is read: camel case, comments allowed, unknown members refused so that a typo is named.</summary>
internal static class StrictJson
{
    /// <summary>The types of a context, read strictly.</summary>
    public static JsonSerializerOptions Of(JsonSerializerContext context) => new(context.Options)
    {
        TypeInfoResolver = context,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Reads a value. What the serializer lets through, a <c>null</c> in a list, is an error too: no list of ours has
    /// one. A link to the value's schema is passed over.</summary>
    /// <exception cref="JsonException">It is no such value; the path says where.</exception>
    public static T Read<T>(string json, JsonTypeInfo<T> type)
    {
        json = SchemaLink.Blanked(json);
        var value = JsonSerializer.Deserialize(json, type) ?? throw new JsonException("The value is null.", "$", null, null);
        ThrowIfNullInList(json);
        return value;
    }

    private static void ThrowIfNullInList(string json)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json),
            new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        // For each level that is open the member or the place of the element that is being read; a place is never negative.
        var levels = new Stack<(string? Member, int Place)>();
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                levels.Pop();
                continue;
            }
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                levels.Pop();
                levels.Push((reader.GetString(), 0));
                continue;
            }
            if (levels.TryPop(out var level))
            {
                level.Place++;
                levels.Push(level);
                if (level.Member is null && reader.TokenType == JsonTokenType.Null)
                    throw new JsonException("A list holds null.", PathOf(levels), null, null);
            }
            if (reader.TokenType == JsonTokenType.StartObject)
                levels.Push(("", 0));
            else if (reader.TokenType == JsonTokenType.StartArray)
                levels.Push((null, -1));
        }
    }

    private static string PathOf(IEnumerable<(string? Member, int Place)> levels) =>
        "$" + string.Concat(levels.Reverse().Select(level => level.Member is { } member ? $".{member}" : $"[{level.Place}]"));
}
