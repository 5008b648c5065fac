using System.Collections;
using System.Collections.Immutable;
using Complaints.Core.Definitions;

namespace Complaints.Core.History;

/// <summary>One thing that an event says to people.</summary>
/// <param name="Label">What it is; <c>null</c> where the text speaks for itself.</param>
/// <param name="Text">The text.</param>
public sealed record EventText(string? Label, string Text);

/// <summary>Tells a history in words: for pages, the command line and exports alike.</summary>
public static class EventWords
{
    /// <summary>What happened, in the past tense.</summary>
    public static string Title(this RecordedEvent recorded, Wording wording)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        ArgumentNullException.ThrowIfNull(wording);
        return Vocabulary.OfEvent(recorded.Type) is { } label ? wording.Say(label) : wording.Say(Newer);
    }

    /// <summary>What the event says besides; nothing is said of what was left empty.</summary>
    /// <param name="recorded">The event.</param>
    /// <param name="wording">In which language and zone.</param>
    /// <param name="rules">The tenant's definitions, for the names of codes.</param>
    /// <param name="key">The person's key; <c>null</c> when the person was erased.</param>
    public static ImmutableArray<EventText> Details(this RecordedEvent recorded, Wording wording, Rulebook rules, SubjectKey? key)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        ArgumentNullException.ThrowIfNull(wording);
        return [.. (recorded.Event?.Details(rules) ?? []).Where(detail => IsSaid(detail.Value)).Select(detail => new EventText(detail.Label is { } label ? wording.Say(label) : null, Text(detail.Value, wording, key)))];
    }

    private static readonly Label Newer = new("Written by a newer version", "由更新版本写入");

    private static readonly Label Erased = new("(erased)", "（已删除）");

    private static bool IsSaid(object? value) =>
        value switch { null or "" => false, string => true, IEnumerable many => many.Cast<object?>().Any(), _ => true };

    private static string Text(object? value, Wording wording, SubjectKey? key) => value is Personal<string> personal
        ? personal.TryReveal(key, out var clear) ? clear : wording.Say(Erased)
        : wording.Say(value);
}
