using System.Text.Json;
using System.Text.Json.Serialization;
using Complaints.Core.Intake;

namespace Complaints.Core.History;

/// <summary>
/// A personal value. Outside memory it exists only as an <see cref="Envelope"/> under the key of its person; destroying that key erases the
/// value everywhere,
/// and the hash chain stays valid. It never prints itself.
/// </summary>
/// <typeparam name="T"><see cref="string"/>, <see cref="Complainant"/> or <see cref="Statement"/>.</typeparam>
public sealed class Personal<T> : IPersonal, IEquatable<Personal<T>> where T : class
{
    private readonly T? _clear;

    internal Personal(T clear) => _clear = clear;

    internal Personal(Envelope envelope) => Envelope = envelope;

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
        if (key is null || Envelope is not { } envelope || envelope.Key != key.Subject)
            return false;
        value = (T?)JsonSerializer.Deserialize(key.Open(envelope), PersonalJson.Default.GetTypeInfo(typeof(T))!);
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

    void IPersonal.Seal(SubjectKey key) =>
        Envelope ??= key.Seal(JsonSerializer.SerializeToUtf8Bytes(_clear!, PersonalJson.Default.GetTypeInfo(typeof(T))!));
}

/// <summary>Makes personal values.</summary>
public static class Personal
{
    /// <summary>Marks a value as personal.</summary>
    public static Personal<T> Of<T>(T value) where T : class
    {
        ArgumentNullException.ThrowIfNull(value);
        return new(value);
    }

    /// <summary>A value as a store kept it: sealed.</summary>
    public static Personal<T> Sealed<T>(Envelope envelope) where T : class
    {
        ArgumentNullException.ThrowIfNull(envelope);
        return new(envelope);
    }

    /// <summary>Marks a text as personal; an empty one is none.</summary>
    public static Personal<string>? OfNullable(string? value) => string.IsNullOrWhiteSpace(value) ? null : new(value);
}

/// <summary>A personal value of any type, for the edge that seals it.</summary>
internal interface IPersonal
{
    void Seal(SubjectKey key);
}

/// <summary>A sealed value: AES-256-GCM under a person's key.</summary>
/// <param name="Key">Whose key.</param>
/// <param name="Nonce">12 random bytes.</param>
/// <param name="Ciphertext">As long as the clear bytes.</param>
/// <param name="Tag">16 bytes.</param>
public sealed record Envelope(SubjectId Key, ReadOnlyMemory<byte> Nonce, ReadOnlyMemory<byte> Ciphertext, ReadOnlyMemory<byte> Tag)
{
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
internal sealed class PersonalJsonConverter<T> : JsonConverter<Personal<T>> where T : class
{
    public override Personal<T>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(Envelope.Read(ref reader));

    public override void Write(Utf8JsonWriter writer, Personal<T> value, JsonSerializerOptions options) =>
        (value.Envelope ?? throw new InvalidOperationException("A personal value must be sealed before it is written.")).WriteTo(writer);
}

/// <summary>How the clear content of an envelope is written.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(Complainant))]
[JsonSerializable(typeof(Statement))]
internal sealed partial class PersonalJson : JsonSerializerContext;
