using System.Collections.Immutable;
using Complaints.Core;
using Complaints.Core.Definitions;
using Complaints.Core.History;
using Complaints.Core.Improvements;
using Complaints.Core.Storage;
using NodaTime;
using Xunit;

namespace Complaints.Testing.Conformance;

/// <summary>What is small beside the complaints, such as improvements, is kept as well as they are.</summary>
/// <inheritdoc/>
public abstract class AggregateLaws<TFixture> : StoreLaws<TFixture> where TFixture : IStoreFixture, new()
{
    private static readonly Instant Start = SampleCommits.Start;

    private IAggregateStore Aggregates => Ports.Aggregates;

    /// <summary>Every part comes back as it was written.</summary>
    [Fact]
    public async Task A_new_aggregate_is_loaded_as_it_was_committed()
    {
        var commit = await WrittenAsync(New(1));

        var loaded = await Aggregates.LoadAsync(Tenant, commit.Summary.Id, commit.Command.Id, None);
        Assert.Equal((1, commit.Schema, commit.Summary.Subject),
            (loaded.Aggregate!.Version, loaded.Aggregate.Schema, loaded.Aggregate.Subject));
        Same(commit.State, loaded.Aggregate.State);
        Same(commit.Head, loaded.Aggregate.Head);
        Same(commit.NewKey!.Wrapped, loaded.Key!.Value);
        Assert.Equal(commit.Command.Hash, loaded.Earlier!.Hash);
        Same(commit.Command.Answer, loaded.Earlier.Answer);
        Assert.Equal(commit.Summary, Assert.Single(await Aggregates.ListAsync(Tenant, new("improvement"), None)));
        Assert.Equal(2, (await Reader.HistoryAsync(Tenant, new(commit.Summary.Id.Value), None)).Length);
        Assert.Equal(1, (await CountsAsync()).Outbox);
        var stranger = await Aggregates.LoadAsync(Stranger, commit.Summary.Id, commit.Command.Id, None);
        Assert.Equal((null, null, null), (stranger.Aggregate, stranger.Key, stranger.Earlier));
        Assert.Null((await Aggregates.LoadAsync(Tenant, commit.Summary.Id with { Noun = "other" }, default, None)).Aggregate);
    }

    /// <summary>State, columns and head move on together, and nothing is left of what was.</summary>
    [Fact]
    public async Task The_next_version_replaces_the_row()
    {
        var first = await WrittenAsync(New(1));
        var next = await WrittenAsync(After(first) with
        {
            Summary = first.Summary with { Version = 2, Status = "Closed", Owner = "bo", Team = null, DueAt = null, EndedAt = Start,
                LookAt = null },
        });

        Same(next.State, (await Aggregates.LoadAsync(Tenant, first.Summary.Id, default, None)).Aggregate!.State);
        Assert.Equal(next.Summary, Assert.Single(await Aggregates.ListAsync(Tenant, new("improvement"), None)));
    }

    /// <summary>Two who decided on one version: one is written, and of the other nothing at all.</summary>
    [Fact]
    public async Task A_stale_version_writes_nothing()
    {
        var first = await WrittenAsync(New(1));
        await WrittenAsync(After(first));
        var before = await CountsAsync();
        var stale = After(first);

        Assert.Equal(CommitOutcome.Conflict, await Aggregates.CommitAsync(stale, None));
        Assert.Equal(before, await CountsAsync());
        Assert.Null((await Aggregates.LoadAsync(Tenant, first.Summary.Id, stale.Command.Id, None)).Earlier);
        Assert.Equal(CommitOutcome.Conflict, await Aggregates.CommitAsync(After(New(9)), None));
    }

    /// <summary>A command takes effect once, whichever aggregate it was sent to.</summary>
    [Fact]
    public async Task A_command_id_that_was_used_is_a_conflict()
    {
        var first = await WrittenAsync(New(1));
        var complaint = await CommittedAsync(Samples.New());
        var before = await CountsAsync();

        Assert.Equal(CommitOutcome.Conflict, await Aggregates.CommitAsync(After(first) with { Command = first.Command }, None));
        Assert.Equal(CommitOutcome.Conflict, await Aggregates.CommitAsync(New(2) with { Command = complaint.Command! }, None));
        Assert.Equal(before, await CountsAsync());
        Assert.Equal(1, (await Aggregates.LoadAsync(Tenant, first.Summary.Id, default, None)).Aggregate!.Version);
    }

    /// <summary>A number is one's own, and a new year begins with one.</summary>
    [Fact]
    public async Task Numbers_go_on_from_the_highest_of_the_year()
    {
        Assert.Equal(1, await Aggregates.NextNumberAsync(Tenant, "improvement", 2026, None));
        await WrittenAsync(New(1));
        await WrittenAsync(New(2));
        Assert.Equal(3, await Aggregates.NextNumberAsync(Tenant, "improvement", 2026, None));
        Assert.Equal(1, await Aggregates.NextNumberAsync(Tenant, "improvement", 2027, None));
        Assert.Equal(1, await Aggregates.NextNumberAsync(Tenant, "other", 2026, None));
        Assert.Equal(1, await Aggregates.NextNumberAsync(Stranger, "improvement", 2026, None));
        Assert.Equal(CommitOutcome.Conflict, await Aggregates.CommitAsync(New(2), None));
    }

    /// <summary>Nothing is ever written that nobody can read.</summary>
    [Fact]
    public async Task Nothing_is_written_under_a_key_that_is_gone()
    {
        var first = await WrittenAsync(New(1));
        await Ports.Keys.DestroyAsync(Tenant, first.Summary.Subject, None);
        var before = await CountsAsync();

        Assert.Equal(CommitOutcome.Conflict, await Aggregates.CommitAsync(After(first) with { NeedsKey = true }, None));
        Assert.Equal(before, await CountsAsync());
        await WrittenAsync(After(first));
    }

    /// <summary>Lists are asked for by what people know, page by page, the newest first.</summary>
    [Fact]
    public async Task Lists_are_filtered_and_paged()
    {
        var commits = new List<AggregateCommit>();
        for (var i = 1; i <= 5; i++)
            commits.Add(await WrittenAsync(New(i, i % 2 == 0 ? "bulletin" : "systemic-issue")));
        var newest = commits.Select(commit => commit.Summary.Id.Value).Reverse().ToList();

        var query = new AggregateQuery("improvement") { Take = 2 };
        var first = await Aggregates.ListAsync(Tenant, query, None);
        var rest = await Aggregates.ListAsync(Tenant, query with { After = first[^1].Id.Value, Take = 500 }, None);
        Assert.Equal(newest, first.Concat(rest).Select(summary => summary.Id.Value));
        Assert.Equal(2, (await Aggregates.ListAsync(Tenant, query with { Kind = "bulletin", Take = 50 }, None)).Length);
        Assert.Equal(newest[2], Assert.Single(await Aggregates.ListAsync(Tenant, query with { Number = commits[2].Summary.Number },
            None)).Id.Value);
        Assert.Equal(5, (await Aggregates.ListAsync(Tenant, query with { Statuses = ["Open", "Closed"], Owner = "amy", Take = 50 },
            None)).Length);
        Assert.Empty(await Aggregates.ListAsync(Tenant, query with { Statuses = ["Closed"] }, None));
        Assert.Empty(await Aggregates.ListAsync(Tenant, query with { Owner = "bo" }, None));
        Assert.Empty(await Aggregates.ListAsync(Tenant, new("other"), None));
        Assert.Empty(await Aggregates.ListAsync(Stranger, query, None));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            async () => await Aggregates.ListAsync(Tenant, query with { Take = 501 }, None));
    }

    /// <summary>What must be looked at is found in order, and when it has moved on nobody says otherwise.</summary>
    [Fact]
    public async Task What_is_due_is_found_and_a_look_is_moved_only_where_nothing_has_moved_on()
    {
        var late = await WrittenAsync(New(1, lookAt: Start + Duration.FromHours(2)));
        var early = await WrittenAsync(New(2, lookAt: Start + Duration.FromHours(1)));
        await WrittenAsync(New(3, lookAt: null));

        Assert.Equal([early.Summary.Id, late.Summary.Id], (await DueAsync(Start + Duration.FromHours(2))).Select(due => due.Id));
        Assert.Equal(early.Summary.Id, Assert.Single(await DueAsync(Start + Duration.FromHours(1))).Id);
        var one = Assert.Single(await Aggregates.DueAsync(Tenant, new("improvement", Start + Duration.FromHours(2), 1), None));
        Assert.Equal(new AggregateLook(early.Summary.Id, 1, early.Summary.LookAt), one);
        var rest = await Aggregates.DueAsync(Tenant, new("improvement", Start + Duration.FromHours(2), 1, one), None);
        Assert.Equal(late.Summary.Id, Assert.Single(rest).Id);
        await Aggregates.LookAgainAsync(Tenant, new(early.Summary.Id, 7, null), None);
        await Aggregates.LookAgainAsync(Stranger, new(early.Summary.Id, 1, null), None);
        Assert.Equal(2, (await DueAsync(Start + Duration.FromHours(2))).Length);
        await Aggregates.LookAgainAsync(Tenant, new(early.Summary.Id, 1, null), None);
        Assert.Equal(late.Summary.Id, Assert.Single(await DueAsync(Start + Duration.FromHours(9))).Id);
        Assert.Empty(await Aggregates.DueAsync(Tenant, new("other", Start + Duration.FromHours(9), 10), None));
    }

    /// <summary>Who proves histories walks along both in one order.</summary>
    [Fact]
    public async Task Heads_and_events_of_all_come_together_by_id()
    {
        var written = new List<Guid>();
        for (var i = 1; i <= 3; i++)
        {
            written.Add((await CommittedAsync(Samples.New())).Id.Value);
            written.Add((await WrittenAsync(New(i))).Summary.Id.Value);
        }
        var heads = await AllAsync(Ports.Chains.HeadsAsync(Tenant, None));
        Assert.Equal(written, heads.Select(head => head.Of.Value));
        Assert.Equal(["complaint", "improvement"], heads.Take(2).Select(head => head.Of.Noun));
        Assert.Equal(written, (await AllAsync(Ports.Chains.EventsAsync(Tenant, None))).Select(row => row.Of).Distinct());
        var chain = await Ports.Chains.ChainAsync(Tenant, written[1], None);
        Assert.Equal((2, "improvement"), (chain.Events.Length, chain.Head!.Of.Noun));
        Assert.Equal((heads[1].Row!.Aggregate, heads[1].Row!.Taken), (chain.Head.Row!.Aggregate, chain.Head.Row.Taken));
        Assert.Equal(new TakenNumber(2026, 1), chain.Head.Row.Taken);
        Assert.Contains(Tenant, await Ports.Chains.TenantsAsync(None));
    }

    /// <summary>Everybody who opens one at once gets a number of their own, without a gap.</summary>
    [Fact]
    public async Task Many_opened_at_once_have_numbers_without_a_gap()
    {
        var harness = Harness();
        var desk = harness.Desk.Improvements;
        await harness.Desk.PrepareAsync(None);
        var opened = await Task.WhenAll(Enumerable.Range(1, 12).Select(
            i => Task.Run(() => desk.OpenAsync(new OpenImprovement("bulletin", $"Late {i}")))));
        Assert.Equal(
            Enumerable.Range(1, 12).Select(number => $"I-2026-{number:D4}"), opened.Select(result => result.Value.Number)
                .Order(StringComparer.Ordinal));
    }

    /// <summary>A whole life on the store, with two who change it at the same time, and everything proved at its end.</summary>
    [Fact]
    public async Task An_improvement_lives_on_the_store_and_is_proved()
    {
        var harness = Harness();
        var desk = harness.Desk.For(new Actor("qiu", Role.Quality)).Improvements;
        var complaints = new List<ComplaintId>();
        for (var i = 0; i < 3; i++)
            complaints.Add(await harness.FileAsync());
        var open = new OpenImprovement("systemic-issue", "北仓延误", Complaints: [.. complaints]);
        var id = (await desk.OpenAsync(open)).Value.Improvement;
        await Task.WhenAll(Task.Run(() => NoteAsync("problem")), Task.Run(() => NoteAsync("cause")), Task.Run(() => NoteAsync("effect")));
        Assert.True((await desk.ExecuteAsync(id, new PlanAction("corrective", "Vans.",
            harness.Clock.GetCurrentInstant() + Duration.FromHours(2)))).IsSuccess);
        harness.Clock.Advance(Duration.FromDays(30));
        Assert.Empty((await harness.Desk.SweepAsync(cancellationToken: None)).Refused);
        Assert.True((await desk.ExecuteAsync(id, new FinishAction(1, "Done."))).IsSuccess);
        Assert.True((await desk.ExecuteAsync(id, new CloseImprovement("effective"))).IsSuccess);

        var again = new DeskHarness(await OpenAgainAsync(), harness.Clock).Desk;
        var view = (await again.Improvements.ViewAsync(id))!;
        Assert.Equal((ImprovementStatus.Closed, 2, 3), (view.Improvement.Status, view.Improvement.Level,
            view.Improvement.Complaints.Count()));
        Assert.Single(view.History, entry => entry.Event is ActionOverdue);
        Assert.Single(view.History, entry => entry.Event is ActionEscalated);
        Assert.Equal("北仓延误", (await again.Improvements.RevealAsync(view, Purpose.CaseWork)).Of(view.Improvement.Title));
        foreach (var complaint in complaints)
            Assert.True(Assert.Single((await again.ViewAsync(complaint))!.Complaint.Improvements).Stands);
        var report = await ChainVerifier.VerifyAsync(
            Ports.Chains, TenantId.Default, await harness.Keys.TenantKeysAsync(TenantId.Default, None), None);
        Assert.Empty(report.Findings);
        Assert.Equal((3, 1), (report.Complaints, report.Others["improvement"]));

        // Each part by somebody who has seen what was before it, or decides again on what is there now.
        async Task NoteAsync(string part)
        {
            for (var i = 0; i < 20; i++)
            {
                try
                {
                    Assert.True((await desk.ExecuteAsync(id, new AmendImprovement(part, "Words."))).IsSuccess);
                    return;
                }
                catch (ConflictException)
                {
                }
            }
            Assert.Fail("twenty conflicts in a row");
        }
    }

    private DeskHarness Harness() => new(Ports, ids: new UuidV7Generator());

    private ValueTask<ImmutableArray<AggregateLook>> DueAsync(Instant now) =>
        Aggregates.DueAsync(Tenant, new("improvement", now, 10), None);

    private async Task<AggregateCommit> WrittenAsync(AggregateCommit commit)
    {
        Assert.Equal(CommitOutcome.Committed, await Aggregates.CommitAsync(commit, None));
        return commit;
    }

    private AggregateCommit New(int number, string kind = "systemic-issue", Instant? lookAt = null) =>
        new SampleAggregates(Tenant, Samples).New(number, kind, lookAt);

    private AggregateCommit After(AggregateCommit before) => new SampleAggregates(Tenant, Samples).After(before);
}
