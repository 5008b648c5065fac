using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Complaints.PostgreSql.Tests.Server;

/// <summary>
/// Stands between a store and its server and counts round trips exactly: how often the client says that it waits for an answer (Sync, or a simple query). It may cut the connection
/// after the question of one of them and before its answer, or pass a question on late.
/// </summary>
internal sealed class CountingProxy : IAsyncDisposable
{
    private readonly Listener _listener;
    private readonly int _target;
    private readonly int _cut;
    private int _roundTrips;

    /// <param name="target">The server's port.</param>
    /// <param name="cut">Which round trip gets no answer, 1 for the first; 0 for none.</param>
    public CountingProxy(int target, int cut = 0)
    {
        (_target, _cut) = (target, cut);
        _listener = new(ServeAsync);
    }

    public int Port => _listener.Port;

    public int RoundTrips => Volatile.Read(ref _roundTrips);

    /// <summary>Which round trip's question is passed on a second late; 0 for none.</summary>
    public int Late { get; set; }

    public bool WasCut => _cut > 0 && RoundTrips >= _cut;

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private async Task ServeAsync(TcpClient client, CancellationToken over)
    {
        using var server = new TcpClient { NoDelay = true };
        await server.ConnectAsync(IPAddress.Loopback, _target, over);
        await await Task.WhenAny(AskAsync(client, server.GetStream(), over), server.GetStream().CopyToAsync(client.GetStream(), over));
    }

    /// <summary>Passes messages on; all but the first begin with a letter, then their length.</summary>
    private async Task AskAsync(TcpClient client, NetworkStream server, CancellationToken over)
    {
        for (var isFirst = true; ; isFirst = false)
        {
            var head = new byte[isFirst ? 4 : 5];
            await client.GetStream().ReadExactlyAsync(head, over);
            var body = new byte[BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(head.Length - 4)) - 4];
            await client.GetStream().ReadExactlyAsync(body, over);
            var number = !isFirst && (char)head[0] is 'S' or 'Q' ? Interlocked.Increment(ref _roundTrips) : -1;
            if (number == Late)
                await Task.Delay(1_000, over);
            var isCut = number == _cut;
            if (isCut)
                client.Client.Close();
            await server.WriteAsync((byte[])[.. head, .. body], over);
            if (!isCut)
                continue;
            // It is the server's turn to finish what nobody waits for.
            await Task.Delay(20, over);
            return;
        }
    }
}
