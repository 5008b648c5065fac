using Complaints.Core.Definitions;
using Complaints.Core.Intake;
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
        (await Desk.ExecuteAsync(first, new Merge(second, "The same."))).IsSuccess.ShouldBeTrue();

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
        (await dying.Desk.ExecuteAsync(first, new Merge(second, "The same."))).IsSuccess.ShouldBeTrue();
        (await Desk.ViewAsync(first))!.Complaint.State.ShouldBe(ComplaintState.Merged);
        (await Desk.ViewAsync(second))!.Complaint.Progress.Merges.ShouldBeNull();

        (await Desk.SweepAsync(_harness.Clock.GetCurrentInstant())).Changed.ShouldBe(1);
        (await Desk.ViewAsync(second))!.Complaint.Progress.Merges!.Absorbed.ShouldBe([first]);
        (await Desk.SweepAsync(_harness.Clock.GetCurrentInstant())).Changed.ShouldBe(0);
    }

    [Fact]
    public async Task T15_A_chain_of_merges_ends_at_the_last_survivor()
    {
        await PublishAsync(TenHours);
        ComplaintId[] ids = [await _harness.FileAsync(), await _harness.FileAsync(Drafts.Chinese()), await _harness.FileAsync(Drafts.Chinese() with { ExternalRef = new("web", "3") })];
        (await Desk.ExecuteAsync(ids[0], new MakeCommitment("We call back.", _harness.Clock.GetCurrentInstant() + Duration.FromHours(9)))).IsSuccess.ShouldBeTrue();
        (await Desk.ExecuteAsync(ids[0], new Merge(ids[1], "The same."))).IsSuccess.ShouldBeTrue();
        (await Desk.ExecuteAsync(ids[1], new Merge(ids[2], "The same."))).IsSuccess.ShouldBeTrue();
        (await Desk.ViewAsync(ids[2]))!.Complaint.Clocks.Commitments.Single().IsOpen.ShouldBeTrue();
    }

    [Fact]
    public async Task T23_A_preview_names_each_complaint_and_clock_and_changes_nothing()
    {
        await PublishAsync(TenHours);
        var id = await _harness.FileAsync();
        var due = (await Desk.ViewAsync(id))!.Clocks.Single().Due!.Value;
        await PublishAsync("""{"objective":"resolution","limit":"1 minute"}""");
        _harness.Clock.Advance(Duration.FromHours(1));
        var run = new Recalculation(Desk.For(DeskHarness.Administrator), _harness.Ports.Reader);

        var previews = new List<RecalculationPreview>();
        await foreach (var one in run.PreviewAsync())
            previews.Add(one);
        var preview = previews.ShouldHaveSingleItem();
        preview.Complaint.ShouldBe(id);
        preview.Recalculated.Changes.ShouldHaveSingleItem().Before.ShouldBe(due);
        preview.Breaches.ShouldBe(["resolution/1"]);
        (await Desk.ViewAsync(id))!.Clocks.Single().Due.ShouldBe(due);

        (await run.ApplyAsync("The limit was wrong.")).ShouldBe(1);
        (await run.ApplyAsync("The limit was wrong.")).ShouldBe(0, "everything is on the newest versions");
        (await Desk.ViewAsync(id))!.Complaint.Clocks.Results.ShouldHaveSingleItem().Verdict.ShouldBe(ClockVerdict.Breached);
        await Should.ThrowAsync<ArgumentException>(async () => { await PublishAsync(TenHours); await new Recalculation(Desk, _harness.Ports.Reader).ApplyAsync("An agent may not."); });
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
