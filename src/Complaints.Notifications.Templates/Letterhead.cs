using Complaints.Core;

namespace Complaints.Notifications.Templates;

/// <summary>How a tenant presents itself in messages: a definition of the kind <c>letterhead</c>, one per tenant.</summary>
/// <param name="Name">The name under which it writes; 1 to 100 characters in each language.</param>
/// <param name="Phone">The number to call; <c>null</c> to name none. At most 100 characters.</param>
/// <param name="Email">The address to write to; <c>null</c> to name none. At most 200 characters.</param>
/// <param name="Hours">When somebody is there; <c>null</c> to say nothing. At most 200 characters in each language.</param>
/// <param name="CasePage">The page of a case for its customer, an http or https address with <c>{number}</c> in it; <c>null</c> where
/// there is none. At most 500 characters.</param>
/// <param name="StaffPage">The same for the staff.</param>
public sealed record Letterhead(
    Label Name, string? Phone = null, string? Email = null, Label? Hours = null, string? CasePage = null, string? StaffPage = null)
{
    internal static string? Page(string? page, string number) =>
        page?.Replace("{number}", Uri.EscapeDataString(number), StringComparison.Ordinal);

    internal IEnumerable<ComplaintError> Problems()
    {
        if (Name is null || string.IsNullOrWhiteSpace(Name.En) || string.IsNullOrWhiteSpace(Name.Zh))
            yield return TemplateRefusals.Empty("name");
        foreach (var (path, value, most) in new[]
            {
                ("name.en", Name?.En, 100), ("name.zh", Name?.Zh, 100), ("phone", Phone, 100), ("email", Email, 200),
                ("hours.en", Hours?.En, 200), ("hours.zh", Hours?.Zh, 200), ("casePage", CasePage, 500), ("staffPage", StaffPage, 500),
            })
        {
            if (value?.Length > most)
                yield return TemplateRefusals.TooLong(path, value.Length, most);
            else if (value?.Any(char.IsControl) == true)
                yield return TemplateRefusals.Control(path);
        }
        foreach (var (path, value) in new[] { ("casePage", CasePage), ("staffPage", StaffPage) })
        {
            if (value is not null && !IsPage(value))
                yield return TemplateRefusals.NoPage(path);
        }
    }

    private static bool IsPage(string value) =>
        value.Contains("{number}", StringComparison.Ordinal)
        && Uri.TryCreate(Page(value, "1"), UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https");
}
