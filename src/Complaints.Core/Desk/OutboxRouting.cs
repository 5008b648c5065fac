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

    /// <summary>The messages of one decision. Those that reach the customer wait for the hours in which the customer may be contacted; no
    /// deadline moves by that.</summary>
    internal static ImmutableArray<OutboxMessage> Route(Catalogue<Complaint> catalogue, Decision decision, Rulebook rules)
    {
        var messages = ImmutableArray.CreateBuilder<OutboxMessage>();
        var complaint = decision.Next!;
        foreach (var happened in decision.Events)
        {
            var type = catalogue.Of(happened).Type;
            if (type.Leaves is not { } leaving || !leaving.If(happened))
                continue;
            var at = decision.Moment.RecordedAt;
            var id = MessageIds.Of(complaint.Id.Value, complaint.Version, messages.Count, at);
            messages.Add(new OutboxMessage(id, type.OutwardName, Payload(complaint, type, happened), at, NotBefore(decision, type.Name, rules)));
        }
        return messages.ToImmutable();
    }

    /// <summary>The messages of a decision about an improvement.</summary>
    internal static ImmutableArray<OutboxMessage> Route(Improvement improvement, ImmutableArray<Event<Improvement>> events, Instant at)
    {
        var messages = ImmutableArray.CreateBuilder<OutboxMessage>();
        foreach (var happened in events)
        {
            var type = ImprovementRooms.Current.Catalogue.Of(happened).Type;
            if (type.Leaves is { } leaving && leaving.If(happened))
            {
                var id = MessageIds.Of(improvement.Id.Value, improvement.Version, messages.Count, at);
                messages.Add(new OutboxMessage(id, type.OutwardName, Payload(improvement, type, happened), at));
            }
        }
        return messages.ToImmutable();
    }

    private static ReadOnlyMemory<byte> Payload(Improvement improvement, EventType type, Event<Improvement> happened) =>
        JsonBytes.Write((Improvement: improvement, Type: type, Happened: happened), static (writer, _, message) =>
        {
            writer.WriteStartObject();
            writer.WriteString("topic"u8, message.Type.OutwardName);
            writer.WriteString("tenant"u8, message.Improvement.Tenant.Value);
            writer.WriteString("improvement"u8, message.Improvement.Id.Value);
            writer.WriteString("number"u8, message.Improvement.Number);
            writer.WriteNumber("version"u8, message.Improvement.Version);
            writer.WriteString("status"u8, message.Improvement.Status.ToString());
            message.Type.Leaves!.Write?.Invoke(writer, message.Happened);
            writer.WriteEndObject();
        });

    private static Instant? NotBefore(Decision decision, string name, Rulebook rules)
    {
        if (!rules.ContactHours.Topics.Contains(name))
            return null;
        var now = decision.Moment.RecordedAt;
        var next = ContactWindow.Next(now, rules.ContactHours, decision.Next!.Receipt.Contact, DateTimeZoneProviders.Tzdb[rules.Settings.Zone]);
        return next > now ? next : null;
    }

    private static ReadOnlyMemory<byte> Payload(Complaint complaint, EventType type, ComplaintEvent happened) =>
        JsonBytes.Write((Complaint: complaint, Type: type, Happened: happened), static (writer, _, message) =>
        {
            writer.WriteStartObject();
            writer.WriteString("topic"u8, message.Type.OutwardName);
            writer.WriteString("tenant"u8, message.Complaint.Tenant.Value);
            writer.WriteString("complaint"u8, message.Complaint.Id.Value);
            writer.WriteString("number"u8, message.Complaint.Number);
            writer.WriteNumber("version"u8, message.Complaint.Version);
            writer.WriteString("state"u8, message.Complaint.State.ToString());
            message.Type.Leaves!.Write?.Invoke(writer, message.Happened);
            writer.WriteEndObject();
        });
}
