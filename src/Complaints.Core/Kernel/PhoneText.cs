using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using PhoneNumbers;

namespace Complaints.Core;

/// <summary>One telephone number as it was written.</summary>
/// <param name="Key">Its normal form: E.164 such as <c>+862162345678</c>, or its digits where it is no number of any country.</param>
/// <param name="Extension">What is dialled behind it, which is no part of the number.</param>
internal readonly record struct WrittenPhone(string Key, string? Extension = null);

/// <summary>
/// Reads telephone numbers as people write them: in full-width digits, with and without the country, with an extension, several in one
/// field. Thread-safe.
/// </summary>
internal static partial class PhoneText
{
    /// <summary>The region of numbers without a country where a tenant says nothing.</summary>
    public const string DefaultRegion = "CN";

    /// <summary>Beyond this nobody wrote a number: what there is of digits is not looked at any further.</summary>
    private const int LongestText = 250;

    private const int LongestInternational = 15;

    /// <summary>Fewer digits behind another number are the end of that one (<c>62345678/79</c>), or an extension.</summary>
    private const int ShortestBeside = 5;

    private const int ShortestBesideABlank = 7;

    private static readonly PhoneNumberUtil Numbers = PhoneNumberUtil.GetInstance();

    /// <summary>True for a region whose numbers are known: an ISO 3166 code such as <c>CN</c>.</summary>
    public static bool IsRegion(string? region) => region is not null && Numbers.GetSupportedRegions().Contains(region);

    /// <summary>What is dialled for a region's country: 86 for <c>CN</c>.</summary>
    public static int CallingCodeOf(string region) => Numbers.GetCountryCodeForRegion(region);

    /// <summary>A region whose country is dialled so, the main one where there are several; <c>null</c> for a code of none.</summary>
    public static string? RegionOf(int callingCode) =>
        Numbers.GetRegionCodeForCountryCode(callingCode) is var region && IsRegion(region) ? region : null;

    /// <summary>True for one number or several, each of 3 to 20 digits with what people put between them.</summary>
    public static bool IsWritten(string value)
    {
        if (value.Length > LongestText)
            return false;
        var text = Fold(value);
        return Array.TrueForAll(Separator().Split(text), part => Shape().IsMatch(part.Trim())
            || Pieces(part) is { Length: > 1 } several && Array.TrueForAll(several, piece => Shape().IsMatch(piece)));
    }

    /// <summary>The numbers of a field, in their order; none where no digit but zeros is left.</summary>
    /// <param name="value">What was written.</param>
    /// <param name="region">Where a number without a country is one.</param>
    public static ImmutableArray<WrittenPhone> Of(string value, string region)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.Length > LongestText)
            return DigitsOf(value) is { Length: > 0 } digits ? [new(digits)] : [];
        return [.. Separator().Split(Fold(value)).Where(IsBeside).SelectMany(part => Numbered(part.Trim(), region)).Distinct()];
    }

    /// <summary>What is one number, whatever stands in it, or else several.</summary>
    private static IEnumerable<WrittenPhone> Numbered(string text, string region)
    {
        if (Read(text, region) is { IsValid: true } whole)
            return [whole.Phone];
        var pieces = Pieces(text);
        var several = pieces.Length > 1 ? pieces : [.. Numbers.FindNumbers(text, region).Select(found => found.RawString)];
        return (several.Length > 1 ? several.Where(IsBeside) : [text]).Select(piece => Read(piece, region)?.Phone).OfType<WrittenPhone>();
    }

    private static bool IsBeside(string piece, int number) => number == 0 || DigitsOf(piece).Length >= ShortestBeside;

    /// <summary>Compatibility forms folded, marks without width left out, every word for an extension the same.</summary>
    private static string Fold(string value)
    {
        var folded = new StringBuilder(value.Length);
        foreach (var c in value.Normalize(NormalizationForm.FormKC))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.DashPunctuation || c is '\u2212' or '\u30fc')
                folded.Append('-');
            else if (CharUnicodeInfo.GetUnicodeCategory(c) is not UnicodeCategory.Format)
                folded.Append(char.IsWhiteSpace(c) && c is not '\n' ? ' ' : c);
        }
        return ExtensionWord().Replace(folded.ToString(), " ext ").Trim();
    }

    /// <summary>What stands between slashes, or between blanks where it is too long for one number.</summary>
    private static string[] Pieces(string text)
    {
        const StringSplitOptions options = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        if (text.Contains('/', StringComparison.Ordinal))
            return text.Split('/', options);
        var pieces = text.Contains(" ext ", StringComparison.Ordinal) ? [] : text.Split(' ', options);
        return DigitsOf(text).Length > LongestInternational
            && Array.TrueForAll(pieces, piece => DigitsOf(piece).Length >= ShortestBesideABlank)
            ? pieces
            : [text];
    }

    private static (WrittenPhone Phone, bool IsValid)? Read(string text, string region)
    {
        var (number, extension) = text.Split(" ext ", 2) is [var head, var tail] ? (head, tail.Trim()) : (text, null);
        var digits = DigitsOf(number);
        if (digits.Trim('0').Length == 0)
            return null;
        if (Parsed(number, region) is not { } parsed)
            return (new(digits, extension), false);
        // 0755-12345678-801: only without its end is it a number.
        if (!Numbers.IsValidNumber(parsed) && HyphenExtension().Match(number) is { Success: true } found
            && Parsed(found.Groups["number"].Value, region) is { } shorter && Numbers.IsValidNumber(shorter))
            (parsed, extension) = (shorter, found.Groups["extension"].Value);
        return (new(Numbers.Format(parsed, PhoneNumberFormat.E164), extension), Numbers.IsValidNumber(parsed));
    }

    private static PhoneNumber? Parsed(string number, string region)
    {
        try
        {
            return Numbers.Parse(number, region);
        }
        catch (NumberParseException)
        {
            return null;
        }
    }

    private static string DigitsOf(string text) => string.Concat(text.Where(char.IsAsciiDigit));

    [GeneratedRegex(@"^\+?(?:[ ()\-./]*\d){3,20}[ ]*(?:ext \d{1,7})?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Shape();

    [GeneratedRegex(
        @"[ ,;]*(转接|转|轉|分机号?|分機號?|内线|內線|ext(ensi(o|ó)n|n)?\.?|(?<![a-z])x(?![a-z])|#)[ ]*[:.]?[ ]*(?=\d)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex ExtensionWord();

    [GeneratedRegex(
        @"[、;,|\n]|或者?|和|及|\b(or|and)\b",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Separator();

    [GeneratedRegex(@"^(?<number>.+)-(?<extension>\d{1,6})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HyphenExtension();
}
