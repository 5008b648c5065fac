using Complaints.Core;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Storage;
using NodaTime;
using Xunit;
using static Complaints.Testing.Conformance.SampleCommits;

namespace Complaints.Testing.Conformance;

/// <summary>What a new complaint finds: similar ones, numbers, what its source is known as.</summary>
/// <inheritdoc/>
public abstract partial class IntakeLaws<TFixture> : StoreLaws<TFixture> where TFixture : IStoreFixture, new()
{
    /// <summary>Duplicates and repeats are judged from what the candidate says.</summary>
    [Fact]
    public async Task A_candidate_carries_what_repeats_are_judged_by()
    {
        var commit = await CommittedAsync(Samples.New(
            summary => summary with { Category = "delivery", Subcategory = "late", ItemKind = "order", ItemModel = "m", ItemHash = "ih",
            State = ComplaintState.Investigating }) with { Lookups = [Phone("a")] });

        var candidate = Assert.Single((await IntakeAsync("a")).Candidates);
        Assert.Equal(
            new IntakeCandidate(commit.Id, commit.Summary.Number, ComplaintState.Investigating, commit.Summary.ReceivedAt,
                commit.Summary.Person,
                new("delivery", "late", "order", "m", "ih")), candidate);
    }

    /// <summary>A candidate shows where the complaint stands now, not where it stood when it was filed.</summary>
    [Fact]
    public async Task A_candidate_is_as_it_stands_now()
    {
        var first = await CommittedAsync(Samples.New() with { Lookups = [Phone("a")] });
        await CommittedAsync(Samples.After(first, summary => summary with { State = ComplaintState.Resolved }));

        Assert.Equal(ComplaintState.Resolved, Assert.Single((await IntakeAsync("a")).Candidates).State);
    }

    /// <summary>A customer with a phone number and an e-mail address is one customer.</summary>
    [Fact]
    public async Task A_complaint_that_several_lookups_meet_is_one_candidate()
    {
        await CommittedAsync(Samples.New() with { Lookups = [Phone("a"), Phone("b")] });

        Assert.Single((await IntakeAsync("a", "b")).Candidates);
    }

    /// <summary>Only equal hashes meet; a hash has no beginning.</summary>
    [Fact]
    public async Task Other_lookups_meet_nothing()
    {
        await CommittedAsync(Samples.New() with { Lookups = [Phone("abc")] });

        Assert.Empty((await IntakeAsync("ab", "ABC", "abcd")).Candidates);
        Assert.Empty((await IntakeAsync()).Candidates);
    }

    /// <summary>A look-up that a later command adds is found as well.</summary>
    [Fact]
    public async Task A_lookup_may_be_added_later_and_again()
    {
        var first = await CommittedAsync(Samples.New() with { Lookups = [Phone("a")] });
        await CommittedAsync(Samples.After(first) with { Lookups = [Phone("a"), Phone("b")] });

        Assert.Single((await IntakeAsync("b")).Candidates);
    }

    /// <summary>Who gave another number is found by it, and no longer by the one that was wrong.</summary>
    [Fact]
    public async Task S158_What_is_given_anew_takes_the_place_of_what_was_there()
    {
        var first = await CommittedAsync(Samples.New(
            summary => summary with { CustomerHash = "a b", ItemHash = "i", Area = "south" }) with { Lookups = [Phone("a"), Phone("b")] });
        await CommittedAsync(Samples.After(first, summary => summary with { Area = "north", ItemKind = "order", ItemModel = "m" }) with
        {
            Amended = new() { Lookups = [new(Lookup.Phone, "b", 7), Reference("c")], CustomerHash = "=c b" },
        });

        Assert.Empty((await IntakeAsync("a")).Candidates);
        Assert.Single((await IntakeAsync("b")).Candidates);
        Assert.True(Assert.Single((await IntakeAsync("c")).Candidates).SharesReference);
        var now = Assert.Single((await Reader.ListAsync(first.Tenant, new(), None)).Items);
        Assert.Equal(("=c b", "i", "north", "order", "m"), (now.CustomerHash, now.ItemHash, now.Area, now.ItemKind, now.ItemModel));
    }

    /// <summary>Only what is given anew changes, and another complaint of the person keeps its own.</summary>
    [Fact]
    public async Task S158_What_is_not_given_anew_stays()
    {
        var first = await CommittedAsync(Samples.New(summary => summary with { CustomerHash = "a", ItemHash = "i" })
            with { Lookups = [Phone("a")] });
        var other = await CommittedAsync(Samples.New(summary => summary with { Person = first.Summary.Person, CustomerHash = "a" })
            with { Lookups = [Phone("a")] });
        var second = await CommittedAsync(Samples.After(first) with { Amended = new() { ItemHash = "j" } });
        Assert.Equal(2, (await IntakeAsync("a")).Candidates.Length);
        await CommittedAsync(Samples.After(second) with { Amended = new() { Lookups = [] } });

        Assert.Equal(other.Id, Assert.Single((await IntakeAsync("a")).Candidates).Id);
        var now = (await Reader.ListAsync(first.Tenant, new(), None)).Items.Single(item => item.Id == first.Id);
        Assert.Null(now.CustomerHash);
        Assert.Equal("j", now.ItemHash);
    }

    /// <summary>The newest complaint is the likeliest duplicate; more than twenty tell a person nothing.</summary>
    [Fact]
    public async Task Candidates_are_the_newest_twenty_first()
    {
        var all = new List<ComplaintCommit>();
        for (var i = 0; i < 22; i++)
            all.Add(await CommittedAsync(Samples.New() with { Lookups = [Phone("a")] }));

        Assert.Equal(all.Select(commit => commit.Id).Reverse().Take(20), (await IntakeAsync("a")).Candidates.Select(candidate => candidate.Id));
    }

    /// <summary>A new complaint of a known person is sealed under the person's key, which comes along without another round trip.</summary>
    [Fact]
    public async Task The_key_of_the_newest_with_the_same_reference_comes_along()
    {
        foreach (var which in (string[])["older", "newer"])
        {
            var commit = Samples.New();
            await CommittedAsync(commit with { Lookups = [Reference("a")], NewKeys = [Samples.Key(commit.Summary.Person, which)] });
        }

        Same(SampleCommits.Bytes("newer"), (await IntakeAsync("a")).Key!.Value);
    }

    /// <summary>A number that a family or a switchboard shares makes nobody the same person: the complaint is found, its key is
    /// not.</summary>
    [Fact]
    public async Task A_common_phone_number_brings_no_key()
    {
        var commit = Samples.New();
        var key = Samples.Key(commit.Summary.Person);
        await CommittedAsync(commit with { Lookups = [Reference("r"), Phone("a")], NewKeys = [key] });
        await CommittedAsync(Samples.New() with { Lookups = [Phone("b")] });

        var loaded = await IntakeAsync("a", "b");
        Assert.Null(loaded.Key);
        Assert.Equal(
            [(false, false), (false, true)], loaded.Candidates.Select(candidate => (candidate.SharesReference, candidate.HasReference)));
    }

    /// <summary>However many others have the number: who shares the reference comes first, or one person would become two.</summary>
    [Fact]
    public async Task Who_shares_the_reference_comes_before_newer_ones_that_share_a_number()
    {
        var same = Samples.New();
        var key = Samples.Key(same.Summary.Person, "same");
        await CommittedAsync(same with { Lookups = [Reference("r"), Phone("a")], NewKeys = [key] });
        for (var i = 0; i < 21; i++)
            await CommittedAsync(Samples.New() with { Lookups = [Phone("a")] });

        var loaded = await IntakeAsync("a", "r");
        Assert.Equal(20, loaded.Candidates.Length);
        Assert.Equal((same.Id, true), (loaded.Candidates[0].Id, loaded.Candidates[0].SharesReference));
        Assert.DoesNotContain(loaded.Candidates.Skip(1), candidate => candidate.SharesReference);
        Same(SampleCommits.Bytes("same"), loaded.Key!.Value);
    }

    /// <summary>A person who was erased starts anew: nobody finds them by anything, and others by what is their own.</summary>
    [Fact]
    public async Task The_lookups_of_an_erased_person_go_with_the_key()
    {
        var erased = Samples.New();
        var key = Samples.Key(erased.Summary.Person);
        await CommittedAsync(erased with { Lookups = [Reference("r"), Phone("a")], NewKeys = [key] });
        var other = await CommittedAsync(Samples.New() with { Lookups = [Phone("a")] });
        await Ports.Keys.DestroyAsync(Tenant, erased.Summary.Person, None);

        var loaded = await IntakeAsync("a", "r");
        Assert.Equal([other.Id], loaded.Candidates.Select(candidate => candidate.Id));
        Assert.Null(loaded.Key);
        var listed = await Reader.ListAsync(Tenant, new() { Lookup = "a" }, None);
        Assert.Equal([other.Summary.Number], listed.Items.Select(item => item.Number));
    }

    /// <summary>What is hashed of an erased person goes, so that nothing joins their complaints any more, also not a later version of
    /// them. Only the source's stays: its second delivery is known.</summary>
    [Fact]
    public async Task The_hashes_of_an_erased_person_go_and_the_sources_stays()
    {
        var erased = Samples.New(summary => summary with
        {
            CustomerHash = "c", ItemHash = "i", RepeatHash = "r", Source = "weibo", SourceHash = "weibo/1",
        });
        await CommittedAsync(erased with { NewKeys = [Samples.Key(erased.Summary.Person)] });
        var other = await CommittedAsync(Samples.New(summary => summary with { CustomerHash = "c", ItemHash = "i", RepeatHash = "r" }));
        await Ports.Keys.DestroyAsync(Tenant, erased.Summary.Person, None);
        await CommittedAsync(Samples.After(erased, summary => summary with { State = ComplaintState.Withdrawn }));

        var read = await SummaryAsync(erased);
        Assert.Equal((null, null, null, "weibo/1"), (read.CustomerHash, read.ItemHash, read.RepeatHash, read.SourceHash));
        Assert.Equal(ComplaintState.Withdrawn, read.State);
        Assert.Equal(erased.Id, (await SourceAsync("weibo", "1")).Existing);
        read = await SummaryAsync(other);
        Assert.Equal(("c", "i", "r"), (read.CustomerHash, read.ItemHash, read.RepeatHash));
    }

    /// <summary>Numbers are handed out once: blocks follow each other without overlap.</summary>
    [Fact]
    public async Task Blocks_of_numbers_follow_each_other_from_one()
    {
        Assert.Equal(1, await BlockAsync(Tenant, 2026, 32));
        Assert.Equal(33, await BlockAsync(Tenant, 2026, 10));
        Assert.Equal(43, await BlockAsync(Tenant, 2026, 1));
    }

    /// <summary>Numbers begin again with the year, and every tenant counts for itself.</summary>
    [Fact]
    public async Task Numbers_count_per_year_and_tenant()
    {
        await BlockAsync(Tenant, 2026, 32);

        Assert.Equal(1, await BlockAsync(Tenant, 2027, 32));
        Assert.Equal(1, await BlockAsync(Stranger, 2026, 32));
    }

    /// <summary>A node that has numbers left must not use others up.</summary>
    [Fact]
    public async Task No_numbers_are_reserved_when_none_are_asked_for()
    {
        Assert.Equal(0, await BlockAsync(Tenant, 2026, 0));
        Assert.Equal(1, await BlockAsync(Tenant, 2026, 5));
    }

    /// <summary>Two nodes ask at the same time; no number may be given twice.</summary>
    [Fact]
    public async Task Blocks_reserved_at_the_same_time_do_not_overlap()
    {
        var firsts = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => BlockAsync(Tenant, 2026, 7))));

        Assert.Equal(Enumerable.Range(0, 40).Select(block => 1L + 7 * block), firsts.Order());
    }

    /// <summary>A post that is filed again is answered with the complaint that it became.</summary>
    [Fact]
    public async Task A_complaint_known_under_the_sources_id_is_found_at_intake()
    {
        var commit = await CommittedAsync(Samples.New(summary => summary with { Source = "weibo", SourceHash = "weibo/1" }));

        Assert.Equal(commit.Id, (await SourceAsync("weibo", "1")).Existing);
        Assert.Null((await SourceAsync("weibo", "2")).Existing);
        Assert.Null((await SourceAsync("forum", "1")).Existing);
    }

    /// <summary>Everything that an intake needs comes at once, also when it takes numbers along.</summary>
    [Fact]
    public async Task Numbers_candidates_command_and_source_come_together()
    {
        var first = Samples.New(summary => summary with { Source = "weibo", SourceHash = "weibo/1" });
        first = await CommittedAsync(first with { Lookups = [Reference("a")], NewKeys = [Samples.Key(first.Summary.Person)] });

        var loaded = await Store.LoadIntakeAsync(new IntakeQuery(Tenant, first.Command!.Id, [Phone("a")], 2026, 8, "weibo/1"), None);
        Assert.Equal(1, loaded.FirstNumber);
        Assert.Equal(first.Id, Assert.Single(loaded.Candidates).Id);
        Assert.Equal(first.Command.Hash, loaded.Earlier?.Hash);
        Assert.Equal(first.Id, loaded.Existing);
        Assert.NotNull(loaded.Key);
    }

    /// <summary>Who is given a new complaint is chosen by what people have in hand: open or on hold, of this tenant, and no more.</summary>
    [Fact]
    public async Task S038_The_loads_of_those_who_are_asked_for_come_along()
    {
        foreach (var (owner, state) in ((string?, ComplaintState)[])
            [("amy", ComplaintState.Registered), ("amy", ComplaintState.OnHold), ("amy", ComplaintState.Executing),
                ("amy", ComplaintState.Closed), ("amy", ComplaintState.Resolved), ("ben", ComplaintState.Proposing),
                ("cai", ComplaintState.Registered), (null, ComplaintState.Registered)])
            await CommittedAsync(Samples.New(summary => summary with { Owner = owner, State = state }));
        var moved = await CommittedAsync(Samples.New(summary => summary with { Owner = "ben" }));
        await CommittedAsync(Samples.After(moved, summary => summary with { Owner = "amy" }));
        await CommittedAsync(Samples.New(summary => summary with { Owner = "amy" }, Stranger));

        foreach (var (numbers, nextNumber) in ((int, bool)[])[(0, false), (4, false), (0, true)])
        {
            var loaded = await Store.LoadIntakeAsync(
                new IntakeQuery(Tenant, default, [], 2026, numbers, NextNumber: nextNumber, LoadsOf: ["amy", "ben", "nobody"]), None);
            Assert.Equal([new OwnerLoad("amy", 4), new OwnerLoad("ben", 1)],
                loaded.Loads.Where(load => load.Open > 0).OrderBy(load => load.Owner, StringComparer.Ordinal));
        }
        Assert.Empty((await IntakeAsync()).Loads);
    }

    private ValueTask<LoadedIntake> SourceAsync(string source, string id) =>
        Store.LoadIntakeAsync(new IntakeQuery(Tenant, default, [], 2026, 0, $"{source}/{id}"), None);

    private async Task<long> BlockAsync(TenantId tenant, int year, int size) =>
        (await Store.LoadIntakeAsync(new IntakeQuery(tenant, new CommandId(Samples.NewId()), [], year, size), None)).FirstNumber;
}
