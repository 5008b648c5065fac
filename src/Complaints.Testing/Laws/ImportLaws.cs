using Complaints.Core.Storage;
using Xunit;

namespace Complaints.Testing.Laws;

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
            Assert.Equal(commit.Summary.SourceId, (await SummaryAsync(commit)).SourceId);
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
    public async Task Known_ids_are_those_of_the_same_source()
    {
        await Ports.Importer.ImportAsync(Batch(1, 2), None);

        Assert.Equal(["1", "2"], (await Ports.Importer.KnownAsync(Tenant, "ledger", ["2", "1", "9"], None)).Order());
        Assert.Empty(await Ports.Importer.KnownAsync(Tenant, "other", ["1"], None));
        Assert.Empty(await Ports.Importer.KnownAsync(Tenant, "ledger", [], None));
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

    private List<ComplaintCommit> Batch(params int[] sourceIds) =>
        [.. sourceIds.Select(id => Samples.New(summary => summary with { Source = "ledger", SourceId = $"{id}", Imported = true, SourceInTime = false }) with { Command = null })];
}
