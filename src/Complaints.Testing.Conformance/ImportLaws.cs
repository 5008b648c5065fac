using Complaints.Core.Storage;
using Xunit;
using static Complaints.Testing.Conformance.SampleCommits;

namespace Complaints.Testing.Conformance;

/// <summary>Ledgers come in batches.</summary>
/// <inheritdoc/>
public abstract class ImportLaws<TFixture> : StoreLaws<TFixture> where TFixture : IStoreFixture, new()
{
    /// <summary>An imported complaint is a complaint like any other.</summary>
    [Fact]
    public async Task Imported_complaints_are_there_with_state_columns_and_history()
    {
        var batch = Batch(1, 2, 3);

        Assert.Equal(3, await Ports.Importer.ImportAsync(batch, None));
        foreach (var commit in batch)
        {
            Same(commit.State, (await StoredAsync(commit)).State);
            Assert.Equal(commit.Summary.SourceHash, (await SummaryAsync(commit)).SourceHash);
            Assert.Equal(2, (await Reader.HistoryAsync(Tenant, commit.Id, None)).Length);
        }
    }

    /// <summary>The same file again adds nothing.</summary>
    [Fact]
    public async Task What_is_known_under_its_sources_id_is_left_out()
    {
        await Ports.Importer.ImportAsync(Batch(1, 2), None);

        Assert.Equal(1, await Ports.Importer.ImportAsync(Batch(1, 2, 3), None));
        Assert.Equal(3, (await CountsAsync()).Complaints);
        Assert.Equal(6, (await CountsAsync()).Events);
    }

    /// <summary>A ledger may name a case twice.</summary>
    [Fact]
    public async Task A_sources_id_twice_in_a_batch_is_imported_once()
    {
        Assert.Equal(1, await Ports.Importer.ImportAsync(Batch(1, 1), None));
        Assert.Equal(1, (await CountsAsync()).Complaints);
    }

    /// <summary>Import is silent and knows its rows by their source: it leaves no command, timer or message.</summary>
    [Fact]
    public async Task An_import_leaves_no_timer_and_no_message()
    {
        await Ports.Importer.ImportAsync(Batch(1), None);

        var counts = await CountsAsync();
        Assert.Equal((0, 0), (counts.Timers, counts.Outbox));
    }

    /// <summary>All or nothing, so that an import that failed can be taken up at the batch.</summary>
    [Fact]
    public async Task A_batch_with_a_number_that_is_taken_is_refused_whole()
    {
        var taken = await CommittedAsync(Samples.New());
        var batch = Batch(1, 2);
        batch[1] = batch[1] with { Summary = batch[1].Summary with { Number = taken.Summary.Number } };

        await Assert.ThrowsAnyAsync<StoreException>(async () => await Ports.Importer.ImportAsync(batch, None));
        Assert.Equal(1, (await CountsAsync()).Complaints);
        Assert.Equal(2, (await CountsAsync()).Events);
    }

    /// <summary>Before a batch is prepared, what is there already is left out.</summary>
    [Fact]
    public async Task Known_ids_are_those_that_are_there()
    {
        await Ports.Importer.ImportAsync(Batch(1, 2), None);

        Assert.Equal(["ledger/1", "ledger/2"], (
            await Ports.Importer.KnownAsync(Tenant, ["ledger/2", "ledger/1", "ledger/9", "other/1"], None)).Order());
        Assert.Empty(await Ports.Importer.KnownAsync(Tenant, [], None));
    }

    /// <summary>A batch may have been read from a file that ended.</summary>
    [Fact]
    public async Task An_empty_batch_imports_nothing() => Assert.Equal(0, await Ports.Importer.ImportAsync([], None));

    /// <summary>An imported complaint that is still open is adopted by a command like any other.</summary>
    [Fact]
    public async Task An_imported_complaint_can_be_committed_on()
    {
        var batch = Batch(1);
        await Ports.Importer.ImportAsync(batch, None);

        await CommittedAsync(Samples.After(batch[0]));
        Assert.Equal(2, (await StoredAsync(batch[0])).Version);
    }

    /// <summary>A customer of the ledger who complains again is recognised, and sealed under the same key.</summary>
    [Fact]
    public async Task Lookups_and_keys_of_an_import_are_kept()
    {
        var batch = Batch(1, 2);
        batch[1] = batch[1] with { Lookups = [Phone("a"), Reference("b")], NewKeys = [Samples.Key(batch[1].Summary.Person, "imported")] };
        await Ports.Importer.ImportAsync(batch, None);

        var loaded = await IntakeAsync("b");
        Assert.Equal(batch[1].Id, Assert.Single(loaded.Candidates).Id);
        Same(SampleCommits.Bytes("imported"), loaded.Key!.Value);
        Assert.Empty((await LoadAsync(batch[0])).Keys);
    }

    /// <summary>What is left out is left out whole: a key or look-up of it would belong to nobody.</summary>
    [Fact]
    public async Task What_is_left_out_leaves_nothing_behind()
    {
        await Ports.Importer.ImportAsync(Batch(1), None);
        var again = Batch(1);
        await Ports.Importer.ImportAsync(
            [again[0] with { Lookups = [Phone("a")], NewKeys = [Samples.Key(again[0].Summary.Person)], Outbox = [Samples.Message()] }],
            None);

        Assert.Equal(new StoreCounts(1, 2, 0, 0), await CountsAsync());
        Assert.Empty((await IntakeAsync("a")).Candidates);
        Assert.Empty(await Ports.Keys.GetAsync(Tenant, [again[0].Summary.Person], None));
    }

    /// <summary>What is sealed under a key that is not kept is lost.</summary>
    [Fact]
    public async Task A_batch_with_a_key_that_is_taken_is_refused_whole()
    {
        var batch = Batch(1, 2);
        await Ports.Keys.AddAsync(Tenant, Samples.Key(batch[1].Summary.Person, "first"), None);
        batch[1] = batch[1] with { NewKeys = [Samples.Key(batch[1].Summary.Person, "second")] };

        await Assert.ThrowsAnyAsync<StoreException>(async () => await Ports.Importer.ImportAsync(batch, None));
        Assert.Equal(0, (await CountsAsync()).Complaints);
    }

    /// <summary>A ledger without ids of its own cannot be recognised; all of it is wanted.</summary>
    [Fact]
    public async Task Rows_without_a_sources_id_are_all_written()
    {
        Assert.Equal(2, await Ports.Importer.ImportAsync([Samples.New() with { Command = null }, Samples.New() with { Command = null }], None));
        Assert.Equal(2, (await CountsAsync()).Complaints);
    }

    /// <summary>Batches of real imports are large, and every part of every row must find its complaint.</summary>
    [Fact]
    public async Task A_large_batch_is_written_whole()
    {
        var batch = Batch([.. Enumerable.Range(0, 700)]);
        batch = [.. batch.Select((commit, number) => commit with { Lookups = [Reference($"customer {number / 2}")],
            NewKeys = [Samples.Key(commit.Summary.Person, $"{number}")] })];

        Assert.Equal(700, await Ports.Importer.ImportAsync(batch, None));
        Assert.Equal(new StoreCounts(700, 1_400, 0, 0), await CountsAsync());
        Same(SampleCommits.Bytes("431"), Assert.Single((await LoadAsync(batch[431])).Keys).Wrapped);
        Same(batch[431].Events[1].Body, (await Reader.HistoryAsync(Tenant, batch[431].Id, None))[1].Body);
        Assert.Equal(2, (await IntakeAsync("customer 100")).Candidates.Length);
    }

    private List<ComplaintCommit> Batch(params int[] sourceIds) =>
        [.. sourceIds.Select(id => Samples.New(summary => summary with { Source = "ledger", SourceHash = $"ledger/{id}", Imported = true,
            SourceInTime = false }) with { Command = null })];
}
