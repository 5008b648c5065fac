using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Complaints.PostgreSql.Tests.Server;

/// <summary>Stands between a store and its server, passes one round trip on and cuts the connection before its answer.</summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly int _target;
    private readonly int _cut;
    private int _roundTrips;

    public CuttingProxy(int target, int cut)
    {
        (_target, _cut) = (target, cut);
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public bool WasCut => Volatile.Read(ref _roundTrips) >= _cut;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var server = new TcpClient { NoDelay = true };
        using var _ = client;
        client.NoDelay = true;
        await server.ConnectAsync(IPAddress.Loopback, _target, _stop.Token);
        var answers = server.GetStream().CopyToAsync(client.GetStream(), _stop.Token);
        await Task.WhenAny(AskAsync(client, server), answers);
    }

    private async Task AskAsync(TcpClient client, TcpClient server)
    {
        var isFirst = true;
        while (true)
        {
            var head = new byte[isFirst ? 4 : 5];
            await client.GetStream().ReadExactlyAsync(head, _stop.Token);
            var body = new byte[BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(head.Length - 4)) - 4];
            await client.GetStream().ReadExactlyAsync(body, _stop.Token);
            var isAsked = !isFirst && (char)head[0] is 'S' or 'Q';
            isFirst = false;
            var isCut = isAsked && Interlocked.Increment(ref _roundTrips) == _cut;
            if (isCut)
                client.Client.Close();
            await server.GetStream().WriteAsync((byte[])[.. head, .. body], _stop.Token);
            if (!isCut)
                continue;
            // It is the server's turn to finish what nobody waits for.
            await Task.Delay(20, _stop.Token);
            return;
        }
    }
}
