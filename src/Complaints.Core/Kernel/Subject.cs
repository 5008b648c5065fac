using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Complaints.Core;

/// <summary>A part of a case that a command may be about, or that it made: <c>approval/1</c>, <c>hold/parts</c>.</summary>
/// <param name="Kind">What it is: <c>approval</c>, <c>proposal</c>, <c>hold</c> ...</param>
/// <param name="Key">Which one: a number within the case, or a code.</param>
[JsonConverter(typeof(SubjectJsonConverter))]
public readonly record struct Subject(string Kind, string Key)
{
    /// <summary>The part of a number.</summary>
    public static Subject Of(string kind, int number) => new(kind, number.ToString(CultureInfo.InvariantCulture));

    /// <summary>Reads <c>kind/key</c>.</summary>
    /// <exception cref="FormatException">There is no slash in the text.</exception>
    public static Subject Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash
            ? new(text[..slash], text[(slash + 1)..])
            : throw new FormatException($"'{text}' names no part of a case; write for example approval/1.");
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Kind}/{Key}";
}

/// <summary>Reads and writes a <see cref="Subject"/> as <c>"approval/1"</c>.</summary>
public sealed class SubjectJsonConverter : JsonConverter<Subject>
{
    /// <inheritdoc/>
    public override Subject Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return Subject.Parse(reader.GetString() ?? "");
        }
        catch (FormatException e)
        {
            throw new JsonException(e.Message, e);
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Subject value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
