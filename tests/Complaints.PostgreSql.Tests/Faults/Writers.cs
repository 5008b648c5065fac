using System.Collections.Concurrent;
using Complaints.Core;
using Complaints.Core.Intake;
using Complaints.Core.Storage;
using Complaints.Storage.PostgreSql;
using Complaints.Testing;
using NodaTime;

namespace Complaints.PostgreSql.Tests.Faults;

/// <summary>Clients that write as fast as they are answered, each on a complaint of its own, and remember what they were answered.</summary>
internal sealed class Writers(PostgreSqlStore store, int count, bool repeats)
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<(ComplaintId Id, Task Work)> _all = [];
    private readonly ConcurrentBag<(ComplaintId Id, int Version)> _acknowledged = [];
    private long _lastAt;

    public DeskHarness Harness { get; } = new(StorePorts.Of(store), ids: new RandomIds());

    /// <summary>Commands that were answered with success.</summary>
    public int Acknowledged => _acknowledged.Count;

    /// <summary>How often a client was told that nobody knows, and sent the same id again.</summary>
    public int Unknown;

    /// <summary>When a client was last answered, as <see cref="Environment.TickCount64"/>.</summary>
    public long LastAt => Interlocked.Read(ref _lastAt);

    public async Task StartAsync()
    {
        for (var i = 0; i < count; i++)
        {
            var id = await Harness.FileAsync(Drafts.English(i));
            _all.Add((id, Task.Run(() => WriteAsync(id))));
        }
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_all.Select(writer => writer.Work));
    }

    /// <summary>Acknowledged commands that the database does not have.</summary>
    public async Task<int> LostAsync()
    {
        var lost = 0;
        foreach (var (id, _) in _all)
        {
            var there = (await store.LoadAsync(TenantId.Default, id, default, default)).Complaint!.Version;
            lost += _acknowledged.Count(answer => answer.Id == id && answer.Version > there);
        }
        return lost;
    }

    /// <summary>Fails unless every answered command stands in its history exactly once, and nothing else does.</summary>
    public async Task ProveAsync()
    {
        foreach (var (id, _) in _all)
        {
            var answered = _acknowledged.Where(answer => answer.Id == id).Select(answer => answer.Version).Order().ToList();
            answered.ShouldBe(Enumerable.Range(2, answered.Count), "each answer is a version of its own");
            var loaded = (await store.LoadAsync(TenantId.Default, id, default, default)).Complaint!;
            loaded.Version.ShouldBe(answered.Count + 1);
            (await store.HistoryAsync(TenantId.Default, id, default)).Count(stored => stored.Index == 0).ShouldBe(loaded.Version);
        }
    }

    private async Task WriteAsync(ComplaintId id)
    {
        while (!_stop.IsCancellationRequested)
        {
            var options = new CommandOptions { CommandId = new(Guid.NewGuid()) };
            while (true)
            {
                try
                {
                    var answer = await Harness.Desk.ExecuteAsync(id, new AddNote("a note"), options);
                    _acknowledged.Add((id, answer.Value.Version));
                    Interlocked.Exchange(ref _lastAt, Environment.TickCount64);
                    break;
                }
                catch (StoreUnavailableException) when (repeats)
                {
                    Interlocked.Increment(ref Unknown);
                    await Task.Delay(50);
                }
            }
        }
    }

    private sealed class RandomIds : IIdGenerator
    {
        public Guid NewId(Instant now) => Guid.NewGuid();
    }
}
