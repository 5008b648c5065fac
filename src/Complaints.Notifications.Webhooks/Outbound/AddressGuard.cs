using System.Net;
using System.Net.Sockets;

namespace Complaints.Notifications.Webhooks.Outbound;

/// <summary>Which addresses may be connected to: those of the public internet, and the networks that the host allows. Against server-side
/// request forgery: who names a URL must not reach what only this host reaches.</summary>
internal sealed class AddressGuard(IReadOnlyCollection<IPNetwork> allowed)
{
    // The special-purpose registries of IANA, and Azure's host services, whose address looks public.
    private static readonly IPNetwork[] NotPublic =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "168.63.129.16/32",
            // Teredo and its neighbours, documentation, 6to4.
            "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
        }.Select(network => IPNetwork.Parse(network)),
    ];

    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96");

    public bool Allows(IPAddress address)
    {
        var real = Real(address);
        return IsPublic(real) || allowed.Any(network => network.Contains(real));
    }

    /// <summary>Whether a host of a URL that is written as an address, in whatever form, is allowed; <c>null</c> for a name.</summary>
    public bool? AllowsLiteral(string host)
    {
        var bare = host.TrimEnd('.');
        if (bare.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || bare.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase))
            return Allows(IPAddress.Loopback);
        return IPAddress.TryParse(bare, out var address) ? Allows(address) : null;
    }

    private static bool IsPublic(IPAddress address) =>
        !NotPublic.Any(network => network.Contains(address))
        && (address.AddressFamily == AddressFamily.InterNetwork || GlobalUnicast.Contains(address) && !IsTunnelled(address));

    /// <summary>The IPv4 address that is meant by one that is mapped into IPv6 or goes through a translator (NAT64).</summary>
    private static IPAddress Real(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetwork)
            return address;
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        // Without its zone: a scope is no part of an address.
        return Translated.Contains(new IPAddress(bytes)) ? new IPAddress(bytes.AsSpan(12)) : new IPAddress(bytes);
    }

    /// <summary>ISATAP: the last four bytes are an IPv4 address, and a router unpacks them.</summary>
    private static bool IsTunnelled(IPAddress address) =>
        address.GetAddressBytes() is [_, _, _, _, _, _, _, _, 0 or 2, 0, 0x5e, 0xfe, ..];
}
