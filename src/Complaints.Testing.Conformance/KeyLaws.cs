using Complaints.Core;
using Complaints.Core.Storage;
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
        await CommittedAsync(commit with { NewKeys = [Samples.Key(commit.Summary.Person)] });
        await Ports.Keys.DestroyAsync(Tenant, commit.Summary.Person, None);

        var loaded = await LoadAsync(commit);
        Assert.NotNull(loaded.Complaint);
        Assert.Empty(loaded.Keys);
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

    /// <summary>Whoever wraps keys anew goes through those of all tenants, each once, and in an order that pages can be cut from.</summary>
    [Fact]
    public async Task Keys_of_all_tenants_are_listed_page_by_page_in_order()
    {
        var subjects = new byte[] { 0x00, 0x01, 0x7f, 0x80, 0xff }.Select(first =>
            new SubjectId(new Guid([first, .. new byte[14], 1], bigEndian: true))).ToList();
        foreach (var owner in new[] { Stranger, Tenant }.SelectMany(tenant =>
            subjects.AsEnumerable().Reverse().Select(subject => new KeyOwner(tenant, subject))))
            await Ports.Keys.AddAsync(owner.Tenant, Samples.Key(owner.Subject, owner.ToString()), None);

        var listed = new List<StoredKey>();
        for (KeyOwner? after = null; listed.Count % 3 == 0 && listed.Count < 20; after = listed[^1].Owner)
            listed.AddRange(await Ports.Keys.ListKeysAsync(after, 3, None));
        Assert.Equal(new[] { Tenant, Stranger }.SelectMany(tenant => subjects.Select(subject => new KeyOwner(tenant, subject))),
            listed.Select(key => key.Owner));
        Assert.All(listed, key => Same(SampleCommits.Bytes(key.Owner.ToString()), key.Wrapped));
        Assert.Empty(await Ports.Keys.ListKeysAsync(listed[^1].Owner, 3, None));
    }

    /// <summary>A page of nothing is no page.</summary>
    [Fact]
    public async Task A_page_of_keys_holds_one_to_ten_thousand()
    {
        Assert.Empty(await Ports.Keys.ListKeysAsync(null, 10_000, None));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Ports.Keys.ListKeysAsync(null, 0, None));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Ports.Keys.ListKeysAsync(null, 10_001, None));
    }

    /// <summary>A key that was wrapped anew takes the place of the bytes that were read; of the others each stays as it is.</summary>
    [Fact]
    public async Task Keys_that_are_what_was_read_are_replaced_and_others_are_left_alone()
    {
        var (changed, gone) = (new SubjectId(Samples.NewId()), new SubjectId(Samples.NewId()));
        foreach (var subject in new[] { Person, changed })
            await Ports.Keys.AddAsync(Tenant, Samples.Key(subject, "read"), None);
        await Ports.Keys.AddAsync(Stranger, Samples.Key(Person, "read"), None);
        Assert.Equal(1, await Ports.Keys.ReplaceKeysAsync(Tenant, [Replacement(changed, "read", "by another")], None));

        Assert.Equal(1, await Ports.Keys.ReplaceKeysAsync(
            Tenant,
            [Replacement(changed, "read", "new"), Replacement(gone, "read", "new"), Replacement(Person, "read", "longer than before")],
            None));

        Same(SampleCommits.Bytes("longer than before"), Assert.Single(await Ports.Keys.GetAsync(Tenant, [Person], None)).Wrapped);
        Same(SampleCommits.Bytes("by another"), Assert.Single(await Ports.Keys.GetAsync(Tenant, [changed], None)).Wrapped);
        Same(SampleCommits.Bytes("read"), Assert.Single(await Ports.Keys.GetAsync(Stranger, [Person], None)).Wrapped);
        Assert.Empty(await Ports.Keys.GetAsync(Tenant, [gone], None));
        Assert.Equal(0, await Ports.Keys.ReplaceKeysAsync(Tenant, [], None));
    }

    /// <summary>An erasure between the reading and the writing holds: nobody is brought back by a key that is wrapped anew.</summary>
    [Fact]
    public async Task A_key_that_was_destroyed_after_it_was_read_never_comes_back()
    {
        await Ports.Keys.AddAsync(Tenant, Samples.Key(Person, "read"), None);
        await Ports.Keys.DestroyAsync(Tenant, Person, None);

        Assert.Equal(0, await Ports.Keys.ReplaceKeysAsync(Tenant, [Replacement(Person, "read", "new")], None));
        Assert.Empty(await Ports.Keys.GetAsync(Tenant, [Person], None));
        Assert.Empty(await Ports.Keys.ListKeysAsync(null, 10, None));
    }

    /// <summary>The same while both are under way, whichever comes first.</summary>
    [Fact]
    public async Task Keys_that_are_destroyed_while_they_are_replaced_are_gone()
    {
        var persons = Enumerable.Range(0, 40).Select(_ => new SubjectId(Samples.NewId())).ToList();
        foreach (var person in persons)
            await Ports.Keys.AddAsync(Tenant, Samples.Key(person, "read"), None);

        var replaced = Task.Run(async () =>
            await Ports.Keys.ReplaceKeysAsync(Tenant, [.. persons.Select(person => Replacement(person, "read", "new"))], None));
        await Task.WhenAll(persons.Where((_, index) => index % 2 == 0)
            .Select(person => Task.Run(async () => await Ports.Keys.DestroyAsync(Tenant, person, None))));

        Assert.InRange(await replaced, 20, 40);
        var left = await Ports.Keys.ListKeysAsync(null, 100, None);
        Assert.Equal(persons.Where((_, index) => index % 2 == 1), left.Select(key => key.Owner.Subject));
        Assert.All(left, key => Same(SampleCommits.Bytes("new"), key.Wrapped));
    }

    private static KeyReplacement Replacement(SubjectId subject, string seen, string wrapped) =>
        new(subject, SampleCommits.Bytes(seen), SampleCommits.Bytes(wrapped));

    /// <summary>A wrapped key is bytes of somebody else's making.</summary>
    [Fact]
    public async Task A_wrapped_key_may_hold_any_byte()
    {
        var bytes = Enumerable.Range(0, 256).Select(value => (byte)value).ToArray();
        await Ports.Keys.AddAsync(Tenant, new(Person, bytes), None);

        Same(bytes, Assert.Single(await Ports.Keys.GetAsync(Tenant, [Person, Person], None)).Wrapped);
    }
}
