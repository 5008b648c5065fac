using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Complaints.Core;

/// <summary>Writes a personal value as its envelope and as nothing else.</summary>
internal abstract class PersonalJsonConverter<T>(JsonTypeInfo<T> json) : JsonConverter<Personal<T>> where T : class
{
    public sealed override Personal<T>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        // Older programs wrote some values in the clear: they are read, and never written again.
        IsEnvelope(reader) ? new(Envelope.Read(ref reader), json) : new(JsonSerializer.Deserialize(ref reader, json)!, json);

    private static bool IsEnvelope(Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.StartObject && reader.Read() && reader.TokenType == JsonTokenType.PropertyName
            && (reader.ValueTextEquals("v"u8) || reader.ValueTextEquals("k"u8));

    public sealed override void Write(Utf8JsonWriter writer, Personal<T> value, JsonSerializerOptions options) =>
        (value.Envelope ?? throw new InvalidOperationException("A personal value must be sealed before it is written.")).WriteTo(writer);
}

/// <summary>The same for a text.</summary>
internal sealed class PersonalTextJsonConverter() : PersonalJsonConverter<string>(PersonalJson.Default.String);

/// <summary>The same for a record.</summary>
internal sealed class PersonalContentJsonConverter<T>() : PersonalJsonConverter<T>(T.Json) where T : class, IPersonalContent<T>;
