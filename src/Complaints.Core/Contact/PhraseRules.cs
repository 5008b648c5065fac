using System.Globalization;
using System.Text.RegularExpressions;

namespace Complaints.Core.Contact;

/// <summary>What checklists and scripts have in common: phrases in both languages, and bounds.</summary>
internal static partial class PhraseRules
{
    /// <summary>The most characters of a phrase in each language.</summary>
    public const int Longest = 500;

    public static ComplaintError? Label(Label? label, string path) =>
        string.IsNullOrWhiteSpace(label?.En) || string.IsNullOrWhiteSpace(label.Zh) ? new("definition.label_missing", ("path", path))
            : null;

    /// <summary>What is wrong with a phrase.</summary>
    /// <param name="phrase">The phrase.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="variables">The names that it may have in braces.</param>
    public static ComplaintError? Phrase(Label? phrase, string path, params ReadOnlySpan<string> variables)
    {
        if (Label(phrase, path) is { } missing)
            return missing;
        if ((Text.Check(path, phrase!.En, Longest) ?? Text.Check(path, phrase.Zh, Longest)) is { } wrong)
            return wrong;
        foreach (Match match in Variable().Matches(phrase.En + phrase.Zh))
        {
            if (!variables.Contains(match.Groups["name"].Value))
                return new("definition.missing", ("path", path), ("value", match.Value), ("known", variables.ToArray()));
        }
        return null;
    }

    public static IEnumerable<ComplaintError> AtMost(int count, int most, string path)
    {
        if (count > most)
            yield return new("number.out_of_range", ("field", path), ("value", count), ("low", 0), ("high", most));
    }

    /// <summary>A phrase with its variables filled in; one that nobody knows is left out with the blanks around it.</summary>
    public static string Fill(Label phrase, CultureInfo culture, Func<string, string?> value) =>
        Blanks().Replace(Variable().Replace(phrase.In(culture), match => value(match.Groups["name"].Value) ?? ""), " ").Trim();

    [GeneratedRegex(@"\{(?<name>[^{}]*)\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variable();

    [GeneratedRegex(" {2,}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Blanks();
}
