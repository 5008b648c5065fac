using Complaints.Core.Capabilities;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;
using Complaints.Core.Storage;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Core.Tests.Sla;

/// <summary>PROMISES rule 7: drift of every kind is planted, found by name, and repaired when asked.</summary>
public sealed class TimerReconciliationTests
{
    private readonly InMemoryComplaintStore _store = new();
    private readonly DeskHarness _harness;

    public TimerReconciliationTests() => _harness = new(StorePorts.Of(_store));

    private TimerReconciliation Run => new(_harness.Desk, _store, _store);

    private async Task<List<TimerDrift>> FoundAsync(TimerReconciliation? run = null)
    {
        var found = new List<TimerDrift>();
        await foreach (var drift in (run ?? Run).FindAsync())
            found.Add(drift);
        return found;
    }

    private async Task<ComplaintId[]> FileAsync(int count)
    {
        var ids = new ComplaintId[count];
        for (var i = 0; i < count; i++)
            ids[i] = await _harness.FileAsync(Drafts.English(i));
        return ids;
    }

    private async Task<ImmutableArray<TimerRow>> TimersAsync(ComplaintId id) => (await _store.LoadAsync(TenantId.Default, id, default, default)).Timers;

    private ValueTask PlantAsync(ComplaintId id, TimerRow timer, bool remove = false) => _store.RepairAsync(TenantId.Default, new(id, 1, timer, remove), default);

    [Fact]
    public async Task Control_nothing_has_drifted_in_complaints_of_every_age()
    {
        var ids = await FileAsync(5);
        _harness.Clock.Advance(Duration.FromDays(2));
        await _harness.Desk.SweepAsync();
        await _harness.DoAsync(ids[1], [new PlaceOnHold("parts"), new AddNote("A note.")]);
        await _harness.DoAsync(ids[2], [new Withdraw("other", "No longer wanted.")]);
        _harness.Clock.Advance(Duration.FromDays(300));
        await _harness.Desk.SweepAsync();

        (await FoundAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_missing_timer_is_found_and_repaired_so_that_its_clock_fires()
    {
        var ids = await FileAsync(3);
        var lost = (await TimersAsync(ids[1]))[0];
        await PlantAsync(ids[1], lost, remove: true);

        var drift = (await FoundAsync()).ShouldHaveSingleItem();
        (drift.Of, drift.Kind, drift.Stored, drift.Expected).ShouldBe((AggregateId.Of(ids[1]), TimerDriftKind.Missing, null, lost));
        (await Run.RepairAsync()).ShouldBe([drift]);
        (await TimersAsync(ids[1])).ShouldContain(lost);
        (await FoundAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_moved_timer_is_found_and_repaired()
    {
        var ids = await FileAsync(3);
        var timer = (await TimersAsync(ids[0]))[0];
        var moved = timer with { Due = timer.Due + Duration.FromDays(1) };
        await PlantAsync(ids[0], moved);

        var drift = (await FoundAsync()).ShouldHaveSingleItem();
        (drift.Kind, drift.Stored, drift.Expected).ShouldBe((TimerDriftKind.Moved, moved, timer));
        await Run.RepairAsync();
        (await TimersAsync(ids[0])).ShouldContain(timer);
        (await FoundAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_extra_timer_is_found_and_repaired()
    {
        var ids = await FileAsync(3);
        var extra = new TimerRow("nobody/1", "breach", _harness.Clock.GetCurrentInstant());
        await PlantAsync(ids[2], extra);

        var drift = (await FoundAsync()).ShouldHaveSingleItem();
        (drift.Kind, drift.Stored, drift.Expected).ShouldBe((TimerDriftKind.Extra, extra, null));
        await Run.RepairAsync();
        (await FoundAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Timers_of_complaints_that_are_not_there_are_found()
    {
        await FileAsync(3);
        var timer = new TimerRow("resolution/1", "breach", _harness.Clock.GetCurrentInstant());
        DueTimer first = new(new(Guid.Empty), timer), last = new(new(Guid.Parse("ffffffff-ffff-ffff-ffff-ffffffffffff")), timer);
        var drifts = await FoundAsync(new(_harness.Desk, new WithOrphans(_store, first, last), _store));
        drifts.Select(drift => (drift.Of, drift.Kind, drift.Version)).ShouldBe(
            [(AggregateId.Of(first.Complaint), TimerDriftKind.Extra, 0), (AggregateId.Of(last.Complaint), TimerDriftKind.Extra, 0)]);
    }

    [Fact]
    public async Task What_is_only_passed_over_pushes_nothing_out_that_commands_use()
    {
        var services = new DeskServices(_store, _store, _harness.Keys, _harness.Definitions, _harness.Clock, new UuidV7Generator(), timers: _store);
        var desk = new ComplaintDesk(services).For(DeskHarness.Agent);
        var ids = await FileAsync(3);
        await desk.ExecuteAsync(ids[0], new AddNote("Worked on."));

        (await FoundAsync(new(desk, _store, _store))).ShouldBeEmpty();
        (await Task.WhenAll(ids.Select(IsKeptAsync))).ShouldBe([true, false, false]);
        await desk.ViewAsync(ids[1]);
        (await IsKeptAsync(ids[1])).ShouldBeTrue("the control: what somebody looks at is kept");

        async Task<bool> IsKeptAsync(ComplaintId id) => services.States.Find(TenantId.Default, (await _store.LoadAsync(TenantId.Default, id, default, default)).Complaint!) is not null;
    }

    [Fact]
    public async Task An_imported_complaint_has_no_timers_until_it_is_adopted()
    {
        var imports = new ImportDesk(new DeskServices(_store, _store, _harness.Keys, _harness.Definitions, _harness.Clock, new SequentialIds()), _store);
        var run = imports.Begin();
        await run.CommitAsync(await run.PrepareAsync([new((ImportComplaint)Situation.Command(new CommandName("import")))], default), default);
        (await _store.CountAsync(TenantId.Default, default)).Complaints.ShouldBe(1);
        (await FoundAsync()).ShouldBeEmpty();
        (await _store.CountAsync(TenantId.Default, default)).Timers.ShouldBe(0);
    }

    [Fact]
    public async Task What_nobody_can_say_is_told_and_left_alone()
    {
        await _harness.Definitions.PublishAsync(TenantId.Default, "policy", "fast", Policies.Json("""{"objective":"resolution","limit":"10 hours"}"""), Situation.Administrator, default);
        var ids = await FileAsync(1);
        var before = await TimersAsync(ids[0]);
        var lost = new DeskHarness(StorePorts.Of(_store) with { Definitions = new InMemoryComplaintStore() }, _harness.Clock);
        var found = await new TimerReconciliation(lost.Desk, _store, _store).RepairAsync();
        found.ShouldHaveSingleItem().Kind.ShouldBe(TimerDriftKind.Undecidable);
        (await TimersAsync(ids[0])).ShouldBe(before);
    }

    /// <summary>Rows that have lost their complaint, which no port can write.</summary>
    private sealed class WithOrphans(InMemoryComplaintStore good, DueTimer first, DueTimer last) : ITimerStore
    {
        public ValueTask<ImmutableArray<DueTimer>> DueAsync(TenantId tenant, Instant now, int max, CancellationToken cancellationToken) => good.DueAsync(tenant, now, max, cancellationToken);

        public ValueTask<ITimerClaim> ClaimDueAsync(TenantId tenant, TimerQuery query, CancellationToken cancellationToken) => good.ClaimDueAsync(tenant, query, cancellationToken);

        public ValueTask RepairAsync(TenantId tenant, TimerRepair repair, CancellationToken cancellationToken) => good.RepairAsync(tenant, repair, cancellationToken);

        public async IAsyncEnumerable<DueTimer> TimersAsync(TenantId tenant, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            yield return first;
            await foreach (var timer in good.TimersAsync(tenant, cancellationToken))
                yield return timer;
            yield return last;
        }
    }
}
