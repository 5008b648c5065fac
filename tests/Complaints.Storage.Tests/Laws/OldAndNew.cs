using Complaints.Core;
using Complaints.Storage.Relational;
using Complaints.Testing;
using Complaints.Testing.Conformance;

namespace Complaints.Storage.Tests.Laws;

/// <summary>R29: a program that runs, and a newer one that has changed the schema under it, on one database: opened by either, and opened again by the other.</summary>
public abstract class OldAndNew(string change, bool isOld) : IStoreFixture
{
    /// <summary>What a newer program may do.</summary>
    public const string Addition = "alter table complaint add column added text; create index complaint_added on complaint (tenant, added); create table added (a integer)";

    /// <summary>What it may not.</summary>
    public const string Renaming = "alter table complaint rename column title to heading";

    private RelationalStore _old = null!;
    private RelationalStore _new = null!;

    public async ValueTask<StorePorts> OpenAsync(CancellationToken cancellationToken)
    {
        _old = await StartedAsync(null);
        _new = await StartedAsync(change);
        return StorePorts.Of(isOld ? _old : _new);

        async Task<RelationalStore> StartedAsync(string? more)
        {
            var store = await OpenAsync(more);
            await store.CountAsync(TenantId.Default, cancellationToken);
            return store;
        }
    }

    public ValueTask<StorePorts> OpenAgainAsync(CancellationToken cancellationToken) => new(StorePorts.Of(isOld ? _new : _old));

    public virtual async ValueTask DisposeAsync()
    {
        await ((IAsyncDisposable)_old).DisposeAsync();
        await ((IAsyncDisposable)_new).DisposeAsync();
    }

    /// <summary>A program on the database: this one, or a newer one with a migration more.</summary>
    protected abstract ValueTask<RelationalStore> OpenAsync(string? migration);
}
