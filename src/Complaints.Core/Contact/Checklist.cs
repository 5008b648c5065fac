using System.Collections.Immutable;
using Complaints.Core.Definitions;

namespace Complaints.Core.Contact;

/// <summary>What is to be asked, said or looked at, item by item (检查清单).</summary>
/// <param name="Label">Its name.</param>
/// <param name="Items">The items in order, 1 to 50.</param>
public sealed record Checklist(Label Label, ImmutableArray<CheckItem> Items)
{
    /// <summary>The most items of a list.</summary>
    public const int Most = 50;

    /// <summary>The items in order; never <c>default</c>.</summary>
    public ImmutableArray<CheckItem> Items { get; init; } = Items.IsDefault ? [] : Items;

    internal CheckItem? Find(string code) => Items.FirstOrDefault(item => item.Code == code);

    internal IEnumerable<ComplaintError> Problems()
    {
        if (PhraseRules.Label(Label, "label") is { } unnamed)
            yield return unnamed;
        foreach (var problem in CodeListRules.Problems(Items, "items", mustHaveOne: true)
            .Concat(PhraseRules.AtMost(Items.Length, Most, "items")))
            yield return problem;
        for (var i = 0; i < Items.Length; i++)
        {
            if (Items[i].Prompt is { } prompt && PhraseRules.Phrase(prompt, $"items[{i}].prompt") is { } wrong)
                yield return wrong;
            if (Items[i].Role is { } role && Text.Check($"items[{i}].role", role, Text.Id) is { } bad)
                yield return bad;
        }
    }
}

/// <summary>One item of a checklist.</summary>
/// <param name="Code">The code: <c>ask-name</c>.</param>
/// <param name="Label">What is to be done.</param>
/// <param name="Required">Whether the list is open while nobody recorded it.</param>
/// <param name="Role">Who records it, a role; <c>null</c> for whoever may record checks.</param>
/// <param name="Prompt">What to say or to look at; at most 500 characters in each language.</param>
public sealed record CheckItem(string Code, Label Label, bool Required = true, string? Role = null, Label? Prompt = null) : ICodeItem;

/// <summary>What came of an item of a checklist.</summary>
public static class CheckOutcome
{
    /// <summary>已完成: it was done, or is as it should be.</summary>
    public const string Done = "done";

    /// <summary>未通过: it was tried and failed: the caller is not who the number belongs to.</summary>
    public const string Failed = "failed";

    /// <summary>不适用: it does not apply here.</summary>
    public const string NotApplicable = "not-applicable";

    /// <summary>All of them, with their names.</summary>
    public static CodeList<CodeItem> All { get; } = new(
    [
        new(Done, new("done", "已完成")),
        new(Failed, new("failed", "未通过")),
        new(NotApplicable, new("not applicable", "不适用")),
    ]);
}

/// <summary>What stands of an item of a checklist: the newest word counts.</summary>
/// <param name="List">The list's id.</param>
/// <param name="Item">The item's code.</param>
/// <param name="Outcome">A code of <see cref="CheckOutcome"/>.</param>
/// <param name="Of">The part of the complaint that was checked, such as <c>participant/1</c>; <c>null</c> for the whole.</param>
public sealed record CheckMark(string List, string Item, string Outcome, Subject? Of = null);
