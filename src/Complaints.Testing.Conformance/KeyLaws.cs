using Complaints.Core;
using Xunit;

namespace Complaints.Testing.Conformance;

/// <summary>The keys under which personal data is sealed.</summary>
/// <inheritdoc/>
public abstract class KeyLaws<TFixture> : StoreLaws<TFixture> where TFixture : IStoreFixture, new()
{
    private SubjectId Person { get; } = new(Guid.CreateVersion7(SampleCommits.Start.ToDateTimeOffset()));

    /// <summary>Two nodes make the tenant's key at once: both must work with the one that is kept.</summary>
    [Fact]
    public async Task The_first_key_is_kept_and_returned_to_whoever_comes_later()
    {
        Same(SampleCommits.Bytes("first"), (await Ports.Keys.AddAsync(Tenant, Samples.Key(Person, "first"), None)).Wrapped);
        Same(SampleCommits.Bytes("first"), (await Ports.Keys.AddAsync(Tenant, Samples.Key(Person, "second"), None)).Wrapped);
    }

    /// <summary>Of many that add at once, all get the same.</summary>
    [Fact]
    public async Task Of_many_that_add_at_once_all_get_the_same_key()
    {
        var kept = await Task.WhenAll(Enumerable.Range(0, 16)
            .Select(number => Task.Run(async () => Convert.ToHexString((await Ports.Keys.AddAsync(Tenant, Samples.Key(Person, $"{number}"), None)).Wrapped.Span))));

        Assert.Single(kept.Distinct());
    }

    /// <summary>A destroyed key is an erased person: there is no way back.</summary>
    [Fact]
    public async Task A_destroyed_key_is_gone()
    {
        await Ports.Keys.AddAsync(Tenant, Samples.Key(Person), None);

        Assert.True(await Ports.Keys.DestroyAsync(Tenant, Person, None));
        Assert.Empty(await Ports.Keys.GetAsync(Tenant, [Person], None));
        Assert.False(await Ports.Keys.DestroyAsync(Tenant, Person, None));
    }

    /// <summary>The complaint stays, without what was personal in it.</summary>
    [Fact]
    public async Task A_complaint_whose_persons_key_was_destroyed_loads_without_a_key()
    {
        var commit = Samples.New();
        await CommittedAsync(commit with { NewKey = Samples.Key(commit.Summary.Person) });
        await Ports.Keys.DestroyAsync(Tenant, commit.Summary.Person, None);

        var loaded = await LoadAsync(commit);
        Assert.NotNull(loaded.Complaint);
        Assert.Null(loaded.Key);
    }

    /// <summary>A page of a queue reveals many persons in one round trip; those that were erased are missing.</summary>
    [Fact]
    public async Task Several_keys_are_read_at_once_and_missing_ones_left_out()
    {
        var persons = Enumerable.Range(0, 5).Select(_ => new SubjectId(Samples.NewId())).ToList();
        foreach (var person in persons.Take(3))
            await Ports.Keys.AddAsync(Tenant, Samples.Key(person, person.ToString()), None);

        var keys = await Ports.Keys.GetAsync(Tenant, persons, None);
        Assert.Equal(persons.Take(3).Order(Comparer<SubjectId>.Create((a, b) => a.Value.CompareTo(b.Value))), keys.Select(key => key.Subject).OrderBy(subject => subject.Value));
        Assert.All(keys, key => Same(SampleCommits.Bytes(key.Subject.ToString()), key.Wrapped));
    }

    /// <summary>Nobody asked for is nobody found.</summary>
    [Fact]
    public async Task No_keys_are_read_for_nobody()
    {
        await Ports.Keys.AddAsync(Tenant, Samples.Key(Person), None);

        Assert.Empty(await Ports.Keys.GetAsync(Tenant, [], None));
    }

    /// <summary>Nodes share the keys, and the first one's counts for all.</summary>
    [Fact]
    public async Task Another_instance_gets_the_key_that_is_kept()
    {
        await Ports.Keys.AddAsync(Tenant, Samples.Key(Person, "first"), None);

        var other = await OpenAgainAsync();
        Same(SampleCommits.Bytes("first"), (await other.Keys.AddAsync(Tenant, Samples.Key(Person, "second"), None)).Wrapped);
        Assert.True(await other.Keys.DestroyAsync(Tenant, Person, None));
        Assert.Empty(await Ports.Keys.GetAsync(Tenant, [Person], None));
    }

    /// <summary>A wrapped key is bytes of somebody else's making.</summary>
    [Fact]
    public async Task A_wrapped_key_may_hold_any_byte()
    {
        var bytes = Enumerable.Range(0, 256).Select(value => (byte)value).ToArray();
        await Ports.Keys.AddAsync(Tenant, new(Person, bytes), None);

        Same(bytes, Assert.Single(await Ports.Keys.GetAsync(Tenant, [Person, Person], None)).Wrapped);
    }
}
