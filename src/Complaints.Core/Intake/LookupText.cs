using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Complaints.Core.Intake;

/// <summary>
/// The normalized forms of what identifies a person. Only keyed hashes of them are stored, so that a phone number can be looked up and not
/// read.
/// </summary>
public static class LookupText
{
    /// <summary>One text each for the customer reference, the phone numbers and the e-mail addresses, the strongest first, each with the
    /// kind of its <see cref="Lookup"/>.</summary>
    public static IEnumerable<(string Kind, string Text)> Of(Complainant complainant)
    {
        ArgumentNullException.ThrowIfNull(complainant);
        if (!string.IsNullOrWhiteSpace(complainant.CustomerRef))
            yield return (Lookup.Reference, Customer(complainant.CustomerRef));
        foreach (var contact in complainant.Contacts)
        {
            if (contact.Kind == ContactPoint.Phone)
                yield return (Lookup.Phone, Phone(contact.Value));
            else if (contact.Kind == ContactPoint.Email)
                yield return (Lookup.Email, Email(contact.Value));
        }
    }

    /// <summary>What identifies the complainant as it is stored: no text twice, and none of which nothing
    /// is left, such as a number without digits: it would make one customer of strangers.</summary>
    internal static ImmutableArray<Lookup> Hashed(Complainant complainant, LookupHashKey key) =>
        [.. Of(complainant).Where(known => !known.Text.EndsWith(':')).Select(known => new Lookup(known.Kind, key.Hash(known.Text)))
            .DistinctBy(lookup => lookup.Hash)];

    /// <summary>A customer reference: as it is, without blanks around it.</summary>
    public static string Customer(string value) => "customer:" + Folded(value);

    /// <summary>A phone number: its digits; <c>+86</c>, <c>0086</c> and one leading zero are dropped, so that national and international
    /// forms meet.</summary>
    public static string Phone(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var digits = new StringBuilder(value.Length);
        foreach (var c in value.Normalize(NormalizationForm.FormKC))
        {
            if (char.IsAsciiDigit(c))
                digits.Append(c);
        }
        var text = digits.ToString();
        if (text.StartsWith("0086", StringComparison.Ordinal))
            text = text[4..];
        else if (text.StartsWith("86", StringComparison.Ordinal) && text.Length > 11)
            text = text[2..];
        return "phone:" + text.TrimStart('0');
    }

    /// <summary>An e-mail address: lower case, without blanks.</summary>
    public static string Email(string value) => "email:" + Folded(value);

    /// <summary>Any other text: compatibility forms folded (full-width letters become ASCII), blanks collapsed, lower case.</summary>
    public static string Folded(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var text = new StringBuilder(value.Length);
        var blank = false;
        foreach (var c in value.Normalize(NormalizationForm.FormKC).Trim())
        {
            if (char.IsWhiteSpace(c))
            {
                blank = true;
                continue;
            }
            if (blank)
                text.Append(' ');
            blank = false;
            text.Append(char.ToLower(c, CultureInfo.InvariantCulture));
        }
        return text.ToString();
    }
}
