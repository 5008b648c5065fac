using Complaints.Core.Definitions;
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

    private static Definition Policy(int version, string json) => new(Tenant, "policy", "urgent", version, json, SampleCommits.Start + Duration.FromSeconds(version), "adam");

    private async Task<Definition> AddedAsync(Definition definition)
    {
        Assert.True(await Ports.Definitions.TryAddAsync(definition, None));
        return definition;
    }
}
