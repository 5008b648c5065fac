using System.Text.Json;
using Complaints.Core;
using Complaints.Core.Improvements;
using Complaints.Core.Storage;
using NodaTime;
using NodaTime.Text;

namespace Complaints.Notifications.Templates;

/// <summary>What a message tells of its event: ids and codes.</summary>
internal sealed record EventData
{
    private readonly JsonElement _root;

    private EventData(JsonElement root) => _root = root;

    /// <summary>The tenant.</summary>
    public TenantId Tenant { get; private init; }

    /// <summary>The improvement that it is about; <c>null</c> where it is about a complaint.</summary>
    public ImprovementId? Improvement { get; private init; }

    /// <summary>The stored name of the event: <c>resolved</c>.</summary>
    public string Event { get; private init; } = "";

    /// <summary>What a message tells; <c>null</c> where its payload is none of ours.</summary>
    public static EventData? Of(ClaimedMessage message)
    {
        try
        {
            using var document = JsonDocument.Parse(message.Payload);
            var data = new EventData(document.RootElement.Clone());
            if (data.Text("tenant") is not { } tenant || data.Text("topic")?.Split('.') is not ["complaints", var name, ..])
                return null;
            return data with
            {
                Tenant = TenantId.Parse(tenant), Event = name,
                Improvement = data.Text("improvement") is { } id && data.Text("complaint") is null ? new(Guid.Parse(id)) : null,
            };
        }
        catch (Exception e) when (e is JsonException or ArgumentException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A member that is a text.</summary>
    public string? Text(string name) =>
        _root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>A member that is a number.</summary>
    public int? Number(string name) =>
        _root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number)
            ? number : null;

    /// <summary>A member that is true or false.</summary>
    public bool? Flag(string name) => _root.TryGetProperty(name, out var value)
        && value.ValueKind is (JsonValueKind.True or JsonValueKind.False) ? value.GetBoolean() : null;

    /// <summary>A member that is an instant.</summary>
    public Instant? When(string name) =>
        Text(name) is { } text && InstantPattern.ExtendedIso.Parse(text) is { Success: true } parsed ? parsed.Value : null;

    /// <summary>The part of the case that it names; <c>null</c> where it names none.</summary>
    public Subject? Part
    {
        get
        {
            if ((Text("task") ?? Text("subject")) is { } named)
                return named.Contains('/', StringComparison.Ordinal) ? Subject.Parse(named) : null;
            return Number("action") is { } action ? Subject.Of("action", action)
                : Number("participant") is { } participant ? Subject.Of("participant", participant)
                : Text("rule") is { } rule ? new Subject("signal", rule)
                : null;
        }
    }
}
