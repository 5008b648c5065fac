using System.Text;
using System.Text.Json;

namespace Complaints.Core;

/// <summary>The member by which an editor finds the JSON Schema of a file. It belongs to the file, not to what the file says: it may stand
/// in anything that people write, and nobody reads it here.</summary>
internal static class SchemaLink
{
    /// <summary>Its name.</summary>
    public const string Key = "$schema";

    private static readonly JsonReaderOptions AsRead = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The text with the link of its outermost object blanked out. Everything else keeps its line and its column, so that a
    /// finding names the place that the author sees.</summary>
    public static string Blanked(string json)
    {
        if (!json.Contains($"\"{Key}\"", StringComparison.Ordinal))
            return json;
        var bytes = Encoding.UTF8.GetBytes(json);
        try
        {
            if (Find(bytes) is not { } link)
                return json;
            foreach (ref var letter in bytes.AsSpan(link))
                letter = letter is (byte)'\n' or (byte)'\r' ? letter : (byte)' ';
            return Encoding.UTF8.GetString(bytes);
        }
        catch (JsonException)
        {
            // It is no JSON: whoever reads it next says so, and where.
            return json;
        }
    }

    /// <summary>From the name to the next member or the end of the object: the comma goes with it. A link that is no text is left, to be
    /// refused like any other key that nobody knows.</summary>
    private static Range? Find(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, AsRead);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var from = (int)reader.TokenStartIndex;
            var isLink = reader.ValueTextEquals(Key);
            reader.Read();
            if (!isLink || reader.TokenType != JsonTokenType.String)
            {
                reader.Skip();
                continue;
            }
            reader.Read();
            return from..(int)reader.TokenStartIndex;
        }
        return null;
    }
}
