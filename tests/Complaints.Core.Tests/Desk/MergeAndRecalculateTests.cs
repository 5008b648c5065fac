using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;
using Complaints.Core.Storage;
using Complaints.Core.Tests.Sla;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Core.Tests.Desk;

public sealed class MergeAndRecalculateTests
{
    private const string TenHours = """{"objective":"resolution","limit":"10 hours"}""";

    private readonly SequentialIds _ids = new();
    private readonly DeskHarness _harness;

    public MergeAndRecalculateTests() => _harness = new(StorePorts.Of(new InMemoryComplaintStore()), ids: _ids);

    private ComplaintDesk Desk => _harness.Desk;

    private async Task PublishAsync(string objectives)
    {
        var (_, refusal) = await _harness.Definitions.PublishAsync(TenantId.Default, "policy", "call-centre", Policies.Json(objectives, order: 1000), Situation.Administrator, default);
        refusal.ShouldBeNull();
        _harness.Clock.Advance(Duration.FromSeconds(31));
    }

    [Fact]
    public async Task T15_The_desk_moves_what_a_merged_complaint_owes_to_its_survivor_at_once()
    {
        await PublishAsync(TenHours);
        var first = await _harness.FileAsync();
        var received = (await Desk.ViewAsync(first))!.Complaint.Receipt.ReceivedAt;
        _harness.Clock.Advance(Duration.FromHours(2));
        var second = await _harness.FileAsync(Drafts.Chinese());
        (await Desk.ExecuteAsync(first, new AgreeDeadline(received + Duration.FromHours(50)))).IsSuccess.ShouldBeTrue();
        (await Desk.ExecuteAsync(first, new Merge(second, "other", "The same."))).IsSuccess.ShouldBeTrue();

        var survivor = (await Desk.ViewAsync(second))!;
        survivor.Clocks.Single(clock => clock.Objective == Objective.Resolution).StartedAt.ShouldBe(received);
        survivor.Clocks.Single(clock => clock.Objective == Objective.Agreed).Due.ShouldBe(received + Duration.FromHours(50));
        (await Desk.ViewAsync(first))!.Complaint.Progress.Merges!.AbsorbedAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task T15_A_sweep_finishes_what_a_crash_left_between_merge_and_survivor()
    {
        await PublishAsync(TenHours);
        var first = await _harness.FileAsync();
        var second = await _harness.FileAsync(Drafts.Chinese());
        // Right after the merge was committed the store is gone for the second command: the merge is answered as the success that it is.
        var dying = new DeskHarness(_harness.Ports with { Store = new DiesAfterMerge(_harness.Ports.Store) }, _harness.Clock, _ids);
        (await dying.Desk.ExecuteAsync(first, new Merge(second, "other", "The same."))).IsSuccess.ShouldBeTrue();
        (await Desk.ViewAsync(first))!.Complaint.State.ShouldBe(ComplaintState.Merged);
        (await Desk.ViewAsync(second))!.Complaint.Progress.Merges.ShouldBeNull();

        (await Desk.SweepAsync()).Changed.ShouldBe(1);
        (await Desk.ViewAsync(second))!.Complaint.Progress.Merges!.Absorbed.ShouldBe([first]);
        (await Desk.SweepAsync()).Changed.ShouldBe(0);
    }

    [Fact]
    public async Task T15_A_chain_of_merges_ends_at_the_last_survivor()
    {
        await PublishAsync(TenHours);
        ComplaintId[] ids = [await _harness.FileAsync(), await _harness.FileAsync(Drafts.Chinese()), await _harness.FileAsync(Drafts.Chinese() with { ExternalRef = new("web", "3") })];
        (await Desk.ExecuteAsync(ids[0], new MakeCommitment("We call back.", _harness.Clock.GetCurrentInstant() + Duration.FromHours(9)))).IsSuccess.ShouldBeTrue();
        (await Desk.ExecuteAsync(ids[0], new Merge(ids[1], "other", "The same."))).IsSuccess.ShouldBeTrue();
        (await Desk.ExecuteAsync(ids[1], new Merge(ids[2], "other", "The same."))).IsSuccess.ShouldBeTrue();
        (await Desk.ViewAsync(ids[2]))!.Complaint.Clocks.Commitments.Single().IsOpen.ShouldBeTrue();
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    public async Task T15_R10_Of_two_merges_into_each_other_one_is_refused_or_nobody_owes_the_answer(bool isGood, int merged)
    {
        ComplaintId[] ids = [await _harness.FileAsync(), await _harness.FileAsync(Drafts.Chinese())];
        // Both have loaded what they decide on before either commits. The control's store does not look at the other complaint.
        var store = new WaitsForTwo(_harness.Ports.Store, looksAtTheOther: isGood);
        ComplaintDesk[] desks = [.. ids.Select(_ => new DeskHarness(_harness.Ports with { Store = store }, _harness.Clock, _ids).Desk)];

        var results = await Task.WhenAll(
            Task.Run(() => desks[0].ExecuteAsync(ids[0], new Merge(ids[1], "other", "The same."))),
            Task.Run(() => desks[1].ExecuteAsync(ids[1], new Merge(ids[0], "other", "The same."))));

        results.Count(result => result.IsSuccess).ShouldBe(merged);
        results.Where(result => !result.IsSuccess).ShouldAllBe(result => result.Refusal!.Code == "merge.target_ended" || result.Refusal.Code == "lifecycle.not_permitted");
        var states = new[] { (await Desk.ViewAsync(ids[0]))!.Complaint.State, (await Desk.ViewAsync(ids[1]))!.Complaint.State };
        states.Count(state => state == ComplaintState.Merged).ShouldBe(merged);
    }

    [Fact]
    public async Task T15_A_merge_with_an_expected_version_is_decided_again_when_only_its_survivor_has_changed()
    {
        ComplaintId[] ids = [await _harness.FileAsync(), await _harness.FileAsync(Drafts.Chinese())];
        var noted = false;
        var store = new BeforeCommit(_harness.Ports.Store, async () =>
        {
            if (!noted)
                (await Desk.ExecuteAsync(ids[1], new AddNote("Meanwhile."))).IsSuccess.ShouldBe(noted = true);
        });
        var desk = new DeskHarness(_harness.Ports with { Store = store }, _harness.Clock, _ids).Desk;

        (await desk.ExecuteAsync(ids[0], new Merge(ids[1], "other", "The same."),
            new CommandOptions { ExpectedVersion = 1 })).IsSuccess.ShouldBeTrue();
        noted.ShouldBeTrue();
        await Should.ThrowAsync<ConflictException>(() => desk.ExecuteAsync(ids[1], new StartInvestigation("Late."), new CommandOptions { ExpectedVersion = 1 }));
    }

    [Fact]
    public async Task T15_A_merge_whose_survivor_does_not_stand_still_names_the_survivor()
    {
        ComplaintId[] ids = [await _harness.FileAsync(), await _harness.FileAsync(Drafts.Chinese())];
        var store = new BeforeCommit(_harness.Ports.Store, async () => await Desk.ExecuteAsync(ids[1], new AddNote("Once more.")));

        var conflict = await Should.ThrowAsync<ConflictException>(
            () => new DeskHarness(_harness.Ports with { Store = store }, _harness.Clock, _ids).Desk.ExecuteAsync(ids[0],
            new Merge(ids[1], "other", "The same.")));
        conflict.Complaint.ShouldBe(ids[1]);
        conflict.CurrentVersion.ShouldBe(conflict.ExpectedVersion + 1);
        (await Desk.ViewAsync(ids[0]))!.Complaint.Version.ShouldBe(1);
    }

    [Fact]
    public async Task T23_A_preview_names_each_complaint_and_clock_and_changes_nothing()
    {
        await PublishAsync(TenHours);
        var id = await _harness.FileAsync();
        var due = (await Desk.ViewAsync(id))!.Clocks.Single().Due!.Value;
        await PublishAsync("""{"objective":"resolution","limit":"1 minute"}""");
        _harness.Clock.Advance(Duration.FromHours(1));
        var run = new Recalculation(Desk.For(DeskHarness.Administrator));

        var previews = new List<RecalculationPreview>();
        await foreach (var one in run.PreviewAsync())
            previews.Add(one);
        var preview = previews.ShouldHaveSingleItem();
        preview.Complaint.ShouldBe(id);
        preview.Recalculated.Changes.ShouldHaveSingleItem().Before.ShouldBe(due);
        preview.Breaches.ShouldBe(["resolution/1"]);
        (await Desk.ViewAsync(id))!.Clocks.Single().Due.ShouldBe(due);

        (await run.ApplyAsync("mistake", remark: "The limit was wrong.")).ShouldBe(1);
        (await run.ApplyAsync("mistake", remark: "The limit was wrong.")).ShouldBe(0, "everything is on the newest versions");
        (await Desk.ViewAsync(id))!.Complaint.Clocks.Results.ShouldHaveSingleItem().Verdict.ShouldBe(ClockVerdict.Breached);
        await Should.ThrowAsync<ArgumentException>(async () =>
            { await PublishAsync(TenHours); await new Recalculation(Desk).ApplyAsync("An agent may not."); });
    }

    /// <summary>The first two commits begin together, and nobody goes on before both have ended.</summary>
    private sealed class WaitsForTwo(IComplaintStore inner, bool looksAtTheOther) : BeforeCommit(inner, Both())
    {
        private readonly Func<Task> _end = Both();

        public override async ValueTask<CommitOutcome> CommitAsync(ComplaintCommit commit, CancellationToken cancellationToken)
        {
            var outcome = await base.CommitAsync(looksAtTheOther ? commit : commit with { Unchanged = null }, cancellationToken);
            await _end();
            return outcome;
        }

        private static Func<Task> Both()
        {
            var (arrived, both) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            return () =>
            {
                if (Interlocked.Increment(ref arrived) == 2)
                    both.SetResult();
                return both.Task;
            };
        }
    }

    private class BeforeCommit(IComplaintStore inner, Func<Task> happens) : IComplaintStore
    {
        public ValueTask<LoadedComplaint> LoadAsync(TenantId tenant, ComplaintId id, CommandId command, CancellationToken cancellationToken) => inner.LoadAsync(tenant, id, command, cancellationToken);

        public ValueTask<LoadedIntake> LoadIntakeAsync(IntakeQuery query, CancellationToken cancellationToken) => inner.LoadIntakeAsync(query, cancellationToken);

        public virtual async ValueTask<CommitOutcome> CommitAsync(ComplaintCommit commit, CancellationToken cancellationToken)
        {
            await happens();
            return await inner.CommitAsync(commit, cancellationToken);
        }
    }

    private sealed class DiesAfterMerge(IComplaintStore inner) : IComplaintStore
    {
        private bool _dead;

        public ValueTask<LoadedComplaint> LoadAsync(TenantId tenant, ComplaintId id, CommandId command, CancellationToken cancellationToken) =>
            _dead ? throw new StoreUnavailableException("The process is gone.") : inner.LoadAsync(tenant, id, command, cancellationToken);

        public ValueTask<LoadedIntake> LoadIntakeAsync(IntakeQuery query, CancellationToken cancellationToken) => inner.LoadIntakeAsync(query, cancellationToken);

        public async ValueTask<CommitOutcome> CommitAsync(ComplaintCommit commit, CancellationToken cancellationToken)
        {
            var outcome = await inner.CommitAsync(commit, cancellationToken);
            _dead = commit.Summary.State == ComplaintState.Merged;
            return outcome;
        }
    }
}
