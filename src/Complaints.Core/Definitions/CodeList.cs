using System.Collections.Immutable;

namespace Complaints.Core.Definitions;

/// <summary>An open list of codes that a host may extend; an ordered scale where it is one, from the highest to the lowest.</summary>
/// <typeparam name="T">The entries' type.</typeparam>
/// <param name="Items">The entries in order.</param>
/// <param name="DefaultCode">The entry taken where none is given; <c>null</c> for the last.</param>
public sealed record CodeList<T>(ImmutableArray<T> Items, string? DefaultCode = null) where T : class, ICodeItem
{
    /// <summary>The entries; never <c>default</c>.</summary>
    public ImmutableArray<T> Items { get; init; } = Items.IsDefault ? [] : Items;

    /// <summary>The code taken where none is given.</summary>
    internal string Default => DefaultCode ?? (Items.IsEmpty ? "" : Items[^1].Code);

    /// <summary>The entry of a code, or <c>null</c>.</summary>
    public T? Find(string? code)
    {
        foreach (var item in Items)
        {
            if (item.Code == code)
                return item;
        }
        return null;
    }

    /// <summary>The entry of a code, for people; one that is not in the list any more, or came from a source, is told as it is.</summary>
    public ICodeItem Named(string code) => (ICodeItem?)Find(code) ?? new CodeItem(code, new(code, code));

    /// <summary>True when the code is in the list.</summary>
    public bool Has(string code) => Find(code) is not null;

    /// <summary>What is wrong with a code that came in as <paramref name="field"/>, or <c>null</c>.</summary>
    public ComplaintError? Check(string field, string? code) =>
        Find(code) is null ? new("code.unknown", ("field", field), ("value", Shown(code)), ("known", Known())) : null;

    /// <summary>The same for a field, whose label the message then names, with the entries of the list.</summary>
    internal ComplaintError? Check(object field, string? code) =>
        Find(code) is null ? new("code.unknown", ("field", field), ("value", Shown(code)), ("known", Items)) : null;

    /// <summary>The codes, for a message.</summary>
    internal string Known(Func<T, bool>? which = null) => string.Join(", ", Items.Where(which ?? (_ => true)).Select(item => item.Code));

    /// <summary>The code one step higher on the scale; the highest stays.</summary>
    internal string OneHigher(string code)
    {
        for (var i = 1; i < Items.Length; i++)
        {
            if (Items[i].Code == code)
                return Items[i - 1].Code;
        }
        return code;
    }

    private static string Shown(string? code) => CodeText.Shown(code);
}

internal static class CodeText
{
    /// <summary>A code that came in, for a message: what does not look like one may be somebody's words, and is masked.</summary>
    public static string Shown(string? code) => code is null ? ""
        : code.Length <= 40 && code.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/' or ':') ? code
        : Text.Mask(code);
}

internal static class CodeListRules
{
    /// <summary>What is wrong with a list of a tenant.</summary>
    public static IEnumerable<ComplaintError> Problems<T>(this CodeList<T> list) where T : class, ICodeItem
    {
        foreach (var problem in Problems(list.Items, "items", mustHaveOne: true))
            yield return problem;
        if (list.DefaultCode is { } code && !list.Has(code))
            yield return new("definition.missing", ("path", "defaultCode"), ("value", code), ("known", list.Known()));
    }

    public static IEnumerable<ComplaintError> Problems<T>(IReadOnlyList<T> items, string path, bool mustHaveOne = false) where T : ICodeItem
    {
        if (mustHaveOne && items.Count == 0)
            yield return new("definition.empty", ("path", path));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < items.Count; i++)
        {
            var item = items[i];
            if (Text.Check($"{path}[{i}].code", item.Code, Text.Id) is { } bad)
                yield return bad;
            else if (!seen.Add(item.Code))
                yield return new("definition.duplicate", ("path", $"{path}[{i}].code"), ("value", item.Code));
            if (string.IsNullOrWhiteSpace(item.Label?.En) || string.IsNullOrWhiteSpace(item.Label.Zh))
                yield return new("definition.label_missing", ("path", $"{path}[{i}].label"));
        }
    }
}
