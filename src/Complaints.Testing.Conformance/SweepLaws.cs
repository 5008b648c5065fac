using Complaints.Core;
using Complaints.Core.Storage;
using NodaTime;
using Xunit;

namespace Complaints.Testing.Conformance;

/// <summary>Complaints with due timers are handed to one sweeper at a time, and what it decides is written together.</summary>
/// <inheritdoc/>
public abstract class SweepLaws<TFixture> : StoreLaws<TFixture> where TFixture : IStoreFixture, new()
{
    private static readonly Instant Due = SampleCommits.Start + Duration.FromHours(8);
    private static readonly TimerRow Resolution = new("resolution/1", "breach", Due);
    private static readonly TimerQuery Query = new(10, Duration.FromMinutes(5), Due);

    /// <summary>A decision is made from what was claimed and needs no further reading.</summary>
    [Fact]
    public async Task A_claim_brings_complaints_with_their_timers_and_keys()
    {
        var commit = Samples.New() with { TimersToSet = [Resolution, Resolution with { Clock = "later/1", Due = Due + Duration.FromDays(1) }] };
        commit = await CommittedAsync(commit with { NewKeys = [Samples.Key(commit.Summary.Person)] });

        await using var claim = await ClaimAsync();
        var claimed = Assert.Single(claim.Complaints);
        var loaded = await LoadAsync(commit);
        Assert.Equal((commit.Id, 1, loaded.Complaint!.Person), (claimed.Complaint!.Id, claimed.Complaint.Version, claimed.Complaint.Person));
        Same(loaded.Complaint.State, claimed.Complaint.State);
        Same(loaded.Complaint.Head, claimed.Complaint.Head);
        Same(commit.NewKeys[0].Wrapped, Assert.Single(claimed.Keys).Wrapped);
        Assert.Equal<TimerRow>(loaded.Timers, claimed.Timers);
    }

    /// <summary>An erased person's complaint still has deadlines.</summary>
    [Fact]
    public async Task A_complaint_without_a_key_is_claimed_too()
    {
        await DueComplaintAsync();

        await using var claim = await ClaimAsync();
        Assert.Empty(Assert.Single(claim.Complaints).Keys);
    }

    /// <summary>Nothing is early, and nobody sweeps another tenant's complaints.</summary>
    [Fact]
    public async Task What_is_not_due_or_another_tenants_is_not_claimed()
    {
        await DueComplaintAsync();

        await using var early = await ClaimAsync(Query with { Now = Due - Duration.FromTicks(10) });
        Assert.Empty(early.Complaints);
        await using var foreign = await Ports.Timers.ClaimDueAsync(Stranger, Query, None);
        Assert.Empty(foreign.Complaints);
        Assert.Null(foreign.Next);
    }

    /// <summary>Two sweepers share the work instead of doing it twice.</summary>
    [Fact]
    public async Task R06_What_was_claimed_is_not_claimed_again_until_it_is_given_back()
    {
        var commit = await DueComplaintAsync();
        await using (var mine = await ClaimAsync())
        {
            Assert.Single(mine.Complaints);
            await using var other = await (await OpenAgainAsync()).Timers.ClaimDueAsync(Tenant, Query, None);
            Assert.Empty(other.Complaints);
        }
        await using var again = await ClaimAsync();
        Assert.Equal(commit.Id, Assert.Single(again.Complaints).Complaint!.Id);
    }

    /// <summary>What nobody has written is as it was.</summary>
    [Fact]
    public async Task A_claim_that_is_given_back_has_changed_nothing()
    {
        var commit = await DueComplaintAsync();
        var before = await CountsAsync();
        await (await ClaimAsync()).DisposeAsync();

        Assert.Equal(before, await CountsAsync());
        Assert.Equal(1, (await StoredAsync(commit)).Version);
    }

    /// <summary>One flush for many complaints.</summary>
    [Fact]
    public async Task What_was_decided_on_a_claim_is_written_together()
    {
        var first = await DueComplaintAsync();
        var second = await DueComplaintAsync();
        await using (var claim = await ClaimAsync())
        {
            Assert.Equal([first.Id, second.Id], claim.Complaints.Select(loaded => loaded.Complaint!.Id));
            Assert.Equal(CommitOutcome.Committed, await claim.CommitAsync([Fired(first) with { Outbox = [Samples.Message()] }, Fired(second)], None));
        }
        Assert.Equal((2, 2), ((await StoredAsync(first)).Version, (await StoredAsync(second)).Version));
        Assert.Equal((0, 1), ((await CountsAsync()).Timers, (await CountsAsync()).Outbox));
        await using var nothing = await ClaimAsync();
        Assert.Empty(nothing.Complaints);
    }

    /// <summary>A command that was carried out before must not be carried out again, and takes nobody else's work with it.</summary>
    [Fact]
    public async Task R06_A_command_id_that_was_used_leaves_the_whole_batch_unwritten()
    {
        var first = await DueComplaintAsync();
        var second = await DueComplaintAsync();
        await using (var claim = await ClaimAsync())
            Assert.Equal(CommitOutcome.Conflict, await claim.CommitAsync([Fired(first), Fired(second) with { Command = first.Command }], None));

        await UntouchedAsync(first, second);
    }

    /// <summary>The same with a version that is not the stored one.</summary>
    [Fact]
    public async Task A_version_that_does_not_fit_leaves_the_whole_batch_unwritten()
    {
        var first = await DueComplaintAsync();
        var second = await DueComplaintAsync();
        await using (var claim = await ClaimAsync())
            Assert.Equal(CommitOutcome.Conflict, await claim.CommitAsync([Fired(first), Samples.After(Samples.After(second))], None));

        await UntouchedAsync(first, second);
    }

    /// <summary>A node that was stopped and comes back finds its work done by another, and writes nothing.</summary>
    [Fact]
    public async Task R08_Who_was_silent_beyond_its_lease_writes_nothing()
    {
        var commit = await DueComplaintAsync();
        await using var stale = await ClaimAsync(Query with { Lease = Duration.FromMilliseconds(50) });
        Assert.Single(stale.Complaints);
        var later = Query with { Now = Due + Duration.FromHours(1) };
        ITimerClaim? other = null;
        for (var i = 0; i < 500 && other is not { Complaints.IsEmpty: false }; i++)
        {
            await Task.Delay(10);
            if (other is not null)
                await other.DisposeAsync();
            other = await (await OpenAgainAsync()).Timers.ClaimDueAsync(Tenant, later, None);
        }
        await using var taken = other!;
        Assert.Single(taken.Complaints);

        Assert.Equal(CommitOutcome.Conflict, await stale.CommitAsync([Fired(commit)], None));
        Assert.Equal(CommitOutcome.Committed, await taken.CommitAsync([Fired(commit)], None));
        Assert.Equal(2, (await StoredAsync(commit)).Version);
    }

    /// <summary>What is late is late: whether it counts does not depend on who else was there.</summary>
    [Fact]
    public async Task R08_What_is_committed_after_the_lease_is_refused_also_if_nobody_took_over()
    {
        var commit = await DueComplaintAsync();
        await using (var late = await ClaimAsync(Query with { Lease = Duration.FromMilliseconds(50) }))
        {
            Assert.Single(late.Complaints);
            await Task.Delay(500);
            Assert.Equal(CommitOutcome.Conflict, await late.CommitAsync([Fired(commit)], None));
        }
        await UntouchedAsync(commit);
        await using var again = await ClaimAsync();
        Assert.Equal(CommitOutcome.Committed, await again.CommitAsync([Fired(commit)], None));
    }

    /// <summary>A round goes through everything once, however many have the same instant, and does not come back to what it left as it was.</summary>
    [Fact]
    public async Task R13_A_round_of_claims_visits_every_complaint_once()
    {
        var all = new List<ComplaintId>();
        for (var i = 0; i < 23; i++)
            all.Add((await DueComplaintAsync(Resolution with { Due = Due - Duration.FromHours(i / 9) })).Id);
        var visited = new List<ComplaintId>();
        var query = Query with { Max = 4 };
        for (var batch = 0; batch < 20; batch++)
        {
            await using var claim = await ClaimAsync(query);
            visited.AddRange(claim.Complaints.Select(loaded => loaded.Complaint!.Id));
            if (claim.Next is not { } next)
                break;
            query = query with { After = next };
        }
        Assert.Equal(all.OrderBy(id => id.Value), visited.OrderBy(id => id.Value));
    }

    /// <summary>Several due timers are one piece of work.</summary>
    [Fact]
    public async Task A_complaint_with_several_due_timers_is_claimed_once()
    {
        await CommittedAsync(Samples.New() with { TimersToSet = [Resolution, Resolution with { Clock = "first-response/1", Due = Due - Duration.FromHours(1) }] });

        await using var claim = await ClaimAsync();
        Assert.Equal(2, Assert.Single(claim.Complaints).Timers.Length);
    }

    /// <summary>A user's command beside a claim is carried out; at the latest when the claim is over.</summary>
    [Fact]
    public async Task A_users_command_and_a_claim_never_both_win()
    {
        var commit = await DueComplaintAsync();
        await using var claim = await ClaimAsync();
        var users = Task.Run(async () => await Store.CommitAsync(Samples.After(commit), None));
        await Task.WhenAny(users, Task.Delay(200));
        var swept = await claim.CommitAsync([Fired(commit)], None);
        await claim.DisposeAsync();

        Assert.Equal(1, new[] { swept, await users }.Count(outcome => outcome == CommitOutcome.Committed));
        Assert.Equal(2, (await StoredAsync(commit)).Version);
    }

    /// <summary>Every timer can be compared with its state, also one that has lost its complaint.</summary>
    [Fact]
    public async Task Every_timer_is_listed_by_complaint()
    {
        var commits = new[] { await DueComplaintAsync(), await DueComplaintAsync(Resolution with { Due = Due + Duration.FromDays(900) }) };
        await Ports.Timers.RepairAsync(Tenant, new(new(Guid.Empty), 0, Resolution, Remove: true), None);

        Assert.Equal(commits.Select(commit => commit.Id).OrderBy(id => id.Value), (await AllAsync(Ports.Timers.TimersAsync(Tenant, None))).Select(timer => timer.Complaint));
        Assert.Empty(await AllAsync(Ports.Timers.TimersAsync(Stranger, None)));
    }

    /// <summary>A repair puts one timer right and touches no other.</summary>
    [Fact]
    public async Task A_repair_sets_moves_and_removes_one_timer()
    {
        var commit = await DueComplaintAsync();
        var response = new TimerRow("first-response/1", "breach", Due + Duration.FromHours(1));
        await Ports.Timers.RepairAsync(Tenant, new(commit.Id, 1, response, Remove: false), None);
        await Ports.Timers.RepairAsync(Tenant, new(commit.Id, 1, Resolution with { Due = Due + Duration.FromHours(2) }, Remove: false), None);
        Assert.Equal([response, Resolution with { Due = Due + Duration.FromHours(2) }], (await LoadAsync(commit)).Timers.OrderBy(timer => timer.Due));

        await Ports.Timers.RepairAsync(Tenant, new(commit.Id, 1, response, Remove: true), None);
        Assert.Equal(Resolution.Clock, Assert.Single((await LoadAsync(commit)).Timers).Clock);
        Assert.Equal(1, (await StoredAsync(commit)).Version);
    }

    /// <summary>A complaint that moved on brought its timers along.</summary>
    [Fact]
    public async Task A_repair_of_a_complaint_that_has_moved_on_changes_nothing()
    {
        var commit = await DueComplaintAsync();
        await CommittedAsync(Samples.After(commit));
        await Ports.Timers.RepairAsync(Tenant, new(commit.Id, 1, Resolution, Remove: true), None);
        await Ports.Timers.RepairAsync(Tenant, new(commit.Id, 1, Resolution with { Due = Due + Duration.FromHours(2) }, Remove: false), None);
        await Ports.Timers.RepairAsync(Tenant, new(commit.Id, 0, Resolution, Remove: true), None);

        Assert.Equal(Resolution, Assert.Single((await LoadAsync(commit)).Timers));
    }

    private Task<ComplaintCommit> DueComplaintAsync(TimerRow? timer = null) => CommittedAsync(Samples.New() with { TimersToSet = [timer ?? Resolution] });

    private ComplaintCommit Fired(ComplaintCommit before) => Samples.After(before) with { TimersToRemove = before.TimersToSet };

    private ValueTask<ITimerClaim> ClaimAsync(TimerQuery? query = null) => Ports.Timers.ClaimDueAsync(Tenant, query ?? Query, None);

    private async Task UntouchedAsync(params ComplaintCommit[] commits)
    {
        foreach (var commit in commits)
            Assert.Equal((1, 1), ((await StoredAsync(commit)).Version, (await LoadAsync(commit)).Timers.Length));
        Assert.Equal(0, (await CountsAsync()).Outbox);
    }
}
