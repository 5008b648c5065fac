using System.Net;
using System.Net.Sockets;

namespace Complaints.Notifications.Webhooks.Outbound;

/// <summary>Finds the addresses of a name, judges each, and connects to one that it judged: nobody can put another one in its place between
/// the two (DNS rebinding).</summary>
internal sealed class GuardedConnection(AddressGuard guard, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
{
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _resolve =
        resolve ?? (static (host, cancellationToken) => Dns.GetHostAddressesAsync(host, cancellationToken));

    /// <exception cref="ForbiddenAddressException">None of its addresses may be connected to.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var found = await _resolve(context.DnsEndPoint.Host, cancellationToken).ConfigureAwait(false);
        var allowed = found.Where(guard.Allows).ToArray();
        if (found.Length > 0 && allowed.Length == 0)
            throw new ForbiddenAddressException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>A name leads to addresses that are not public and that the host does not allow.</summary>
internal sealed class ForbiddenAddressException() : IOException("The host's name leads to no address that is public or allowed.");
