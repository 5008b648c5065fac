using System.Collections.Immutable;
using Complaints.Core.Storage;

namespace Complaints.Core.History;

/// <summary>What was seen of some chains.</summary>
internal sealed class ChainsSeen
{
    /// <summary>How many there are, by what they are of.</summary>
    public SortedDictionary<string, long> Counts { get; } = new(StringComparer.Ordinal);

    /// <summary>Those that look wrong, and must be looked at again as they stand at one moment.</summary>
    public List<(Guid Id, ImmutableArray<ChainHead> Checkpoints)> Suspects { get; } = [];

    public long Events { get; private set; }

    /// <summary>How many events are newer than the last checkpoint.</summary>
    public long Newer { get; private set; }

    /// <summary>How many complaints have hashes that follow from nothing that is kept.</summary>
    public long Hashed { get; private set; }

    /// <summary>How many states are of another version of this program.</summary>
    public long OtherStates { get; private set; }

    public void Add(ChainsSeen others)
    {
        foreach (var (noun, count) in others.Counts)
            Counts[noun] = Counts.GetValueOrDefault(noun) + count;
        Suspects.AddRange(others.Suspects);
        (Events, Newer, Hashed, OtherStates) =
            (Events + others.Events, Newer + others.Newer, Hashed + others.Hashed, OtherStates + others.OtherStates);
    }

    public static ChainsSeen Of(
        List<ChainUnit> chains, TenantId tenant, ChainKey? key, IBesideChains? beside, IReadOnlyDictionary<SubjectId, SubjectKey>? known)
    {
        var seen = new ChainsSeen();
        using var hasher = key?.Hasher();
        foreach (var unit in chains)
            seen.Walk(unit, tenant, hasher, beside, known);
        return seen;
    }

    private void Walk(
        ChainUnit unit, TenantId tenant, ChainHasher? hasher, IBesideChains? beside, IReadOnlyDictionary<SubjectId, SubjectKey>? known)
    {
        var walk = new ChainWalk(tenant, unit.Id, unit.Head, unit.Checkpoints, hasher);
        var proved = unit.Checkpoints.IsEmpty ? 0 : unit.Checkpoints[^1].Version;
        foreach (var stored in unit.Events)
        {
            walk.Next(stored);
            Newer += stored.Version > proved ? 1 : 0;
        }
        Events += unit.Events.Count;
        Counts[walk.Of.Noun] = Counts.GetValueOrDefault(walk.Of.Noun) + 1;
        var summary = unit.Head?.Row?.Summary;
        Hashed += summary is { ItemHash: null, RepeatHash: null, SourceHash: null } or null ? 0 : 1;
        OtherStates += unit.Events.Count > 0 && unit.Head?.Row is { } row && row.Schema != SchemaOf(unit.Head.Of) ? 1 : 0;
        // A head without any event is one, too.
        if (unit.Events.Count == 0 || walk.End().Count > 0)
            Suspects.Add((unit.Id, unit.Checkpoints));
        else
            beside?.Check(unit, walk, known!);
    }

    private static int SchemaOf(AggregateId of) =>
        of.Noun == AggregateId.Complaint ? StateCodec.Schema : StateCodec.Improvements.Schema;
}
