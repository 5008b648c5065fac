using Complaints.Core;
using Complaints.Core.Storage;
using NodaTime;
using Xunit;

namespace Complaints.Testing.Laws;

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
}
