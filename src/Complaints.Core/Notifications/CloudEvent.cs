using System.Text.Json;
using Complaints.Core.Storage;
using NodaTime.Text;

namespace Complaints.Core.Notifications;

/// <summary>
/// A message as systems read it: <see href="https://cloudevents.io/">CloudEvents 1.0</see> in structured JSON. The same message always has
/// the same bytes, whatever node writes them and however often.
/// </summary>
public static class CloudEvent
{
    /// <summary>The content type of what <see cref="Write"/> writes: <c>application/cloudevents+json</c>; it is UTF-8.</summary>
    public const string MediaType = "application/cloudevents+json";

    /// <summary>UTF-8 JSON: <c>id</c> is the message's, <c>type</c> its topic, <c>subject</c> as <see cref="SubjectOf"/>, <c>time</c> when
    /// it was written, <c>data</c> its payload as it is.</summary>
    /// <param name="message">The message.</param>
    /// <param name="source">Who sends: a URI reference, 1 to 200 characters.</param>
    /// <exception cref="FormatException">The payload is no JSON object.</exception>
    public static byte[] Write(ClaimedMessage message, string source)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentException.ThrowIfNullOrEmpty(source);
        var subject = SubjectOf(message);
        return JsonBytes.Write((message, source, subject), static (writer, _, written) =>
        {
            writer.WriteStartObject();
            writer.WriteString("specversion"u8, "1.0"u8);
            writer.WriteString("id"u8, written.message.Id);
            writer.WriteString("source"u8, written.source);
            writer.WriteString("type"u8, written.message.Topic);
            writer.WriteString("subject"u8, written.subject);
            writer.WriteString("time"u8, InstantPattern.ExtendedIso.Format(written.message.CreatedAt));
            writer.WriteString("datacontenttype"u8, "application/json"u8);
            writer.WritePropertyName("data"u8);
            // It was read to its end for the subject.
            writer.WriteRawValue(written.message.Payload.Span, skipInputValidation: true);
            writer.WriteEndObject();
        });
    }

    /// <summary>What a message is about: <c>complaints/2026-000123</c>, <c>improvements/2026-000007</c>; of one whose payload names no
    /// number, the id instead.</summary>
    /// <exception cref="FormatException">The payload is no JSON object.</exception>
    public static string SubjectOf(ClaimedMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        string? noun = null, number = null;
        try
        {
            var reader = new Utf8JsonReader(message.Payload.Span);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                throw new FormatException($"The payload of message {message.Id} is no JSON object.");
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                // What it is about comes before its number; what else it names comes behind.
                if (number is null && reader.ValueTextEquals("improvement"u8))
                    noun ??= AggregateId.Improvement;
                else if (number is null && reader.ValueTextEquals("complaint"u8))
                    noun ??= AggregateId.Complaint;
                var isNumber = number is null && reader.ValueTextEquals("number"u8);
                reader.Read();
                if (isNumber && reader.TokenType == JsonTokenType.String)
                    number = reader.GetString();
                reader.Skip();
            }
            // What follows the object, if anything, is refused here.
            reader.Read();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FormatException($"The payload of message {message.Id} is no JSON object.", e);
        }
        return $"{noun ?? AggregateId.Complaint}s/{number ?? message.Complaint.Value.ToString("D")}";
    }
}
