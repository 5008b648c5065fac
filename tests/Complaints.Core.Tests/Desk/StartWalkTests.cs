using System.Collections.Immutable;
using Complaints.Core.Sla;
using Complaints.Core.Storage;
using Complaints.Testing;

namespace Complaints.Core.Tests.Desk;

/// <summary>What a host does at its start with all that is open.</summary>
public sealed class StartWalkTests
{
    [Fact]
    public async Task R40_No_complaint_is_walked_to_take_up_years_unless_a_calendar_has_gained_some()
    {
        var store = new InMemoryComplaintStore();
        var counting = new Counting(store);
        var harness = new DeskHarness(StorePorts.Of(store) with { Reader = counting });
        await harness.FileAsync();
        var year = harness.Clock.GetCurrentInstant().InUtc().Year;
        await PublishAsync($$"""{"date":"{{year}}-01-01"}""");

        (await ApplyAsync(), counting.Lists).ShouldBe((0, 0));

        await PublishAsync($$"""{"date":"{{year}}-01-01"},{"date":"{{year + 1}}-01-01"}""");
        await ApplyAsync();
        counting.Lists.ShouldBeGreaterThan(0, "the control");

        Task<int> ApplyAsync() => new Recalculation(harness.Desk.For(Actor.System))
            .ApplyAsync("other", RecalculationScope.GrownCalendars, "More years.");

        async Task PublishAsync(string dates) => (await harness.Definitions.PublishAsync(
            TenantId.Default, "calendar", "own",
            $$"""{"zone":"Asia/Shanghai","week":{"monday":["09:00-18:00"]},"dates":[{{dates}}]}""", DeskHarness.Administrator, default))
            .Refusal.ShouldBeNull();
    }

    private sealed class Counting(IComplaintReader good) : IComplaintReader
    {
        public int Lists { get; private set; }

        public ValueTask<ComplaintPage> ListAsync(TenantId tenant, ComplaintQuery query, CancellationToken cancellationToken)
        {
            Lists++;
            return good.ListAsync(tenant, query, cancellationToken);
        }

        public ValueTask<MatchCount> CountAsync(TenantId tenant, ComplaintQuery query, CancellationToken cancellationToken) =>
            good.CountAsync(tenant, query, cancellationToken);

        public ValueTask<ComplaintId?> FindAsync(TenantId tenant, ComplaintName name, CancellationToken cancellationToken) =>
            good.FindAsync(tenant, name, cancellationToken);

        public ValueTask<ImmutableArray<StoredEvent>> HistoryAsync(TenantId tenant, ComplaintId id, CancellationToken cancellationToken) =>
            good.HistoryAsync(tenant, id, cancellationToken);

        public IAsyncEnumerable<ComplaintSummary> ScanAsync(TenantId tenant, CancellationToken cancellationToken) =>
            good.ScanAsync(tenant, cancellationToken);

        public ValueTask<StoreCounts> CountAsync(TenantId tenant, CancellationToken cancellationToken) =>
            good.CountAsync(tenant, cancellationToken);
    }
}
