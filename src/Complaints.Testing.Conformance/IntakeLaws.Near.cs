using Complaints.Core;
using Complaints.Core.Lifecycle;
using Complaints.Core.Storage;
using NodaTime;
using Xunit;
using static Complaints.Testing.Conformance.SampleCommits;

namespace Complaints.Testing.Conformance;

/// <content>What somebody finds who looks before registering.</content>
public abstract partial class IntakeLaws<TFixture>
{
    private static readonly ComplaintQuery Outage = new()
    {
        States = States.InHand, Category = "supply", Subcategory = "outage", Area = "north", ItemKind = "power", ItemModel = "grid",
        ReceivedFrom = Start, Order = ComplaintOrder.Newest, Take = 2,
    };

    /// <summary>Whoever complains: open, of the same category, area and item, received since then; and how many beyond the page.</summary>
    [Fact]
    public async Task X34_Others_about_the_same_come_along_with_the_customers_own()
    {
        ComplaintCommit At(int hours, Func<ComplaintSummary, ComplaintSummary>? change = null, TenantId? tenant = null) =>
            Samples.New(summary => (change ?? (same => same))(summary with
            {
                State = ComplaintState.Investigating, Category = "supply", Subcategory = "outage", Area = "north", ItemKind = "power",
                ItemModel = "grid", ReceivedAt = Start + Duration.FromHours(hours),
            }), tenant);
        var all = new List<ComplaintCommit>();
        for (var hours = 0; hours < 3; hours++)
            all.Add(await CommittedAsync(At(hours)));
        await CommittedAsync(At(-1));
        await CommittedAsync(At(1, summary => summary with { State = ComplaintState.Resolved }));
        await CommittedAsync(At(1, summary => summary with { Category = "service" }));
        await CommittedAsync(At(1, summary => summary with { Subcategory = "voltage" }));
        await CommittedAsync(At(1, summary => summary with { Area = "south" }));
        await CommittedAsync(At(1, summary => summary with { Area = null }));
        await CommittedAsync(At(1, summary => summary with { ItemKind = "gas" }));
        await CommittedAsync(At(1, summary => summary with { ItemModel = null }));
        await CommittedAsync(At(1, tenant: Stranger));
        var own = await CommittedAsync(Samples.New() with { Lookups = [Phone("a")] });

        var loaded = await NearAsync(Outage);
        Assert.Equal([all[2].Id, all[1].Id], loaded.Near!.Items.Select(item => item.Id));
        Assert.Equal(new MatchCount(3, false), loaded.NearCount);
        Assert.Equal(own.Id, Assert.Single(loaded.Candidates).Id);
        Assert.Equal(0, loaded.FirstNumber);
    }

    /// <summary>What is not asked for does not narrow, and nobody who asks for nothing is told of others.</summary>
    [Fact]
    public async Task X34_Only_what_is_asked_for_narrows()
    {
        await CommittedAsync(Samples.New(summary => summary with { Category = "supply", Area = "north", State = ComplaintState.OnHold }));

        Assert.Equal(1, (await NearAsync(new() { Category = "supply", States = States.InHand })).NearCount.Count);
        Assert.Equal(1, (await NearAsync(new() { Area = "north" })).NearCount.Count);
        Assert.Empty((await NearAsync(Outage)).Near!.Items);
        Assert.Null((await IntakeAsync("a")).Near);
    }

    /// <summary>Who looks takes no number.</summary>
    [Theory]
    [InlineData(1, false, 0)]
    [InlineData(0, true, 0)]
    [InlineData(0, false, 501)]
    public async Task X34_Who_looks_takes_no_number_and_no_endless_page(int numbers, bool nextNumber, int take) =>
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Store.LoadIntakeAsync(
            new IntakeQuery(Tenant, default, [], 2026, numbers, NextNumber: nextNumber)
            {
                Near = Outage with { Take = take == 0 ? 1 : take },
            }, None));

    private ValueTask<LoadedIntake> NearAsync(ComplaintQuery near) =>
        Store.LoadIntakeAsync(new IntakeQuery(Tenant, default, [Phone("a")], 2026, 0) { Near = near }, None);

    /// <summary>An item that has no reference is not found by the wrong one any more.</summary>
    [Fact]
    public async Task S158_A_reference_that_is_taken_back_leaves_none()
    {
        var first = await CommittedAsync(Samples.New(summary => summary with { CustomerHash = "a", ItemHash = "i" }));
        var second = await CommittedAsync(Samples.After(first) with { Amended = new() { ItemHash = AmendedIntake.NoItem } });
        Assert.Null(Assert.Single((await Reader.ListAsync(first.Tenant, new(), None)).Items).ItemHash);
        await CommittedAsync(Samples.After(second) with { Amended = new() { ItemHash = "j" } });
        Assert.Equal("j", Assert.Single((await Reader.ListAsync(first.Tenant, new(), None)).Items).ItemHash);
    }
}
