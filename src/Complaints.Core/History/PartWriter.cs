using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Complaints.Core.Capabilities;

namespace Complaints.Core.History;

/// <summary>
/// Writes a state part by part. A command changes a few of its parts: one that is the same object as in the state that was written before
/// is copied from its bytes. What comes out is, byte for byte, what the serializer writes of the whole.
/// </summary>
internal sealed class PartWriter<TState>(JsonTypeInfo<TState> json) where TState : class
{
    private readonly Part[] _parts =
    [
        .. json.Properties.Where(property => property is { Get: not null, Set: not null })
            .Select(property => new Part(
                JsonEncodedText.Encode(property.Name), property.Get!, json.Options.GetTypeInfo(property.PropertyType))),
    ];

    /// <param name="state">The state; its personal values are sealed.</param>
    /// <param name="last">What was written of the state that it was made of; <c>null</c> for nothing.</param>
    public WrittenState Write(TState state, WrittenState? last)
    {
        var writing = new Writing(_parts, state, last, new int[_parts.Length], new int[_parts.Length]);
        var bytes = JsonBytes.Write(writing, static (writer, _, it) => it.To(writer));
        return new(state, bytes, writing.Begins, writing.Ends);
    }

    private sealed record Part(JsonEncodedText Name, Func<object, object?> Get, JsonTypeInfo Json);

    private readonly record struct Writing(Part[] Parts, TState State, WrittenState? Last, int[] Begins, int[] Ends)
    {
        public void To(Utf8JsonWriter writer)
        {
            writer.WriteStartObject();
            for (var i = 0; i < Parts.Length; i++)
            {
                var part = Parts[i];
                var value = part.Get(State);
                if (value is not null)
                    writer.WritePropertyName(part.Name);
                Begins[i] = Written(writer);
                if (Last is { } last && IsSame(value, part.Get(last.Of)) && value is not null)
                    writer.WriteRawValue(last.Bytes.Span[last.Begins[i]..last.Ends[i]], skipInputValidation: true);
                else if (value is not null)
                    JsonSerializer.Serialize(writer, value, part.Json);
                Ends[i] = Written(writer);
            }
            writer.WriteEndObject();
        }

        private static int Written(Utf8JsonWriter writer) => (int)(writer.BytesCommitted + writer.BytesPending);

        /// <summary>The same object; of what has no identity, such as a list of structures, the same elements.</summary>
        private static bool IsSame(object? value, object? before) =>
            ReferenceEquals(value, before) || value is ValueType && value.Equals(before);
    }
}
