namespace Complaints.Notifications.Webhooks.Outbound;

/// <summary>Whether something may be posted to an address at all, as far as its text tells; what its name leads to is judged when it is
/// connected to.</summary>
internal static class UrlCheck
{
    private const int Longest = 2_000;

    /// <summary>What is wrong, or <c>null</c>. The address itself is not repeated: it may hold a robot's token.</summary>
    public static Fault? Of(string url, bool allowHttp, AddressGuard guard)
    {
        if (url.Length is 0 or > Longest || url.Any(c => c <= ' ' || c == '\\' || char.IsControl(c))
            || !Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
            return new("webhook.url", "the URL is no absolute address of at most 2,000 characters",
                "give one such as https://example.org/hooks");
        if (uri.Scheme != Uri.UriSchemeHttps && !(allowHttp && uri.Scheme == Uri.UriSchemeHttp))
            return new("webhook.url_scheme", $"the URL begins with {uri.Scheme}",
                $"use https, or set {nameof(WebhookOptions.AllowHttp)} for http in a network that you trust");
        if (uri.UserInfo.Length > 0 || uri.Fragment.Length > 0)
            return new("webhook.url_user", "the URL has a user, a password or a fragment", "leave it out: messages are signed");
        if (guard.AllowsLiteral(uri.IdnHost) == false)
            return new("webhook.url_address", "the URL names an address that is not public",
                $"use a public host, or allow its network in {nameof(WebhookOptions.AllowedNetworks)}");
        return null;
    }
}
