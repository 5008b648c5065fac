namespace Complaints.Notifications.Webhooks;

/// <summary>What all webhooks, robots and gateways of a host share.</summary>
public sealed class WebhookOptions
{
    /// <summary>Who sends: the <c>source</c> of every CloudEvent, a URI reference of 1 to 200 characters; <c>/complaints</c> unless set.
    /// Refused: <c>webhook.source</c>.</summary>
    public string Source { get; set; } = "/complaints";

    /// <summary>Whether <c>http</c> without TLS is allowed, for tests and for networks that one trusts; false unless set.</summary>
    public bool AllowHttp { get; set; }

    /// <summary>Networks that are not public and allowed all the same, as CIDR: <c>10.20.0.0/16</c>, <c>fd12:3456::/32</c>. At most 100.
    /// An IPv4 address within an IPv6 one counts as the IPv4 address. Refused: <c>webhook.network</c>.</summary>
    public IList<string> AllowedNetworks { get; } = [];
}
