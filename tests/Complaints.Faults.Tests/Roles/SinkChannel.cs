using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Complaints.Core.Notifications;
using Complaints.Core.Storage;

namespace Complaints.Faults.Tests.Roles;

/// <summary>Sends each message as a line and does as the sink answers.</summary>
internal sealed class SinkChannel(SinkLines lines, int concurrency) : IMessageChannel
{
    public string Name => "sink";

    public bool IsOrdered => false;

    public int Concurrency => concurrency;

    public bool Takes(string topic) => true;

    public async ValueTask<DeliveryResult> SendAsync(ClaimedMessage message, CancellationToken cancellationToken) =>
        await lines.SendAsync(message, cancellationToken) switch
        {
            "ok" => DeliveryResult.Delivered,
            var answer => new DeliveryResult.Retry($"the sink said '{answer}'"),
        };
}

/// <summary>The fault that R01's control plants: it says that a message is delivered, and sends it after that was written down.</summary>
internal sealed class MarkingFirst(SinkLines lines, int concurrency) : IMessageChannel
{
    public string Name => "sink";

    public bool IsOrdered => false;

    public int Concurrency => concurrency;

    public bool Takes(string topic) => true;

    public ValueTask<DeliveryResult> SendAsync(ClaimedMessage message, CancellationToken cancellationToken)
    {
        _ = Task.Delay(100, CancellationToken.None).ContinueWith(_ => lines.SendAsync(message, CancellationToken.None), TaskScheduler.Default);
        return new(DeliveryResult.Delivered);
    }
}

/// <summary>Open lines to the sink, one for each message that is on its way.</summary>
internal sealed class SinkLines(int port, int node)
{
    private readonly ConcurrentBag<(StreamReader Reader, StreamWriter Writer)> _idle = [];

    public async Task<string?> SendAsync(ClaimedMessage message, CancellationToken cancellationToken)
    {
        if (!_idle.TryTake(out var line))
            line = await OpenAsync(cancellationToken);
        await line.Writer.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{node} {message.Id} {message.Complaint} {message.Topic} {message.Attempt}").AsMemory(), cancellationToken);
        var answer = await line.Reader.ReadLineAsync(cancellationToken) ?? throw new IOException("The sink hung up.");
        _idle.Add(line);
        return answer;
    }

    private async Task<(StreamReader Reader, StreamWriter Writer)> OpenAsync(CancellationToken cancellationToken)
    {
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        return (new StreamReader(client.GetStream()), new StreamWriter(client.GetStream()) { AutoFlush = true });
    }
}
