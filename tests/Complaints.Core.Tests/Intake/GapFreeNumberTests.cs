using Complaints.Core.Definitions;
using Complaints.Core.History;
using Complaints.Core.Intake;
using Complaints.Core.Storage;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Core.Tests.Intake;

/// <summary>Numbers without gaps are a setting of the tenant, whichever node or import writes.</summary>
public sealed class GapFreeNumberTests
{
    private readonly InMemoryComplaintStore _store = new();
    private readonly FakeClock _clock = new();

    [Fact]
    public async Task Nodes_that_read_the_setting_one_after_the_other_give_no_number_twice()
    {
        DeskHarness first = Node(), second = Node();
        (await RegisterAsync(second), await RegisterAsync(second)).ShouldBe((1, 2), "a block of 32");
        await SetAsync(first, gapFree: true);
        (await RegisterAsync(first), await RegisterAsync(second), await RegisterAsync(first)).ShouldBe((33, 3, 34), "the second node has not read it yet");
        _clock.Advance(Duration.FromSeconds(31));
        (await RegisterAsync(second), await RegisterAsync(first), await RegisterAsync(second)).ShouldBe((35, 36, 37));

        await SetAsync(second, gapFree: false);
        (await RegisterAsync(first), await RegisterAsync(second), await RegisterAsync(first)).ShouldBe((38, 4, 39), "the first node has not read it yet");
        _clock.Advance(Duration.FromSeconds(31));
        (await RegisterAsync(first), await RegisterAsync(first)).ShouldBe((40, 41));
        (await _store.LoadIntakeAsync(new IntakeQuery(TenantId.Default, default, [], 2026, 0, NextNumber: true), default)).FirstNumber.ShouldBe(72, "a block of 32");
    }

    /// <summary>What an import was told of the next number is no block.</summary>
    [Fact]
    public async Task An_import_goes_on_when_the_setting_changes_between_two_batches()
    {
        DeskHarness desk = Node(), importing = Node();
        var run = new ImportDesk(new DeskServices(_store, _store, importing.Keys, importing.Definitions, _clock, new UuidV7Generator()), _store).Begin();
        (await ImportAsync(run, 1)).ShouldBeTrue("batches come from blocks");
        await SetAsync(importing, gapFree: true);
        (await ImportAsync(run, 2)).ShouldBeFalse("only the end of one batch tells where the next begins");
        await SetAsync(importing, gapFree: false);
        await RegisterAsync(desk);
        (await ImportAsync(run, 3)).ShouldBeTrue();
        await SetAsync(importing, gapFree: true);
        (await ImportAsync(run, 4)).ShouldBeFalse();

        (await _store.CountAsync(TenantId.Default, default)).Complaints.ShouldBe(4 * 5 + 1);
    }

    /// <summary>A key protector may hang. Who waits behind it goes on, and who hung is decided again with the key that it has.</summary>
    [Fact]
    public async Task A_registration_that_hangs_holds_up_nobody_and_makes_one_key()
    {
        var protector = new Hanging();
        var counted = new Counted(_store);
        var harness = Node();
        await SetAsync(harness, gapFree: true);
        var services = new DeskServices(counted, _store, new PersonKeys(_store, protector, _clock), harness.Definitions, _clock, new UuidV7Generator());
        var desk = new ComplaintDesk(services).For(DeskHarness.Agent);
        await desk.PrepareAsync();

        protector.Hangs = true;
        var stuck = Task.Run(() => desk.RegisterAsync(Drafts.English(1)));
        await protector.Hung;
        (await desk.RegisterAsync(Drafts.English(2))).Value.Number.ShouldBe("2026-000001");
        stuck.IsCompleted.ShouldBeFalse();
        protector.GoOn();

        (await stuck).Value.Number.ShouldBe("2026-000002");
        (counted.Intakes, counted.Conflicts).ShouldBe((3, 1), "one of the two was decided twice");
        protector.Wrapped.ShouldBe(1 + 2, "the tenant's key and one for each person");
        var summary = (await _store.ListAsync(TenantId.Default, new ComplaintQuery { NumberStartsWith = "2026-000002" }, default)).Items.ShouldHaveSingleItem();
        summary.Title!.TryReveal(await new PersonKeys(_store, protector, _clock).FindAsync(TenantId.Default, summary.Person, default), out var title).ShouldBeTrue("it is sealed under the key that was written");
        title.ShouldBe(Drafts.English(1).Title);
    }

    [Fact]
    public async Task Control_without_a_bound_a_turn_that_is_not_given_back_holds_up_the_next()
    {
        var (patient, bounded) = (new NumberTurns(Timeout.InfiniteTimeSpan), new NumberTurns(TimeSpan.FromMilliseconds(20)));
        var held = await patient.TakeAsync(TenantId.Default, default);
        var never = await bounded.TakeAsync(TenantId.Default, default);
        using var ended = new CancellationTokenSource();
        var waiting = patient.TakeAsync(TenantId.Default, ended.Token).AsTask();
        var goesOn = bounded.TakeAsync(TenantId.Default, default).AsTask();

        (await Task.WhenAny(waiting, goesOn)).ShouldBe(goesOn);
        waiting.IsCompleted.ShouldBeFalse();
        (await goesOn).Dispose();
        held.Dispose();
        (await waiting).Dispose();
        never.Dispose();
    }

    private DeskHarness Node() => new(StorePorts.Of(_store), _clock, new UuidV7Generator());

    private static async Task SetAsync(DeskHarness node, bool gapFree)
    {
        var json = gapFree ? DeskHarness.GapFreeSettings : DeskHarness.BlockSettings;
        (await node.Definitions.PublishAsync(TenantId.Default, SharedDefinitions.Tenant.Name, "default", json, DeskHarness.Administrator,
            default)).Refusal.ShouldBeNull();
    }

    private static async Task<int> RegisterAsync(DeskHarness node) => Serial((await node.Desk.RegisterAsync(Drafts.English())).Value.Number);

    private static async Task<bool> ImportAsync(ImportRun run, int batch)
    {
        var prepared = await run.PrepareAsync([.. Enumerable.Range(0, 5).Select(row => new ImportItem(new ImportComplaint(
            Drafts.English(row) with { ExternalRef = new ExternalRef("ledger", $"{batch}/{row}"), ReceivedAt = Instant.FromUtc(2026, 1, 1, 0, 0) }, [])))]);
        (await run.CommitAsync(prepared)).ShouldBe(5);
        return prepared.MayOverlap;
    }

    private static int Serial(string number) => int.Parse(number.Split('-')[1], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Wraps nothing, and hangs once when it is told to.</summary>
    private sealed class Hanging : IKeyProtector
    {
        private readonly TaskCompletionSource _hung = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _wrapped;

        public bool Hangs { get; set; }

        public int Wrapped => _wrapped;

        public Task Hung => _hung.Task;

        public void GoOn() => _goOn.SetResult();

        public async ValueTask<byte[]> WrapAsync(KeyOwner owner, ReadOnlyMemory<byte> key, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _wrapped);
            if (Hangs && _hung.TrySetResult())
                await _goOn.Task;
            return key.ToArray();
        }

        public ValueTask<byte[]> UnwrapAsync(KeyOwner owner, ReadOnlyMemory<byte> wrapped, CancellationToken cancellationToken) =>
            new(wrapped.ToArray());
    }

    private sealed class Counted(IComplaintStore store) : IComplaintStore
    {
        private int _intakes;
        private int _conflicts;

        public int Intakes => _intakes;

        public int Conflicts => _conflicts;

        public ValueTask<LoadedComplaint> LoadAsync(TenantId tenant, ComplaintId id, CommandId command, CancellationToken cancellationToken) => store.LoadAsync(tenant, id, command, cancellationToken);

        public ValueTask<LoadedIntake> LoadIntakeAsync(IntakeQuery query, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _intakes);
            return store.LoadIntakeAsync(query, cancellationToken);
        }

        public async ValueTask<CommitOutcome> CommitAsync(ComplaintCommit commit, CancellationToken cancellationToken)
        {
            var outcome = await store.CommitAsync(commit, cancellationToken);
            if (outcome == CommitOutcome.Conflict)
                Interlocked.Increment(ref _conflicts);
            return outcome;
        }
    }
}
