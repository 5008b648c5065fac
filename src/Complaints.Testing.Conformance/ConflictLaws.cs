using Complaints.Core;
using Complaints.Core.Storage;
using Xunit;

namespace Complaints.Testing.Conformance;

/// <summary>What stands in the way of a commit, and that nothing of it is written then.</summary>
/// <inheritdoc/>
public abstract class ConflictLaws<TFixture> : StoreLaws<TFixture> where TFixture : IStoreFixture, new()
{
    /// <summary>A decision on an old state must not overwrite a newer one: that would be a lost update.</summary>
    [Fact]
    public async Task A_stale_version_is_a_conflict()
    {
        var first = await CommittedAsync(Samples.New());
        await CommittedAsync(Samples.After(first));

        await RefusedAsync(Samples.After(first));
    }

    /// <summary>A version from the future belongs to another database.</summary>
    [Fact]
    public async Task A_version_that_was_never_reached_is_a_conflict()
    {
        var first = await CommittedAsync(Samples.New());

        await RefusedAsync(Samples.After(Samples.After(first)));
    }

    /// <summary>A complaint is registered once.</summary>
    [Fact]
    public async Task A_new_complaint_whose_id_is_taken_is_a_conflict()
    {
        var first = await CommittedAsync(Samples.New());

        await RefusedAsync(Samples.New(summary => summary with { Id = first.Id }));
    }

    /// <summary>A decision that rests on another complaint too, such as a merge, must not outlive what it saw.</summary>
    [Fact]
    public async Task A_decision_on_another_complaint_that_has_changed_is_a_conflict()
    {
        var (first, other) = (await CommittedAsync(Samples.New()), await CommittedAsync(Samples.New()));
        await CommittedAsync(Samples.After(other));

        await RefusedAsync(Samples.After(first) with { Unchanged = new(other.Id, 1) });
        await RefusedAsync(Samples.After(first) with { Unchanged = new(new(Guid.Empty), 1) });
        await CommittedAsync(Samples.After(first) with { Unchanged = new(other.Id, 2) });
        Assert.Equal(2, (await StoredAsync(other)).Version);
    }

    /// <summary>Each of two decisions rests on the other's complaint: both written would be a state that nobody decided.</summary>
    [Fact]
    public async Task R10_Of_two_decisions_on_each_others_complaints_one_is_written()
    {
        for (var round = 0; round < 10; round++)
        {
            var (first, second) = (await CommittedAsync(Samples.New()), await CommittedAsync(Samples.New()));
            var other = (await OpenAgainAsync()).Store;
            var outcomes = await Task.WhenAll(
                Task.Run(async () => await Store.CommitAsync(Samples.After(first) with { Unchanged = new(second.Id, 1) }, None)),
                Task.Run(async () => await other.CommitAsync(Samples.After(second) with { Unchanged = new(first.Id, 1) }, None)));

            Assert.Equal(1, outcomes.Count(outcome => outcome == CommitOutcome.Committed));
            Assert.Equal(3, (await StoredAsync(first)).Version + (await StoredAsync(second)).Version);
        }
    }

    /// <summary>Only a new complaint may come from nowhere.</summary>
    [Fact]
    public async Task The_next_version_of_a_complaint_that_is_not_there_is_a_conflict() => await RefusedAsync(Samples.After(Samples.New()));

    /// <summary>Customers quote the number; two complaints must not share it.</summary>
    [Fact]
    public async Task A_number_that_is_taken_is_a_conflict()
    {
        var first = await CommittedAsync(Samples.New());

        await RefusedAsync(Samples.New(summary => summary with { Number = first.Summary.Number }));
    }

    /// <summary>The same post or ledger row must not be filed twice.</summary>
    [Fact]
    public async Task A_sources_id_that_is_taken_is_a_conflict()
    {
        await CommittedAsync(Samples.New(summary => summary with { Source = "weibo", SourceHash = "weibo/1" }));

        await RefusedAsync(Samples.New(summary => summary with { Source = "weibo", SourceHash = "weibo/1" }));
        await CommittedAsync(Samples.New(summary => summary with { Source = "weibo", SourceHash = "weibo/2" }));
        await CommittedAsync(Samples.New(summary => summary with { Source = "forum", SourceHash = "forum/1" }));
    }

    /// <summary>What is sealed under a key that is not kept is lost: whoever comes second must take the first one's.</summary>
    [Fact]
    public async Task A_new_key_of_a_person_who_has_one_is_a_conflict()
    {
        var first = Samples.New();
        await CommittedAsync(first with { NewKeys = [Samples.Key(first.Summary.Person, "first")] });
        var second = Samples.New(summary => summary with { Person = first.Summary.Person });

        await RefusedAsync(second with { NewKeys = [Samples.Key(first.Summary.Person, "second")] });
        Same(SampleCommits.Bytes("first"), Assert.Single((await LoadAsync(first)).Keys).Wrapped);
    }

    /// <summary>All or nothing: a conflict leaves the complaint as it was.</summary>
    [Fact]
    public async Task A_conflict_changes_neither_state_nor_columns_nor_history()
    {
        var first = await CommittedAsync(Samples.New(summary => summary with { Owner = "amy" }));
        var second = await CommittedAsync(Samples.After(first));
        await RefusedAsync(Samples.After(first, summary => summary with { Owner = "ben" }));

        Same(second.State, (await StoredAsync(first)).State);
        Assert.Equal("amy", (await SummaryAsync(first)).Owner);
        Assert.Equal(4, (await Reader.HistoryAsync(Tenant, first.Id, None)).Length);
    }

    /// <summary>A person may be erased between a load and its commit: words under a key that is gone nobody could read,
    /// and nobody erase again.</summary>
    [Fact]
    public async Task Nothing_is_written_under_a_key_that_was_destroyed()
    {
        var first = Samples.New();
        first = await CommittedAsync(first with { NewKeys = [Samples.Key(first.Summary.Person)] });
        var kept = await CommittedAsync(Samples.After(first) with { SealedUnder = [first.Summary.Person] });
        await Ports.Keys.DestroyAsync(Tenant, first.Summary.Person, None);

        await RefusedAsync(Samples.After(kept) with { SealedUnder = [first.Summary.Person], Outbox = [Samples.Message()] });
        await RefusedAsync(Samples.New() with { SealedUnder = [first.Summary.Person], Number = new(2026, 1) });
        await RefusedAsync(Samples.New() with { SealedUnder = [new SubjectId(Guid.Empty)] });
        var block = await Store.LoadIntakeAsync(new IntakeQuery(Tenant, default, [], 2026, 1), None);
        Assert.Equal(1, block.FirstNumber);
        await CommittedAsync(Samples.After(kept));
    }

    /// <summary>Nothing is sent for a change that did not happen, and no timer of it fires.</summary>
    [Fact]
    public async Task A_conflict_writes_no_message_timer_lookup_or_key()
    {
        var first = await CommittedAsync(Samples.New());
        var late = Samples.New(summary => summary with { Number = first.Summary.Number });
        var before = await CountsAsync();
        await RefusedAsync(late with
        {
            Outbox = [Samples.Message()],
            TimersToSet = [new("resolution/1", "breach", SampleCommits.Start)],
            Lookups = [SampleCommits.Phone("late")],
            NewKeys = [Samples.Key(late.Summary.Person)],
        });

        Assert.Equal(before, await CountsAsync());
        Assert.Empty((await IntakeAsync("late")).Candidates);
        Assert.Empty(await Ports.Keys.GetAsync(Tenant, [late.Summary.Person], None));
    }

    /// <summary>The command was not carried out: repeated, it must get its chance.</summary>
    [Fact]
    public async Task A_conflict_leaves_no_command_row()
    {
        var first = await CommittedAsync(Samples.New());
        await CommittedAsync(Samples.After(first));
        var late = Samples.After(first);
        await RefusedAsync(late);

        Assert.Null((await LoadAsync(late, late.Command!.Id)).Earlier);
    }

    /// <summary>After a conflict the caller loads again and decides on what is there now.</summary>
    [Fact]
    public async Task After_a_conflict_the_current_version_can_be_committed_on()
    {
        var first = await CommittedAsync(Samples.New());
        var second = await CommittedAsync(Samples.After(first));
        await RefusedAsync(Samples.After(first));

        await CommittedAsync(Samples.After(second));
        Assert.Equal(3, (await StoredAsync(first)).Version);
    }
}
