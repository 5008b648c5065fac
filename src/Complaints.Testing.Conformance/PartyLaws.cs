using System.Collections.Immutable;
using Complaints.Core;
using Complaints.Core.Storage;
using Xunit;

namespace Complaints.Testing.Conformance;

/// <summary>Who takes part is written with the state from which it follows, and bounds lists, counts and work.</summary>
/// <inheritdoc/>
public abstract class PartyLaws<TFixture> : StoreLaws<TFixture> where TFixture : IStoreFixture, new()
{
    private const string Logistics = "department/logistics";
    private const string North = "team/north";
    private const string Amy = "person/amy";

    /// <summary>What somebody else takes part in is in no page and in no count.</summary>
    [Fact]
    public async Task Of_some_parties_their_own_are_listed_and_counted()
    {
        var (one, other, _) = (await NewAsync(Logistics), await NewAsync(North, Amy), await NewAsync());
        foreach (var order in Enum.GetValues<ComplaintOrder>())
        {
            Assert.Equal([one.Id], await ListAsync(order, Logistics));
            Assert.Equal([other.Id], await ListAsync(order, Amy, North));
            Assert.Equal(2, (await ListAsync(order, Amy, Logistics)).Count);
            Assert.Empty(await ListAsync(order, "person/ann"));
            Assert.Empty(await ListAsync(order));
        }
        Assert.Equal(1, (await Reader.CountAsync(Tenant, Of(Logistics), None)).Count);
        Assert.Equal(2, (await Reader.CountAsync(Tenant, Of(Amy, North, Logistics), None)).Count);
        Assert.Equal(0, (await Reader.CountAsync(Tenant, Of(), None)).Count);
        Assert.Equal(3, (await Reader.CountAsync(Tenant, new ComplaintQuery(), None)).Count);
        Assert.Equal(0, (await Reader.CountAsync(Stranger, Of(Logistics), None)).Count);
    }

    /// <summary>Pages of one's own meet each once, forwards and back, and other filters count as well.</summary>
    [Fact]
    public async Task Pages_of_parties_visit_everything_once()
    {
        var own = new List<ComplaintId>();
        for (var i = 0; i < 7; i++)
        {
            await NewAsync("team/south");
            own.Add((await NewAsync(i % 2 == 0 ? [Logistics] : [North, Logistics])).Id);
        }
        foreach (var order in Enum.GetValues<ComplaintOrder>())
        {
            var query = Of(Logistics, North) with { Order = order, Take = 2 };
            var met = new List<ComplaintId>();
            var page = await Reader.ListAsync(Tenant, query, None);
            for (; ; page = await Reader.ListAsync(Tenant, query with { After = page.Next }, None))
            {
                met.AddRange(page.Items.Select(item => item.Id));
                if (page.Next is null)
                    break;
            }
            Assert.Equal(own.Count, met.Count);
            Assert.Equal(own.ToHashSet(), met.ToHashSet());
            var before = await Reader.ListAsync(Tenant, query with { Before = page.Previous }, None);
            Assert.Equal(met[^3..^1], before.Items.Select(item => item.Id));
        }
        Assert.Empty((await Reader.ListAsync(Tenant, Of(Logistics) with { Owner = "nobody", Order = ComplaintOrder.Newest }, None)).Items);
    }

    /// <summary>Who left is told nothing any more, and a conflict lets nobody in.</summary>
    [Fact]
    public async Task Parties_join_and_leave_with_the_commit_or_not_at_all()
    {
        var one = await NewAsync(Logistics, North);
        var next = await CommittedAsync(Samples.After(one) with { PartiesToSet = [Amy, North], PartiesToRemove = [Logistics] });
        await RefusedAsync(Samples.After(one) with { PartiesToSet = [Logistics], PartiesToRemove = [Amy] });

        Assert.Equal([new(one.Id, Amy), new(one.Id, North)], await AllAsync(Ports.Parties.AllPartiesAsync(Tenant, None)));
        Assert.Empty(await ListAsync(ComplaintOrder.Newest, Logistics));
        await CommittedAsync(Samples.After(next));
        Assert.Equal([one.Id], await ListAsync(ComplaintOrder.Newest, Amy));
    }

    /// <summary>Of a few complaints those are told in which one of the parties takes part.</summary>
    [Fact]
    public async Task Among_some_complaints_those_of_the_parties_are_found()
    {
        var (one, other, third) = (await NewAsync(Logistics), await NewAsync(North), await NewAsync(Amy));
        ComplaintId[] all = [one.Id, other.Id, third.Id, new(Samples.NewId())];

        Assert.Equal([one.Id, third.Id], (await Ports.Parties.InWhichAsync(Tenant, [Logistics, Amy], all, None)).OrderBy(id => id.Value));
        Assert.Empty(await Ports.Parties.InWhichAsync(Tenant, [], all, None));
        Assert.Empty(await Ports.Parties.InWhichAsync(Tenant, [Logistics], [other.Id], None));
        Assert.Empty(await Ports.Parties.InWhichAsync(Stranger, [Logistics], all, None));
    }

    /// <summary>Work on a case of others is not found, whoever has it; what somebody has by name on no complaint is.</summary>
    [Fact]
    public async Task Work_is_found_and_counted_within_the_parties()
    {
        var row = new WorkRow("handle") { Team = "north", Since = SampleCommits.Start };
        var own = await CommittedAsync(Samples.New() with { PartiesToSet = [North], WorkToSet = [row] });
        await CommittedAsync(Samples.New() with { PartiesToSet = [Logistics], WorkToSet = [row] });
        var improvement = new SampleAggregates(Tenant, Samples).New();
        var mine = new WorkRow("action") { Person = "amy", Since = SampleCommits.Start };
        var theirs = new WorkRow("effect") { Team = "north", Since = SampleCommits.Start };
        Assert.Equal(CommitOutcome.Committed, await Ports.Aggregates.CommitAsync(improvement with { WorkToSet = [mine, theirs] }, None));
        var filter = new WorkFilter([new(WorkLaneKind.Team, "north"), new(WorkLaneKind.Person, "amy")]);

        Assert.Equal(4, (await Ports.Work.ListWorkAsync(Tenant, filter, None)).Length);
        var within = filter with { Parties = [Amy, North] };
        Assert.Equal(["action", "handle"], (await Ports.Work.ListWorkAsync(Tenant, within, None)).Select(item => item.Row.Work).Order());
        Assert.Contains(await Ports.Work.ListWorkAsync(Tenant, within, None), item => item.Of == AggregateId.Of(own.Id));
        Assert.Equal(2, (await Ports.Work.CountWorkAsync(Tenant, within, None)).Sum(count => count.Count));
        Assert.Equal("action", Assert.Single(await Ports.Work.ListWorkAsync(Tenant, filter with { Parties = [] }, None)).Row.Work);
    }

    /// <summary>What comes in by an import has its parties, too.</summary>
    [Fact]
    public async Task Parties_of_an_import_are_kept()
    {
        var commit = Samples.New(summary => summary with { SourceHash = "source", Imported = true }) with
        {
            PartiesToSet = [Logistics, Amy],
        };
        Assert.Equal(1, await Ports.Importer.ImportAsync([commit], None));

        Assert.Equal([commit.Id], await ListAsync(ComplaintOrder.Oldest, Amy));
    }

    /// <summary>What drifted is put right while nobody has moved on.</summary>
    [Fact]
    public async Task A_repair_of_parties_holds_to_the_version()
    {
        var one = await NewAsync(Logistics);
        await Ports.Parties.RepairPartyAsync(Tenant, new(one.Id, 2, Logistics, Remove: true), None);
        await Ports.Parties.RepairPartyAsync(Tenant, new(one.Id, 2, Amy, Remove: false), None);
        Assert.Equal([new StoredParty(one.Id, Logistics)], await AllAsync(Ports.Parties.AllPartiesAsync(Tenant, None)));

        await Ports.Parties.RepairPartyAsync(Tenant, new(one.Id, 1, Logistics, Remove: true), None);
        await Ports.Parties.RepairPartyAsync(Tenant, new(one.Id, 1, Amy, Remove: false), None);
        await Ports.Parties.RepairPartyAsync(Tenant, new(new(Samples.NewId()), 0, Amy, Remove: false), None);
        Assert.Equal([new StoredParty(one.Id, Amy)], await AllAsync(Ports.Parties.AllPartiesAsync(Tenant, None)));
        Assert.Equal([one.Id], await ListAsync(ComplaintOrder.Newest, Amy));
        Assert.Empty(await AllAsync(Ports.Parties.AllPartiesAsync(Stranger, None)));
    }

    private Task<ComplaintCommit> NewAsync(params ImmutableArray<string> parties) =>
        CommittedAsync(Samples.New() with { PartiesToSet = parties });

    private static ComplaintQuery Of(params ImmutableArray<string> parties) => new() { Parties = parties };

    private async Task<List<ComplaintId>> ListAsync(ComplaintOrder order, params ImmutableArray<string> parties) =>
        [.. (await Reader.ListAsync(Tenant, Of(parties) with { Order = order }, None)).Items.Select(item => item.Id)];
}
