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
        return Write(tenant, new WrittenEvent<Complaint>(recorded.Complaint.Value, recorded.Version, recorded.Index, recorded.Type,
            recorded.Schema, recorded.Moment, recorded.Command, recorded.Event), catalogue);
    }

    /// <summary>Writes an event of any aggregate: what it is of stands in the place of <c>complaint</c>.</summary>
    internal static ReadOnlyMemory<byte> Write<TState>(TenantId tenant, in WrittenEvent<TState> written, Catalogue<TState> catalogue)
        where TState : class, IAggregate<TState> => JsonBytes.Write(
            (Tenant: tenant, Event: written, Json: catalogue.Of(written.Event!).Json),
            static (writer, _, it) => Write(writer, it.Tenant, it.Event, it.Json));

    /// <summary>Reads an event. Its personal values open where the event says that it belongs.</summary>
    /// <exception cref="InvalidDataException">The bytes are no event; the chain will show where they were changed.</exception>
    public static RecordedEvent Read(ReadOnlySpan<byte> body) => Read(body, ComplaintRooms.Current.Catalogue);

    internal static RecordedEvent Read(ReadOnlySpan<byte> body, Catalogue<Complaint> catalogue)
    {
        var read = Read<Complaint>(body, catalogue);
        return new RecordedEvent(new(read.Id), read.Version, read.Index, read.Type, read.Schema, read.Moment, read.Command,
            (ComplaintEvent?)read.Event);
    }

    /// <summary>Reads an event of any aggregate.</summary>
    /// <exception cref="InvalidDataException">The bytes are no event of such an aggregate.</exception>
    internal static WrittenEvent<TState> Read<TState>(ReadOnlySpan<byte> body, Catalogue<TState> catalogue)
        where TState : class, IAggregate<TState>
    {
        return Read(Header(body), catalogue);
    }

    /// <summary>What an event's bytes say before its data is understood.</summary>
    /// <exception cref="InvalidDataException">They are no event's.</exception>
    internal static EventHeader Header(ReadOnlySpan<byte> body)
    {
        try
        {
            return EventHeader.Read(body);
        }
        catch (Exception e) when (BadValue.Is(e))
        {
            throw new InvalidDataException($"The bytes are no event: {e.Message}", e);
        }
    }

    /// <summary>Reads the rest of an event.</summary>
    /// <exception cref="InvalidDataException">It is no event of such an aggregate.</exception>
    internal static WrittenEvent<TState> Read<TState>(in EventHeader header, Catalogue<TState> catalogue)
        where TState : class, IAggregate<TState>
    {
        try
        {
            var id = header.IdOf(TState.Noun) ?? throw new JsonException($"The event is of no {TState.Noun}.");
            var type = catalogue.FindEvent(header.Type);
            var known = type is not null && header.Schema <= type.Version;
            var happened = known ? Placed(Data<TState>(header, type!), header.Tenant, id) : null;
            return new WrittenEvent<TState>(
                id, header.Version, header.Index, header.Type, header.Schema,
                new EventMoment(header.Occurred, header.Recorded, Actor.Recorded(header.Actor?.Id, header.Actor?.Roles ?? [], header.Actor?.OnBehalfOf)), header.Command, happened);
        }
        catch (Exception e) when (BadValue.Is(e))
        {
            throw new InvalidDataException($"The bytes are no event: {e.Message}", e);
        }
    }

    private static void Write<TState>(Utf8JsonWriter writer, TenantId tenant, in WrittenEvent<TState> written, JsonTypeInfo json)
        where TState : class, IAggregate<TState>
    {
        writer.WriteStartObject();
        writer.WriteString(TState.Noun, written.Id);
        writer.WriteString("tenant"u8, tenant.Value);
        writer.WriteNumber("version"u8, written.Version);
        writer.WriteNumber("index"u8, written.Index);
        writer.WriteString("type"u8, written.Type);
        writer.WriteNumber("schema"u8, written.Schema);
        writer.WritePropertyName("occurred"u8);
        InstantText.Write(writer, written.Moment.OccurredAt);
        writer.WritePropertyName("recorded"u8);
        InstantText.Write(writer, written.Moment.RecordedAt);
        writer.WritePropertyName("actor"u8);
        JsonSerializer.Serialize(writer, new RecordedActor(written.Moment.Actor.Id, written.Moment.Actor.Roles,
            written.Moment.Actor.OnBehalfOf), HistoryJson.Default.RecordedActor);
        writer.WriteString("command"u8, written.Command.Value);
        writer.WritePropertyName("data"u8);
        JsonSerializer.Serialize(writer, written.Event, json);
        writer.WriteEndObject();
    }

    private static Event<TState> Placed<TState>(Event<TState> happened, TenantId tenant, Guid id) where TState : class, IAggregate<TState>
    {
        foreach (var (name, value) in happened.PersonalValues)
            value?.StandsAt(new SealedPlace(tenant, TState.Noun, id, name));
        return happened;
    }

    private static Event<TState> Data<TState>(in EventHeader header, HappeningType type) where TState : class
    {
        if (header.Schema == type.Version)
            return (Event<TState>)JsonSerializer.Deserialize(header.Data, type.Json)!;
        var lifted = type.Type.Lift(JsonNode.Parse(header.Data)?.AsObject() ?? [], header.Schema);
        return (Event<TState>)lifted.Deserialize(type.Json)!;
    }
}

/// <summary>An event as it stands in the history of an aggregate.</summary>
/// <param name="Id">The aggregate.</param>
/// <param name="Version">The version that the command made.</param>
/// <param name="Index">0, 1, ... within the version.</param>
/// <param name="Type">The event's type.</param>
/// <param name="Schema">The version of the type as it was written.</param>
/// <param name="Moment">When, and by whom.</param>
/// <param name="Command">The command that led to it.</param>
/// <param name="Event">What happened; <c>null</c> when this program is too old to know the type.</param>
internal readonly record struct WrittenEvent<TState>(
    Guid Id, int Version, int Index, string Type, int Schema, EventMoment Moment, CommandId Command, Event<TState>? Event)
    where TState : class;

/// <summary>Who acted, as it is written down: no rule of today's holds for it.</summary>
internal sealed record RecordedActor(string? Id, ImmutableArray<string> Roles, string? OnBehalfOf = null);
