using System.Text.Json;
using NodaTime;

namespace Complaints.Core.History;

/// <summary>What an event's bytes say before its data is understood. It is read by hand, and its data stays where it is: a proof reads
/// millions of them, and what was read into a document first was read twice.</summary>
internal ref struct EventHeader
{
    /// <summary>What is of no complaint says what it is of in a member that a header does not have.</summary>
    private List<(string Noun, Guid? Id)>? _other;

    public ComplaintId Complaint { get; private set; }

    public TenantId Tenant { get; private set; }

    public int Version { get; private set; }

    public int Index { get; private set; }

    public string Type { get; private set; }

    public int Schema { get; private set; }

    public Instant Occurred { get; private set; }

    public Instant Recorded { get; private set; }

    public RecordedActor? Actor { get; private set; }

    public CommandId Command { get; private set; }

    /// <summary>The bytes of the data: a JSON value.</summary>
    public ReadOnlySpan<byte> Data { get; private set; }

    /// <summary>What the event is of; <c>null</c> when it says nothing that could be understood.</summary>
    public readonly AggregateId? Of => Complaint != default ? AggregateId.Of(Complaint)
        : _other is [var (noun, _), ..] && IdOf(noun) is { } id ? new(noun, id) : null;

    /// <summary>The id of what the event is of, if it is of that.</summary>
    public readonly Guid? IdOf(string noun) => noun == AggregateId.Complaint
        ? Complaint == default ? null : Complaint.Value
        : _other?.FindLast(member => member.Noun == noun).Id;

    /// <exception cref="Exception">The bytes are no event's: one that <see cref="BadValue"/> knows.</exception>
    public static EventHeader Read(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("An event is an object.");
        var header = new EventHeader();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            header.ReadMember(ref reader, body);
        // Nothing follows the object: the reader throws where something does.
        reader.Read();
        return header;
    }

    private void ReadMember(ref Utf8JsonReader reader, ReadOnlySpan<byte> body)
    {
        if (Is(ref reader, "complaint"u8))
            Complaint = new(reader.GetGuid());
        else if (Is(ref reader, "tenant"u8))
            Tenant = new(reader.GetString() ?? throw new JsonException("An event has a tenant."));
        else if (Is(ref reader, "version"u8))
            Version = reader.GetInt32();
        else if (Is(ref reader, "index"u8))
            Index = reader.GetInt32();
        else if (Is(ref reader, "type"u8))
            Type = reader.GetString() ?? throw new JsonException("An event has a type.");
        else if (Is(ref reader, "schema"u8))
            Schema = reader.GetInt32();
        else if (Is(ref reader, "occurred"u8))
            Occurred = InstantText.Read(ref reader);
        else if (Is(ref reader, "recorded"u8))
            Recorded = InstantText.Read(ref reader);
        else if (Is(ref reader, "actor"u8))
            Actor = JsonSerializer.Deserialize(ref reader, HistoryJson.Default.RecordedActor);
        else if (Is(ref reader, "command"u8))
            Command = new(reader.GetGuid());
        else if (Is(ref reader, "data"u8))
            Data = Value(ref reader, body);
        else
            ReadOther(ref reader);
    }

    private void ReadOther(ref Utf8JsonReader reader)
    {
        var noun = reader.GetString()!;
        reader.Read();
        (_other ??= []).Add((noun, reader.TokenType == JsonTokenType.String && reader.TryGetGuid(out var id) ? id : null));
        reader.Skip();
    }

    /// <summary>True for the member of that name, whose value the reader then stands at.</summary>
    private static bool Is(ref Utf8JsonReader reader, ReadOnlySpan<byte> name) => reader.ValueTextEquals(name) && reader.Read();

    private static ReadOnlySpan<byte> Value(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> body)
    {
        var from = (int)reader.TokenStartIndex;
        reader.Skip();
        return body[from..(int)reader.BytesConsumed];
    }
}
