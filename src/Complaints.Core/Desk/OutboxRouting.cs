using Complaints.Core.Notifications;
using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.FollowUp;
using Complaints.Core.Improvements;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Core;

/// <summary>
/// Which events lead to which messages: each event's own file says whether it leaves. A message carries ids and codes, never personal text:
/// who sends it reads what it needs at that moment. Imported
/// history leads to none.
/// </summary>
public static class OutboxRouting
{
    /// <summary>The outward names of everything that leaves: <c>complaints.resolved.v1</c>.</summary>
    public static ImmutableArray<string> Known => [.. Leaving.Select(happened => happened.Type.OutwardName).Order(StringComparer.Ordinal)];

    /// <summary>The events that leave, by their stored names: <c>resolved</c>.</summary>
    public static ImmutableArray<string> Events => [.. Leaving.Select(happened => happened.Name).Order(StringComparer.Ordinal)];

    private static IEnumerable<HappeningType> Leaving =>
        ComplaintRooms.Current.Catalogue.Leaving.Concat(ImprovementRooms.Current.Catalogue.Leaving);

    /// <summary>The messages of a decision about a complaint. Those that reach the customer wait for the hours in which the customer may be
    /// contacted; no deadline moves by that.</summary>
    internal static ImmutableArray<OutboxMessage> Route(
        Catalogue<Complaint> catalogue, Decision decision, RowKey key, Rulebook rules) => Route(
        catalogue, decision.Next!, ImmutableArray<Event<Complaint>>.CastUp(decision.Events), decision.Moment.RecordedAt, key,
        name => NotBefore(decision, name, rules));

    /// <summary>The messages of what happened to any aggregate.</summary>
    /// <param name="catalogue">Its events.</param>
    /// <param name="state">The state after them.</param>
    /// <param name="events">What happened.</param>
    /// <param name="at">When it was recorded.</param>
    /// <param name="key">Authenticates them.</param>
    /// <param name="notBefore">Until when the message of an event waits, by the event's name; <c>null</c> where none waits.</param>
    internal static ImmutableArray<OutboxMessage> Route<TState>(
        Catalogue<TState> catalogue, TState state, ImmutableArray<Event<TState>> events, Instant at, RowKey key,
        Func<string, Instant?>? notBefore = null)
        where TState : class, IAggregate<TState>
    {
        var messages = ImmutableArray.CreateBuilder<OutboxMessage>();
        foreach (var happened in events)
        {
            var type = catalogue.Of(happened).Type;
            if (type.Leaves is not { } leaving || !leaving.If(happened))
                continue;
            var payload = Payload(state, type, happened);
            var id = MessageIds.Of(state.Key, state.Version, messages.Count, at, type.OutwardName, payload.Span, key);
            messages.Add(new OutboxMessage(id, type.OutwardName, payload, at, notBefore?.Invoke(type.Name)));
        }
        return messages.ToImmutable();
    }

    private static Instant? NotBefore(Decision decision, string name, Rulebook rules)
    {
        if (!rules.ContactHours.Topics.Contains(name))
            return null;
        var now = decision.Moment.RecordedAt;
        var next = ContactWindow.Next(now, rules.ContactHours, decision.Next!.Receipt.Contact, DateTimeZoneProviders.Tzdb[rules.Settings.Zone]);
        return next > now ? next : null;
    }

    private static ReadOnlyMemory<byte> Payload<TState>(TState state, EventType type, Event<TState> happened)
        where TState : class, IAggregate<TState> =>
        JsonBytes.Write((State: state, Type: type, Happened: happened), static (writer, _, message) =>
        {
            writer.WriteStartObject();
            writer.WriteString("topic"u8, message.Type.OutwardName);
            writer.WriteString("tenant"u8, message.State.Tenant.Value);
            writer.WriteString(TState.Noun, message.State.Key);
            writer.WriteString("number"u8, message.State.Number);
            writer.WriteNumber("version"u8, message.State.Version);
            writer.WriteString("state"u8, message.State.Standing.ToString());
            message.Type.Leaves!.Write?.Invoke(writer, message.Happened);
            writer.WriteEndObject();
        });
}
