using Complaints.Core;
using Complaints.Core.Storage;
using Xunit;

namespace Complaints.Testing.Conformance;

/// <summary>Links are written with the state that they were projected from, and found from either end.</summary>
/// <inheritdoc/>
public abstract class LinkLaws<TFixture> : StoreLaws<TFixture> where TFixture : IStoreFixture, new()
{
    /// <summary>One end says so, both know it.</summary>
    [Fact]
    public async Task A_link_is_found_from_both_ends()
    {
        var other = await CommittedAsync(Samples.New());
        var one = await CommittedAsync(Samples.New() with { LinksToSet = [To(other, "repeat")] });

        Assert.Equal([new(AggregateId.Of(other.Id), other.Summary.Number, "repeat", IsOurs: true)], await LinksAsync(one));
        Assert.Equal([new(AggregateId.Of(one.Id), one.Summary.Number, "repeat", IsOurs: false)], await LinksAsync(other));
    }

    /// <summary>Two cases may be linked in more than one way, and in both directions.</summary>
    [Fact]
    public async Task Links_of_several_kinds_stand_side_by_side()
    {
        var other = await CommittedAsync(Samples.New());
        var one = await CommittedAsync(Samples.New() with { LinksToSet = [To(other, "repeat"), To(other, "same-matter")] });
        await CommittedAsync(Samples.After(other) with { LinksToSet = [To(one, "duplicate")] });

        Assert.Equal(
            ["repeat/True", "same-matter/True", "duplicate/False"], (await LinksAsync(one)).Select(link => $"{link.Kind}/{link.IsOurs}"));
    }

    /// <summary>What was taken back is gone, and nothing else is.</summary>
    [Fact]
    public async Task A_link_that_is_removed_leaves_the_others()
    {
        var other = await CommittedAsync(Samples.New());
        var one = await CommittedAsync(Samples.New() with { LinksToSet = [To(other, "repeat"), To(other, "same-matter")] });
        await CommittedAsync(Samples.After(one) with { LinksToRemove = [To(other, "repeat"), To(other, "none")] });

        Assert.Equal("same-matter", Assert.Single(await LinksAsync(one)).Kind);
    }

    /// <summary>A decision on an older state makes no link.</summary>
    [Fact]
    public async Task A_conflict_changes_no_link()
    {
        var other = await CommittedAsync(Samples.New());
        var one = await CommittedAsync(Samples.New() with { LinksToSet = [To(other, "repeat")] });
        await CommittedAsync(Samples.After(one));
        await RefusedAsync(Samples.After(one) with { LinksToSet = [To(other, "duplicate")], LinksToRemove = [To(other, "repeat")] });

        Assert.Equal("repeat", Assert.Single(await LinksAsync(one)).Kind);
    }

    /// <summary>A link to what is not there, or is elsewhere, is told without a number.</summary>
    [Fact]
    public async Task A_link_to_nobody_has_no_number()
    {
        var foreign = await CommittedAsync(Samples.New(owner: Stranger));
        var one = await CommittedAsync(Samples.New() with { LinksToSet = [To(foreign, "repeat")] });

        Assert.Null(Assert.Single(await LinksAsync(one)).Number);
        Assert.Empty(await Ports.Links.LinksAsync(Stranger, AggregateId.Of(foreign.Id), None));
    }

    /// <summary>A complaint is linked with what is no complaint.</summary>
    [Fact]
    public async Task An_improvement_is_found_with_its_number()
    {
        var aggregates = new SampleAggregates(Tenant, Samples);
        var improvement = aggregates.New();
        Assert.Equal(CommitOutcome.Committed, await Ports.Aggregates.CommitAsync(improvement, None));
        var one = await CommittedAsync(Samples.New() with { LinksToSet = [new(improvement.Summary.Id, "improvement")] });

        Assert.Equal(improvement.Summary.Number, Assert.Single(await LinksAsync(one)).Number);
        Assert.Equal(one.Summary.Number, Assert.Single(await Ports.Links.LinksAsync(Tenant, improvement.Summary.Id, None)).Number);
    }

    /// <summary>What drifted is put right while nobody has moved on.</summary>
    [Fact]
    public async Task A_repair_of_links_holds_to_the_version()
    {
        var other = await CommittedAsync(Samples.New());
        var one = await CommittedAsync(Samples.New() with { LinksToSet = [To(other, "repeat")] });
        await Ports.Links.RepairLinkAsync(Tenant, new(one.Id, 2, To(other, "repeat"), Remove: true), None);
        await Ports.Links.RepairLinkAsync(Tenant, new(one.Id, 2, To(other, "duplicate"), Remove: false), None);
        Assert.Equal([new StoredLink(one.Id, To(other, "repeat"))], await AllAsync(Ports.Links.AllLinksAsync(Tenant, None)));

        await Ports.Links.RepairLinkAsync(Tenant, new(one.Id, 1, To(other, "repeat"), Remove: true), None);
        await Ports.Links.RepairLinkAsync(Tenant, new(one.Id, 1, To(other, "duplicate"), Remove: false), None);
        Assert.Equal([new StoredLink(one.Id, To(other, "duplicate"))], await AllAsync(Ports.Links.AllLinksAsync(Tenant, None)));
    }

    private static LinkRow To(ComplaintCommit other, string kind) => new(AggregateId.Of(other.Id), kind);

    private async Task<System.Collections.Immutable.ImmutableArray<LinkedCase>> LinksAsync(ComplaintCommit of) =>
        await Ports.Links.LinksAsync(Tenant, AggregateId.Of(of.Id), None);
}
