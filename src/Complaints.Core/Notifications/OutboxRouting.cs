using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using Complaints.Core.Assignment;
using Complaints.Core.Definitions;
using Complaints.Core.FollowUp;
using Complaints.Core.History;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;
using Complaints.Core.Storage;
using NodaTime;
using NodaTime.Text;

namespace Complaints.Core.Notifications;

/// <summary>
/// Which events lead to which messages. A message carries ids and codes, never personal text: who sends it reads what it needs at that moment. Imported history leads to none.
/// </summary>
public static class OutboxRouting
{
    private static readonly FrozenDictionary<Type, string> Topics = new Dictionary<Type, string>
    {
        [typeof(ComplaintRegistered)] = "complaint.registered",
        [typeof(ComplaintAcknowledged)] = "complaint.acknowledged",
        [typeof(HandedOver)] = "complaint.handed-over",
        [typeof(ApprovalRequested)] = "approval.requested",
        [typeof(ComplaintResolved)] = "complaint.resolved",
        [typeof(NotEstablishedDecided)] = "complaint.not-established",
        [typeof(ResultNotified)] = "result.notified",
        [typeof(ComplaintReopened)] = "complaint.reopened",
        [typeof(ReviewGranted)] = "review.granted",
        [typeof(ComplaintClosed)] = "complaint.closed",
        [typeof(ClockWarned)] = "clock.warning",
        [typeof(ClockBreached)] = "clock.breached",
        [typeof(ComplaintEscalated)] = "complaint.escalated",
        [typeof(DeadlineAgreed)] = "deadline.agreed",
        [typeof(CommitmentMade)] = "commitment.made",
        [typeof(ExtensionRequested)] = "extension.requested",
        [typeof(ExtensionDecided)] = "extension.decided",
        [typeof(ComplaintMerged)] = "complaint.merged",
    }.ToFrozenDictionary();

    /// <summary>All topics.</summary>
    public static ImmutableArray<string> Known { get; } = [.. Topics.Values.Order(StringComparer.Ordinal)];

    /// <summary>The messages of one decision. Those that reach the customer wait for the hours in which the customer may be contacted; no deadline moves by that.</summary>
    /// <param name="decision">What was decided.</param>
    /// <param name="rules">The tenant's definitions.</param>
    internal static ImmutableArray<OutboxMessage> Route(Decision decision, Rulebook rules)
    {
        var messages = ImmutableArray.CreateBuilder<OutboxMessage>();
        foreach (var happened in decision.Events)
        {
            if (Topics.TryGetValue(happened.GetType(), out var topic) && happened is not ClockWarned { Fate: not StepFate.Fired })
                messages.Add(new OutboxMessage(MessageIds.Of(decision.Next!.Id, decision.Next.Version, messages.Count, decision.Moment.RecordedAt), topic, Payload(decision.Next!, topic, happened), decision.Moment.RecordedAt, NotBefore(decision, topic, rules)));
        }
        return messages.ToImmutable();
    }

    private static Instant? NotBefore(Decision decision, string topic, Rulebook rules)
    {
        if (!rules.ContactHours.Topics.Contains(topic))
            return null;
        var now = decision.Moment.RecordedAt;
        var next = ContactWindow.Next(now, rules.ContactHours, decision.Next!.Receipt.Contact, DateTimeZoneProviders.Tzdb[rules.Settings.Zone]);
        return next > now ? next : null;
    }

    private static ReadOnlyMemory<byte> Payload(Complaint complaint, string topic, ComplaintEvent happened) =>
        JsonBytes.Write((Complaint: complaint, Topic: topic, Happened: happened), static (writer, _, message) =>
        {
            writer.WriteStartObject();
            writer.WriteString("topic"u8, message.Topic);
            writer.WriteString("tenant"u8, message.Complaint.Tenant.Value);
            writer.WriteString("complaint"u8, message.Complaint.Id.Value);
            writer.WriteString("number"u8, message.Complaint.Number);
            writer.WriteNumber("version"u8, message.Complaint.Version);
            writer.WriteString("state"u8, message.Complaint.State.ToString());
            WriteClock(writer, message.Happened);
            writer.WriteEndObject();
        });

    private static void WriteClock(Utf8JsonWriter writer, ComplaintEvent happened)
    {
        switch (happened)
        {
            case ClockWarned warned:
                writer.WriteString("clock"u8, warned.Clock);
                writer.WriteString("step"u8, warned.Step);
                writer.WriteString("due"u8, InstantPattern.ExtendedIso.Format(warned.Due));
                break;
            case ClockBreached breached:
                writer.WriteString("clock"u8, breached.Clock);
                writer.WriteString("due"u8, InstantPattern.ExtendedIso.Format(breached.Due));
                break;
            case ExtensionRequested requested:
                writer.WriteString("clock"u8, requested.Clock);
                writer.WriteString("due"u8, InstantPattern.ExtendedIso.Format(requested.Was));
                writer.WriteString("until"u8, InstantPattern.ExtendedIso.Format(requested.Until));
                break;
            case ExtensionDecided decided:
                writer.WriteString("clock"u8, decided.Clock);
                writer.WriteBoolean("granted"u8, decided.Granted is not null);
                if (decided.Granted is { } until)
                    writer.WriteString("until"u8, InstantPattern.ExtendedIso.Format(until));
                break;
            case ComplaintMerged merged:
                writer.WriteString("into"u8, merged.Into.Value);
                break;
            case ComplaintEscalated escalated:
                writer.WriteString("clock"u8, escalated.Clock);
                writer.WriteNumber("level"u8, escalated.Level);
                writer.WriteString("role"u8, escalated.Role);
                writer.WriteString("team"u8, escalated.Team);
                writer.WriteStartArray("superseded"u8);
                foreach (var skipped in escalated.Skipped)
                    writer.WriteStringValue(skipped);
                writer.WriteEndArray();
                break;
            default:
                break;
        }
    }
}
