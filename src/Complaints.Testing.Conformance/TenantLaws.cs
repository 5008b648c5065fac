using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Storage;
using Xunit;

namespace Complaints.Testing.Conformance;

/// <summary>Nobody reads or changes another tenant's complaints.</summary>
/// <inheritdoc/>
public abstract class TenantLaws<TFixture> : StoreLaws<TFixture> where TFixture : IStoreFixture, new()
{
    /// <summary>Knowing an id gives no right to it.</summary>
    [Fact]
    public async Task Another_tenants_complaint_is_not_loaded()
    {
        var commit = Samples.New();
        await CommittedAsync(commit with { NewKeys = [Samples.Key(commit.Summary.Person)],
            TimersToSet = [new("resolution/1", "breach", SampleCommits.Start)] });

        var loaded = await Store.LoadAsync(Stranger, commit.Id, commit.Command!.Id, None);
        Assert.Null(loaded.Complaint);
        Assert.Null(loaded.Earlier);
        Assert.Empty(loaded.Keys);
        Assert.Empty(loaded.Timers);
    }

    /// <summary>Nor a right to change it.</summary>
    [Fact]
    public async Task Another_tenants_complaint_is_not_changed()
    {
        var commit = await CommittedAsync(Samples.New());

        await RefusedAsync(Samples.After(commit) with { Tenant = Stranger });
        Same(commit.State, (await StoredAsync(commit)).State);
    }

    /// <summary>Nothing of it is listed, found, counted, scanned or told.</summary>
    [Fact]
    public async Task Another_tenants_complaint_is_not_read()
    {
        var commit = await CommittedAsync(Samples.New(
            summary => summary with { Source = "weibo", SourceHash = "weibo/1" }) with { Lookups = [SampleCommits.Phone("a")],
            Outbox = [Samples.Message()] });

        Assert.Empty((await Reader.ListAsync(Stranger, new ComplaintQuery { Lookup = "a" }, None)).Items);
        Assert.Empty((await Reader.ListAsync(Stranger, new ComplaintQuery(), None)).Items);
        Assert.Equal(new MatchCount(0, false), await Reader.CountAsync(Stranger, new ComplaintQuery(), None));
        Assert.Null(await Reader.FindAsync(Stranger, new(commit.Summary.Number), None));
        Assert.Null(await Reader.FindAsync(Stranger, new(SourceHash: "weibo/1"), None));
        Assert.Empty(await Reader.HistoryAsync(Stranger, commit.Id, None));
        Assert.Empty(await AllAsync(Reader.ScanAsync(Stranger, None)));
        Assert.Equal(new StoreCounts(0, 0, 0, 0), await Reader.CountAsync(Stranger, None));
    }

    /// <summary>Another tenant's customer is no candidate, though the hash be the same.</summary>
    [Fact]
    public async Task Another_tenants_complaint_is_no_candidate()
    {
        var commit = await CommittedAsync(Samples.New(
            summary => summary with { Source = "weibo", SourceHash = "weibo/1" }) with { Lookups = [SampleCommits.Phone("a")] });

        var loaded = await Store.LoadIntakeAsync(new IntakeQuery(Stranger, commit.Command!.Id, [SampleCommits.Phone("a")], 2026, 0,
            "weibo/1"), None);
        Assert.Empty(loaded.Candidates);
        Assert.Null(loaded.Earlier);
        Assert.Null(loaded.Existing);
    }

    /// <summary>Tenants count, name and command on their own.</summary>
    [Fact]
    public async Task Numbers_sources_and_command_ids_of_another_tenant_stand_in_nobodys_way()
    {
        var commit = await CommittedAsync(Samples.New(summary => summary with { Source = "weibo", SourceHash = "weibo/1" }));
        var theirs = Samples.New(summary => summary with { Number = commit.Summary.Number, Source = "weibo", SourceHash = "weibo/1" },
            Stranger);

        await CommittedAsync(theirs with { Command = commit.Command });
        Assert.Equal(1, (await CountsAsync()).Complaints);
    }

    /// <summary>Two tenants may even have a complaint of the same id; each keeps its own.</summary>
    [Fact]
    public async Task The_same_complaint_id_in_two_tenants_is_two_complaints()
    {
        var ours = await CommittedAsync(Samples.New());
        var theirs = await CommittedAsync(Samples.New(summary => summary with { Id = ours.Id }, Stranger));
        await CommittedAsync(Samples.After(theirs));

        Same(ours.State, (await StoredAsync(ours)).State);
        Assert.Equal(2, (await Reader.HistoryAsync(Tenant, ours.Id, None)).Length);
        Assert.Equal(4, (await Reader.HistoryAsync(Stranger, ours.Id, None)).Length);
    }

    /// <summary>Keys, definitions, checkpoints and imports are a tenant's own as well.</summary>
    [Fact]
    public async Task Keys_definitions_checkpoints_and_imports_are_the_tenants_own()
    {
        var person = Samples.New().Summary.Person;
        await Ports.Keys.AddAsync(Tenant, Samples.Key(person), None);
        await Ports.Definitions.TryAddAsync(new Definition(Tenant, "policy", "urgent", 1, "{}", SampleCommits.Start, "adam"), None);
        await Ports.Chains.SaveCheckpointAsync(Tenant, new CheckpointPart(1, SampleCommits.Start, SampleCommits.Bytes("body"), SampleCommits.Bytes("mac")), None);
        await Ports.Importer.ImportAsync(
            [Samples.New(summary => summary with { Source = "ledger", SourceHash = "ledger/1" }) with { Command = null }], None);

        Assert.Empty(await Ports.Keys.GetAsync(Stranger, [person], None));
        Assert.False(await Ports.Keys.DestroyAsync(Stranger, person, None));
        Assert.Empty(await Ports.Definitions.ListAsync(Stranger, None));
        Assert.Empty(await AllAsync(Ports.Chains.CheckpointsAsync(Stranger, None)));
        Assert.Empty(await AllAsync(Ports.Chains.HeadsAsync(Stranger, None)));
        Assert.Empty(await AllAsync(Ports.Chains.EventsAsync(Stranger, None)));
        Assert.Empty(await Ports.Importer.KnownAsync(Stranger, ["ledger/1"], None));
    }
}
