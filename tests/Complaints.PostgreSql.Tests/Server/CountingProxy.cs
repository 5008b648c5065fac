using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Complaints.PostgreSql.Tests.Server;

/// <summary>Stands between a store and its server and counts round trips exactly: how often the client says that it waits for an answer (Sync, or a simple query).</summary>
internal sealed class CountingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly int _target;
    private int _roundTrips;

    public CountingProxy(int target)
    {
        _target = target;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int RoundTrips => Volatile.Read(ref _roundTrips);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var server = new TcpClient { NoDelay = true };
        client.NoDelay = true;
        await server.ConnectAsync(IPAddress.Loopback, _target, _stop.Token);
        await Task.WhenAny(CountAsync(client.GetStream(), server.GetStream()), server.GetStream().CopyToAsync(client.GetStream(), _stop.Token));
        client.Dispose();
    }

    /// <summary>Passes messages on; all but the first begin with a letter, then their length.</summary>
    private async Task CountAsync(NetworkStream from, NetworkStream to)
    {
        var isFirst = true;
        while (true)
        {
            var head = new byte[isFirst ? 4 : 5];
            await from.ReadExactlyAsync(head, _stop.Token);
            var body = new byte[BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(head.Length - 4)) - 4];
            await from.ReadExactlyAsync(body, _stop.Token);
            if (!isFirst && (char)head[0] is 'S' or 'Q')
                Interlocked.Increment(ref _roundTrips);
            isFirst = false;
            await to.WriteAsync(head, _stop.Token);
            await to.WriteAsync(body, _stop.Token);
        }
    }
}
