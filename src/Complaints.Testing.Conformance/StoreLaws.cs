using Complaints.Core;
using Complaints.Core.Storage;
using Xunit;

namespace Complaints.Testing.Conformance;

/// <summary>What the classes of laws share: a store on an empty database, and commits to try on it.</summary>
/// <typeparam name="TFixture">Makes the store.</typeparam>
public abstract class StoreLaws<TFixture> : IAsyncLifetime where TFixture : IStoreFixture, new()
{
    private readonly TFixture _fixture = new();
    private StorePorts? _ports;

    private protected static TenantId Tenant { get; } = new("law");

    private protected static TenantId Stranger { get; } = new("stranger");

    private protected static CancellationToken None => CancellationToken.None;

    private protected StorePorts Ports => _ports ?? throw new InvalidOperationException("The store was not opened.");

    private protected IComplaintStore Store => Ports.Store;

    private protected IComplaintReader Reader => Ports.Reader;

    private protected SampleCommits Samples { get; } = new(Tenant);

    /// <summary>Opens the store.</summary>
    public async ValueTask InitializeAsync() => _ports = await _fixture.OpenAsync(None);

    /// <summary>Closes it.</summary>
    public async ValueTask DisposeAsync() => await _fixture.DisposeAsync();

    private protected ValueTask<StorePorts> OpenAgainAsync() => _fixture.OpenAgainAsync(None);

    private protected async Task<ComplaintCommit> CommittedAsync(ComplaintCommit commit)
    {
        Assert.Equal(CommitOutcome.Committed, await Store.CommitAsync(commit, None));
        return commit;
    }

    private protected async Task RefusedAsync(ComplaintCommit commit) => Assert.Equal(CommitOutcome.Conflict, await Store.CommitAsync(commit, None));

    private protected ValueTask<LoadedComplaint> LoadAsync(ComplaintCommit commit, CommandId command = default) => Store.LoadAsync(commit.Tenant, commit.Id, command, None);

    private protected async Task<StoredComplaint> StoredAsync(ComplaintCommit commit)
    {
        var stored = (await LoadAsync(commit)).Complaint;
        Assert.NotNull(stored);
        return stored;
    }

    private protected async Task<ComplaintSummary> SummaryAsync(ComplaintCommit commit) =>
        Assert.Single((await Reader.ListAsync(commit.Tenant, new ComplaintQuery { NumberStartsWith = commit.Summary.Number }, None)).Items);

    private protected ValueTask<LoadedIntake> IntakeAsync(params string[] lookups) =>
        Store.LoadIntakeAsync(new IntakeQuery(Tenant, default, [.. lookups.Select(SampleCommits.Phone)], 2026, 0), None);

    private protected ValueTask<StoreCounts> CountsAsync() => Reader.CountAsync(Tenant, None);

    private protected static async Task<List<T>> AllAsync<T>(IAsyncEnumerable<T> rows)
    {
        var all = new List<T>();
        await foreach (var row in rows)
            all.Add(row);
        return all;
    }

    private protected static void Same(ReadOnlyMemory<byte> expected, ReadOnlyMemory<byte> actual) =>
        Assert.Equal(Convert.ToHexString(expected.Span), Convert.ToHexString(actual.Span));
}
