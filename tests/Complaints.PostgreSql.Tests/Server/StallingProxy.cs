using System.Net;
using System.Net.Sockets;

namespace Complaints.PostgreSql.Tests.Server;

/// <summary>Stands between a store and its server and stops reading what the server sends once that is more than a megabyte, as a process does that was stopped.</summary>
internal sealed class StallingProxy : IAsyncDisposable
{
    private const int Most = 1_000_000;
    private readonly Listener _listener;
    private readonly int _target;
    private readonly TaskCompletionSource _stalled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public StallingProxy(int target)
    {
        _target = target;
        _listener = new(ServeAsync);
    }

    public int Port => _listener.Port;

    /// <summary>Completes when it reads no more.</summary>
    public Task Stalled => _stalled.Task;

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private async Task ServeAsync(TcpClient client, CancellationToken over)
    {
        using var server = new TcpClient { NoDelay = true, ReceiveBufferSize = 64 * 1024 };
        await server.ConnectAsync(IPAddress.Loopback, _target, over);
        await await Task.WhenAny(client.GetStream().CopyToAsync(server.GetStream(), over), AnswerAsync(server.GetStream(), client.GetStream(), over));
    }

    private async Task AnswerAsync(NetworkStream server, NetworkStream client, CancellationToken over)
    {
        var buffer = new byte[16 * 1024];
        for (var passed = 0; passed < Most;)
        {
            var read = await server.ReadAsync(buffer, over);
            if (read == 0)
                return;
            await client.WriteAsync(buffer.AsMemory(0, read), over);
            passed += read;
        }
        _stalled.TrySetResult();
        await Task.Delay(Timeout.Infinite, over);
    }
}
