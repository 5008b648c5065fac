using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Complaints.Core.Capabilities;

/// <summary>What the library knows of a type of event besides its fold.</summary>
/// <param name="Name">Its stored name.</param>
/// <param name="Version">Its version, which rises with every member that it gains.</param>
/// <param name="Label">What happened, in the past tense.</param>
internal sealed record EventType(string Name, int Version, Label Label)
{
    /// <summary>Whether it goes out, and what it tells besides the case; <c>null</c> when it stays in the house.</summary>
    public Leaving? Leaves { get; init; }

    /// <summary>The command whose senders see that it happened, and nobody else; <c>null</c> for whoever sees the case.</summary>
    public string? ShownTo { get; init; }

    /// <summary>How data of older versions is lifted; a version without one reads as it is.</summary>
    public ImmutableArray<Upcaster> Upcasters { get; init; } = [];

    /// <summary>Its name outside, from which receivers know what it holds. What is stored may gain a member that never leaves: that is
    /// nothing to them.</summary>
    public string OutwardName => $"complaints.{Name}.v{Leaves?.Version ?? 1}";

    /// <summary>Lifts data of an older version.</summary>
    public JsonObject Lift(JsonObject data, int from)
    {
        for (var version = from; version < Version; version++)
        {
            foreach (var upcaster in Upcasters)
                data = upcaster.From == version ? upcaster.Lift(data) : data;
        }
        return data;
    }
}

/// <summary>Lifts an event's data by one version.</summary>
/// <param name="From">The version that it lifts.</param>
/// <param name="Lift">The data as the next version has it. Pure.</param>
internal sealed record Upcaster(int From, Func<JsonObject, JsonObject> Lift);

/// <summary>How an event leaves the house: ids and codes, never personal text.</summary>
/// <param name="Write">Writes what it tells besides the case.</param>
internal sealed record Leaving(Action<Utf8JsonWriter, object>? Write = null)
{
    /// <summary>Tells of the case only.</summary>
    public static Leaving Plain { get; } = new();

    /// <summary>The version of what it tells outside; it rises when that changes.</summary>
    public int Version { get; init; } = 1;

    /// <summary>Some of what happened leaves, and some stays.</summary>
    public Func<object, bool> If { get; init; } = _ => true;

    public static Leaving With<TEvent>(Action<Utf8JsonWriter, TEvent> write) => new((writer, happened) => write(writer, (TEvent)happened));
}
