using System.Collections.Immutable;

namespace Complaints.Core.Definitions;

/// <summary>
/// Why something is done, by command: codes, so that reasons can be counted and nobody writes about a person in the clear. What is to be
/// said besides is a remark, which is sealed.
/// </summary>
/// <param name="Commands">The reasons of each command, by its name: <c>{ "reopen": [...] }</c>. Each list has <see cref="Other"/>. A
/// command
/// that is not named keeps the library's.</param>
public sealed record ReasonBook(ImmutableSortedDictionary<string, ImmutableArray<CodeItem>> Commands)
{
    /// <summary>The reason that every command has; it demands the remark.</summary>
    public const string Other = "other";

    /// <summary>The reasons of each command; never <c>null</c>.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<CodeItem>> Commands { get; init; } =
        Commands ?? ImmutableSortedDictionary<string, ImmutableArray<CodeItem>>.Empty;

    internal IEnumerable<ComplaintError> Problems()
    {
        foreach (var (command, reasons) in Commands)
        {
            var path = $"commands.{command}";
            ImmutableArray<CodeItem> items = reasons.IsDefault ? [] : reasons;
            foreach (var problem in CodeListRules.Problems(items, path, mustHaveOne: true))
                yield return problem;
            if (!items.Any(item => item.Code == Other))
                yield return new("reasons.other_missing", ("path", path), ("value", Other));
        }
    }
}

/// <summary>The reasons in force: the tenant's, and the library's for commands of which the tenant says nothing.</summary>
internal sealed class Reasons(Rulebook rules)
{
    private static readonly CodeList<CodeItem> OnlyOther = new([new(ReasonBook.Other, new("Other", "其他"))]);

    private readonly ImmutableDictionary<string, CodeList<CodeItem>> _lists = SharedDefinitions.Reasons.BuiltIn
        .Select(SharedDefinitions.Reasons.Read).Append(rules.Get(SharedDefinitions.Reasons))
        .SelectMany(book => book.Commands)
        .Aggregate(
            ImmutableDictionary.Create<string, CodeList<CodeItem>>(StringComparer.Ordinal),
            static (lists, entry) => lists.SetItem(entry.Key, new(entry.Value)));

    /// <summary>The reasons of a command.</summary>
    public CodeList<CodeItem> Of(string command) => _lists.GetValueOrDefault(command, OnlyOther);
}
