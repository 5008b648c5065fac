using Complaints.Core;
using Complaints.Core.History;
using Complaints.Core.Intake;
using Complaints.Core.Sla;
using Complaints.Core.Storage;
using Complaints.Testing;
using NodaTime;

namespace Complaints.PostgreSql.Tests.Sweeps;

/// <summary>Real complaints, registered by a desk, whose deadlines lapsed long ago. Written in bulk, because ten thousand commands would take longer than the test.</summary>
internal sealed class LapsedComplaints
{
    private readonly List<ComplaintCommit> _commits;
    private readonly WrappedKey _tenant;

    private LapsedComplaints(List<ComplaintCommit> commits, WrappedKey tenant) => (_commits, _tenant) = (commits, tenant);

    public static Instant ReceivedAt { get; } = Instant.FromUtc(2024, 9, 2, 1, 0);

    public int Count => _commits.Count;

    /// <summary>Which clocks of which complaint must fire.</summary>
    public IEnumerable<(ComplaintId Complaint, string Clock)> Clocks => _commits.SelectMany(commit => commit.TimersToSet.Select(timer => (commit.Id, timer.Clock)));

    public static async Task<LapsedComplaints> MakeAsync(int count)
    {
        var (collector, memory) = (new Collector(), new InMemoryComplaintStore());
        var harness = new DeskHarness(StorePorts.Of(memory) with { Store = collector }, new FakeClock(ReceivedAt), new UuidV7Generator());
        for (var i = 0; i < count; i++)
            await harness.FileAsync(Drafts.English(i));
        return new(collector.Commits, (await memory.GetAsync(TenantId.Default, [SubjectId.Tenant], default)).Single());
    }

    public async Task StoreAsync<TStore>(TStore importer) where TStore : IComplaintImporter, ISubjectKeyStore
    {
        await importer.AddAsync(TenantId.Default, _tenant, default);
        foreach (var some in _commits.Chunk(1_000))
            (await importer.ImportAsync(some, default)).ShouldBe(some.Length);
    }

    /// <summary>Clocks that fired never and more than once, by the history.</summary>
    public async Task<(int Missed, int Doubled)> ProveAsync(IChainStore chains)
    {
        var fired = new Dictionary<(ComplaintId, string), int>();
        await foreach (var (complaint, stored) in chains.EventsAsync(TenantId.Default, default))
        {
            if (EventCodec.Read(stored.Body.Span).Event is ClockBreached breached)
                fired[(new(complaint), breached.Clock)] = fired.GetValueOrDefault((new(complaint), breached.Clock)) + 1;
        }
        return (Clocks.Count(clock => !fired.ContainsKey(clock)), fired.Values.Count(times => times > 1));
    }

    /// <summary>Keeps what a desk would write.</summary>
    private sealed class Collector : IComplaintStore
    {
        private long _next = 1;

        public List<ComplaintCommit> Commits { get; } = [];

        public ValueTask<LoadedComplaint> LoadAsync(TenantId tenant, ComplaintId id, CommandId command,
            CancellationToken cancellationToken) => new(new LoadedComplaint(null, [], [], null));

        public ValueTask<LoadedIntake> LoadIntakeAsync(IntakeQuery query, CancellationToken cancellationToken)
        {
            var first = _next;
            _next += query.Numbers;
            return new(new LoadedIntake([], query.Numbers == 0 ? 0 : first, null, null, null));
        }

        public ValueTask<CommitOutcome> CommitAsync(ComplaintCommit commit, CancellationToken cancellationToken)
        {
            Commits.Add(commit);
            return new(CommitOutcome.Committed);
        }
    }
}
