using Complaints.Core.Storage;
using Complaints.Core;
using Complaints.Core.History;
using Xunit;

namespace Complaints.Testing.Conformance;

/// <summary>The history is what happened: the exact bytes, in order, once.</summary>
/// <inheritdoc/>
public abstract class HistoryLaws<TFixture> : StoreLaws<TFixture> where TFixture : IStoreFixture, new()
{
    /// <summary>The chain hashes bytes; a store that rewrites them breaks it.</summary>
    [Fact]
    public async Task Events_are_read_byte_for_byte_as_they_were_committed()
    {
        var body = SampleCommits.Bytes("{ \"a\" : 1e3, \"a\": 1.0,\t\"b\":\"\\u0041\" }\n");
        var commit = Samples.New();
        var hash = SampleCommits.Chain.Next(HashChain.Origin.Span, body.Span);
        commit = await CommittedAsync(commit with { Events = [new StoredEvent(1, 0, body, hash)] });

        var read = Assert.Single(await Reader.HistoryAsync(Tenant, commit.Id, None));
        Same(body, read.Body);
        Same(commit.Events[0].Hash, read.Hash);
    }

    /// <summary>The state is the fold of the events in their order.</summary>
    [Fact]
    public async Task Events_are_read_by_version_and_index()
    {
        var commit = await CommittedAsync(Samples.New());
        for (var i = 0; i < 11; i++)
            commit = await CommittedAsync(Samples.After(commit));

        var history = await Reader.HistoryAsync(Tenant, commit.Id, None);
        Assert.Equal(Enumerable.Range(1, 12).SelectMany(version => new[] { (version, 0), (version, 1) }), history.Select(stored => (stored.Version, stored.Index)));
    }

    /// <summary>From the first event to the head beside the state, nothing is missing.</summary>
    [Fact]
    public async Task The_chain_leads_to_the_head()
    {
        var commit = await CommittedAsync(Samples.After(await CommittedAsync(Samples.New())));

        var head = HashChain.Origin;
        foreach (var stored in await Reader.HistoryAsync(Tenant, commit.Id, None))
            head = SampleCommits.Chain.Next(head.Span, stored.Body.Span);
        Same(head, (await StoredAsync(commit)).Head);
    }

    /// <summary>A timeline shows one complaint.</summary>
    [Fact]
    public async Task Events_of_other_complaints_are_not_read()
    {
        var one = await CommittedAsync(Samples.New());
        await CommittedAsync(Samples.New());

        Assert.Equal(2, (await Reader.HistoryAsync(Tenant, one.Id, None)).Length);
    }

    /// <summary>"Nothing happened" is an answer and no failure.</summary>
    [Fact]
    public async Task A_complaint_that_is_not_there_has_an_empty_history() =>
        Assert.Empty(await Reader.HistoryAsync(Tenant, new ComplaintId(Samples.NewId()), None));

    /// <summary>The counts on the front page are those of the tables.</summary>
    [Fact]
    public async Task Complaints_and_events_are_counted()
    {
        var commit = await CommittedAsync(Samples.New());
        await CommittedAsync(Samples.After(commit));
        await CommittedAsync(Samples.New());

        var counts = await CountsAsync();
        Assert.Equal((2, 6), (counts.Complaints, counts.Events));
    }

    /// <summary>A body is bytes: an end-of-text or a zero in it ends nothing.</summary>
    [Fact]
    public async Task Events_may_hold_any_byte()
    {
        var body = Enumerable.Range(0, 256).Select(value => (byte)value).ToArray();
        var commit = Samples.New();
        commit = await CommittedAsync(commit with { Events = [commit.Events[0] with { Body = body }, commit.Events[1] with { Body = new byte[] { 0 } }] });

        var read = await Reader.HistoryAsync(Tenant, commit.Id, None);
        Same(body, read[0].Body);
        Same(new byte[] { 0 }, read[1].Body);
    }
}
