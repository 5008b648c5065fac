using System.Collections.Immutable;
using Complaints.Core;
using Complaints.Core.Assignment;
using Complaints.Core.Classification;
using Complaints.Core.Definitions;
using Complaints.Core.History;
using Complaints.Core.Intake;
using Complaints.Core.Storage;
using Complaints.Storage.Relational;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Benchmarks.Commands;

/// <summary>
/// The commands of the benchmark, and what the library would write for them. A desk over a store in memory plays them and what it commits is recorded: the other arms
/// write those very rows and bytes.
/// </summary>
internal sealed class Workload : IComplaintStore
{
    private static readonly byte[] MasterKey = new byte[32];
    private readonly InMemoryComplaintStore _memory = new();
    private readonly List<ComplaintCommit> _recorded = [];
    private readonly List<ComplaintId> _ids = [];
    private readonly ComplaintDesk _desk;
    private List<ComplaintCommit> _beginning = [];
    private bool _hasParticipants;

    private Workload(IClock clock) => _desk = Desk(StorePorts.Of(_memory) with { Store = this }, clock);

    public static ComplaintDesk Desk(StorePorts ports, IClock? clock = null) => new ComplaintDesk(new DeskServices(
        ports.Store, ports.Reader, new PersonKeys(ports.Keys, new FileKeyProtector(MasterKey), clock ?? SystemClock.Instance), new DefinitionLibrary(ports.Definitions, clock ?? SystemClock.Instance, []),
        clock ?? SystemClock.Instance, new UuidV7Generator(), timers: ports.Timers)).For(DeskHarness.Agent);

    /// <summary>New complaints and nothing else yet.</summary>
    /// <param name="complaints">How many.</param>
    /// <param name="clock">When they come in; <c>null</c> for now.</param>
    /// <param name="hasParticipants">True for complaints in which three persons take part: notes become talks with one of them.</param>
    public static async Task<Workload> CreateAsync(int complaints, IClock? clock = null, bool hasParticipants = false)
    {
        var work = new Workload(clock ?? SystemClock.Instance) { _hasParticipants = hasParticipants };
        for (var i = 0; i < complaints; i++)
        {
            var id = (await work._desk.RegisterAsync(Draft(i))).Value.Complaint;
            work._ids.Add(id);
            for (var more = 0; hasParticipants && more < 2; more++)
                _ = (await work._desk.ExecuteAsync(id, new AddParticipant("representative", $"Participant {more}",
                    "+44 20 7946 0018"))).Value;
        }
        work._beginning = [.. work._recorded];
        work._recorded.Clear();
        return work;
    }

    /// <summary>The draft of a registration.</summary>
    public static IntakeDraft Draft(int number) => number % 2 == 0 ? Drafts.Chinese(number) : Drafts.English(number);

    /// <summary>What the library committed for the new complaints.</summary>
    public IReadOnlyList<ComplaintCommit> Beginning => _beginning;

    /// <summary>The tenant's own key.</summary>
    public ValueTask<ImmutableArray<WrappedKey>> KeysAsync() => _memory.GetAsync(TenantId.Default, [SubjectId.Tenant], default);

    /// <summary>Writes that and the tenant's key.</summary>
    public async Task WriteBeginningAsync(RelationalStore store)
    {
        foreach (var key in await KeysAsync())
            await store.AddAsync(TenantId.Default, key, default);
        foreach (var chunk in _beginning.Where(commit => commit.ExpectedVersion == 0).Chunk(500))
            await store.ImportAsync(chunk, default);
        foreach (var commit in _beginning.Where(commit => commit.ExpectedVersion > 0))
            await store.CommitAsync(commit, default);
    }

    /// <summary>The command of a turn (a complaint gets the same kind in every pass, since their number is one short of a multiple of three): hand-over (a message), note (a sealed text), judgement (new deadlines), over all complaints in turn.</summary>
    public (ComplaintId Id, ComplaintCommand Command) Command(long turn)
    {
        var pass = turn / _ids.Count;
        return (_ids[(int)(turn % _ids.Count)], ((turn + pass) % 3) switch
        {
            0 => new HandOver($"owner-{pass}", "technical", "expertise", "Needs a technician."),
            1 when _hasParticipants => new RecordInteraction(Direction.Inbound, "phone", Summary: Words, Participant: 1 + (int)(turn % 2)),
            1 => new AddNote(Words),
            _ => new Classify(Severity: pass % 2 == 0 ? "critical" : "minor", Reason: "new-facts"),
        });
    }

    private const string Words = "Called the warehouse; they look for the parcel and call back before noon.";

    /// <summary>What the library commits for the turns from here on.</summary>
    public async Task<List<ComplaintCommit>> CommitsAsync(long from, int count)
    {
        while (_recorded.Count < from + count)
        {
            var (id, command) = Command(_recorded.Count);
            _ = (await _desk.ExecuteAsync(id, command)).Value;
        }
        return _recorded.GetRange((int)from, count);
    }

    /// <summary>All arms must have done the same work.</summary>
    public static async Task ProveEqualAsync(params RelationalStore[] stores)
    {
        var counts = new List<StoreCounts>();
        foreach (var store in stores)
            counts.Add(await store.CountAsync(TenantId.Default, default));
        Rounds.Print($"rows afterwards  {string.Join("  ", counts)}");
        if (counts.Distinct().Count() != 1)
            throw new InvalidOperationException("The arms did not write the same.");
    }

    ValueTask<LoadedComplaint> IComplaintStore.LoadAsync(TenantId tenant, ComplaintId id, CommandId command, CancellationToken cancellationToken) =>
        _memory.LoadAsync(tenant, id, command, cancellationToken);

    ValueTask<LoadedIntake> IComplaintStore.LoadIntakeAsync(IntakeQuery query, CancellationToken cancellationToken) => _memory.LoadIntakeAsync(query, cancellationToken);

    ValueTask<CommitOutcome> IComplaintStore.CommitAsync(ComplaintCommit commit, CancellationToken cancellationToken)
    {
        _recorded.Add(commit);
        return _memory.CommitAsync(commit, cancellationToken);
    }
}
