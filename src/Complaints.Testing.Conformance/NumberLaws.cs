using Complaints.Core;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Storage;
using NodaTime;
using Xunit;

namespace Complaints.Testing.Conformance;

/// <summary>Numbers without gaps: each is taken with its complaint, in one transaction.</summary>
/// <inheritdoc/>
public abstract class NumberLaws<TFixture> : StoreLaws<TFixture> where TFixture : IStoreFixture, new()
{
    private const int Callers = 64;

    /// <summary>Whoever only asks takes nothing: the complaint may be refused.</summary>
    [Fact]
    public async Task The_next_number_is_told_and_not_taken()
    {
        Assert.Equal(1, await NextAsync());
        Assert.Equal(1, await NextAsync());
    }

    /// <summary>The number is taken by the commit.</summary>
    [Fact]
    public async Task A_commit_takes_its_number()
    {
        await CommittedAsync(Numbered(1));
        await CommittedAsync(Numbered(2));

        Assert.Equal(3, await NextAsync());
        Assert.Equal(3, (await (await OpenAgainAsync()).Store.LoadIntakeAsync(Query(Tenant, 2026), None)).FirstNumber);
    }

    /// <summary>A number is one complaint's; who comes second decides again.</summary>
    [Fact]
    public async Task A_number_that_is_not_the_next_is_a_conflict_and_nothing_is_written()
    {
        await CommittedAsync(Numbered(1));
        var before = await CountsAsync();
        await RefusedAsync(Numbered(1) with { Outbox = [Samples.Message()], Lookups = [SampleCommits.Phone("late")] });
        await RefusedAsync(Numbered(3));

        Assert.Equal(before, await CountsAsync());
        Assert.Empty((await IntakeAsync("late")).Candidates);
        Assert.Equal(2, await NextAsync());
    }

    /// <summary>Where no number was taken yet, the next one is 1 and no other, for one complaint and for a batch.</summary>
    [Fact]
    public async Task A_year_begins_with_one()
    {
        await RefusedAsync(Numbered(7));
        await RefusedAsync(Numbered(0));
        Assert.Equal(0, await Ports.Importer.ImportAsync(Batch(2, "a", "b"), None));

        Assert.Equal(0, (await CountsAsync()).Complaints);
        Assert.Equal(1, await NextAsync());
        Assert.Equal(2, await Ports.Importer.ImportAsync(Batch(1, "a", "b"), None));
        await RefusedAsync(Samples.New() with { Number = new(2027, 3) });
        Assert.Equal((3, 1), (await NextAsync(), await NextAsync(2027)));
    }

    /// <summary>A complaint that was not written has no number: another one gets it.</summary>
    [Fact]
    public async Task A_conflict_takes_no_number()
    {
        var first = await CommittedAsync(Numbered(1, summary => summary with { Source = "weibo", SourceHash = "weibo/1" }));
        await RefusedAsync(Numbered(2) with { Command = first.Command });
        await RefusedAsync(Numbered(2, summary => summary with { Number = first.Summary.Number }));
        await RefusedAsync(Numbered(2, summary => summary with { Source = "weibo", SourceHash = "weibo/1" }));

        Assert.Equal(2, await NextAsync());
        await CommittedAsync(Numbered(2));
    }

    /// <summary>Numbers begin again with the year, and every tenant counts for itself.</summary>
    [Fact]
    public async Task Numbers_that_are_taken_count_per_year_and_tenant()
    {
        await CommittedAsync(Numbered(1));
        await CommittedAsync(Samples.New() with { Number = new(2027, 1) });
        await CommittedAsync(Samples.New(owner: Stranger) with { Number = new(2026, 1) });

        Assert.Equal((2, 2, 1), (await NextAsync(), await NextAsync(2027), await NextAsync(2028)));
        Assert.Equal(2, (await Store.LoadIntakeAsync(Query(Stranger, 2026), None)).FirstNumber);
    }

    /// <summary>Whoever changes from blocks to numbers without gaps, or back, gets no number twice.</summary>
    [Fact]
    public async Task Blocks_and_numbers_that_are_taken_follow_each_other()
    {
        Assert.Equal(1, (await Store.LoadIntakeAsync(Query(Tenant, 2026) with { Numbers = 10, NextNumber = false }, None)).FirstNumber);
        await CommittedAsync(Numbered(11));
        Assert.Equal(12, (await Store.LoadIntakeAsync(Query(Tenant, 2026) with { Numbers = 10, NextNumber = false }, None)).FirstNumber);
        Assert.Equal(22, await NextAsync());
    }

    /// <summary>Everything that an intake needs comes at once.</summary>
    [Fact]
    public async Task The_next_number_comes_with_candidates_command_and_source()
    {
        var first = Numbered(1, summary => summary with { Source = "weibo", SourceHash = "weibo/1" });
        first = await CommittedAsync(first with { Lookups = [SampleCommits.Reference("a")],
            NewKeys = [Samples.Key(first.Summary.Person)] });

        var loaded = await Store.LoadIntakeAsync(new IntakeQuery(Tenant, first.Command!.Id, [SampleCommits.Phone("a")], 2026, 0, "weibo/1",
            NextNumber: true), None);
        Assert.Equal(2, loaded.FirstNumber);
        Assert.Equal(first.Id, Assert.Single(loaded.Candidates).Id);
        Assert.Equal(first.Command.Hash, loaded.Earlier?.Hash);
        Assert.Equal(first.Id, loaded.Existing);
        Assert.NotNull(loaded.Key);
    }

    /// <summary>Ledgers count on where the desk stopped.</summary>
    [Fact]
    public async Task A_batch_takes_its_numbers()
    {
        await CommittedAsync(Numbered(1));

        Assert.Equal(3, await Ports.Importer.ImportAsync(Batch(2, "a", "b", "c"), None));
        Assert.Equal(5, await NextAsync());
    }

    /// <summary>One that was left out would leave its number unused.</summary>
    [Fact]
    public async Task A_batch_of_which_one_is_known_is_left_out_whole()
    {
        await Ports.Importer.ImportAsync(Batch(1, "a"), None);
        var before = await CountsAsync();

        Assert.Equal(0, await Ports.Importer.ImportAsync(Batch(2, "b", "a", "c"), None));
        Assert.Equal(before, await CountsAsync());
        Assert.Equal(2, await NextAsync());
    }

    /// <summary>Whoever registered meanwhile has the number.</summary>
    [Fact]
    public async Task A_batch_that_does_not_begin_with_the_next_number_is_left_out_whole()
    {
        await CommittedAsync(Numbered(1));

        Assert.Equal(0, await Ports.Importer.ImportAsync(Batch(1, "a", "b"), None));
        Assert.Equal(1, (await CountsAsync()).Complaints);
        Assert.Equal(2, await NextAsync());
    }

    /// <summary>Everybody gets a number, however many ask on however many nodes, and none is left out.</summary>
    [Fact]
    public async Task R10_callers_on_two_nodes_at_once_all_get_a_number_and_there_is_no_gap()
    {
        var nodes = new[] { await NodeAsync(Ports), await NodeAsync(await OpenAgainAsync()) };
        var answers = await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(() => nodes[caller % 2].RegisterAsync(Drafts.English(caller)))));

        Assert.Equal(Expected(Callers), answers.Select(answer => answer.Value.Number).Order(StringComparer.Ordinal));
        Assert.Equal(Callers, (await Reader.CountAsync(TenantId.Default, None)).Complaints);
    }

    /// <summary>A refused complaint, a post that was filed before and a command that was sent twice take no number.</summary>
    [Fact]
    public async Task What_is_refused_or_repeated_leaves_no_gap()
    {
        var desk = await NodeAsync(Ports);
        var options = new CommandOptions { CommandId = new CommandId(Samples.NewId()) };
        var post = Drafts.English() with { ExternalRef = new ExternalRef("weibo", "1") };
        var first = await desk.RegisterAsync(post, options);

        Assert.True((await desk.RegisterAsync(post, options)).Repeated);
        Assert.Equal("complaint.exists", (await desk.RegisterAsync(post)).Refusal?.Code);
        Assert.False((await desk.RegisterAsync(Drafts.English() with { Channel = "pigeon" })).IsSuccess);
        Assert.Equal(Expected(2), [first.Value.Number, (await desk.RegisterAsync(Drafts.Chinese())).Value.Number]);
    }

    /// <summary>A caller whose connection broke before or after the commit repeats its command: it gets one number.</summary>
    [Fact]
    public async Task R02_commits_that_were_lost_or_whose_answers_were_leave_no_gap()
    {
        var nodes = new[] { await NodeAsync(Ports with { Store = new Lossy(Store, 1) }), await NodeAsync(Ports with { Store = new Lossy(Store, 2) }) };
        var numbers = await Task.WhenAll(Enumerable.Range(0, 24).Select(caller => Task.Run(async () =>
        {
            var options = new CommandOptions { CommandId = new CommandId(Samples.NewId()) };
            while (true)
            {
                try
                {
                    return (await nodes[caller % 2].RegisterAsync(Drafts.English(caller), options)).Value.Number;
                }
                catch (StoreUnavailableException)
                {
                    // As a client does: the same command again.
                }
            }
        })));

        Assert.Equal(Expected(24), numbers.Order(StringComparer.Ordinal));
        Assert.Equal(24, (await Reader.CountAsync(TenantId.Default, None)).Complaints);
    }

    /// <summary>Somebody registered, or imported the same rows, while a batch waited to be written.</summary>
    [Fact]
    public async Task A_batch_that_lost_a_number_or_a_row_to_somebody_else_is_decided_again()
    {
        ImportRun first = await RunAsync(), second = await RunAsync();
        var prepared = await first.PrepareAsync(Ledger(1, 7));
        var overlapping = await second.PrepareAsync(Ledger(5, 5));
        await (await NodeAsync(Ports)).RegisterAsync(Drafts.English());

        Assert.Equal((7, 2), (await first.CommitAsync(prepared), await second.CommitAsync(overlapping)));
        Assert.Equal(Expected(10), await NumbersAsync());
    }

    /// <summary>Two ledgers are imported while customers call.</summary>
    [Fact]
    public async Task R10_imports_beside_registrations_leave_no_gap()
    {
        var desk = await NodeAsync(Ports);
        var imports = Enumerable.Range(0, 2).Select(ledger => Task.Run(async () =>
        {
            var run = await RunAsync();
            for (var batch = 0; batch < 3; batch++)
                Assert.Equal(8, await run.CommitAsync(await run.PrepareAsync(Ledger(100 * ledger + 8 * batch, 8))));
        }));
        await Task.WhenAll([.. imports, .. Enumerable.Range(0, 24).Select(caller => Task.Run(() => desk.RegisterAsync(Drafts.English(caller))))]);

        Assert.Equal(Expected(2 * 3 * 8 + 24), await NumbersAsync());
    }

    private static async Task<ComplaintDesk> NodeAsync(StorePorts ports) => (await HarnessAsync(ports)).Desk;

    private async Task<ImportRun> RunAsync()
    {
        var harness = await HarnessAsync(Ports);
        return new ImportDesk(new DeskServices(Store, Reader, harness.Keys, harness.Definitions, harness.Clock, new UuidV7Generator()), Ports.Importer).Begin();
    }

    private static async Task<DeskHarness> HarnessAsync(StorePorts ports)
    {
        var harness = new DeskHarness(ports, ids: new UuidV7Generator());
        await harness.Definitions.PublishAsync(TenantId.Default, SharedDefinitions.Tenant.Name, "default", DeskHarness.GapFreeSettings,
            DeskHarness.Administrator, None);
        return harness;
    }

    private static List<ImportItem> Ledger(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(row => new ImportItem(new ImportComplaint(
            Drafts.English(row) with { ExternalRef = new ExternalRef("ledger", $"{row}"), ReceivedAt = SampleCommits.Start - Duration.FromDays(1) }, [])))];

    private async Task<IEnumerable<string>> NumbersAsync() =>
        (await AllAsync(Reader.ScanAsync(TenantId.Default, None))).Select(summary => summary.Number).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Expected(int count) => Enumerable.Range(1, count).Select(number => $"2026-{number:D6}");

    private ComplaintCommit Numbered(long number, Func<ComplaintSummary, ComplaintSummary>? shape = null) => Samples.New(shape) with { Number = new(2026, number) };

    private List<ComplaintCommit> Batch(long first, params string[] ids) =>
        [.. ids.Select((id, i) => Numbered(first + i, summary => summary with { Source = "ledger", SourceHash = $"ledger/{id}",
            Imported = true }) with { Command = null })];

    private static IntakeQuery Query(TenantId tenant, int year) => new(tenant, default, [], year, 0, NextNumber: true);

    private async Task<long> NextAsync(int year = 2026) => (await Store.LoadIntakeAsync(Query(Tenant, year), None)).FirstNumber;

    /// <summary>A wire that breaks at every third commit, before it or after it.</summary>
    private sealed class Lossy(IComplaintStore store, int seed) : IComplaintStore
    {
        private readonly Random _chance = new(seed);

        public ValueTask<LoadedComplaint> LoadAsync(TenantId tenant, ComplaintId id, CommandId command, CancellationToken cancellationToken) =>
            store.LoadAsync(tenant, id, command, cancellationToken);

        public ValueTask<LoadedIntake> LoadIntakeAsync(IntakeQuery query, CancellationToken cancellationToken) => store.LoadIntakeAsync(query, cancellationToken);

        public async ValueTask<CommitOutcome> CommitAsync(ComplaintCommit commit, CancellationToken cancellationToken)
        {
            int luck;
            lock (_chance)
                luck = _chance.Next(6);
            if (luck == 0)
                throw new StoreUnavailableException("The wire broke before the commit.");
            var outcome = await store.CommitAsync(commit, cancellationToken).ConfigureAwait(false);
            return luck == 1 ? throw new StoreUnavailableException("The wire broke after the commit.") : outcome;
        }
    }
}
