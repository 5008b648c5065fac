using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Complaints.Core.Storage;

namespace Complaints.Core.History;

/// <summary>One chain with all that is proved together with it.</summary>
internal sealed class ChainUnit(Guid id, ChainHead? head, ImmutableArray<ChainHead> checkpoints)
{
    public Guid Id => id;

    public ChainHead? Head => head;

    public ImmutableArray<ChainHead> Checkpoints => checkpoints;

    public List<StoredEvent> Events { get; } = [];

    /// <summary>By what its customer is found.</summary>
    public List<KeptLookup> Lookups { get; init; } = [];

    /// <summary>What it waits for.</summary>
    public List<DueTimer> Timers { get; init; } = [];

    /// <summary>Who takes part in it.</summary>
    public List<StoredParty> Parties { get; init; } = [];

    /// <summary>Every chain of a tenant, by id: the heads and the events are two streams, and either may lack one.</summary>
    /// <param name="store">Where they are.</param>
    /// <param name="tenant">Whose.</param>
    /// <param name="open">Makes one, with what lies beside it; called in the order of ids.</param>
    /// <param name="cancellationToken">Ends the walk.</param>
    public static async IAsyncEnumerable<ChainUnit> AllAsync(
        IChainStore store, TenantId tenant, Func<Guid, ChainHead?, ValueTask<ChainUnit>> open,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var heads = store.HeadsAsync(tenant, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using var closeHeads = heads.ConfigureAwait(false);
        var head = await NextAsync(heads).ConfigureAwait(false);
        ChainUnit? unit = null;
        await foreach (var (id, stored) in store.EventsAsync(tenant, cancellationToken).ConfigureAwait(false))
        {
            if (unit?.Id != id)
            {
                if (unit is not null)
                    yield return unit;
                for (; head is not null && Compare(head.Of.Value, id) < 0; head = await NextAsync(heads).ConfigureAwait(false))
                    yield return await open(head.Of.Value, head).ConfigureAwait(false);
                var own = head?.Of.Value == id ? head : null;
                unit = await open(id, own).ConfigureAwait(false);
                if (own is not null)
                    head = await NextAsync(heads).ConfigureAwait(false);
            }
            unit.Events.Add(stored);
        }
        if (unit is not null)
            yield return unit;
        for (; head is not null; head = await NextAsync(heads).ConfigureAwait(false))
            yield return await open(head.Of.Value, head).ConfigureAwait(false);
    }

    /// <summary>Stores sort ids by their big-endian bytes, which is the order of ids.</summary>
    public static int Compare(Guid a, Guid b) => a.CompareTo(b);

    private static async ValueTask<ChainHead?> NextAsync(IAsyncEnumerator<ChainHead> heads) =>
        await heads.MoveNextAsync().ConfigureAwait(false) ? heads.Current : null;
}
