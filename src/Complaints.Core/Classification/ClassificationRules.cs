using System.Collections.Immutable;
using Complaints.Core.Intake;

namespace Complaints.Core.Classification;

/// <summary>
/// Rules that suggest a classification from what a draft says. They suggest; a person confirms: what a rule said stays marked as suggested
/// until
/// somebody classifies.
/// </summary>
/// <param name="Rules">Tried in order; the first that matches suggests.</param>
public sealed record ClassificationRules(ImmutableArray<ClassificationRule> Rules)
{
    /// <summary>The rules; never <c>default</c>.</summary>
    public ImmutableArray<ClassificationRule> Rules { get; init; } = Rules.IsDefault ? [] : Rules;

    /// <summary>The suggestion for a draft, or <c>null</c>.</summary>
    public ClassificationRule? Suggest(IntakeDraft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        return Rules.FirstOrDefault(rule => rule.Matches(draft));
    }

    internal IEnumerable<ComplaintError> Problems(CategoryCatalogue catalogue)
    {
        for (var i = 0; i < Rules.Length; i++)
        {
            var rule = Rules[i];
            if (catalogue.Check(rule.Category, rule.Subcategory) is { } unknown)
                yield return new("definition.missing", ("path", $"rules[{i}].category"), ("value", unknown.Data["value"]), ("known", unknown.Data["known"]));
            if (rule.Words.IsEmpty && rule.Channel is null && rule.ItemKind is null)
                yield return new("definition.empty", ("path", $"rules[{i}].words"));
        }
    }
}

/// <summary>One rule.</summary>
/// <param name="Category">The category that it suggests.</param>
/// <param name="Subcategory">The subcategory that it suggests.</param>
/// <param name="Words">Any of these in the title or the narrative, regardless of case and width.</param>
/// <param name="Channel">Only for this channel.</param>
/// <param name="ItemKind">Only for this kind of item.</param>
/// <param name="Urgency">The urgency that it suggests.</param>
public sealed record ClassificationRule(
    string Category, string? Subcategory = null, ImmutableArray<string> Words = default, string? Channel = null, string? ItemKind = null, string? Urgency = null)
{
    /// <summary>The words; never <c>default</c>.</summary>
    public ImmutableArray<string> Words { get; init; } = Words.IsDefault ? [] : Words;

    internal bool Matches(IntakeDraft draft)
    {
        if (Channel is not null && Channel != draft.Channel || ItemKind is not null && ItemKind != draft.Item?.Kind)
            return false;
        if (Words.IsEmpty)
            return true;
        var text = LookupText.Folded($"{draft.Title} {draft.Statement.Narrative}");
        return Words.Any(word => text.Contains(LookupText.Folded(word), StringComparison.Ordinal));
    }
}
