using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;

namespace Complaints.Faults.Tests.Processes;

/// <summary>The receiver of all messages, in the test's own process: it remembers every one that it was given, and answers as the test wants.</summary>
internal sealed class Sink : IAsyncDisposable
{
    private readonly Listener _listener;
    private readonly ConcurrentQueue<Delivery> _deliveries = new();
    private readonly ConcurrentDictionary<int, bool> _nodes = new();
    private readonly Func<Delivery, Task<string>> _answer;

    public Sink(Func<Delivery, Task<string>>? answer = null)
    {
        _answer = answer ?? (_ => Task.FromResult("ok"));
        _listener = new(ServeAsync);
    }

    public string Port => _listener.Port.ToString(CultureInfo.InvariantCulture);

    /// <summary>Everything that arrived, whatever was answered.</summary>
    public IReadOnlyCollection<Delivery> Deliveries => _deliveries;

    /// <summary>Whether a process has sent anything.</summary>
    public bool HasMet(int node) => _nodes.ContainsKey(node);

    /// <summary>Answers about whose complaint nothing arrived.</summary>
    public int Untold(IEnumerable<Answer> answers)
    {
        var told = _deliveries.Where(delivery => delivery.Topic == "complaints.registered.v1").Select(delivery => delivery.Complaint).ToHashSet();
        return answers.Count(answer => !told.Contains(answer.Complaint));
    }

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private async Task ServeAsync(TcpClient client, CancellationToken over)
    {
        using var reader = new StreamReader(client.GetStream());
        await using var writer = new StreamWriter(client.GetStream()) { AutoFlush = true };
        while (await reader.ReadLineAsync(over) is { } line)
        {
            if (line.Split(' ') is not [var node, var id, var complaint, var topic, var attempt])
                continue; // cut off with its sender
            var delivery = new Delivery(int.Parse(node, CultureInfo.InvariantCulture), Guid.Parse(id), Guid.Parse(complaint), topic, int.Parse(attempt, CultureInfo.InvariantCulture));
            _deliveries.Enqueue(delivery);
            _nodes[delivery.Node] = true;
            await writer.WriteLineAsync(await _answer(delivery));
        }
    }
}

/// <summary>A message as it arrived.</summary>
internal sealed record Delivery(int Node, Guid Id, Guid Complaint, string Topic, int Attempt);
