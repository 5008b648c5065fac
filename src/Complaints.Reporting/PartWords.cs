using System.Collections.Frozen;
using System.Collections.Immutable;
using Complaints.Core;
using Complaints.Core.Classification;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;

namespace Complaints.Reporting;

/// <summary>What people call the parts of a figure: what a tenant's definitions name, and the codes of reports. A source's own words are
/// told as they are.</summary>
internal sealed class PartWords(Rulebook rules)
{
    private const string Attributes = "attributes.";

    private static readonly FrozenDictionary<string, Label> Own = new Dictionary<string, Label>(StringComparer.Ordinal)
    {
        ["inTime"] = new("in time", "按时"),
        ["late"] = new("late", "超时"),
        ["none"] = new("none", "无"),
        ["undecided"] = new("undecided", "无法判定"),
        ["noDue"] = new("no deadline", "无时限"),
        ["stillOpen"] = new("still open", "尚未结案"),
        ["closedUndated"] = new("closed, nobody says when", "已结案，时间未知"),
        ["open"] = new("open", "未结"),
        ["openOverdue"] = new("of these overdue", "其中超时"),
        ["target"] = new("deadline", "时限"),
        ["verdict"] = new("the source's verdict", "来源判定"),
        ["repeatKey"] = new("key of repeats", "重复键"),
        ["category"] = new("category", "类别"),
        ["subcategory"] = new("subcategory", "子类别"),
        ["outcome"] = new("outcome", "结果"),
        ["acknowledgement"] = new("acknowledgement", "受理确认"),
        ["due-before-received"] = new("due before the receipt", "时限早于受理"),
        ["acknowledged-before-received"] = new("acknowledged before the receipt", "确认早于受理"),
        ["open-after-end"] = new("open after an end", "结束后仍为未结"),
        ["steps-out-of-order"] = new("steps out of order", "步骤时间顺序错误"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, Label> BeforeReceipt = Enum.GetValues<ComplaintState>().ToFrozenDictionary(
        state => $"{state.ToString().ToLowerInvariant()}-before-received",
        state => new Label($"{Vocabulary.Of(state).En} before the receipt", $"{Vocabulary.Of(state).Zh}早于受理"), StringComparer.Ordinal);

    /// <summary>The figure with a name for each part that has a code.</summary>
    public Figure Name(Figure figure) => figure.Value is Breakdown breakdown
        ? figure with { Value = Name(breakdown, figure.Definition.By.AsSpan()) }
        : figure;

    private Breakdown Name(Breakdown breakdown, ReadOnlySpan<Dimension> by)
    {
        if (by.IsEmpty)
            return breakdown;
        var parts = ImmutableArray.CreateBuilder<Part>(breakdown.Parts.Length);
        foreach (var part in breakdown.Parts)
        {
            var value = part.Value is Breakdown inner ? Name(inner, by[1..]) : part.Value;
            parts.Add(part with { Value = value, Label = part.Label ?? (part.Key.Length == 0 ? null : Of(by[0], part.Key)) });
        }
        return new(parts.MoveToImmutable());
    }

    private Label? Of(Dimension dimension, string key) => dimension switch
    {
        Dimension.Category => rules.Categories.Value.Find(key)?.Label,
        Dimension.Subcategory => OfSubcategory(key),
        Dimension.Channel => rules.Channels.Find(key)?.Label,
        Dimension.Outcome => rules.Outcomes.Find(key)?.Label,
        Dimension.State => RecordedNumbers.StateLabel(key),
        Dimension.Code => Own.GetValueOrDefault(key) ?? BeforeReceipt.GetValueOrDefault(key) ?? OfAttribute(key),
        _ => null,
    };

    /// <summary>One code may be of several categories, and mean another thing in each.</summary>
    private Label? OfSubcategory(string key)
    {
        Label[] labels = [.. rules.Categories.Value.Categories.SelectMany(category => category.Subcategories)
            .Where(sub => sub.Code == key).Select(sub => sub.Label).Distinct()];
        return labels is [] ? null
            : new(string.Join(" / ", labels.Select(label => label.En)), string.Join(" / ", labels.Select(label => label.Zh)));
    }

    private static Label? OfAttribute(string key) =>
        key.StartsWith(Attributes, StringComparison.Ordinal) ? new(key[Attributes.Length..], key[Attributes.Length..]) : null;
}

/// <summary>By what a figure is broken down.</summary>
internal enum Dimension
{
    /// <summary>A period, or a word of the report's definition or of a source.</summary>
    Word,

    /// <summary>A category.</summary>
    Category,

    /// <summary>A subcategory.</summary>
    Subcategory,

    /// <summary>A channel.</summary>
    Channel,

    /// <summary>How complaints ended.</summary>
    Outcome,

    /// <summary>Where they stand.</summary>
    State,

    /// <summary>A code of reports.</summary>
    Code,
}
