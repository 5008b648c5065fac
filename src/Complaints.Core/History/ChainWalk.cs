using System.Collections.Immutable;
using Complaints.Core.Storage;

namespace Complaints.Core.History;

/// <summary>Walks along the chain of one complaint, past everything that checkpoints have ever seen of it.</summary>
internal sealed class ChainWalk(TenantId tenant, ComplaintId complaint, ChainHead? head, ImmutableArray<ChainHead> checkpoints)
{
    private readonly List<ChainFinding> _findings = [];
    private ReadOnlyMemory<byte> _hash = HashChain.Origin;
    private int _version;
    private int _index = -1;
    private int _met;
    private Complaint? _folded;
    private bool _foldable = head?.Row is not null;

    public ComplaintId Complaint => complaint;

    public ImmutableArray<ChainHead> Checkpoints => checkpoints;

    public void Next(StoredEvent stored)
    {
        if (stored.Version != _version)
            CheckCheckpoints();
        var follows = stored.Version == _version && stored.Index == _index + 1 || stored.Version == _version + 1 && stored.Index == 0;
        var hash = HashChain.Next(_hash.Span, stored.Body.Span);
        if (!follows)
            Found("event.missing", _version == 0 ? 1 : _version, _index + 1, $"an event between version {_version}, index {_index} and version {stored.Version}, index {stored.Index} is missing");
        else if (!hash.AsSpan().SequenceEqual(stored.Hash.Span))
            Found("event.altered", stored.Version, stored.Index, "the event's bytes or its hash were changed, or an event before it is missing");
        else if (!Belongs(stored))
            Found("event.moved", stored.Version, stored.Index, "the event says that it belongs elsewhere");
        (_hash, _version, _index) = (stored.Hash, stored.Version, stored.Index);
        Fold(stored);
    }

    /// <summary>Called after the last event; answers what was found.</summary>
    public List<ChainFinding> End()
    {
        if (head is null)
            Found("complaint.missing", _version, 0, "the complaint is gone, its history is still there");
        else if (_version < head.Version)
            Found("event.missing", _version + 1, 0, $"the complaint is at version {head.Version}, its last event at version {_version}");
        else if (!_hash.Span.SequenceEqual(head.Head.Span) || _version != head.Version)
            Found("head.mismatch", _version, _index, "the chain does not end in the complaint's head: the last event or the head was changed");
        CheckRow();
        CheckCheckpoints();
        if (_met < checkpoints.Length && checkpoints[^1].Version > _version)
            Found("event.missing", _version + 1, 0, $"a checkpoint has seen version {checkpoints[^1].Version}; what came after version {_version} is gone");
        return _findings;
    }

    private void Fold(StoredEvent stored)
    {
        // A broken chain has been reported already; what it says is worth nothing.
        _foldable = _foldable && _findings.Count == 0;
        if (!_foldable)
            return;
        var recorded = EventCodec.Read(stored.Body.Span);
        _foldable = recorded.Event is not null;
        if (_foldable)
            _folded = StateCodec.Next(tenant, _folded, recorded);
    }

    /// <summary>What lies beside the chain must be what the chain says.</summary>
    private void CheckRow()
    {
        if (!_foldable || _findings.Count > 0 || _folded is null)
            return;
        var different = RowCheck.Differences(_folded, head!.Row!).ToList();
        if (different.Count > 0)
            Found("row.altered", _version, _index, $"what is stored beside the history is not what the history says: {string.Join(", ", different)}");
    }

    /// <summary>Called when the last event of a version was seen.</summary>
    private void CheckCheckpoints()
    {
        for (; _met < checkpoints.Length && checkpoints[_met].Version <= _version; _met++)
        {
            if (checkpoints[_met].Version == _version && !_hash.Span.SequenceEqual(checkpoints[_met].Head.Span))
                Found("chain.replaced", _version, _index, "the chain up to here is another than the one that the checkpoint has seen");
        }
    }

    private bool Belongs(StoredEvent stored)
    {
        try
        {
            var header = System.Text.Json.JsonSerializer.Deserialize(stored.Body.Span, HistoryJson.Default.EventHeader);
            return header is not null && header.Complaint == complaint && header.Tenant == tenant && header.Version == stored.Version && header.Index == stored.Index;
        }
        catch (System.Text.Json.JsonException)
        {
            return false;
        }
    }

    private void Found(string code, int version, int index, string what)
    {
        var number = head?.Number ?? checkpoints.LastOrDefault()?.Number;
        _findings.Add(new(code, complaint, number, version, Math.Max(index, 0), $"Complaint {number ?? "?"} ({complaint}), version {version}, index {Math.Max(index, 0)}: {what}."));
    }
}
