using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Classification;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using NodaTime;

namespace Complaints.Core.Assignment;

/// <summary>What an open case is, as far as it matters to its place in a queue. Nothing personal.</summary>
internal readonly record struct QueueFacts
{
    public required string Kind { get; init; }

    public required ComplaintState State { get; init; }

    public required string Priority { get; init; }

    public required string? Category { get; init; }

    public required string? Subcategory { get; init; }

    public required string Channel { get; init; }

    public required string? EntryPoint { get; init; }

    public required string? Area { get; init; }

    public required bool IsReopened { get; init; }

    public required bool IsRepeat { get; init; }

    public required bool IsChased { get; init; }

    public required Instant ReceivedAt { get; init; }

    public required Instant? WroteAt { get; init; }

    public required Instant? DueAt { get; init; }

    /// <summary>The columns that are damaged: what is told from them is not known.</summary>
    public required ImmutableArray<string> Unreadable { get; init; }

    /// <summary>Since when it is past due; <c>null</c> while it is not.</summary>
    public Instant? LateSince(Instant now) => DueAt < now ? DueAt : null;
}

/// <summary>Something that a case is or is not.</summary>
/// <param name="Code">As definitions name it.</param>
/// <param name="Label">As people know it.</param>
/// <param name="Column">The column that it is told from.</param>
/// <param name="Of">Its value of a case; <see cref="Yes"/> for what is so, <c>null</c> for what is not.</param>
/// <param name="Codes">The codes that there are; <c>null</c> for what is so or is not.</param>
internal sealed record QueueAttribute(
    string Code, Label Label, string Column, QueueAttribute.Reading Of, Func<Rulebook, ImmutableArray<ICodeItem>>? Codes = null)
{
    public const string Yes = "yes";

    /// <summary>Reads a value. By reference: facts are wide, and read for every row of every case.</summary>
    public delegate string? Reading(in QueueFacts facts, Instant now);

    public static ImmutableArray<QueueAttribute> All { get; } =
    [
        new("priority", Labels.Priority, "priority", (in facts, _) => facts.Priority, rules => [.. rules.Priorities.Value.Priority.Items]),
        new("kind", Labels.Kind, "kind", (in facts, _) => facts.Kind, rules => [.. rules.Kinds.Items]),
        new("category", Labels.Category, "category", (in facts, _) => facts.Category, rules => [.. rules.Categories.Value.Categories]),
        new("subcategory", Labels.Subcategory, "subcategory", (in facts, _) => facts.Subcategory,
            rules => [.. rules.Categories.Value.Categories.SelectMany(category => category.Subcategories)]),
        new("channel", Labels.Channel, "channel", (in facts, _) => facts.Channel, rules => [.. rules.Channels.Items]),
        new("entry-point", Labels.EntryPoint, "entry_point", (in facts, _) => facts.EntryPoint, rules => [.. rules.EntryPoints.Items]),
        new("area", Labels.Area, "area", (in facts, _) => facts.Area, rules => [.. rules.Organisation.Areas]),
        new("state", Labels.State, "state", (in facts, _) => facts.State.ToString(),
            _ => [.. States.All.Select(state => new CodeItem(state.ToString(), Vocabulary.Of(state)))]),
        new("customer-wrote", new("The customer wrote and waits for an answer", "客户来信待答复"), "unanswered_since",
            (in facts, _) => facts.WroteAt is null ? null : Yes),
        new("chased", new("The customer asked how far it is", "客户已催办"), "measures", (in facts, _) => facts.IsChased ? Yes : null),
        new("repeat", new("Repeat complaint", "重复投诉"), "repeat_of", (in facts, _) => facts.IsRepeat ? Yes : null),
        new("reopened", new("Taken up again", "重新受理"), "round", (in facts, _) => facts.IsReopened ? Yes : null),
        new("past-due", new("Past due", "已逾期"), "due_at", (in facts, now) => facts.LateSince(now) is null ? null : Yes),
    ];

    public static QueueAttribute? Find(string code) => All.FirstOrDefault(attribute => attribute.Code == code);
}

/// <summary>An instant since when a case waits.</summary>
/// <param name="Code">As definitions name it.</param>
/// <param name="Column">The column that it is told from.</param>
/// <param name="Of">The instant of a case; <c>null</c> while there is none.</param>
/// <param name="Days">What is said of so many working days, the bound of them included.</param>
internal sealed record QueueAge(string Code, string Column, QueueAge.Reading Of, Label Days)
{
    /// <summary>Reads an instant.</summary>
    public delegate Instant? Reading(in QueueFacts facts, Instant now);

    public static ImmutableArray<QueueAge> All { get; } =
    [
        new("received", "received_at", (in facts, _) => facts.ReceivedAt, new("{0} since it was received", "受理已 {0}")),
        new("customer-wrote", "unanswered_since", (in facts, _) => facts.WroteAt,
            new("{0} since the customer wrote", "客户来信已 {0}")),
        new("past-due", "due_at", (in facts, now) => facts.LateSince(now), new("{0} past due", "逾期已 {0}")),
    ];

    public static QueueAge? Find(string code) => All.FirstOrDefault(age => age.Code == code);
}
