using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Complaints.Core.Intake;

namespace Complaints.Core.Improvements;

/// <summary>Finds persons in a text that goes to many: the customers of the complaints that it is about, and whatever looks like a mail
/// address or a telephone number.</summary>
internal static partial class Redaction
{
    /// <summary>A number shorter than this is no telephone number that could be known here.</summary>
    private const int ShortestPhone = 7;

    /// <summary>True when the text names somebody.</summary>
    public static bool NamesSomebody(string text, ImmutableArray<Complainant> customers)
    {
        var folded = LookupText.Folded(text);
        if (MailAddress().IsMatch(folded) || MobileNumber().IsMatch(folded))
            return true;
        ImmutableArray<string> numbers = [.. Number().Matches(folded).Select(match => string.Concat(match.Value.Where(char.IsAsciiDigit)))];
        return customers.Any(customer => Names(customer).Any(name => Mentions(folded, name))
            || Phones(customer).Any(phone => numbers.Any(number => number.EndsWith(phone, StringComparison.Ordinal))));
    }

    /// <summary>The end of each number, by which it is the same with and without its country and area.</summary>
    private static IEnumerable<string> Phones(Complainant customer) => customer.Contacts
        .Where(contact => contact.Kind == ContactPoint.Phone)
        .SelectMany(contact => PhoneText.Of(contact.Value, PhoneText.DefaultRegion))
        .Select(phone => phone.Key)
        .Where(phone => phone.Length >= ShortestPhone)
        .Select(phone => phone[^Math.Min(phone.Length, 8)..]);

    /// <summary>What the customer is called: also without what stands before the last two words of a name, such as a form of
    /// address.</summary>
    private static IEnumerable<string> Names(Complainant customer)
    {
        var known = new[] { customer.Name, LastWords(customer.Name), customer.CustomerRef, customer.Address }
            .Concat(customer.Contacts.Where(contact => contact.Kind != ContactPoint.Phone).Select(contact => contact.Value));
        return known.OfType<string>().Select(LookupText.Folded).Where(name => new StringInfo(name).LengthInTextElements > 1);
    }

    private static string? LastWords(string? name) =>
        name?.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is { Length: > 2 } words
            ? string.Join(' ', words[^2..])
            : null;

    /// <summary>A name in letters with spaces between words is sought as a word: "Li" is not in "delivery". Chinese has no such
    /// spaces.</summary>
    private static bool Mentions(string text, string name)
    {
        for (var at = text.IndexOf(name, StringComparison.Ordinal); at >= 0; at = text.IndexOf(name, at + 1, StringComparison.Ordinal))
        {
            if (!(IsLetter(name[0]) && at > 0 && IsLetter(text[at - 1]))
                && !(IsLetter(name[^1]) && at + name.Length < text.Length && IsLetter(text[at + name.Length])))
                return true;
        }
        return false;
    }

    /// <summary>Letters of scripts that put spaces between words.</summary>
    private static bool IsLetter(char c) => char.IsLetterOrDigit(c) && c < '\u2e80';

    [GeneratedRegex(@"[a-z0-9._%+-]+@[a-z0-9-]+(\.[a-z0-9-]+)+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1_000)]
    private static partial Regex MailAddress();

    /// <summary>Digits, and what people put between those of one number.</summary>
    [GeneratedRegex(@"\d[\d ()./-]*", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Number();

    /// <summary>A mobile number of mainland China.</summary>
    [GeneratedRegex(@"(?<!\d)(\+?86[ -]?)?1[3-9]\d([ -]?\d{4}){2}(?!\d)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1_000)]
    private static partial Regex MobileNumber();
}
