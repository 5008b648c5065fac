using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;
using Complaints.Core.Storage;
using Complaints.Core.Tests.Sla;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Core.Tests.Desk;

/// <summary>T23: a recalculation meets every open complaint, whatever happens to the others on the way.</summary>
public sealed class RecalculationWalkTests
{
    private const int Complaints = 7;

    private readonly DeskHarness _harness = new(StorePorts.Of(new InMemoryComplaintStore()));

    [Fact]
    public async Task T23_A_complaint_that_ends_during_the_walk_leaves_no_other_out() =>
        (await RecalculatedAsync(_harness.Ports.Reader)).ShouldBe(Complaints);

    [Fact]
    public async Task T23_control_a_walk_that_counts_what_it_leaves_out_misses_some() =>
        (await RecalculatedAsync(new OffsetPages(_harness.Ports.Reader))).ShouldBeLessThan(Complaints);

    private async Task<int> RecalculatedAsync(IComplaintReader reader)
    {
        await PublishAsync("10 hours");
        var ids = new List<ComplaintId>();
        for (var i = 0; i < Complaints; i++)
            ids.Add(await _harness.FileAsync(i % 2 == 0 ? Drafts.Chinese() : null));
        await PublishAsync("11 hours");
        var ended = 0;
        var watched = new BeforeEachPage(reader, async () =>
        {
            // The ones of the pages before, which have been recalculated.
            if (ended < ids.Count && ended > 0)
                (await _harness.Desk.ExecuteAsync(ids[ended - 1], new Withdraw("other", "Changed my mind."))).Refusal.ShouldBeNull();
            ended++;
        });

        var harness = new DeskHarness(_harness.Ports with { Reader = watched }, _harness.Clock);
        var run = new Recalculation(harness.Desk.For(DeskHarness.Administrator)) { PageSize = 1 };
        return await run.ApplyAsync("mistake", remark: "The limit was wrong.");
    }

    private async Task PublishAsync(string limit)
    {
        var json = Policies.Json($$"""{"objective":"resolution","limit":"{{limit}}"}""", order: 1000);
        var (_, refusal) = await _harness.Definitions.PublishAsync(
            TenantId.Default, "policy", "call-centre", json, Situation.Administrator, default);
        refusal.ShouldBeNull();
        _harness.Clock.Advance(Duration.FromSeconds(31));
    }

    private sealed class BeforeEachPage(IComplaintReader inner, Func<Task> happens) : OffsetPages(inner)
    {
        private readonly IComplaintReader _inner = inner;

        public override async ValueTask<ComplaintPage> ListAsync(TenantId tenant, ComplaintQuery query, CancellationToken cancellationToken)
        {
            await happens();
            return await _inner.ListAsync(tenant, query, cancellationToken);
        }
    }
}
