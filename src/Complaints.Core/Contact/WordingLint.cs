using System.Collections.Immutable;

namespace Complaints.Core.Contact;

/// <summary>Words that were better avoided, found in a text.</summary>
/// <param name="At">Where they begin, in UTF-16 code units.</param>
/// <param name="Found">The words as they stand in the text.</param>
/// <param name="Prefer">What to say in their place, in the language of the words.</param>
public sealed record WordingFinding(int At, string Found, string Prefer);

/// <summary>Finds the words that scripts say to avoid. Pure and thread-safe.</summary>
public static class WordingLint
{
    /// <summary>All that is found in a text, in its order, none inside another: of two that begin at the same place the longer one.
    /// Letters match in either case; words of letters only as whole words.</summary>
    /// <param name="text">The text.</param>
    /// <param name="wording">The words to avoid.</param>
    public static ImmutableArray<WordingFinding> Find(string text, IEnumerable<WordChoice> wording)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(wording);
        var all = new List<WordingFinding>();
        foreach (var choice in wording)
        {
            Add(all, text, choice.Avoid.Zh, choice.Prefer.Zh);
            Add(all, text, choice.Avoid.En, choice.Prefer.En);
        }
        var found = ImmutableArray.CreateBuilder<WordingFinding>();
        var end = 0;
        foreach (var finding in all.OrderBy(finding => finding.At).ThenByDescending(finding => finding.Found.Length))
        {
            if (finding.At < end)
                continue;
            found.Add(finding);
            end = finding.At + finding.Found.Length;
        }
        return found.ToImmutable();
    }

    private static void Add(List<WordingFinding> all, string text, string words, string prefer)
    {
        for (var at = Next(0); at >= 0; at = Next(at + words.Length))
        {
            if (IsWhole(text, at, at + words.Length))
                all.Add(new(at, text.Substring(at, words.Length), prefer));
        }

        int Next(int from) => words.Length == 0 ? -1 : text.IndexOf(words, from, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Chinese has no blanks between words: only where letters meet letters it would be the inside of another word.</summary>
    private static bool IsWhole(string text, int from, int to) => !Meet(text, from) && !Meet(text, to);

    private static bool Meet(string text, int at) =>
        at > 0 && at < text.Length && char.IsAsciiLetter(text[at - 1]) && char.IsAsciiLetter(text[at]);
}
