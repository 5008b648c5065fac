using Complaints.Core;
using Complaints.Core.Storage;
using NodaTime;
using Xunit;

namespace Complaints.Testing.Conformance;

/// <content>Filters, counts, repairs.</content>
public abstract partial class WorkLaws<TFixture>
{
    /// <summary>Everything that a filter names must hold.</summary>
    [Fact]
    public async Task Filters_leave_out_what_does_not_pass_them()
    {
        await CommittedAsync(Samples.New() with
        {
            WorkToSet = [Handle("amy") with { Area = "north", Due = At(1) }, Promise(1) with { Due = At(5) }],
        });
        await CommittedAsync(Samples.New() with { WorkToSet = [Handle("amy") with { Area = "south" }] });

        Assert.Equal("promise", Assert.Single(await PassingAsync(new([Amy]) { Works = ["promise", "approve"] })).Row.Work);
        Assert.Equal("north", Assert.Single(await PassingAsync(new([Amy]) { Area = "north" })).Row.Area);
        Assert.Equal(At(1), Assert.Single(await PassingAsync(new([Amy]) { DueBefore = At(5) })).Row.Due);
    }

    /// <summary>How much of what, and how much of it is late.</summary>
    [Fact]
    public async Task Counts_are_by_sort_with_what_is_past_due()
    {
        await CommittedAsync(Samples.New() with { WorkToSet = [Handle("amy") with { Due = At(1) }, Promise(1) with { Due = At(2) }] });
        await CommittedAsync(Samples.New() with { WorkToSet = [Handle("amy") with { Due = At(3) }, Approval(1)] });
        await CommittedAsync(Samples.New() with { WorkToSet = [Handle("amy"), Handle(null, "north") with { Work = "call-back" }] });

        Assert.Equal(
            [new("approve", 1, 0), new("call-back", 1, 0), new("handle", 3, 1), new("promise", 1, 0)],
            await Ports.Work.CountWorkAsync(Tenant, new([Amy, North, Approvers]) { Now = At(2) }, None));
    }

    /// <summary>A list of a million is no page.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(501)]
    public async Task A_page_has_bounds(int take)
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await PassingAsync(new([Amy]) { Take = take }));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await PassingAsync(new([])));
    }

    /// <summary>A reconciliation walks cases and work side by side.</summary>
    [Fact]
    public async Task All_work_comes_by_case()
    {
        var one = await CommittedAsync(Samples.New() with { WorkToSet = [Approval(2), Handle("amy")] });
        var two = await CommittedAsync(Samples.New() with { WorkToSet = [Promise(1)] });

        var all = await AllAsync(Ports.Work.AllWorkAsync(Tenant, None));
        Assert.Equal([AggregateId.Of(one.Id), AggregateId.Of(one.Id), AggregateId.Of(two.Id)], all.Select(stored => stored.Of));
        Assert.Equal(["approve", "handle", "promise"], all.Select(stored => stored.Row.Work).Order(StringComparer.Ordinal));
        Assert.Contains(Approval(2), all.Select(stored => stored.Row));
    }

    /// <summary>What drifted is put right.</summary>
    [Fact]
    public async Task A_repair_sets_and_removes_while_the_case_has_the_version()
    {
        var first = await CommittedAsync(Samples.New() with { WorkToSet = [Approval(1)] });
        var of = AggregateId.Of(first.Id);
        await Ports.Work.RepairWorkAsync(Tenant, new(of, 1, Handle("amy"), Remove: false), None);
        await Ports.Work.RepairWorkAsync(Tenant, new(of, 1, Approval(1), Remove: true), None);

        Assert.Equal(Handle("amy"), Assert.Single(await ListAsync(Amy)).Row);
        Assert.Empty(await ListAsync(Approvers));
    }

    /// <summary>Who looked at an older state does not know better than the newer one.</summary>
    [Fact]
    public async Task A_repair_of_a_case_that_has_moved_on_changes_no_work()
    {
        var first = await CommittedAsync(Samples.New() with { WorkToSet = [Approval(1)] });
        await CommittedAsync(Samples.After(first));
        var of = AggregateId.Of(first.Id);
        await Ports.Work.RepairWorkAsync(Tenant, new(of, 1, Handle("amy"), Remove: false), None);
        await Ports.Work.RepairWorkAsync(Tenant, new(of, 1, Approval(1), Remove: true), None);

        Assert.Empty(await ListAsync(Amy));
        Assert.Single(await ListAsync(Approvers));
    }

    /// <summary>Work of a case that is not there is removed, and never made.</summary>
    [Fact]
    public async Task A_repair_makes_no_work_of_a_case_that_is_not_there()
    {
        var nobody = AggregateId.Of(new ComplaintId(Samples.NewId()));
        await Ports.Work.RepairWorkAsync(Tenant, new(nobody, 0, Handle("amy"), Remove: false), None);

        Assert.Empty(await ListAsync(Amy));
    }

    /// <summary>Improvements wait for somebody too.</summary>
    [Fact]
    public async Task Work_of_another_aggregate_is_written_with_it()
    {
        var aggregates = new SampleAggregates(Tenant, Samples);
        var first = aggregates.New() with { WorkToSet = [Promise(1) with { Work = "action", Due = At(2) }, Handle("ben", "north")] };
        Assert.Equal(CommitOutcome.Committed, await Ports.Aggregates.CommitAsync(first, None));
        var item = Assert.Single(await ListAsync(Amy));
        Assert.Equal((first.Summary.Id, first.Summary.Number, (Instant?)At(2)), (item.Of, item.Number, item.Row.Due));

        var next = aggregates.After(first);
        Assert.Equal(CommitOutcome.Committed, await Ports.Aggregates.CommitAsync(
            next with { WorkToRemove = [new("action", Subject.Of("commitment", 1))], WorkToSet = [Handle(null, "north")] }, None));
        Assert.Equal(CommitOutcome.Conflict, await Ports.Aggregates.CommitAsync(
            aggregates.After(first) with { WorkToRemove = [Key(Handle(null))] }, None));
        Assert.Empty(await ListAsync(Amy));
        Assert.Equal(first.Summary.Id, Assert.Single(await ListAsync(North)).Of);

        await Ports.Work.RepairWorkAsync(Tenant, new(first.Summary.Id, 2, Handle(null, "north"), Remove: true), None);
        Assert.Empty(await ListAsync(North));
    }

    /// <summary>What a sweep writes brings its work along like any command.</summary>
    [Fact]
    public async Task A_claims_commit_writes_work()
    {
        var due = new TimerRow("resolution/1", "breach", At(1));
        var first = await CommittedAsync(Samples.New() with { TimersToSet = [due], WorkToSet = [Approval(1)] });
        await using var claim = await Ports.Timers.ClaimDueAsync(Tenant, new(10, Duration.FromMinutes(1), At(2)), None);
        Assert.Single(claim.Complaints);
        Assert.Equal(CommitOutcome.Committed, await claim.CommitAsync(
            [Samples.After(first) with { TimersToRemove = [due], WorkToRemove = [Key(Approval(1))], WorkToSet = [Handle("amy")] }], None));

        Assert.Empty(await ListAsync(Approvers));
        Assert.Single(await ListAsync(Amy));
    }

    /// <summary>A thousand things of one case are written in one commit.</summary>
    [Fact]
    public async Task Many_pieces_of_one_case_are_written_at_once()
    {
        await CommittedAsync(Samples.New() with { WorkToSet = [.. Enumerable.Range(1, 1_000).Select(Promise)] });

        Assert.Equal(new WorkCount("promise", 1_000, 0), Assert.Single(await Ports.Work.CountWorkAsync(Tenant, new([Amy]), None)));
    }
}
