using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace Complaints.SampleHost;

/// <summary>Binds addresses of this machine and nothing else. Every way to configure the server ends here, whatever an address is
/// called: a name that the server does not know would else be every address there is.</summary>
internal sealed class LoopbackListener(IOptions<SocketTransportOptions> options, ILoggerFactory loggers) : IConnectionListenerFactory
{
    private readonly SocketTransportFactory _sockets = new(options, loggers);

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        endpoint is IPEndPoint { Address: var address } && IPAddress.IsLoopback(address) || endpoint is UnixDomainSocketEndPoint
            ? _sockets.BindAsync(endpoint, cancellationToken)
            : throw new IOException(Loopback.RefusalOf(endpoint.ToString()!));
}
