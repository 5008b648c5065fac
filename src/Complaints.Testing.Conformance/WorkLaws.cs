using System.Collections.Immutable;
using Complaints.Core;
using Complaints.Core.Storage;
using NodaTime;
using Xunit;

namespace Complaints.Testing.Conformance;

/// <summary>Work is written with the state that it was projected from, and found by whoever has it.</summary>
/// <inheritdoc/>
public abstract partial class WorkLaws<TFixture> : StoreLaws<TFixture> where TFixture : IStoreFixture, new()
{
    private static readonly WorkLane Amy = new(WorkLaneKind.Person, "amy");
    private static readonly WorkLane North = new(WorkLaneKind.Team, "north");
    private static readonly WorkLane Approvers = new(WorkLaneKind.Duty, "approve");

    /// <summary>A piece of work with every value is what was written.</summary>
    [Fact]
    public async Task Work_comes_back_as_it_was_written()
    {
        var row = Approval(1) with { Amount = 1_234.5678m, NotFor = ["ben", "cai 李"], Area = "north", Due = At(3), Since = At(1) };
        var measures = Measures.Read($$"""["urged",7,"urged","{{row.Subject}}",2,"urged.at","{{row.Subject}}",1788224400.5]""");
        var commit = await CommittedAsync(
            Samples.New(summary => summary with { Category = "delivery", Measures = measures }) with { WorkToSet = [row] });

        var item = Assert.Single(await ListAsync(Approvers));
        Assert.Equal(row, item.Row);
        Assert.Equal(row.Since, item.Row.Since);
        Assert.Equal(AggregateId.Of(commit.Id), item.Of);
        Assert.Equal((commit.Summary.Number, "delivery", "p3"), (item.Number, item.Category, item.Priority));
        Assert.Equal(Measures.UrgingOf(measures, row.Subject), item.Urged);
        Assert.Equal(2, item.Urged?.Times);
    }

    /// <summary>What a person has is not the team's any more.</summary>
    [Fact]
    public async Task Each_lane_finds_its_own_and_no_others()
    {
        await CommittedAsync(Samples.New() with { WorkToSet = [Handle("amy", "north")] });
        await CommittedAsync(Samples.New() with { WorkToSet = [Handle(null, "north")] });
        await CommittedAsync(Samples.New() with { WorkToSet = [Approval(1)] });

        Assert.Equal("amy", Assert.Single(await ListAsync(Amy)).Row.Person);
        Assert.Null(Assert.Single(await ListAsync(North)).Row.Person);
        Assert.Equal("approve", Assert.Single(await ListAsync(Approvers)).Row.Duty);
        Assert.Equal(3, (await ListAsync(Amy, North, Approvers)).Length);
        Assert.Empty(await ListAsync(new WorkLane(WorkLaneKind.Person, "north"), new WorkLane(WorkLaneKind.Team, "amy")));
    }

    /// <summary>Of an area all is found, whoever has it, once for each lane in which it lies.</summary>
    [Fact]
    public async Task A_lane_of_an_area_finds_what_is_to_be_done_there_whoever_has_it()
    {
        var area = new WorkLane(WorkLaneKind.Area, "north");
        await CommittedAsync(Samples.New() with { WorkToSet = [Handle("amy") with { Area = "north", Due = At(2) }] });
        await CommittedAsync(Samples.New() with { WorkToSet = [Handle(null, "west") with { Area = "north", Due = At(1) }] });
        await CommittedAsync(Samples.New() with { WorkToSet = [Handle("ben") with { Area = "south" }] });

        Assert.Equal(["west", "amy"], (await ListAsync(area)).Select(item => item.Row.Team ?? item.Row.Person));
        Assert.Empty(await ListAsync(new WorkLane(WorkLaneKind.Area, "amy")));
    }

    /// <summary>One who asks twice for the same is not told it twice.</summary>
    [Fact]
    public async Task A_lane_that_is_named_twice_counts_once()
    {
        await CommittedAsync(Samples.New() with { WorkToSet = [Handle("amy")] });

        Assert.Single(await ListAsync(Amy, Amy));
    }

    /// <summary>What was answered waits for nobody.</summary>
    [Fact]
    public async Task Work_that_is_removed_is_gone_in_the_same_commit()
    {
        var first = await CommittedAsync(Samples.New() with { WorkToSet = [Approval(1), Approval(2)] });
        await CommittedAsync(Samples.After(first) with { WorkToRemove = [Key(Approval(1))], WorkToSet = [Handle("amy")] });

        Assert.Equal(Approval(2), Assert.Single(await ListAsync(Approvers)).Row);
        Assert.Single(await ListAsync(Amy));
    }

    /// <summary>Two nodes may both see it end.</summary>
    [Fact]
    public async Task Removing_work_that_is_not_there_is_no_failure()
    {
        await CommittedAsync(Samples.New() with { WorkToRemove = [Key(Handle("amy"))] });

        Assert.Empty(await ListAsync(Amy));
    }

    /// <summary>Whoever takes it over has what waited long.</summary>
    [Fact]
    public async Task What_changes_hands_keeps_since_when_it_waits()
    {
        var first = await CommittedAsync(Samples.New() with { WorkToSet = [Handle("ben") with { Since = At(1) }] });
        await CommittedAsync(Samples.After(first) with { WorkToSet = [Handle("amy") with { Since = At(2), Due = At(9) }] });

        var row = Assert.Single(await ListAsync(Amy)).Row;
        Assert.Equal(At(1), row.Since);
        Assert.Equal(At(9), row.Due);
        Assert.Empty(await ListAsync(new WorkLane(WorkLaneKind.Person, "ben")));
    }

    /// <summary>A decision on an older state must not put work back.</summary>
    [Fact]
    public async Task A_conflict_changes_no_work()
    {
        var first = await CommittedAsync(Samples.New() with { WorkToSet = [Approval(1)] });
        await CommittedAsync(Samples.After(first));
        await RefusedAsync(Samples.After(first) with { WorkToRemove = [Key(Approval(1))], WorkToSet = [Handle("amy")] });

        Assert.Single(await ListAsync(Approvers));
        Assert.Empty(await ListAsync(Amy));
    }

    /// <summary>Most commands change nobody's work.</summary>
    [Fact]
    public async Task A_commit_that_names_no_work_leaves_it_alone()
    {
        var first = await CommittedAsync(Samples.New() with { WorkToSet = [Handle("amy")] });
        await CommittedAsync(Samples.After(first));

        Assert.Single(await ListAsync(Amy));
    }

    /// <summary>Parts have the same names in every case.</summary>
    [Fact]
    public async Task Work_of_other_cases_is_left_alone()
    {
        var one = await CommittedAsync(Samples.New() with { WorkToSet = [Approval(1)] });
        var other = await CommittedAsync(Samples.New() with { WorkToSet = [Approval(1)] });
        await CommittedAsync(Samples.After(one) with { WorkToRemove = [Key(Approval(1))] });

        Assert.Equal(AggregateId.Of(other.Id), Assert.Single(await ListAsync(Approvers)).Of);
    }

    /// <summary>Nobody sees the work of another house.</summary>
    [Fact]
    public async Task Another_tenants_work_is_not_found()
    {
        await CommittedAsync(Samples.New(owner: Stranger) with { WorkToSet = [Handle("amy")] });

        Assert.Empty(await ListAsync(Amy));
        Assert.Empty(await Ports.Work.CountWorkAsync(Tenant, new([Amy]), None));
        Assert.Empty(await AllAsync(Ports.Work.AllWorkAsync(Tenant, None)));
    }

    /// <summary>The most pressing first; what has no limit waits behind everything.</summary>
    [Fact]
    public async Task Work_is_listed_by_due_instant_across_lanes()
    {
        await CommittedAsync(Samples.New() with { WorkToSet = [Handle("amy")] });
        await CommittedAsync(Samples.New() with { WorkToSet = [Approval(1) with { Due = At(2) }] });
        await CommittedAsync(Samples.New() with { WorkToSet = [Handle("amy") with { Due = At(3) }] });
        await CommittedAsync(Samples.New() with { WorkToSet = [Handle(null, "north") with { Due = At(1) }] });

        Assert.Equal([At(1), At(2), At(3), null], (await ListAsync(Amy, North, Approvers)).Select(item => item.Row.Due));
    }

    /// <summary>Pages follow each other, also where many are due at once and where none is.</summary>
    [Fact]
    public async Task Pages_visit_everything_once()
    {
        for (var i = 0; i < 7; i++)
        {
            await CommittedAsync(Samples.New() with
            {
                WorkToSet = [Handle("amy") with { Due = i < 4 ? At(1) : null }, Promise(1) with { Due = At(1) }, Promise(2)],
            });
        }
        var whole = await Ports.Work.ListWorkAsync(Tenant, new([Amy]) { Take = 500 }, None);
        var paged = new List<WorkItem>();
        for (var filter = new WorkFilter([Amy]) { Take = 4 }; ;)
        {
            var page = await Ports.Work.ListWorkAsync(Tenant, filter, None);
            paged.AddRange(page);
            if (page.Length < 4)
                break;
            filter = filter with { After = page[^1].Position };
        }

        Assert.Equal(21, whole.Length);
        Assert.Equal(whole, paged);
    }

    /// <summary>Four eyes: who asked does not find it among what is to be answered.</summary>
    [Fact]
    public async Task Who_must_not_do_it_does_not_find_it()
    {
        await CommittedAsync(Samples.New() with { WorkToSet = [Approval(1) with { NotFor = ["amy", "ben"] }] });
        await CommittedAsync(Samples.New() with { WorkToSet = [Approval(1)] });

        Assert.Single(await Ports.Work.ListWorkAsync(Tenant, new([Approvers]) { ExceptNotFor = ["ben"] }, None));
        Assert.Equal(2, (await Ports.Work.ListWorkAsync(Tenant, new([Approvers]) { ExceptNotFor = ["be", "a"] }, None)).Length);
    }

    /// <summary>What exceeds one's authority is for somebody else.</summary>
    [Fact]
    public async Task A_lane_of_a_duty_ends_at_its_authority()
    {
        await CommittedAsync(Samples.New() with { WorkToSet = [Approval(1) with { Amount = 200 }] });
        await CommittedAsync(Samples.New() with { WorkToSet = [Approval(1) with { Amount = 200.0001m }] });

        Assert.Equal(200, Assert.Single(await ListAsync(Approvers with { Authority = 200 })).Row.Amount);
        Assert.Equal(2, (await ListAsync(Approvers with { Authority = 1_000_000_000_000 })).Length);
    }

    private static WorkRow Handle(string? person, string? team = null) => new("handle") { Person = person, Team = team, Since = At(0) };

    private static WorkRow Promise(int number) => new("promise", Subject.Of("commitment", number)) { Person = "amy", Since = At(0) };

    private static WorkRow Approval(int number) => new("approve", Subject.Of("approval", number)) { Duty = "approve", Since = At(0) };

    private static WorkKey Key(WorkRow row) => new(row.Work, row.Subject);

    private static Instant At(int hours) => SampleCommits.Start + Duration.FromHours(hours);

    private ValueTask<ImmutableArray<WorkItem>> ListAsync(params ImmutableArray<WorkLane> lanes) => PassingAsync(new(lanes));

    private ValueTask<ImmutableArray<WorkItem>> PassingAsync(WorkFilter filter) => Ports.Work.ListWorkAsync(Tenant, filter, None);
}
