using System.Collections.Immutable;
using Complaints.Core.Intake;
using Complaints.Core.Sla;
using Complaints.Core.Storage;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Core.Tests.Desk;

/// <summary>What one complaint's timers do must not concern the others, and is never silent.</summary>
public sealed class SweepStepsAsideTests
{
    private readonly InMemoryComplaintStore _store = new();
    private readonly FakeClock _clock = new();
    private readonly SequentialIds _ids = new();

    private DeskHarness Start(Func<StorePorts, StorePorts>? shape = null) => new(shape is null ? StorePorts.Of(_store) : shape(StorePorts.Of(_store)), _clock, _ids);

    private async Task<List<ComplaintId>> LapsedAsync(int count)
    {
        var harness = Start();
        var ids = new List<ComplaintId>();
        for (var i = 0; i < count; i++)
            ids.Add(await harness.FileAsync(Drafts.English(i)));
        _clock.Advance(Duration.FromDays(30));
        return ids;
    }

    private async Task<int> BreachesAsync(ComplaintId id) => (await Start().Desk.ViewAsync(id))!.History.Count(entry => entry.Event is ClockBreached { Clock: "resolution/1" });

    [Fact]
    public async Task Timers_that_refuse_at_the_front_step_aside_and_are_named()
    {
        var ids = await LapsedAsync(12);
        var poison = new TimerRow("nobody/1", "breach", Instant.FromUtc(2020, 1, 1, 0, 0));
        foreach (var id in ids.Take(8))
        {
            // Done, but a timer is left over that nothing asks for.
            (await Start().Desk.For(Actor.System).ExecuteAsync(id, new FireClocks())).IsSuccess.ShouldBeTrue();
            await _store.RepairAsync(TenantId.Default, new(id, 2, poison, Remove: false), default);
        }
        (await _store.DueAsync(TenantId.Default, _clock.GetCurrentInstant(), 4, default)).ShouldAllBe(timer => timer.Timer == poison, "they are in front of all others, two batches deep");

        var result = await Start().Desk.SweepAsync(batch: 4);
        (result.Changed, result.RefusedCount).ShouldBe((4, 8));
        result.Refused.Select(refused => new ComplaintId(refused.Of.Value)).ShouldBe(ids.Take(8), ignoreOrder: true);
        result.Refused.ShouldAllBe(refused => refused.Refusal.Code == "clocks.nothing_due" && refused.Timer == poison);
        foreach (var id in ids)
            (await BreachesAsync(id)).ShouldBe(1);
    }

    [Fact]
    public async Task R35_A_damaged_state_is_read_from_its_history_and_one_with_a_damaged_history_is_named_while_the_others_fire()
    {
        var ids = await LapsedAsync(4);
        var bent = new Bent(_store, loaded => loaded.Complaint switch
        {
            { } stored when stored.Id == ids[1] => loaded with { Complaint = stored with { State = new byte[] { 1, 2 } } },
            // No history leads to that version.
            { } stored when stored.Id == ids[2] => loaded with { Complaint = stored with { Version = 7 } },
            _ => loaded,
        });
        var result = await Start(ports => ports with { Timers = bent }).Desk.SweepAsync();
        result.Changed.ShouldBe(3);
        var refused = result.Refused.ShouldHaveSingleItem();
        (refused.Of, refused.Refusal.Code).ShouldBe((AggregateId.Of(ids[2]), "history.unreadable"));
        refused.Cause.ShouldBeOfType<UnreadableException>();
    }

    [Fact]
    public async Task T9_Complaints_whose_definitions_are_missing_are_named()
    {
        await Start().Definitions.PublishAsync(TenantId.Default, "policy", "fast", Tests.Sla.Policies.Json("""{"objective":"resolution","limit":"10 hours"}"""), Situation.Administrator, default);
        await LapsedAsync(2);
        var result = await Start(ports => ports with { Definitions = new InMemoryComplaintStore() }).Desk.SweepAsync();
        (result.Changed, result.RefusedCount).ShouldBe((0, 2));
        result.Refused.ShouldAllBe(refused => refused.Refusal.Code == "definition.version_missing");
    }

    [Theory]
    [InlineData(Fate.Conflict)]
    [InlineData(Fate.FailsBefore)]
    [InlineData(Fate.WritesAndFails)]
    public async Task R06_A_batch_that_fails_is_done_one_by_one_and_nothing_twice(Fate fate)
    {
        var ids = await LapsedAsync(5);
        var result = await Start(ports => ports with { Timers = new Bent(_store, fate: fate) }).Desk.SweepAsync();
        // Where the batch was written after all, each command finds its own answer.
        (result.Changed, result.RefusedCount).ShouldBe((fate == Fate.WritesAndFails ? 0 : 5, 0));
        foreach (var id in ids)
            (await BreachesAsync(id)).ShouldBe(1);
        (await Start().Desk.SweepAsync()).Changed.ShouldBe(0);
    }

    [Fact]
    public async Task A_desk_inside_a_transaction_of_the_host_does_not_sweep() =>
        (await Should.ThrowAsync<InvalidOperationException>(() => Start().Desk.In(new Scope()).SweepAsync())).Message.ShouldContain("transactions of its own");

    public enum Fate
    {
        None,
        Conflict,
        FailsBefore,
        WritesAndFails,
    }

    private sealed class Scope : ICommitScope
    {
        public IComplaintStore Enter(IComplaintStore store) => store;
    }

    /// <summary>Claims that are bent on the way.</summary>
    private sealed class Bent(InMemoryComplaintStore good, Func<LoadedComplaint, LoadedComplaint>? loaded = null, Fate fate = Fate.None) : ITimerStore
    {
        public ValueTask<ImmutableArray<DueTimer>> DueAsync(TenantId tenant, Instant now, int max, CancellationToken cancellationToken) => good.DueAsync(tenant, now, max, cancellationToken);

        public IAsyncEnumerable<DueTimer> TimersAsync(TenantId tenant, CancellationToken cancellationToken) => good.TimersAsync(tenant, cancellationToken);

        public ValueTask RepairAsync(TenantId tenant, TimerRepair repair, CancellationToken cancellationToken) => good.RepairAsync(tenant, repair, cancellationToken);

        public async ValueTask<ITimerClaim> ClaimDueAsync(TenantId tenant, TimerQuery query, CancellationToken cancellationToken) =>
            new Claim(await good.ClaimDueAsync(tenant, query, cancellationToken), loaded, fate);

        private sealed class Claim(ITimerClaim inner, Func<LoadedComplaint, LoadedComplaint>? loaded, Fate fate) : ITimerClaim
        {
            public ImmutableArray<LoadedComplaint> Complaints => loaded is null ? inner.Complaints : [.. inner.Complaints.Select(loaded)];

            public TimerPosition? Next => inner.Next;

            public async ValueTask<CommitOutcome> CommitAsync(IReadOnlyList<ComplaintCommit> commits, CancellationToken cancellationToken)
            {
                if (fate == Fate.Conflict)
                    return CommitOutcome.Conflict;
                if (fate == Fate.FailsBefore)
                    throw new StoreException("refused");
                var outcome = await inner.CommitAsync(commits, cancellationToken);
                return fate == Fate.WritesAndFails ? throw new StoreUnavailableException("the answer was lost") : outcome;
            }

            public ValueTask DisposeAsync() => inner.DisposeAsync();
        }
    }
}
