using Complaints.Core;
using Complaints.Core.Definitions;
using Complaints.Core.Storage;
using NodaTime;
using Xunit;

namespace Complaints.Testing.Conformance;

/// <summary>Definitions are only ever added.</summary>
/// <inheritdoc/>
public abstract class DefinitionLaws<TFixture> : StoreLaws<TFixture> where TFixture : IStoreFixture, new()
{
    /// <summary>A complaint is pinned to a version, so every version stays.</summary>
    [Fact]
    public async Task Every_version_is_kept_as_it_was_published()
    {
        var one = await AddedAsync(Policy(1, "{\"name\":\"应急\"}"));
        var two = await AddedAsync(Policy(2, "{ }"));

        var kept = await Ports.Definitions.ListAsync(Tenant, None);
        Assert.Equal([one, two], kept.OrderBy(definition => definition.Version));
        Assert.Equal(one.ContentHash, kept.Single(definition => definition.Version == 1).ContentHash);
    }

    /// <summary>Two administrators publish at once: the second must look again.</summary>
    [Fact]
    public async Task A_version_that_is_there_is_not_replaced()
    {
        var one = await AddedAsync(Policy(1, "{}"));

        Assert.False(await Ports.Definitions.TryAddAsync(Policy(1, "{\"other\":1}"), None));
        Assert.Equal(one, Assert.Single(await Ports.Definitions.ListAsync(Tenant, None)));
    }

    /// <summary>A calendar and a policy may have the same id.</summary>
    [Fact]
    public async Task Versions_count_per_kind_and_id()
    {
        await AddedAsync(Policy(1, "{}"));
        await AddedAsync(Policy(1, "{}") with { Kind = "calendar" });
        await AddedAsync(Policy(1, "{}") with { Id = "other" });

        Assert.Equal(3, (await Ports.Definitions.ListAsync(Tenant, None)).Length);
    }

    /// <summary>Of many that publish the same version, one wins.</summary>
    [Fact]
    public async Task Of_many_that_publish_one_version_one_wins()
    {
        var won = await Task.WhenAll(Enumerable.Range(0, 16)
            .Select(number => Task.Run(async () => await Ports.Definitions.TryAddAsync(Policy(1, $"{{\"n\":{number}}}"), None))));

        Assert.Single(won, true);
    }

    /// <summary>A definition's hash is of its text: another space would be another definition.</summary>
    [Fact]
    public async Task A_definitions_text_comes_back_character_for_character()
    {
        var text = "{ \"名称\" : \"应急 👩‍🔧\",\t\"a\":1e3 ,\r\n \"a\": \"'; --\" }\n";
        var definition = await AddedAsync(Policy(1, text));

        var kept = Assert.Single(await Ports.Definitions.ListAsync(Tenant, None));
        Assert.Equal((text, definition.ContentHash, definition.PublishedAt, definition.PublishedBy), (kept.Json, kept.ContentHash, kept.PublishedAt, kept.PublishedBy));
    }

    /// <summary>What one node publishes, all work by.</summary>
    [Fact]
    public async Task Another_instance_sees_what_was_published()
    {
        var other = await OpenAgainAsync();
        var one = await AddedAsync(Policy(1, "{}"));

        Assert.Equal(one, Assert.Single(await other.Definitions.ListAsync(Tenant, None)));
        Assert.False(await other.Definitions.TryAddAsync(Policy(1, "{ }"), None));
    }

    /// <summary>What holds from next month on is kept with its instant, to the microsecond.</summary>
    [Fact]
    public async Task X13_From_when_on_a_version_holds_is_kept()
    {
        var later = await AddedAsync(Policy(1,
            "{}") with { EffectiveFrom = SampleCommits.Start + Duration.FromDays(30) + Duration.FromTicks(10) });
        var now = await AddedAsync(Policy(2, "{}"));

        Assert.Equal([later, now], (await Ports.Definitions.ListAsync(Tenant, None)).OrderBy(definition => definition.Version));
    }

    /// <summary>A node asks for what is newer than what it has, and reads nothing where nothing is.</summary>
    [Fact]
    public async Task What_is_newer_than_a_mark_is_what_was_added_since()
    {
        Assert.Empty((await Ports.Definitions.NewerAsync(Tenant, null, None)).Added);
        var one = await AddedAsync(Policy(1, "{}"));
        var first = await Ports.Definitions.NewerAsync(Tenant, null, None);
        Assert.Equal([one], first.Added);

        var same = await Ports.Definitions.NewerAsync(Tenant, first.Mark, None);
        Assert.Empty(same.Added);
        Assert.Equal(first.Mark, same.Mark);

        var two = await AddedAsync(Policy(1, "{}") with { Id = "another" });
        var three = await AddedAsync(Policy(2, "{}"));
        var news = await Ports.Definitions.NewerAsync(Tenant, same.Mark, None);
        Assert.Equivalent(new[] { two, three }, news.Added, strict: true);
        Assert.Empty((await Ports.Definitions.NewerAsync(Tenant, news.Mark, None)).Added);
    }

    /// <summary>A mark that was asked for before the first version is none that hides it.</summary>
    [Fact]
    public async Task A_mark_of_nothing_hides_nothing()
    {
        var none = await Ports.Definitions.NewerAsync(Tenant, null, None);
        var one = await AddedAsync(Policy(1, "{}"));

        Assert.Equal([one], (await Ports.Definitions.NewerAsync(Tenant, none.Mark, None)).Added);
    }

    /// <summary>Clocks of nodes differ: what is published by the slower one is newer all the same.</summary>
    [Fact]
    public async Task What_a_slow_clock_publishes_is_newer_all_the_same()
    {
        await AddedAsync(Policy(5, "{}"));
        var mark = (await Ports.Definitions.NewerAsync(Tenant, null, None)).Mark;
        var slow = await AddedAsync(Policy(1, "{}"));

        Assert.Equal([slow], (await Ports.Definitions.NewerAsync(Tenant, mark, None)).Added);
    }

    /// <summary>A version that was refused because it is there already is not newer for that.</summary>
    [Fact]
    public async Task What_was_not_added_is_not_newer()
    {
        await AddedAsync(Policy(1, "{}"));
        var mark = (await Ports.Definitions.NewerAsync(Tenant, null, None)).Mark;
        Assert.False(await Ports.Definitions.TryAddAsync(Policy(1, "{\"other\":1}"), None));

        Assert.Empty((await Ports.Definitions.NewerAsync(Tenant, mark, None)).Added);
    }

    /// <summary>Several nodes publish while another one reads: in the end it has every version, each once.</summary>
    [Fact]
    public async Task Nobody_who_asks_for_news_misses_one_that_was_published_meanwhile()
    {
        const int Nodes = 4, Each = 25;
        var stores = new List<StorePorts> { Ports };
        for (var i = 1; i < Nodes; i++)
            stores.Add(await OpenAgainAsync());
        var publishing = Task.WhenAll(stores.Select((ports, node) => Task.Run(async () =>
        {
            for (var version = 1; version <= Each; version++)
                Assert.True(await ports.Definitions.TryAddAsync(Policy(version, "{}") with { Id = $"of-{node}" }, None));
        })));
        var read = new List<Definition>();
        DefinitionMark? mark = null;
        bool isLast;
        do
        {
            isLast = publishing.IsCompleted;
            var news = await stores[^1].Definitions.NewerAsync(Tenant, mark, None);
            read.AddRange(news.Added);
            mark = news.Mark;
        }
        while (!isLast);
        await publishing;

        Assert.Equal(Nodes * Each, read.Count);
        Assert.Equal(read.Count, read.Distinct().Count());
    }

    /// <summary>A mark is a tenant's own.</summary>
    [Fact]
    public async Task What_another_tenant_publishes_is_no_news()
    {
        await AddedAsync(Policy(1, "{}"));
        var mark = (await Ports.Definitions.NewerAsync(Tenant, null, None)).Mark;
        await AddedAsync(Policy(1, "{}") with { Tenant = new("somebody-else") });

        Assert.Empty((await Ports.Definitions.NewerAsync(Tenant, mark, None)).Added);
        Assert.Single((await Ports.Definitions.NewerAsync(new("somebody-else"), null, None)).Added);
    }

    private static Definition Policy(int version, string json) => new(Tenant, "policy", "urgent", version, json, SampleCommits.Start + Duration.FromSeconds(version), "adam");

    private async Task<Definition> AddedAsync(Definition definition)
    {
        Assert.True(await Ports.Definitions.TryAddAsync(definition, None));
        return definition;
    }
}
