using System.Text.Json;

namespace Complaints.Core;

/// <summary>A sealed value: AES-256-GCM under a person's key, bound to the place where it stands.</summary>
/// <param name="Version">How it was sealed: <see cref="Bound"/>, or 1 by programs that bound it to the person only. A higher one is a newer
/// program's: it is kept as it is and does not open.</param>
/// <param name="Key">Whose key.</param>
/// <param name="Nonce">12 random bytes.</param>
/// <param name="Ciphertext">As long as the clear bytes.</param>
/// <param name="Tag">16 bytes.</param>
public sealed record Envelope(
    int Version, SubjectId Key, ReadOnlyMemory<byte> Nonce, ReadOnlyMemory<byte> Ciphertext, ReadOnlyMemory<byte> Tag)
{
    /// <summary>The version that is written today: bound to tenant, aggregate, id, person and field (<see cref="SealedPlace"/>).</summary>
    public const int Bound = 2;

    /// <summary>Of these there is no member in what was written: bound to the person only.</summary>
    internal const int First = 1;

    /// <summary>What stands where words about an erased person would stand: nothing, under a key that is gone.</summary>
    internal static Envelope LeftOut(SubjectId person) => new(Bound, person, default, default, default);

    /// <summary>Writes it as <c>{"v","k","n","c","t"}</c>, the bytes in base64; without <c>v</c> it is of version 1.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        if (Version != First)
            writer.WriteNumber("v"u8, Version);
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
        var version = First;
        Guid? key = null;
        byte[]? nonce = null, ciphertext = null, tag = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.ValueSpan is [var letter] ? letter : default;
            reader.Read();
            switch (name)
            {
                case (byte)'v': version = Number(reader); break;
                case (byte)'k': key = reader.GetGuid(); break;
                case (byte)'n': nonce = reader.GetBytesFromBase64(); break;
                case (byte)'c': ciphertext = reader.GetBytesFromBase64(); break;
                case (byte)'t': tag = reader.GetBytesFromBase64(); break;
                default: reader.Skip(); break;
            }
        }
        return key is { } of && nonce is not null && ciphertext is not null && tag is not null
            ? new Envelope(version, new SubjectId(of), nonce, ciphertext, tag)
            : throw new JsonException("A sealed value needs its key id, nonce, ciphertext and tag.");
    }

    private static int Number(Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number)
        ? number
        : throw new JsonException("The version of a sealed value is a number.");

    /// <inheritdoc/>
    public bool Equals(Envelope? other) =>
        other is not null && Version == other.Version && Key == other.Key && Nonce.Span.SequenceEqual(other.Nonce.Span)
        && Ciphertext.Span.SequenceEqual(other.Ciphertext.Span) && Tag.Span.SequenceEqual(other.Tag.Span);

    /// <inheritdoc/>
    public override int GetHashCode() => Key.GetHashCode();
}
