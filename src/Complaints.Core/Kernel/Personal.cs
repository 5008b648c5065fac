using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Complaints.Core;

/// <summary>
/// A personal value. Outside memory it exists only as an <see cref="Envelope"/> under the key of its person; destroying that key erases the
/// value everywhere,
/// and the hash chain stays valid. It is clear between a decision and its sealing only, and never prints itself.
/// </summary>
/// <typeparam name="T">A text, or a record of a room.</typeparam>
public sealed class Personal<T> : IPersonal, IEquatable<Personal<T>> where T : class
{
    private T? _clear;
    private readonly JsonTypeInfo<T> _json;

    internal Personal(T clear, JsonTypeInfo<T> json) => (_clear, _json) = (clear, json);

    internal Personal(Envelope envelope, JsonTypeInfo<T> json) => (Envelope, _json) = (envelope, json);

    /// <summary>The sealed form; <c>null</c> while the value has only been decided in memory.</summary>
    public Envelope? Envelope { get; private set; }

    /// <summary>The value in the clear, if its key is at hand.</summary>
    /// <param name="key">The person's key; <c>null</c> when it was destroyed.</param>
    /// <param name="value">The value.</param>
    /// <returns>False when the person was erased, or the key is another person's.</returns>
    public bool TryReveal(SubjectKey? key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out T? value)
    {
        value = _clear;
        if (value is not null)
            return true;
        if (key is null || Envelope is not { } envelope || envelope.Key != key.Subject || envelope.Tag.IsEmpty)
            return false;
        value = JsonSerializer.Deserialize(key.Open(envelope), _json);
        return value is not null;
    }

    /// <inheritdoc/>
    public bool Equals(Personal<T>? other) =>
        other is not null && (Envelope is { } mine && other.Envelope is { } theirs ? mine.Equals(theirs) : EqualityComparer<T>.Default.Equals(_clear, other._clear));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Personal<T>);

    /// <inheritdoc/>
    public override int GetHashCode() => 0;

    /// <inheritdoc/>
    public override string ToString() => "***";

    void IPersonal.Seal(SubjectKey key)
    {
        Envelope ??= key.Seal(JsonSerializer.SerializeToUtf8Bytes(_clear!, _json));
        _clear = null;
    }

    void IPersonal.LeaveOut(SubjectId person)
    {
        Envelope ??= Envelope.LeftOut(person);
        _clear = null;
    }
}

/// <summary>Makes personal values.</summary>
public static class Personal
{
    /// <summary>Marks a text as personal.</summary>
    public static Personal<string> Of(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new(value, PersonalJson.Default.String);
    }

    /// <summary>Marks a value as personal.</summary>
    internal static Personal<T> Of<T>(T value) where T : class, IPersonalContent<T> => new(value, T.Json);

    /// <summary>A text as a store kept it: sealed.</summary>
    public static Personal<string> Sealed(Envelope envelope)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        return new(envelope, PersonalJson.Default.String);
    }

    /// <summary>Marks a text as personal; an empty one is none.</summary>
    public static Personal<string>? OfNullable(string? value) => string.IsNullOrWhiteSpace(value) ? null : Of(value);
}

/// <summary>A record that is personal as a whole, and says how it is written before it is sealed.</summary>
internal interface IPersonalContent<TSelf> where TSelf : class, IPersonalContent<TSelf>
{
    static abstract JsonTypeInfo<TSelf> Json { get; }
}

/// <summary>A personal value of any type, for the edge that seals it.</summary>
internal interface IPersonal
{
    void Seal(SubjectKey key);

    /// <summary>Leaves the words out, because the key under which they would be sealed was destroyed.</summary>
    void LeaveOut(SubjectId person);
}

/// <summary>A sealed value: AES-256-GCM under a person's key.</summary>
/// <param name="Key">Whose key.</param>
/// <param name="Nonce">12 random bytes.</param>
/// <param name="Ciphertext">As long as the clear bytes.</param>
/// <param name="Tag">16 bytes.</param>
public sealed record Envelope(SubjectId Key, ReadOnlyMemory<byte> Nonce, ReadOnlyMemory<byte> Ciphertext, ReadOnlyMemory<byte> Tag)
{
    /// <summary>What stands where words about an erased person would stand: nothing, under a key that is gone.</summary>
    internal static Envelope LeftOut(SubjectId person) => new(person, default, default, default);

    /// <summary>Writes it as <c>{"k","n","c","t"}</c>, the bytes in base64.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        writer.WriteString("k"u8, Key.Value);
        writer.WriteBase64String("n"u8, Nonce.Span);
        writer.WriteBase64String("c"u8, Ciphertext.Span);
        writer.WriteBase64String("t"u8, Tag.Span);
        writer.WriteEndObject();
    }

    /// <summary>Reads what <see cref="WriteTo"/> wrote; the reader stands on the opening brace.</summary>
    /// <exception cref="JsonException">It is no envelope.</exception>
    public static Envelope Read(ref Utf8JsonReader reader)
    {
        Guid? key = null;
        byte[]? nonce = null, ciphertext = null, tag = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.ValueSpan is [var letter] ? letter : default;
            reader.Read();
            switch (name)
            {
                case (byte)'k': key = reader.GetGuid(); break;
                case (byte)'n': nonce = reader.GetBytesFromBase64(); break;
                case (byte)'c': ciphertext = reader.GetBytesFromBase64(); break;
                case (byte)'t': tag = reader.GetBytesFromBase64(); break;
                default: reader.Skip(); break;
            }
        }
        return key is { } of && nonce is not null && ciphertext is not null && tag is not null
            ? new Envelope(new SubjectId(of), nonce, ciphertext, tag)
            : throw new JsonException("A sealed value needs its key id, nonce, ciphertext and tag.");
    }

    /// <inheritdoc/>
    public bool Equals(Envelope? other) =>
        other is not null && Key == other.Key && Nonce.Span.SequenceEqual(other.Nonce.Span) && Ciphertext.Span.SequenceEqual(other.Ciphertext.Span) && Tag.Span.SequenceEqual(other.Tag.Span);

    /// <inheritdoc/>
    public override int GetHashCode() => Key.GetHashCode();
}

/// <summary>Writes a personal value as its envelope and as nothing else.</summary>
internal abstract class PersonalJsonConverter<T>(JsonTypeInfo<T> json) : JsonConverter<Personal<T>> where T : class
{
    public sealed override Personal<T>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        // Older programs wrote some values in the clear: they are read, and never written again.
        IsEnvelope(reader) ? new(Envelope.Read(ref reader), json) : new(JsonSerializer.Deserialize(ref reader, json)!, json);

    private static bool IsEnvelope(Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.StartObject && reader.Read() && reader.TokenType == JsonTokenType.PropertyName
            && reader.ValueTextEquals("k"u8);

    public sealed override void Write(Utf8JsonWriter writer, Personal<T> value, JsonSerializerOptions options) =>
        (value.Envelope ?? throw new InvalidOperationException("A personal value must be sealed before it is written.")).WriteTo(writer);
}

/// <summary>The same for a text.</summary>
internal sealed class PersonalTextJsonConverter() : PersonalJsonConverter<string>(PersonalJson.Default.String);

/// <summary>The same for a record.</summary>
internal sealed class PersonalContentJsonConverter<T>() : PersonalJsonConverter<T>(T.Json) where T : class, IPersonalContent<T>;

/// <summary>How the clear text of an envelope is written.</summary>
[JsonSerializable(typeof(string))]
internal sealed partial class PersonalJson : JsonSerializerContext;
