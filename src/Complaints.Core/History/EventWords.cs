using System.Collections;
using System.Collections.Immutable;
using Complaints.Core.Assignment;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;

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
        return Title(recorded.Type, wording);
    }

    /// <summary>What happened to an improvement, in the past tense.</summary>
    public static string Title(this RecordedImprovementEvent recorded, Wording wording)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        return Title(recorded.Type, wording);
    }

    /// <summary>What the event says besides; nothing is said of what was left empty.</summary>
    /// <param name="recorded">The event.</param>
    /// <param name="wording">In which language and zone.</param>
    /// <param name="rules">The tenant's definitions, for the names of codes.</param>
    /// <param name="words">What was revealed of it.</param>
    public static ImmutableArray<EventText> Details(this RecordedEvent recorded, Wording wording, Rulebook rules, ClearWords words)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        return Texts(recorded.Event?.Details(rules), wording, words);
    }

    /// <summary>The same for an event of an improvement.</summary>
    public static ImmutableArray<EventText> Details(this RecordedImprovementEvent recorded, Wording wording, Rulebook rules,
        ClearWords words)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        return Texts(recorded.Event?.Details(rules), wording, words);
    }

    /// <summary>Who has a case now, and by which row of the routing; nothing is said of what is not known.</summary>
    public static ImmutableArray<EventText> Details(this Responsibility responsibility, Wording wording, Rulebook rules)
    {
        ArgumentNullException.ThrowIfNull(responsibility);
        ArgumentNullException.ThrowIfNull(rules);
        return Texts(responsibility.Details(rules), wording, ClearWords.None);
    }

    private static string Title(string type, Wording wording)
    {
        ArgumentNullException.ThrowIfNull(wording);
        return wording.Say(Vocabulary.OfEvent(type) ?? Newer);
    }

    private static ImmutableArray<EventText> Texts(IEnumerable<Detail>? details, Wording wording, ClearWords words)
    {
        ArgumentNullException.ThrowIfNull(wording);
        ArgumentNullException.ThrowIfNull(words);
        return [.. (details ?? []).Where(detail => IsSaid(detail.Value)).Select(
            detail => new EventText(detail.Label is { } label ? wording.Say(label) : null, Text(detail.Value, wording, words)))];
    }

    private static readonly Label Newer = new("Written by a newer version", "由更新版本写入");

    private static bool IsSaid(object? value) =>
        value switch { null or "" => false, string => true, IEnumerable many => many.Cast<object?>().Any(), _ => true };

    private static string Text(object? value, Wording wording, ClearWords words) => value switch
    {
        Personal<string> text => words.Of(text) ?? wording.Say(Vocabulary.Erased),
        Personal<Item> item => words.Of(item) is { } told
            ? string.Join(" · ", new[] { told.Model, told.Ref, told.Serial }.Where(word => !string.IsNullOrWhiteSpace(word)))
            : wording.Say(Vocabulary.Erased),
        Personal<Complainant> complainant => words.Of(complainant) is { } told
            ? string.Join(" · ", new[] { told.Name, told.AddressAs }.Concat(told.Contacts.Select(contact => contact.Value))
                .Append(told.Address).Where(word => !string.IsNullOrWhiteSpace(word)))
            : wording.Say(Vocabulary.Erased),
        Personal<PhoneCall> call => words.Of(call) is { } told
            ? string.Join(" · ", new[] { told.From, told.To, told.Queue, told.Id }.Where(part => !string.IsNullOrWhiteSpace(part)))
            : wording.Say(Vocabulary.Erased),
        Personal<ContactCard> card => words.Of(card) is { } told
            ? string.Join(" · ", new[] { told.Name, told.Phone, told.Email }.Where(word => !string.IsNullOrWhiteSpace(word)))
            : wording.Say(Vocabulary.Erased),
        _ => wording.Say(value),
    };
}
