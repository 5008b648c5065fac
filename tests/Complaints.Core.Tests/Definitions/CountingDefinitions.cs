using System.Collections.Immutable;
using Complaints.Core.Definitions;
using Complaints.Core.Storage;
using Complaints.Testing;

namespace Complaints.Core.Tests.Definitions;

/// <summary>A store in memory that counts how often it is asked, and how many versions it answers.</summary>
internal sealed class CountingDefinitions(InMemoryComplaintStore store) : IDefinitionStore
{
    public int Statements { get; private set; }

    public int Rows { get; private set; }

    public void Reset() => (Statements, Rows) = (0, 0);

    public async ValueTask<ImmutableArray<Definition>> ListAsync(TenantId tenant, CancellationToken cancellationToken) =>
        Counted(await store.ListAsync(tenant, cancellationToken));

    public async ValueTask<NewDefinitions> NewerAsync(TenantId tenant, DefinitionMark? since, CancellationToken cancellationToken)
    {
        var news = await store.NewerAsync(tenant, since, cancellationToken);
        Counted(news.Added);
        return news;
    }

    public ValueTask<bool> TryAddAsync(Definition definition, CancellationToken cancellationToken) =>
        store.TryAddAsync(definition, cancellationToken);

    private ImmutableArray<Definition> Counted(ImmutableArray<Definition> read)
    {
        Statements++;
        Rows += read.Length;
        return read;
    }
}
