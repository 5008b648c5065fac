using System.Text.Json;
using System.Text.Json.Serialization;

namespace Complaints.Core;

/// <summary>A value that is one short text: a code of an open list that a host may extend.</summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
public interface ICode<TSelf> where TSelf : struct, ICode<TSelf>
{
    /// <summary>The code as it is stored and sent.</summary>
    string Value { get; }

    /// <summary>Wraps a code read from a store or a wire, unchecked.</summary>
    static abstract TSelf From(string value);
}

/// <summary>A value that is one UUID.</summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
public interface IGuidId<TSelf> where TSelf : struct, IGuidId<TSelf>
{
    /// <summary>The UUID.</summary>
    Guid Value { get; }

    /// <summary>Wraps a UUID.</summary>
    static abstract TSelf From(Guid value);
}

/// <summary>Reads and writes an <see cref="ICode{TSelf}"/> as a JSON string.</summary>
/// <typeparam name="T">The code's type.</typeparam>
public sealed class CodeJsonConverter<T> : JsonConverter<T> where T : struct, ICode<T>
{
    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        T.From(reader.GetString() ?? throw new JsonException($"A {typeof(T).Name} cannot be null."));

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}

/// <summary>Reads and writes an <see cref="IGuidId{TSelf}"/> as a JSON string.</summary>
/// <typeparam name="T">The id's type.</typeparam>
public sealed class GuidIdJsonConverter<T> : JsonConverter<T> where T : struct, IGuidId<T>
{
    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => T.From(reader.GetGuid());

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}
