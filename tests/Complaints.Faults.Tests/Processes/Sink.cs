using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Complaints.Faults.Tests.Processes;

/// <summary>The receiver of all messages, in the test's own process: it remembers every one that it was given, and answers as the test wants.</summary>
internal sealed class Sink : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<Delivery> _deliveries = new();
    private readonly ConcurrentDictionary<int, bool> _nodes = new();
    private readonly Func<Delivery, Task<string>> _answer;

    public Sink(Func<Delivery, Task<string>>? answer = null)
    {
        _answer = answer ?? (_ => Task.FromResult("ok"));
        _listener.Start(200);
        _ = AcceptAsync();
    }

    public string Port => ((IPEndPoint)_listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

    /// <summary>Everything that arrived, whatever was answered.</summary>
    public IReadOnlyCollection<Delivery> Deliveries => _deliveries;

    /// <summary>Whether a process has sent anything.</summary>
    public bool HasMet(int node) => _nodes.ContainsKey(node);

    /// <summary>Answers about whose complaint nothing arrived.</summary>
    public int Untold(IEnumerable<Answer> answers)
    {
        var told = _deliveries.Where(delivery => delivery.Topic == "complaint.registered").Select(delivery => delivery.Complaint).ToHashSet();
        return answers.Count(answer => !told.Contains(answer.Complaint));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        _stop.Dispose();
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
        using var _ = client;
        client.NoDelay = true;
        using var reader = new StreamReader(client.GetStream());
        await using var writer = new StreamWriter(client.GetStream()) { AutoFlush = true };
        try
        {
            while (await reader.ReadLineAsync(_stop.Token) is { } line)
            {
                if (line.Split(' ') is not [var node, var id, var complaint, var topic, var attempt])
                    continue; // cut off with its sender
                var delivery = new Delivery(int.Parse(node, CultureInfo.InvariantCulture), Guid.Parse(id), Guid.Parse(complaint), topic, int.Parse(attempt, CultureInfo.InvariantCulture));
                _deliveries.Enqueue(delivery);
                _nodes[delivery.Node] = true;
                await writer.WriteLineAsync(await _answer(delivery));
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The sender was killed, or the test is over.
        }
    }
}

/// <summary>A message as it arrived.</summary>
internal sealed record Delivery(int Node, Guid Id, Guid Complaint, string Topic, int Attempt);
