using Complaints.Core;
using Complaints.Core.Lifecycle;
using Complaints.Core.Storage;
using Xunit;

namespace Complaints.Testing.Conformance;

/// <summary>What a commit leaves behind.</summary>
/// <inheritdoc/>
public abstract class CommitLaws<TFixture> : StoreLaws<TFixture> where TFixture : IStoreFixture, new()
{
    /// <summary>The state is decided on again; another byte would be another complaint.</summary>
    [Fact]
    public async Task A_new_complaint_is_loaded_as_it_was_committed()
    {
        var commit = await CommittedAsync(Samples.New());

        var stored = await StoredAsync(commit);
        Assert.Equal((commit.Id, 1, commit.Schema, commit.Summary.Person), (stored.Id, stored.Version, stored.Schema, stored.Person));
        Same(commit.State, stored.State);
        Same(commit.Head, stored.Head);
    }

    /// <summary>Every part of the complaint moves on together.</summary>
    [Fact]
    public async Task The_next_version_replaces_state_head_and_schema()
    {
        var next = await CommittedAsync(Samples.After(await CommittedAsync(Samples.New())) with { Schema = 7 });

        var stored = await StoredAsync(next);
        Assert.Equal((2, 7), (stored.Version, stored.Schema));
        Same(next.State, stored.State);
        Same(next.Head, stored.Head);
    }

    /// <summary>Queues and reports read the columns only.</summary>
    [Fact]
    public async Task The_next_version_replaces_the_columns()
    {
        var first = await CommittedAsync(Samples.New(summary => summary with { Owner = "amy", DueAt = SampleCommits.Start, Category = "delivery" }));
        var next = await CommittedAsync(Samples.After(first, summary => summary with
        {
            State = ComplaintState.Resolved, Owner = null, Team = "technical", DueAt = null, ResolvedAt = SampleCommits.Start, Outcome = "solved", Kind = "inquiry", Round = 2,
        }));

        Assert.Equal(next.Summary with { Attributes = first.Summary.Attributes }, (await SummaryAsync(next)) with { Attributes = first.Summary.Attributes });
    }

    /// <summary>A success that another process does not see was none.</summary>
    [Fact]
    public async Task What_was_committed_is_seen_by_another_instance()
    {
        var commit = await CommittedAsync(Samples.New());

        var other = await OpenAgainAsync();
        Assert.NotNull((await other.Store.LoadAsync(Tenant, commit.Id, default, None)).Complaint);
        Assert.Equal(2, (await other.Reader.HistoryAsync(Tenant, commit.Id, None)).Length);
    }

    /// <summary>A caller pools its buffers; what it writes into them later is none of the store's business.</summary>
    [Fact]
    public async Task Arrays_that_were_committed_are_not_shared_with_the_caller()
    {
        var state = SampleCommits.Bytes("before").ToArray();
        var commit = await CommittedAsync(Samples.New() with { State = state });
        state[0] = (byte)'X';

        Same(SampleCommits.Bytes("before"), (await StoredAsync(commit)).State);
    }

    /// <summary>The same the other way round.</summary>
    [Fact]
    public async Task Arrays_that_were_loaded_are_not_shared_with_the_store()
    {
        var commit = await CommittedAsync(Samples.New());
        (await StoredAsync(commit)).State.ToArray().AsSpan().Clear();
        if (System.Runtime.InteropServices.MemoryMarshal.TryGetArray((await StoredAsync(commit)).State, out var loaded))
            loaded.AsSpan().Clear();

        Same(commit.State, (await StoredAsync(commit)).State);
    }

    /// <summary>"Not found" is an answer and no failure.</summary>
    [Fact]
    public async Task A_complaint_that_is_not_there_loads_as_nothing()
    {
        var loaded = await LoadAsync(Samples.New());

        Assert.Null(loaded.Complaint);
        Assert.Null(loaded.Earlier);
        Assert.Empty(loaded.Keys);
        Assert.Empty(loaded.Timers);
    }

    /// <summary>The key of a new person is useless without the complaint, and the complaint without it.</summary>
    [Fact]
    public async Task A_new_persons_key_is_kept_with_the_complaint()
    {
        var commit = Samples.New();
        commit = await CommittedAsync(commit with { NewKeys = [Samples.Key(commit.Summary.Person, "secret")] });

        Same(SampleCommits.Bytes("secret"), Assert.Single((await LoadAsync(commit)).Keys).Wrapped);
        Same(SampleCommits.Bytes("secret"), Assert.Single(await Ports.Keys.GetAsync(Tenant, [commit.Summary.Person], None)).Wrapped);
    }

    /// <summary>A cancelled command must not be found in the history afterwards.</summary>
    [Fact]
    public async Task A_commit_cancelled_before_it_began_writes_nothing()
    {
        var commit = Samples.New();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.CommitAsync(commit, cancelled.Token));
        Assert.Null((await LoadAsync(commit)).Complaint);
    }

    /// <summary>A busy command has many of everything; one that is left out is missed by nobody until it is too late.</summary>
    [Fact]
    public async Task A_commit_of_many_parts_is_written_whole()
    {
        var commit = Samples.New();
        commit = await CommittedAsync(commit with
        {
            Events = [.. Enumerable.Range(0, 150).Select(index => commit.Events[0] with { Index = index })],
            TimersToSet = [.. Enumerable.Range(0, 40).Select(number => new TimerRow($"clock/{number}", "breach", SampleCommits.Start))],
            Outbox = [.. Enumerable.Range(0, 60).Select(_ => Samples.Message())],
            Lookups = [.. Enumerable.Range(0, 30).Select(number => SampleCommits.Phone($"lookup {number}"))],
            NewKeys = [Samples.Key(commit.Summary.Person)],
        });

        Assert.Equal(new StoreCounts(1, 150, 40, 60), await CountsAsync());
        Assert.Equal(Enumerable.Range(0, 150), (await Reader.HistoryAsync(Tenant, commit.Id, None)).Select(stored => stored.Index));
        Assert.Single((await IntakeAsync("lookup 0")).Candidates);
        Assert.Single((await IntakeAsync("lookup 29")).Candidates);
    }

    /// <summary>A customer who was anonymous becomes known, and gets a key, with a later command.</summary>
    [Fact]
    public async Task A_later_version_may_bring_a_key_lookups_and_messages()
    {
        var first = await CommittedAsync(Samples.New());
        await CommittedAsync(Samples.After(first) with { NewKeys = [Samples.Key(first.Summary.Person, "late")],
            Lookups = [SampleCommits.Phone("late")], Outbox = [Samples.Message()] });

        Same(SampleCommits.Bytes("late"), Assert.Single((await LoadAsync(first)).Keys).Wrapped);
        Assert.Equal(first.Id, Assert.Single((await IntakeAsync("late")).Candidates).Id);
        Assert.Equal(1, (await CountsAsync()).Outbox);
    }
}
