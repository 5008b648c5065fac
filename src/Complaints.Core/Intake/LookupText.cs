using System.Collections.Frozen;
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
    private const string PhonePrefix = "phone:";

    private static readonly FrozenSet<string> Nothing = new[]
    {
        "无", "無", "没有", "沒有", "暂无", "保密", "匿名", "不详", "不詳", "未知", "不知道", "未提供", "拒绝提供", "空",
        "none", "no", "nil", "null", "n/a", "na", "unknown", "anonymous", "confidential", "withheld", "not provided",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>One text each for the customer reference, the phone numbers and the e-mail addresses, the strongest first, each with the
    /// kind of its <see cref="Lookup"/>. What identifies nobody is none: a number without a digit but zeros, an address without
    /// <c>@</c>, and what people write where they have nothing to say, such as <c>无</c>, <c>保密</c> or <c>n/a</c>.</summary>
    /// <param name="complainant">Who complains.</param>
    /// <param name="region">Where a phone number without a country is one: <see cref="Definitions.TenantSettings.PhoneRegion"/>.</param>
    public static IEnumerable<(string Kind, string Text)> Of(Complainant complainant, string region = PhoneText.DefaultRegion)
    {
        ArgumentNullException.ThrowIfNull(complainant);
        if (complainant.CustomerRef is { } reference && IsKey(reference))
            yield return (Lookup.Reference, Customer(reference));
        foreach (var contact in complainant.Contacts)
        {
            if (contact.Kind == ContactPoint.Email && contact.Value.Contains('@', StringComparison.Ordinal))
                yield return (Lookup.Email, Email(contact.Value));
            foreach (var phone in contact.Kind == ContactPoint.Phone ? PhoneText.Of(contact.Value, region) : [])
                yield return (Lookup.Phone, PhonePrefix + phone.Key);
        }
    }

    /// <summary>What identifies the complainant as it is stored, no text twice.</summary>
    internal static ImmutableArray<Lookup> Hashed(Complainant complainant, LookupHashKey key, string region) =>
        [.. Of(complainant, region).Select(known => new Lookup(known.Kind, key.Hash(known.Text), Lookup.FormIn(region)))
            .DistinctBy(lookup => lookup.Hash)];

    /// <summary>The same as it was stored before numbers were read by country: by these, too, earlier complaints are found.</summary>
    internal static IEnumerable<Lookup> HashedBefore(Complainant complainant, LookupHashKey key) => complainant.Contacts
        .Where(contact => contact.Kind == ContactPoint.Phone)
        .Select(contact => DigitsBefore(contact.Value))
        .Where(digits => digits.Length > 0)
        .Select(digits => new Lookup(Lookup.Phone, key.Hash(PhonePrefix + digits), 1));

    /// <summary>False for what says nothing: zeros, signs, or a word for nothing. As a key it would make one of strangers.</summary>
    internal static bool IsKey(string text)
    {
        var folded = Folded(text);
        return folded.Any(c => char.IsLetterOrDigit(c) && c != '0') && !Nothing.Contains(folded.Trim(' ', '-', '.', '/', '(', ')', '*'));
    }

    /// <summary>A customer reference: as it is, without blanks around it.</summary>
    public static string Customer(string value) => "customer:" + Folded(value);

    /// <summary>A phone number: as E.164 has it where it is one, else its digits; the first where several are written, and without its
    /// extension.</summary>
    /// <param name="value">The number as it was written.</param>
    /// <param name="region">Where a number without a country is one: <see cref="Definitions.TenantSettings.PhoneRegion"/>.</param>
    public static string Phone(string value, string region = PhoneText.DefaultRegion) =>
        PhonePrefix + PhoneText.Of(value, region).FirstOrDefault().Key;

    /// <summary>The first form: the digits; <c>+86</c>, <c>0086</c> and leading zeros are dropped.</summary>
    private static string DigitsBefore(string value)
    {
        var text = string.Concat(value.Normalize(NormalizationForm.FormKC).Where(char.IsAsciiDigit));
        if (text.StartsWith("0086", StringComparison.Ordinal))
            text = text[4..];
        else if (text.StartsWith("86", StringComparison.Ordinal) && text.Length > 11)
            text = text[2..];
        return text.TrimStart('0');
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
