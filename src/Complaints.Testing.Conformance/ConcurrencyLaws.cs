using Complaints.Core;
using Complaints.Core.Storage;
using Xunit;

namespace Complaints.Testing.Conformance;

/// <summary>Many at once.</summary>
/// <inheritdoc/>
public abstract class ConcurrencyLaws<TFixture> : StoreLaws<TFixture> where TFixture : IStoreFixture, new()
{
    private const int Writers = 32;

    /// <summary>No lost update: of many that decided on one version, one is written.</summary>
    [Fact]
    public async Task R10_of_many_commits_on_one_version_one_wins()
    {
        var first = await CommittedAsync(Samples.New());
        var outcomes = await AtOnceAsync(_ => Store.CommitAsync(Samples.After(first), None).AsTask());

        Assert.Single(outcomes, CommitOutcome.Committed);
        Assert.Equal(2, (await StoredAsync(first)).Version);
        Assert.Equal(4, (await Reader.HistoryAsync(Tenant, first.Id, None)).Length);
    }

    /// <summary>One effect, whoever comes first.</summary>
    [Fact]
    public async Task R09_of_many_commits_of_one_command_one_wins()
    {
        var command = Samples.Command();
        var outcomes = await AtOnceAsync(_ => Store.CommitAsync(Samples.New() with { Command = command }, None).AsTask());

        Assert.Single(outcomes, CommitOutcome.Committed);
        Assert.Equal(1, (await CountsAsync()).Complaints);
    }

    /// <summary>Complaints have nothing to do with each other.</summary>
    [Fact]
    public async Task Commits_on_different_complaints_all_succeed()
    {
        var outcomes = await AtOnceAsync(_ => Store.CommitAsync(Samples.New() with { Outbox = [Samples.Message()] }, None).AsTask());

        Assert.All(outcomes, outcome => Assert.Equal(CommitOutcome.Committed, outcome));
        Assert.Equal(new StoreCounts(Writers, 2 * Writers, 0, Writers), await CountsAsync());
    }

    /// <summary>Stores may write several commands together; a conflict of one is none of the others'.</summary>
    [Fact]
    public async Task A_conflict_among_many_commits_does_not_hurt_the_others()
    {
        var taken = await CommittedAsync(Samples.New());
        var outcomes = await AtOnceAsync(number => Store.CommitAsync(
            number % 3 == 0 ? Samples.New(summary => summary with { Number = taken.Summary.Number }) with { Outbox = [Samples.Message()] } : Samples.New(), None).AsTask());

        Assert.Equal(Enumerable.Range(0, Writers).Select(number => number % 3 == 0 ? CommitOutcome.Conflict : CommitOutcome.Committed), outcomes);
        var written = 1 + outcomes.Count(outcome => outcome == CommitOutcome.Committed);
        Assert.Equal(new StoreCounts(written, 2 * written, 0, 0), await CountsAsync());
    }

    /// <summary>State, columns and timers of one version belong together; a reader must not see a mixture.</summary>
    [Fact]
    public async Task What_is_loaded_while_others_write_belongs_together()
    {
        var commit = await CommittedAsync(Versioned(Samples.New()));
        using var stop = new CancellationTokenSource();
        var reading = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                var loaded = await LoadAsync(commit);
                Assert.Equal($"clock/{loaded.Complaint!.Version}", Assert.Single(loaded.Timers).Clock);
            }
        });
        var next = commit;
        for (var i = 0; i < 50; i++)
            next = await CommittedAsync(Versioned(Samples.After(next)) with { TimersToRemove = next.TimersToSet });
        await stop.CancelAsync();
        await reading;
    }

    /// <summary>Reading goes on while somebody writes.</summary>
    [Fact]
    public async Task A_scan_sees_one_state_of_the_store()
    {
        for (var i = 0; i < 20; i++)
            await CommittedAsync(Samples.New());
        var seen = 0;
        await foreach (var _ in Reader.ScanAsync(Tenant, None))
        {
            if (seen++ == 0)
                await CommittedAsync(Samples.New());
        }

        Assert.Equal(20, seen);
    }

    /// <summary>Successes, versions and history agree after everybody has repeated until it worked.</summary>
    [Fact]
    public async Task R10_writers_that_repeat_after_a_conflict_add_up()
    {
        var first = await CommittedAsync(Samples.New());
        await AtOnceAsync(async _ =>
        {
            while (true)
            {
                var stored = await StoredAsync(first);
                var seen = first with { Head = stored.Head, ExpectedVersion = stored.Version - 1, Summary = first.Summary with { Version = stored.Version } };
                if (await Store.CommitAsync(Samples.After(seen), None) == CommitOutcome.Committed)
                    return true;
            }
        });

        Assert.Equal(1 + Writers, (await StoredAsync(first)).Version);
        var history = await Reader.HistoryAsync(Tenant, first.Id, None);
        Assert.Equal(Enumerable.Range(1, 1 + Writers).SelectMany(version => new[] { version, version }), history.Select(stored => stored.Version));
    }

    /// <summary>The same command on the same complaint, sent by an impatient client.</summary>
    [Fact]
    public async Task R09_of_many_commits_of_one_command_on_one_complaint_one_wins()
    {
        var first = await CommittedAsync(Samples.New());
        var next = Samples.After(first) with { Outbox = [Samples.Message()] };
        var outcomes = await AtOnceAsync(_ => Store.CommitAsync(next, None).AsTask());

        Assert.Single(outcomes, CommitOutcome.Committed);
        Assert.Equal(1, (await CountsAsync()).Outbox);
    }

    /// <summary>Two runs of one import, started by two people.</summary>
    [Fact]
    public async Task Imports_of_one_ledger_at_the_same_time_write_each_row_once()
    {
        var written = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () => await Ports.Importer.ImportAsync(
            [.. Enumerable.Range(0, 40).Select(id => Samples.New(
                summary => summary with { Source = "ledger", SourceHash = $"ledger/{id:D3}", Imported = true }) with { Command = null })],
                None))));

        Assert.Equal(40, written.Sum());
        Assert.Equal(new StoreCounts(40, 80, 0, 0), await CountsAsync());
    }

    /// <summary>Erasing a person does not wait for, nor hurt, what others write.</summary>
    [Fact]
    public async Task Of_many_that_destroy_one_key_one_is_told_that_it_did()
    {
        var person = new SubjectId(Samples.NewId());
        await Ports.Keys.AddAsync(Tenant, Samples.Key(person), None);
        var destroyed = await AtOnceAsync(async _ => await Ports.Keys.DestroyAsync(Tenant, person, None));

        Assert.Single(destroyed, true);
    }

    private static ComplaintCommit Versioned(ComplaintCommit commit) => commit with { TimersToSet = [new($"clock/{commit.Version}", "breach", SampleCommits.Start)] };

    private static Task<T[]> AtOnceAsync<T>(Func<int, Task<T>> action) => Task.WhenAll(Enumerable.Range(0, Writers).Select(number => Task.Run(() => action(number))));
}
