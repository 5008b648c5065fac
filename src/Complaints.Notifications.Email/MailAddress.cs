using System.Globalization;
using System.Text;
using MimeKit;

namespace Complaints.Notifications.Email;

/// <summary>Addresses of mail, read strictly: exactly one, without names, comments or lines, and no longer than the wire takes.</summary>
internal static class MailAddress
{
    private const int Longest = 254;

    /// <summary>The address with a name; <c>null</c> for what is none. A domain in another script is told in its ASCII
    /// form, which every server understands.</summary>
    public static MailboxAddress? Parse(string? address, string? name)
    {
        if (address is not { Length: > 2 and <= Longest }
            || address.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c is '<' or '>' or ',' or ';' or '"'))
            return null;
        var at = address.LastIndexOf('@');
        if (at < 1 || at > 64 || at == address.Length - 1 || address.IndexOf('@', StringComparison.Ordinal) != at)
            return null;
        try
        {
            if (!MailboxAddress.TryParse(Strict, address, out var parsed) || parsed.Address != address)
                return null;
            var ascii = $"{address[..at]}@{new IdnMapping().GetAscii(address[(at + 1)..])}";
            return ascii.Length <= Longest ? new MailboxAddress(Encoding.UTF8, Named(name), ascii) : null;
        }
        catch (Exception e) when (e is ParseException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The same in the form in which two are compared.</summary>
    public static string Normal(string address)
    {
        var at = address.LastIndexOf('@');
        if (at < 0)
            return address.Trim().ToLowerInvariant();
        var domain = address[(at + 1)..].Trim();
        try
        {
            domain = new IdnMapping().GetAscii(domain);
        }
        catch (ArgumentException)
        {
            // As it is: it equals itself.
        }
        return $"{address[..at].Trim()}@{domain}".ToLowerInvariant();
    }

    private static ParserOptions Strict { get; } = new()
    {
        AddressParserComplianceMode = RfcComplianceMode.Strict, AllowAddressesWithoutDomain = false, AllowUnquotedCommasInAddresses = false,
    };

    /// <summary>A name on one line; a header folds it.</summary>
    private static string? Named(string? name) => string.IsNullOrWhiteSpace(name) ? null
        : string.Concat(name.Where(c => !char.IsControl(c))) is { Length: > 0 } line ? line.Length <= 100 ? line : line[..100] : null;
}
