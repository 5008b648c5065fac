using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Complaints.Core;
using Complaints.Core.History;

namespace Complaints.Storage.Relational;

/// <summary>The columns that hold JSON: facts by name, lists of codes, and sealed values. An empty one is null.</summary>
internal static class JsonColumns
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
    public static readonly ImmutableSortedDictionary<string, string> NoFacts = ImmutableSortedDictionary.Create<string,
        string>(StringComparer.Ordinal);

    public static string? Facts(ImmutableSortedDictionary<string, string> facts) => facts.IsEmpty ? null : Text(writer =>
    {
        writer.WriteStartObject();
        foreach (var (name, fact) in facts)
            writer.WriteString(name, fact);
        writer.WriteEndObject();
    });

    public static ImmutableSortedDictionary<string, string> Facts(string? json)
    {
        if (json is null)
            return NoFacts;
        using var document = JsonDocument.Parse(json);
        var facts = NoFacts.ToBuilder();
        foreach (var fact in document.RootElement.EnumerateObject())
            facts[fact.Name] = fact.Value.GetString() ?? "";
        return facts.ToImmutable();
    }

    public static string? Codes(ImmutableArray<string> codes) => codes.IsDefaultOrEmpty ? null : List(codes);

    public static ImmutableArray<string> Codes(string? json)
    {
        if (json is null)
            return [];
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateArray().Select(code => code.GetString() ?? "")];
    }

    /// <summary>A JSON array of texts, empty or not.</summary>
    public static string List(IEnumerable<string> texts) => Text(writer =>
    {
        writer.WriteStartArray();
        foreach (var text in texts)
            writer.WriteStringValue(text);
        writer.WriteEndArray();
    });

    /// <summary>What is stored of a personal value.</summary>
    public static Envelope? EnvelopeOf(Personal<string>? value) => value is null
        ? null
        : value.Envelope ?? throw new ArgumentException("A personal value must be sealed before it is stored.", nameof(value));

    public static byte[]? Sealed(Envelope? envelope) => envelope is null ? null : Write(envelope.WriteTo).ToArray();

    public static Envelope? Sealed(byte[]? json)
    {
        if (json is null)
            return null;
        var reader = new Utf8JsonReader(json);
        reader.Read();
        return Envelope.Read(ref reader);
    }

    private static string Text(Action<Utf8JsonWriter> write) => Encoding.UTF8.GetString(Write(write));

    private static ReadOnlySpan<byte> Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, Options))
            write(writer);
        return buffer.WrittenSpan;
    }
}
