using Complaints.Core;
using Complaints.Core.Storage;
using NodaTime;
using Xunit;

namespace Complaints.Testing.Conformance;

/// <summary>Timers are written with the state that they were projected from.</summary>
/// <inheritdoc/>
public abstract class TimerLaws<TFixture> : StoreLaws<TFixture> where TFixture : IStoreFixture, new()
{
    private static readonly TimerRow Resolution = new("resolution/1", "breach", SampleCommits.Start + Duration.FromHours(8));
    private static readonly TimerRow Response = new("first-response/1", "breach", SampleCommits.Start + Duration.FromHours(1));

    /// <summary>The next command computes the difference from what is stored.</summary>
    [Fact]
    public async Task Timers_are_loaded_with_their_complaint()
    {
        var commit = await CommittedAsync(Samples.New() with { TimersToSet = [Resolution, Response] });

        Assert.Equal([Response, Resolution], (await LoadAsync(commit)).Timers.OrderBy(timer => timer.Due));
    }

    /// <summary>A clock that was paused is due later; it must not fire at the old instant as well.</summary>
    [Fact]
    public async Task Setting_a_timer_again_moves_it()
    {
        var first = await CommittedAsync(Samples.New() with { TimersToSet = [Resolution] });
        var moved = Resolution with { Due = Resolution.Due + Duration.FromDays(1) };
        await CommittedAsync(Samples.After(first) with { TimersToSet = [moved] });

        Assert.Equal(moved, Assert.Single((await LoadAsync(first)).Timers));
        Assert.Equal(1, (await CountsAsync()).Timers);
    }

    /// <summary>A clock that stopped has no timer.</summary>
    [Fact]
    public async Task Removing_a_timer_leaves_the_others()
    {
        var first = await CommittedAsync(Samples.New() with { TimersToSet = [Resolution, Response] });
        await CommittedAsync(Samples.After(first) with { TimersToRemove = [Response] });

        Assert.Equal(Resolution, Assert.Single((await LoadAsync(first)).Timers));
    }

    /// <summary>A warning and a breach of the same clock are two timers.</summary>
    [Fact]
    public async Task Timers_of_one_clock_differ_by_purpose()
    {
        var warning = Resolution with { Purpose = "warning" };
        var first = await CommittedAsync(Samples.New() with { TimersToSet = [Resolution, warning] });
        await CommittedAsync(Samples.After(first) with { TimersToRemove = [warning] });

        Assert.Equal(Resolution, Assert.Single((await LoadAsync(first)).Timers));
    }

    /// <summary>Most commands change no deadline.</summary>
    [Fact]
    public async Task A_commit_that_names_no_timer_leaves_them_alone()
    {
        var first = await CommittedAsync(Samples.New() with { TimersToSet = [Resolution] });
        await CommittedAsync(Samples.After(first));

        Assert.Equal(Resolution, Assert.Single((await LoadAsync(first)).Timers));
    }

    /// <summary>Clocks have the same names in every complaint.</summary>
    [Fact]
    public async Task Timers_of_other_complaints_are_left_alone()
    {
        var one = await CommittedAsync(Samples.New() with { TimersToSet = [Resolution] });
        var other = await CommittedAsync(Samples.New() with { TimersToSet = [Resolution] });
        await CommittedAsync(Samples.After(one) with { TimersToRemove = [Resolution] });

        Assert.Empty((await LoadAsync(one)).Timers);
        Assert.Equal(Resolution, Assert.Single((await LoadAsync(other)).Timers));
    }

    /// <summary>Two nodes may both see a clock stop.</summary>
    [Fact]
    public async Task Removing_a_timer_that_is_not_there_is_no_failure()
    {
        await CommittedAsync(Samples.New() with { TimersToRemove = [Response] });

        Assert.Equal(0, (await CountsAsync()).Timers);
    }

    /// <summary>A sweep works through what is due, the longest overdue first, and never before its time.</summary>
    [Fact]
    public async Task Due_timers_are_found_in_order_and_none_before_its_time()
    {
        var commit = await CommittedAsync(Samples.New() with { TimersToSet = [Resolution, Response] });

        Assert.Empty(await Ports.Timers.DueAsync(commit.Tenant, Response.Due - Duration.FromTicks(10), 10, default));
        Assert.Equal<DueTimer>([new(commit.Id, Response)], await Ports.Timers.DueAsync(commit.Tenant, Response.Due, 10, default));
        Assert.Equal<DueTimer>([new(commit.Id, Response), new(commit.Id, Resolution)], await Ports.Timers.DueAsync(commit.Tenant, Resolution.Due, 10, default));
        Assert.Equal<DueTimer>([new(commit.Id, Response)], await Ports.Timers.DueAsync(commit.Tenant, Resolution.Due, 1, default));
    }

    /// <summary>Nobody sweeps another tenant's complaints.</summary>
    [Fact]
    public async Task Due_timers_are_those_of_the_tenant()
    {
        await CommittedAsync(Samples.New() with { TimersToSet = [Resolution] });

        Assert.Empty(await Ports.Timers.DueAsync(new TenantId("nobody"), Resolution.Due, 10, default));
    }

    /// <summary>A clock that was paused must not fire at the instant that it had before.</summary>
    [Fact]
    public async Task A_timer_that_was_moved_is_due_at_its_new_instant_only()
    {
        var first = await CommittedAsync(Samples.New() with { TimersToSet = [Resolution] });
        var moved = Resolution with { Due = Resolution.Due + Duration.FromHours(5) };
        await CommittedAsync(Samples.After(first) with { TimersToSet = [moved] });

        Assert.Empty(await Ports.Timers.DueAsync(Tenant, moved.Due - Duration.FromTicks(10), 10, None));
        Assert.Equal<DueTimer>([new(first.Id, moved)], await Ports.Timers.DueAsync(Tenant, moved.Due, 10, None));
    }

    /// <summary>The same the other way round: work that became urgent.</summary>
    [Fact]
    public async Task A_timer_that_was_moved_earlier_is_due_earlier()
    {
        var first = await CommittedAsync(Samples.New() with { TimersToSet = [Resolution] });
        await CommittedAsync(Samples.After(first) with { TimersToSet = [Resolution with { Due = Response.Due }] });

        Assert.Single(await Ports.Timers.DueAsync(Tenant, Response.Due, 10, None));
    }

    /// <summary>What stopped is never due.</summary>
    [Fact]
    public async Task A_timer_that_was_removed_is_not_due()
    {
        var first = await CommittedAsync(Samples.New() with { TimersToSet = [Resolution, Response] });
        await CommittedAsync(Samples.After(first) with { TimersToRemove = [Response] });

        Assert.Equal<DueTimer>([new(first.Id, Resolution)], await Ports.Timers.DueAsync(Tenant, Resolution.Due, 10, None));
    }

    /// <summary>A sweep in batches: none is left out and none comes twice, however many have the same instant.</summary>
    [Fact]
    public async Task R13_every_due_timer_is_found_once_when_what_was_found_is_removed()
    {
        var commits = new Dictionary<ComplaintId, ComplaintCommit>();
        for (var i = 0; i < 25; i++)
        {
            var commit = await CommittedAsync(Samples.New() with { TimersToSet = [Resolution with { Due = Resolution.Due + Duration.FromHours(i / 10) }] });
            commits.Add(commit.Id, commit);
        }
        var found = new List<ComplaintId>();
        while (await Ports.Timers.DueAsync(Tenant, Resolution.Due + Duration.FromDays(1), 4, None) is { IsEmpty: false } due)
        {
            foreach (var timer in due)
            {
                found.Add(timer.Complaint);
                await CommittedAsync(Samples.After(commits[timer.Complaint]) with { TimersToRemove = [timer.Timer] });
            }
        }

        Assert.Equal(25, found.Count);
        Assert.Equal(25, found.Distinct().Count());
    }

    /// <summary>Any node sweeps what any node has written.</summary>
    [Fact]
    public async Task Timers_set_by_another_instance_are_due_here()
    {
        var other = await OpenAgainAsync();
        await other.Store.CommitAsync(Samples.New() with { TimersToSet = [Resolution] }, None);

        Assert.Single(await Ports.Timers.DueAsync(Tenant, Resolution.Due, 10, None));
    }
}
