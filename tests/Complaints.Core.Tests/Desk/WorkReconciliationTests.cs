using Complaints.Core.Assignment;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Storage;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Core.Tests.Desk;

/// <summary>PROMISES rule 7 for work and links: drift is planted, found by name, and repaired when asked.</summary>
public sealed class WorkReconciliationTests
{
    private readonly InMemoryComplaintStore _store = new();
    private readonly DeskHarness _harness;

    public WorkReconciliationTests() => _harness = new(StorePorts.Of(_store));

    private WorkReconciliation Run => new(_harness.Desk, _store, _store, _store);

    private async Task<List<WorkDrift>> FoundAsync()
    {
        var found = new List<WorkDrift>();
        await foreach (var drift in Run.FindAsync())
            found.Add(drift);
        return found;
    }

    private async Task<ComplaintId> HandledAsync(int number, string owner = "amy")
    {
        var id = await _harness.FileAsync(Drafts.English(number));
        await _harness.DoAsync(id, [new HandOver(owner, null, "expertise")]);
        return id;
    }

    private async Task<WorkRow> RowAsync() => (await _harness.Desk.WorkAsync(new() { Mine = true })).Items[0].Row;

    [Fact]
    public async Task Control_nothing_has_drifted_in_cases_of_every_kind()
    {
        var one = await HandledAsync(1);
        var other = await HandledAsync(2);
        await _harness.DoAsync(one, [new Link(other, LinkKind.SameMatter), new PlaceOnHold("parts")]);
        _harness.Clock.Advance(Duration.FromDays(40));
        await _harness.Desk.SweepAsync();
        await _harness.DoAsync(await HandledAsync(3), [new Withdraw("other", "No longer wanted.")]);
        await _harness.DoAsync(await HandledAsync(4), [new Merge(other, "other", "The same.")]);
        (await FoundAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Missing_moved_and_extra_work_is_found_and_repaired()
    {
        var id = await HandledAsync(1);
        var row = await RowAsync();
        var of = AggregateId.Of(id);
        await _store.RepairWorkAsync(TenantId.Default, new(of, 2, row, Remove: true), default);
        (await FoundAsync()).ShouldBe([new WorkDrift(of, "2026-000001", 2, null, row)]);
        (await Run.RepairAsync()).Length.ShouldBe(1);
        (await RowAsync()).ShouldBe(row);

        await _store.RepairWorkAsync(TenantId.Default, new(of, 2, row with { Person = "eve" }, Remove: false), default);
        await _store.RepairWorkAsync(TenantId.Default, new(of, 2, row with { Work = "approve" }, Remove: false), default);
        (await FoundAsync()).Count.ShouldBe(2);
        await Run.RepairAsync();
        (await FoundAsync()).ShouldBeEmpty();
        (await RowAsync()).ShouldBe(row);
    }

    [Fact]
    public async Task X08_Links_that_drifted_are_found_and_repaired()
    {
        var (one, other) = (await HandledAsync(1), await HandledAsync(2));
        await _harness.DoAsync(one, [new Link(other, LinkKind.Duplicate)]);
        var link = new LinkRow(AggregateId.Of(other), LinkKind.Duplicate);
        await _store.RepairLinkAsync(TenantId.Default, new(one, 3, link, Remove: true), default);
        await _store.RepairLinkAsync(TenantId.Default, new(one, 3, link with { Kind = LinkKind.Repeat }, Remove: false), default);
        (await FoundAsync()).Select(drift => (drift.Link!.Value.Kind, drift.IsExtra))
            .ShouldBe([(LinkKind.Duplicate, false), (LinkKind.Repeat, true)], ignoreOrder: true);
        await Run.RepairAsync();
        (await FoundAsync()).ShouldBeEmpty();
        (await _harness.Desk.LinksAsync(AggregateId.Of(other))).ShouldHaveSingleItem().Kind.ShouldBe(LinkKind.Duplicate);
    }
}
