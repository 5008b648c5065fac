using Complaints.Core.Intake;
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

    /// <summary>What lies beside a history is proved from the rows as they are kept. A store that cannot read them proves less, and breaks
    /// no law.</summary>
    [Fact]
    public async Task What_lies_beside_histories_is_read_as_it_was_committed()
    {
        if (Ports.Chains is not ISideRowStore rows)
            return;
        var commits = new List<ComplaintCommit>();
        for (var i = 0; i < 5; i++)
        {
            commits.Add(await CommittedAsync(Samples.New() with
            {
                Command = Samples.Command($"hash {i}"), Outbox = [Samples.Message(), Samples.Message("complaints.resolved.v1")],
                Lookups = [SampleCommits.Phone("shared"), SampleCommits.Reference($"own {i}")],
            }));
        }

        var commands = await rows.CommandsAsync(Tenant, None).ToDictionaryAsync(row => row.Id, cancellationToken: None);
        var messages = await rows.MessagesAsync(Tenant, None).ToDictionaryAsync(message => message.Id, cancellationToken: None);
        var lookups = await rows.LookupsAsync(Tenant, None).ToListAsync(None);

        Assert.Equal((5, 10, 10), (commands.Count, messages.Count, lookups.Count));
        var order = lookups.ConvertAll(row => row.Complaint.ToString());
        Assert.Equal(order.Order(StringComparer.Ordinal), order);
        foreach (var commit in commits)
        {
            var command = commands[commit.Command!.Id];
            Assert.Equal((commit.Command.Hash, commit.Command.RecordedAt), (command.Hash, command.RecordedAt));
            Same(commit.Command.Answer, command.Answer);
            foreach (var sent in commit.Outbox)
            {
                var message = messages[sent.Id];
                Assert.Equal((commit.Id.Value, "", sent.Topic), (message.Of, message.Channel, message.Topic));
                Assert.Equal(sent.CreatedAt, message.CreatedAt);
                Same(sent.Payload, message.Payload);
            }
            Assert.Equal(
                commit.Lookups
                    .Select(lookup => new KeptLookup(commit.Id, commit.Summary.Person, lookup.Hash, lookup.Kind, lookup.Form)).ToHashSet(),
                lookups.Where(row => row.Complaint == commit.Id).ToHashSet());
        }
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

    /// <summary>A newer normal form takes the place of an older one; an erasure that came before holds, and so does a correction.</summary>
    [Fact]
    public async Task Look_ups_are_made_anew_unless_the_person_was_erased()
    {
        if (Ports.Chains is not ISideRowStore rows)
            return;
        var commit = Samples.New(summary => summary with { CustomerHash = "old" });
        commit = await CommittedAsync(commit with
        {
            Lookups = [SampleCommits.Phone("old"), SampleCommits.Phone("same")], NewKeys = [Samples.Key(commit.Summary.Person)],
        });
        var given = Samples.New();
        given = await CommittedAsync(given with { Lookups = [SampleCommits.Phone("old")], NewKeys = [Samples.Key(given.Summary.Person)] });
        Lookup[] anew = [new(Lookup.Phone, "same", 3), new(Lookup.Reference, "new", 3)];

        Assert.False(await RenewAsync(commit with { ExpectedVersion = commit.ExpectedVersion + 1 }, "new"));
        Assert.Equal(["old", "same"], (await KeptAsync(commit)).Select(kept => kept.Item2));
        Assert.Equal("old", (await SummaryAsync(commit)).CustomerHash);
        Assert.True(await RenewAsync(commit, "new"));
        Assert.True(await RenewAsync(given, "new"));

        Assert.Equal([(given.Id, "new", 3), (given.Id, "same", 3)], await KeptAsync(given));
        Assert.Equal([(commit.Id, "new", 3), (commit.Id, "same", 3)], await KeptAsync(commit));
        Assert.Equal("new", (await SummaryAsync(commit)).CustomerHash);
        Assert.Null((await SummaryAsync(given)).CustomerHash);
        Assert.True(await RenewAsync(commit with { Lookups = [] }, null));
        await Ports.Keys.DestroyAsync(Tenant, given.Summary.Person, None);
        Assert.False(await RenewAsync(given, "new"));
        Assert.Empty(await KeptAsync(given));

        ValueTask<bool> RenewAsync(ComplaintCommit of, string? customer) =>
            rows.RenewLookupsAsync(Tenant, new(of.Id, of.ExpectedVersion + 1, of.Summary.Person,
                of.Lookups.IsEmpty ? [] : [.. anew], customer), None);

        async Task<(ComplaintId, string, int)[]> KeptAsync(ComplaintCommit of) =>
        [
            .. (await rows.LookupsAsync(Tenant, None).Where(row => row.Complaint == of.Id).ToListAsync(None))
                .OrderBy(row => row.Hash, StringComparer.Ordinal).Select(row => (row.Complaint, row.Hash, row.Form)),
        ];
    }
}
