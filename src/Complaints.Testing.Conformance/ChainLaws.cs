using Complaints.Core;
using Complaints.Core.Storage;
using NodaTime;
using Xunit;

namespace Complaints.Testing.Conformance;

/// <summary>What a verifier reads, and the checkpoints that it keeps.</summary>
/// <inheritdoc/>
public abstract class ChainLaws<TFixture> : StoreLaws<TFixture> where TFixture : IStoreFixture, new()
{
    /// <summary>Heads and events are walked side by side; that works in one order only.</summary>
    [Fact]
    public async Task Heads_come_by_id_with_version_and_hash()
    {
        var commits = new List<ComplaintCommit>();
        for (var i = 0; i < 4; i++)
            commits.Add(await CommittedAsync(Samples.New()));
        commits[1] = await CommittedAsync(Samples.After(commits[1]));

        var heads = await AllAsync(Ports.Chains.HeadsAsync(Tenant, None));
        Assert.Equal(commits.Select(commit => (AggregateId.Of(commit.Id), commit.Summary.Number, commit.Version)),
            heads.Select(head => (head.Of, head.Number, head.Version)));
        foreach (var (commit, head) in commits.Zip(heads))
            Same(commit.Head, head.Head);
    }

    /// <summary>The same order as the heads, and within a complaint the order in which things happened.</summary>
    [Fact]
    public async Task Events_come_by_complaint_version_and_index()
    {
        var one = await CommittedAsync(Samples.New());
        var two = await CommittedAsync(Samples.New());
        var later = await CommittedAsync(Samples.After(one));

        var events = await AllAsync(Ports.Chains.EventsAsync(Tenant, None));
        Assert.Equal(
            [(one.Id, 1, 0), (one.Id, 1, 1), (one.Id, 2, 0), (one.Id, 2, 1), (two.Id, 1, 0), (two.Id, 1, 1)],
            events.Select(row => (new ComplaintId(row.Of), row.Event.Version, row.Event.Index)));
        Same(later.Events[1].Body, events[3].Event.Body);
        Same(later.Events[1].Hash, events[3].Event.Hash);
    }

    /// <summary>What looks wrong in the streams is looked at again as one.</summary>
    [Fact]
    public async Task A_chain_is_a_head_with_its_own_events()
    {
        var one = await CommittedAsync(Samples.New());
        await CommittedAsync(Samples.New());
        var later = await CommittedAsync(Samples.After(one));

        var chain = await Ports.Chains.ChainAsync(Tenant, one.Id.Value, None);
        Assert.Equal((AggregateId.Of(one.Id), later.Summary.Number, later.Version),
            (chain.Head!.Of, chain.Head.Number, chain.Head.Version));
        Same(later.Head, chain.Head.Head);
        Assert.Equal([(1, 0), (1, 1), (2, 0), (2, 1)], chain.Events.Select(stored => (stored.Version, stored.Index)));
        Same(later.Events[1].Body, chain.Events[3].Body);
        Same(later.Events[1].Hash, chain.Events[3].Hash);
        var none = await Ports.Chains.ChainAsync(Stranger, one.Id.Value, None);
        Assert.Null(none.Head);
        Assert.Empty(none.Events);
    }

    /// <summary>A checkpoint that could be replaced would prove nothing.</summary>
    [Fact]
    public async Task Checkpoints_are_kept_in_order_and_never_replaced()
    {
        var parts = Enumerable.Range(1, 3)
            .Select(number => new CheckpointPart(number, SampleCommits.Start + Duration.FromHours(number), SampleCommits.Bytes($"body {number}"), SampleCommits.Bytes($"mac {number}")))
            .ToList();
        foreach (var part in parts)
            await Ports.Chains.SaveCheckpointAsync(Tenant, part, None);

        await Assert.ThrowsAnyAsync<StoreException>(async () => await Ports.Chains.SaveCheckpointAsync(Tenant, parts[1] with { Mac = SampleCommits.Bytes("other") }, None));
        var kept = await AllAsync(Ports.Chains.CheckpointsAsync(Tenant, None));
        Assert.Equal(parts.Select(part => (part.Sequence, part.TakenAt)), kept.Select(part => (part.Sequence, part.TakenAt)));
        Assert.All(parts.Zip(kept), pair =>
        {
            Same(pair.First.Body, pair.Second.Body);
            Same(pair.First.Mac, pair.Second.Mac);
        });
    }

    /// <summary>Every tenant is verified, and one that only looked is none.</summary>
    [Fact]
    public async Task Tenants_are_those_that_have_something()
    {
        Assert.Empty(await Ports.Chains.TenantsAsync(None));
        await CommittedAsync(Samples.New());
        await CommittedAsync(Samples.New(owner: Stranger));
        await Reader.CountAsync(new("curious"), None);

        Assert.Equal(new[] { Tenant, Stranger }, (await Ports.Chains.TenantsAsync(None)).AsEnumerable());
    }
}
