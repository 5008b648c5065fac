using System.Net;
using System.Net.Sockets;

namespace Complaints.SampleHost;

/// <summary>This host has no sign-in, so it listens to this machine only and refuses to start anywhere else.</summary>
internal static class Loopback
{
    private const string Default = "http://127.0.0.1:5080";

    public static string Urls(IConfiguration configuration) => configuration["urls"] is { Length: > 0 } urls ? urls : Default;

    public static string? Refuses(IConfiguration configuration)
    {
        var addresses = Urls(configuration).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Concat(configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"] ?? ""));
        var other = addresses.FirstOrDefault(address => !IsLoopback(address));
        if (other is null && configuration["http_ports"] is null && configuration["https_ports"] is null)
            return null;
        return RefusalOf(other ?? "*");
    }

    /// <summary>By which names pages may be asked for.</summary>
    public static IList<string> Names => ["localhost", "127.0.0.1", "[::1]"];

    public static string RefusalOf(string address) =>
        $"'{address}' is not an address of this machine only. The sample host has no sign-in: use --urls {Default}, or put it behind a host of your own.";

    /// <summary>Asked before anything is made: the server itself would say it last, and in forty lines.</summary>
    public static string? IsTaken(IConfiguration configuration)
    {
        foreach (var address in Urls(configuration).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var uri = new Uri(address);
            try
            {
                using var listener = new TcpListener(IPAddress.TryParse(uri.Host.Trim('[', ']'), out var ip) ? ip : IPAddress.Loopback, uri.Port);
                listener.Start();
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                return $"Another program listens at {address} already, perhaps this one: open it, or start at another port with --urls http://127.0.0.1:{uri.Port + 1}.";
            }
        }
        return null;
    }

    /// <summary>An address of numbers, or the one name that the server takes for this machine; <c>loopback</c> is a name like any other to
    /// it. Read as the server reads it: <see cref="Uri"/> calls both by one name.</summary>
    private static bool IsLoopback(string address)
    {
        try
        {
            var host = BindingAddress.Parse(address).Host;
            return string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
                || IPAddress.TryParse(host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip);
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException)
        {
            return false;
        }
    }
}
