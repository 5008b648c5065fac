using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Complaints.Core.Capabilities;

namespace Complaints.Core.History;

/// <summary>
/// Writes an event as the bytes that are hashed and stored, and reads them again:
/// <c>{"complaint","tenant","version","index","type","schema","occurred","recorded","actor","command","data"}</c>. Unknown types read as
/// unknown, not as errors.
/// </summary>
public static class EventCodec
{
    /// <summary>Writes an event whose personal values are sealed.</summary>
    public static ReadOnlyMemory<byte> Write(TenantId tenant, RecordedEvent recorded) =>
        Write(tenant, recorded, ComplaintRooms.Current.Catalogue);

    internal static ReadOnlyMemory<byte> Write(TenantId tenant, RecordedEvent recorded, Catalogue<Complaint> catalogue)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        if (recorded.Event is null)
            throw new ArgumentException("An unknown event cannot be written.", nameof(recorded));
        return JsonBytes.Write(
            (Tenant: tenant, Recorded: recorded, Json: catalogue.Of(recorded.Event).Json),
            static (writer, _, written) => Write(writer, written.Tenant, written.Recorded, written.Recorded.Event!, written.Json));
    }

    /// <summary>Reads an event. Its personal values open where the event says that it belongs.</summary>
    /// <exception cref="InvalidDataException">The bytes are no event; the chain will show where they were changed.</exception>
    public static RecordedEvent Read(ReadOnlySpan<byte> body) => Read(body, ComplaintRooms.Current.Catalogue);

    internal static RecordedEvent Read(ReadOnlySpan<byte> body, Catalogue<Complaint> catalogue)
    {
        try
        {
            var header = JsonSerializer.Deserialize(body, HistoryJson.Default.EventHeader) ?? throw new JsonException("The event is null.");
            var type = catalogue.FindEvent(header.Type);
            var known = type is not null && header.Schema <= type.Version;
            var happened = known ? Placed(Data(header, type!), header) : null;
            return new RecordedEvent(
                header.Complaint, header.Version, header.Index, header.Type, header.Schema,
                new EventMoment(header.Occurred, header.Recorded, Actor.Recorded(header.Actor?.Id, header.Actor?.Roles ?? [], header.Actor?.OnBehalfOf)), header.Command, happened);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"The bytes are no event: {e.Message}", e);
        }
    }

    private static void Write(Utf8JsonWriter writer, TenantId tenant, RecordedEvent recorded, ComplaintEvent happened, JsonTypeInfo json)
    {
        writer.WriteStartObject();
        writer.WriteString("complaint"u8, recorded.Complaint.Value);
        writer.WriteString("tenant"u8, tenant.Value);
        writer.WriteNumber("version"u8, recorded.Version);
        writer.WriteNumber("index"u8, recorded.Index);
        writer.WriteString("type"u8, recorded.Type);
        writer.WriteNumber("schema"u8, recorded.Schema);
        writer.WritePropertyName("occurred"u8);
        InstantText.Write(writer, recorded.Moment.OccurredAt);
        writer.WritePropertyName("recorded"u8);
        InstantText.Write(writer, recorded.Moment.RecordedAt);
        writer.WritePropertyName("actor"u8);
        JsonSerializer.Serialize(writer, new RecordedActor(recorded.Moment.Actor.Id, recorded.Moment.Actor.Roles, recorded.Moment.Actor.OnBehalfOf), HistoryJson.Default.RecordedActor);
        writer.WriteString("command"u8, recorded.Command.Value);
        writer.WritePropertyName("data"u8);
        JsonSerializer.Serialize(writer, happened, json);
        writer.WriteEndObject();
    }

    private static ComplaintEvent Placed(ComplaintEvent happened, EventHeader header)
    {
        foreach (var (name, value) in happened.PersonalValues)
            value?.StandsAt(Complaint.PlaceOf(header.Tenant, header.Complaint, name));
        return happened;
    }

    private static ComplaintEvent Data(EventHeader header, HappeningType type)
    {
        if (header.Schema == type.Version)
            return (ComplaintEvent)header.Data.Deserialize(type.Json)!;
        var lifted = type.Type.Lift(JsonObject.Create(header.Data) ?? [], header.Schema);
        return (ComplaintEvent)lifted.Deserialize(type.Json)!;
    }
}

/// <summary>What an event's bytes say before its data is understood.</summary>
internal sealed record EventHeader(
    ComplaintId Complaint,
    TenantId Tenant,
    int Version,
    int Index,
    string Type,
    int Schema,
    NodaTime.Instant Occurred,
    NodaTime.Instant Recorded,
    RecordedActor? Actor,
    CommandId Command,
    JsonElement Data);

/// <summary>Who acted, as it is written down: no rule of today's holds for it.</summary>
internal sealed record RecordedActor(string? Id, ImmutableArray<string> Roles, string? OnBehalfOf = null);
