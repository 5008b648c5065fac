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
        var digits = string.Concat(folded.Where(char.IsAsciiDigit));
        return customers.Any(customer => Names(customer).Any(name => Mentions(folded, name))
            || customer.Contacts.Where(contact => contact.Kind == ContactPoint.Phone).Select(
                contact => LookupText.Phone(contact.Value)["phone:".Length..])
                .Any(phone => phone.Length >= ShortestPhone && digits.Contains(phone, StringComparison.Ordinal)));
    }

    private static IEnumerable<string> Names(Complainant customer) =>
        new[] { customer.Name, customer.CustomerRef, customer.Address }.Concat(
            customer.Contacts.Where(contact => contact.Kind != ContactPoint.Phone).Select(contact => contact.Value))
            .OfType<string>().Select(LookupText.Folded).Where(name => new StringInfo(name).LengthInTextElements > 1);

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

    /// <summary>A mobile number of mainland China.</summary>
    [GeneratedRegex(@"(?<!\d)(\+?86[ -]?)?1[3-9]\d([ -]?\d{4}){2}(?!\d)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1_000)]
    private static partial Regex MobileNumber();
}
