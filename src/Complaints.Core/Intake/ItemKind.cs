using System.Collections.Immutable;
using Complaints.Core.Definitions;

namespace Complaints.Core.Intake;

/// <summary>A kind of product or service that complaints are about.</summary>
/// <param name="Code">The code: <c>product</c>.</param>
/// <param name="Label">The name.</param>
/// <param name="Models">Its models, where reports and repeats tell them apart; empty for none.</param>
public sealed record ItemKind(string Code, Label Label, ImmutableArray<CodeItem> Models = default) : ICodeItem
{
    /// <summary>Its models; never <c>default</c>.</summary>
    public ImmutableArray<CodeItem> Models { get; init; } = Models.IsDefault ? [] : Models;

    /// <summary>The model of an item, by its code; <c>null</c> for one outside the list.</summary>
    internal CodeItem? ModelOf(Item item) => Models.FirstOrDefault(model => model.Code == item.Model);
}

internal static class ItemKindRules
{
    /// <summary>What is wrong with a tenant's items.</summary>
    public static IEnumerable<ComplaintError> ItemProblems(this CodeList<ItemKind> list) =>
        list.Problems().Concat(list.Items.SelectMany((kind, i) => CodeListRules.Problems(kind.Models, $"items[{i}].models")));

    /// <summary>The kind and the model for people; <c>null</c> where there is no item.</summary>
    public static object? NameOf(this CodeList<ItemKind> list, string? kind, string? model) => kind is null ? null
        : list.Find(kind)?.Models.FirstOrDefault(known => known.Code == model) is { } named
            ? new ICodeItem[] { list.Named(kind), named }
            : list.Named(kind);
}
