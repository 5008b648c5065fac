using System.Net;
using System.Net.Sockets;

namespace Complaints.Tests.Shared;

/// <summary>A port of the loopback address, where each connection is served until it or the test is over.</summary>
public sealed class Listener : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _over = new();
    private readonly Func<TcpClient, CancellationToken, Task> _serve;

    public Listener(Func<TcpClient, CancellationToken, Task> serve)
    {
        _serve = serve;
        _listener.Start(200);
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        _listener.Stop();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_over.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        client.NoDelay = true;
        try
        {
            await _serve(client, _over.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The other side is gone, or the test is over.
        }
    }
}
