using System.Collections.Immutable;
using Complaints.Core.Storage;

namespace Complaints.Core.History;

/// <summary>What is proved of a chain besides the chain.</summary>
internal interface IBesideChains
{
    /// <summary>A chain with what lies beside it; called in the order of ids.</summary>
    ValueTask<ChainUnit> OpenAsync(Guid id, ChainHead? head, ImmutableArray<ChainHead> checkpoints);

    /// <summary>The keys of those whom these chains are about.</summary>
    ValueTask<IReadOnlyDictionary<SubjectId, SubjectKey>> KeysAsync(List<ChainUnit> chains, CancellationToken cancellationToken);

    /// <summary>Called for each chain that is whole, on any thread.</summary>
    /// <param name="unit">The chain.</param>
    /// <param name="walk">The walk along it, at its end.</param>
    /// <param name="keys">The keys.</param>
    void Check(ChainUnit unit, ChainWalk walk, IReadOnlyDictionary<SubjectId, SubjectKey> keys);
}
