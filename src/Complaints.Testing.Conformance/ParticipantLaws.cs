using Complaints.Core;
using Complaints.Core.Storage;
using NodaTime;
using Xunit;

namespace Complaints.Testing.Conformance;

/// <summary>Complaints in which several persons take part, each with a key of their own.</summary>
/// <inheritdoc/>
public abstract class ParticipantLaws<TFixture> : StoreLaws<TFixture> where TFixture : IStoreFixture, new()
{
    private readonly SubjectId _ann = new(new Guid(11, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    private readonly SubjectId _bea = new(new Guid(12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));

    /// <summary>A command seals words of anybody who takes part with what one load brings.</summary>
    [Fact]
    public async Task The_keys_of_everybody_who_takes_part_are_loaded_with_the_complaint()
    {
        var commit = await WithAnnAsync();
        await CommittedAsync(Joining(commit, _bea));

        HasKeys(await LoadAsync(commit), commit.Summary.Person, _ann, _bea);
        var other = await CommittedAsync(Samples.New());
        HasKeys(await LoadAsync(other));
    }

    /// <summary>So does a sweep with what it claims.</summary>
    [Fact]
    public async Task A_claim_brings_the_keys_of_everybody_who_takes_part()
    {
        var timer = new TimerRow("resolution/1", "breach", SampleCommits.Start);
        var commit = await WithAnnAsync(timer);
        var other = Samples.New() with { TimersToSet = [timer] };
        other = await CommittedAsync(other with { NewKeys = [Samples.Key(other.Summary.Person)] });

        var query = new TimerQuery(10, Duration.FromMinutes(1), SampleCommits.Start + Duration.FromHours(1));
        await using var claim = await Ports.Timers.ClaimDueAsync(Tenant, query, None);
        Assert.Equal(2, claim.Complaints.Length);
        foreach (var claimed in claim.Complaints)
        {
            if (claimed.Complaint!.Id == commit.Id)
                HasKeys(claimed, commit.Summary.Person, _ann);
            else
                HasKeys(claimed, other.Summary.Person);
        }
    }

    /// <summary>Erasing one of several leaves the words of the others.</summary>
    [Fact]
    public async Task A_destroyed_key_of_one_leaves_those_of_the_others()
    {
        var commit = await WithAnnAsync();
        await Ports.Keys.DestroyAsync(Tenant, commit.Summary.Person, None);
        HasKeys(await LoadAsync(commit), _ann);

        await Ports.Keys.DestroyAsync(Tenant, _ann, None);
        HasKeys(await LoadAsync(commit));
    }

    /// <summary>Words of two persons are written together or not at all.</summary>
    [Fact]
    public async Task Nothing_is_written_when_one_of_several_keys_was_destroyed()
    {
        var commit = await WithAnnAsync();
        await Ports.Keys.DestroyAsync(Tenant, _ann, None);

        await RefusedAsync(Samples.After(commit) with { SealedUnder = [commit.Summary.Person, _ann] });
        await CommittedAsync(Samples.After(commit) with { SealedUnder = [commit.Summary.Person] });
    }

    /// <summary>A conflict brings nobody along.</summary>
    [Fact]
    public async Task Nobody_takes_part_by_a_conflict()
    {
        var commit = await WithAnnAsync();
        var moved = await CommittedAsync(Samples.After(commit));
        await RefusedAsync(Joining(commit, _bea));
        HasKeys(await LoadAsync(commit), commit.Summary.Person, _ann);

        await CommittedAsync(Joining(moved, _bea));
        HasKeys(await LoadAsync(commit), commit.Summary.Person, _ann, _bea);
    }

    /// <summary>Imports bring participants too.</summary>
    [Fact]
    public async Task Who_takes_part_is_kept_by_an_import()
    {
        var commit = Samples.New(summary => summary with { SourceHash = "a", Imported = true });
        commit = commit with { NewKeys = [Samples.Key(commit.Summary.Person), Samples.Key(_ann)], NewPersons = [_ann] };
        Assert.Equal(1, await Ports.Importer.ImportAsync([commit], None));

        HasKeys(await LoadAsync(commit), commit.Summary.Person, _ann);
    }

    /// <summary>The same person may take part for one tenant only.</summary>
    [Fact]
    public async Task Another_tenants_participants_are_not_loaded()
    {
        var commit = await WithAnnAsync();
        Assert.Empty((await Store.LoadAsync(Stranger, commit.Id, default, None)).Keys);
    }

    private async Task<ComplaintCommit> WithAnnAsync(TimerRow? timer = null)
    {
        var commit = Samples.New();
        return await CommittedAsync(commit with
        {
            NewKeys = [Samples.Key(commit.Summary.Person), Samples.Key(_ann)],
            NewPersons = [_ann],
            TimersToSet = timer is null ? [] : [timer],
        });
    }

    private ComplaintCommit Joining(ComplaintCommit commit, SubjectId person) =>
        Samples.After(commit) with { NewKeys = [Samples.Key(person)], NewPersons = [person] };

    private static void HasKeys(LoadedComplaint loaded, params SubjectId[] persons)
    {
        Assert.Equal(persons.Select(person => person.Value).Order(), loaded.Keys.Select(key => key.Subject.Value).Order());
        Assert.All(loaded.Keys, key => Assert.False(key.Wrapped.IsEmpty));
    }
}
