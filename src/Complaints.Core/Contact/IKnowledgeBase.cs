using System.Collections.Immutable;

namespace Complaints.Core.Contact;

/// <summary>What is known already of a kind of problem: shown beside a case, and decides nothing. A port of the host's;
/// <c>KnowledgeFile</c> answers from a file. Thread-safe.</summary>
public interface IKnowledgeBase
{
    /// <summary>The articles that fit best, the best first; empty where none fits.</summary>
    ValueTask<ImmutableArray<KnowledgeArticle>> SearchAsync(TenantId tenant, KnowledgeQuery query, CancellationToken cancellationToken);

    /// <summary>The article of an id; <c>null</c> when there is none.</summary>
    ValueTask<KnowledgeArticle?> GetAsync(TenantId tenant, string id, CancellationToken cancellationToken);
}

/// <summary>What is looked for; what is left out is not asked.</summary>
/// <param name="Category">A category of the catalogue.</param>
/// <param name="Subcategory">A subcategory of it.</param>
/// <param name="Item">A kind of goods or services.</param>
/// <param name="Words">Words parted by blanks; at most 200 characters are looked at.</param>
/// <param name="Most">The most articles, 1 to 50.</param>
public sealed record KnowledgeQuery(
    string? Category = null, string? Subcategory = null, string? Item = null, string? Words = null, int Most = 5)
{
    /// <summary>It prints no words: somebody may have said them.</summary>
    public override string ToString() => $"{Category}/{Subcategory} {Item}";
}

/// <summary>What is known of one problem.</summary>
/// <param name="Id">Its id, 1 to 100 characters.</param>
/// <param name="Title">Its title.</param>
/// <param name="Text">What to say or to do; at most 4,000 characters in each language.</param>
/// <param name="Categories">The categories and subcategories that it is about; none for all.</param>
/// <param name="Items">The kinds of goods and services that it is about; none for all.</param>
public sealed record KnowledgeArticle(
    string Id, Label Title, Label Text, ImmutableArray<string> Categories = default, ImmutableArray<string> Items = default)
{
    /// <summary>The categories that it is about; never <c>default</c>.</summary>
    public ImmutableArray<string> Categories { get; init; } = Categories.IsDefault ? [] : Categories;

    /// <summary>The kinds of goods and services that it is about; never <c>default</c>.</summary>
    public ImmutableArray<string> Items { get; init; } = Items.IsDefault ? [] : Items;

    /// <summary>How well it fits; 0 for not at all. One about another category or item does not fit, however many words it
    /// shares.</summary>
    internal int FitOf(KnowledgeQuery query, IReadOnlyCollection<string> words)
    {
        var fit = 0;
        if (!Categories.IsEmpty && query.Category is not null)
        {
            if (query.Subcategory is { } below && Categories.Contains(below))
                fit += 3;
            else if (Categories.Contains(query.Category))
                fit += 2;
            else
                return 0;
        }
        if (!Items.IsEmpty && query.Item is not null)
        {
            if (!Items.Contains(query.Item))
                return 0;
            fit += 2;
        }
        return fit + words.Count(word => new[] { Title.En, Title.Zh, Text.En, Text.Zh }.Any(
            text => text.Contains(word, StringComparison.OrdinalIgnoreCase)));
    }
}
