using System.Collections.Immutable;
using Complaints.Core.Definitions;

namespace Complaints.Core.Classification;

/// <summary>The two-level tree of categories, in both languages.</summary>
/// <param name="Categories">The upper level, in the order in which people see it.</param>
public sealed record CategoryCatalogue(ImmutableArray<Category> Categories)
{
    /// <summary>The upper level; never <c>default</c>.</summary>
    public ImmutableArray<Category> Categories { get; init; } = Categories.IsDefault ? [] : Categories;

    /// <summary>The category of a code, or <c>null</c>.</summary>
    public Category? Find(string? code) => Categories.FirstOrDefault(category => category.Code == code);

    /// <summary>The entries of a pair of codes, for people; a source's own are told as they are.</summary>
    public ImmutableArray<ICodeItem> Named(string? category, string? subcategory)
    {
        if (category is null)
            return [];
        var found = Find(category);
        ICodeItem upper = (ICodeItem?)found ?? new CodeItem(category, new(category, category));
        return subcategory is null
            ? [upper]
            : [upper, (ICodeItem?)found?.Subcategories.FirstOrDefault(item => item.Code == subcategory) ?? new CodeItem(subcategory, new(subcategory, subcategory))];
    }

    /// <summary>What is wrong with a pair of codes; both may be missing.</summary>
    internal ComplaintError? Check(string? category, string? subcategory)
    {
        if (category is null)
            return subcategory is null ? null : Unknown(subcategory, Categories.Select(item => item.Code));
        if (Find(category) is not { } found)
            return Unknown(category, Categories.Select(item => item.Code));
        return subcategory is null || found.Subcategories.Any(item => item.Code == subcategory)
            ? null
            : Unknown($"{category}/{subcategory}", found.Subcategories.Select(item => $"{category}/{item.Code}"));
    }

    /// <summary>What is wrong with the catalogue itself.</summary>
    internal IEnumerable<ComplaintError> Problems()
    {
        if (Categories.IsEmpty)
            yield return new("definition.empty", ("path", "categories"));
        foreach (var problem in CodeListRules.Problems(Categories, "categories"))
            yield return problem;
        foreach (var category in Categories)
        {
            foreach (var problem in CodeListRules.Problems(category.Subcategories, $"categories[{category.Code}].subcategories"))
                yield return problem;
        }
    }

    private static ComplaintError Unknown(string value, IEnumerable<string> known) =>
        new("category.unknown", ("field", "category"), ("value", value), ("known", string.Join(", ", known)));
}

/// <summary>A category of the upper level.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Label">Its name in both languages.</param>
/// <param name="Subcategories">Its subcategories.</param>
public sealed record Category(string Code, Label Label, ImmutableArray<CodeItem> Subcategories = default) : ICodeItem
{
    /// <summary>Its subcategories; never <c>default</c>.</summary>
    public ImmutableArray<CodeItem> Subcategories { get; init; } = Subcategories.IsDefault ? [] : Subcategories;
}
