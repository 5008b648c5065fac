using Complaints.Core.Intake;
using System.Collections.Immutable;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Core.History;

/// <summary>Walks along one chain, past everything that checkpoints have ever seen of it.</summary>
/// <param name="tenant">Whose.</param>
/// <param name="id">What it is of.</param>
/// <param name="head">How far it is said to reach.</param>
/// <param name="checkpoints">What checkpoints have seen of it.</param>
/// <param name="chain">Makes hashes under the tenant's key; without it none is checked.</param>
internal sealed class ChainWalk(
    TenantId tenant, Guid id, ChainHead? head, ImmutableArray<ChainHead> checkpoints, ChainHasher? chain)
{
    private AggregateId? _of = head?.Of ?? (checkpoints.IsEmpty ? null : checkpoints[^1].Of);
    private readonly List<ChainFinding> _findings = [];
    private ReadOnlyMemory<byte> _hash = HashChain.Origin;
    private int _version;
    private int _index = -1;
    private int _met;
    private readonly IFolded? _folded = head?.Row is null ? null : IFolded.Of(tenant, head.Of.Noun);
    private bool _foldable = head?.Row is not null;

    public Guid Id => id;

    /// <summary>What it is: as its head says, or a checkpoint, or its events.</summary>
    public AggregateId Of => _of ?? new(AggregateId.Complaint, id);

    public ImmutableArray<ChainHead> Checkpoints => checkpoints;

    /// <summary>What was done to it, version by version.</summary>
    public List<DoneCommand> Commands { get; } = [];

    public void Next(StoredEvent stored)
    {
        if (stored.Version != _version)
            CheckCheckpoints();
        var isRead = TryRead(stored.Body.Span, out var header);
        var follows = stored.Version == _version && stored.Index == _index + 1 || stored.Version == _version + 1 && stored.Index == 0;
        if (!follows)
            Found("event.missing", _version == 0 ? 1 : _version, _index + 1, new(
                $"an event between version {_version}, index {_index} and version {stored.Version}, index {stored.Index} is missing",
                $"版本 {_version} 序号 {_index} 与版本 {stored.Version} 序号 {stored.Index} 之间缺少事件"));
        else if (chain?.Fits(_hash.Span, stored.Body.Span, stored.Hash.Span) == false)
            Found("event.altered", stored.Version, stored.Index, new(
                "the event's bytes or its hash were changed, or an event before it is missing",
                "事件内容或其哈希被改动，或其前面缺少事件"));
        else if (!isRead || !Belongs(header, stored))
            Found("event.moved", stored.Version, stored.Index, new("the event says that it belongs elsewhere", "事件自称属于别处"));
        if (stored.Index == 0 && isRead)
            Commands.Add(new(header.Command, header.Recorded, header.Type, stored.Version));
        (_hash, _version, _index) = (stored.Hash, stored.Version, stored.Index);
        Fold(isRead, header, stored);
    }

    /// <summary>What all its events came to; <c>null</c> where that cannot be said.</summary>
    public object? State => _foldable && _findings.Count == 0 ? _folded?.State : null;

    /// <summary>The first of its events; <c>null</c> where there is no <see cref="State"/>.</summary>
    public object? First => State is null ? null : _folded?.First;

    /// <summary>What its events told of the item; sealed.</summary>
    public IReadOnlyList<Personal<Item>> Items => State is null ? [] : _folded?.Items ?? [];

    /// <summary>Called after the last event; answers what was found.</summary>
    public List<ChainFinding> End()
    {
        if (head is null)
            Found($"{Of.Noun}.missing", _version, 0, new(
                $"the {Of.Noun} is gone, its history is still there", $"{Noun}已不存在，其历史仍在"));
        else if (_version < head.Version)
            Found("event.missing", _version + 1, 0, new(
                $"the {Of.Noun} is at version {head.Version}, its last event at version {_version}",
                $"{Noun}处于版本 {head.Version}，其最后一个事件为版本 {_version}"));
        else if (!_hash.Span.SequenceEqual(head.Head.Span) || _version != head.Version)
            Found("head.mismatch", _version, _index, new(
                "the chain does not end in its head: the last event or the head was changed",
                "链的末尾与链头不符：最后一个事件或链头被改动"));
        CheckRow();
        CheckCheckpoints();
        if (_met < checkpoints.Length && checkpoints[^1].Version > _version)
            Found("event.missing", _version + 1, 0, new(
                $"a checkpoint has seen version {checkpoints[^1].Version}; what came after version {_version} is gone",
                $"检查点曾记录版本 {checkpoints[^1].Version}；版本 {_version} 之后的内容已不存在"));
        return _findings;
    }

    private void Fold(bool isRead, in EventHeader header, StoredEvent stored)
    {
        // A broken chain has been reported already; what it says is worth nothing.
        _foldable = _foldable && _findings.Count == 0;
        if (!_foldable)
            return;
        try
        {
            _foldable = _folded?.Next(isRead ? header : EventCodec.Header(stored.Body.Span)) == true;
        }
        catch (InvalidDataException e)
        {
            _foldable = false;
            Found("event.unreadable", stored.Version, stored.Index, new(
                $"the event cannot be read: {e.Message}", $"事件无法读取：{e.Message}"));
        }
    }

    /// <summary>What lies beside the chain must be what the chain says.</summary>
    private void CheckRow()
    {
        if (head?.Row?.Unreadable is { IsEmpty: false } unreadable)
            Found("row.unreadable", _version, _index, new(
                $"what is stored beside the history cannot be read: {string.Join(", ", unreadable)}",
                $"历史之外的存储内容无法读取：{string.Join("、", unreadable)}"));
        if (!_foldable || _findings.Count > 0 || _version == 0)
            return;
        var different = _folded!.Differences(head!.Row!);
        if (different.Count > 0)
            Found("row.altered", _version, _index, new(
                $"what is stored beside the history is not what the history says: {string.Join(", ", different)}",
                $"历史之外的存储内容与历史不符：{string.Join("、", different)}"));
    }

    /// <summary>Called when the last event of a version was seen.</summary>
    private void CheckCheckpoints()
    {
        for (; _met < checkpoints.Length && checkpoints[_met].Version <= _version; _met++)
        {
            if (checkpoints[_met].Version == _version && !_hash.Span.SequenceEqual(checkpoints[_met].Head.Span))
                Found("chain.replaced", _version, _index, new(
                    "the chain up to here is another than the one that the checkpoint has seen", "到此为止的链与检查点所记录的不同"));
        }
    }

    private bool Belongs(in EventHeader header, StoredEvent stored)
    {
        _of ??= header.Of;
        return header.IdOf(Of.Noun) == id && header.Tenant == tenant && header.Version == stored.Version && header.Index == stored.Index;
    }

    private static bool TryRead(ReadOnlySpan<byte> body, out EventHeader header)
    {
        try
        {
            header = EventCodec.Header(body);
            return true;
        }
        catch (InvalidDataException)
        {
            // Whoever folds the event reads it again and says why.
            header = default;
            return false;
        }
    }

    private string Noun => ChainFinding.Noun(Of).Zh;

    private void Found(string code, int version, int index, Label what)
    {
        var number = head?.Number ?? checkpoints.LastOrDefault()?.Number;
        var (name, at) = (ChainFinding.Name(Of, number), Math.Max(index, 0));
        _findings.Add(new(code, Of, number, version, at, new(
            $"{name.En}, version {version}, index {at}: {what.En}.", $"{name.Zh}，版本 {version}，序号 {at}：{what.Zh}。")));
    }
}

/// <summary>A command as the history of what it was done to tells it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="At">When it was recorded.</param>
/// <param name="Type">The first event that it led to.</param>
/// <param name="Version">The version that it made.</param>
internal readonly record struct DoneCommand(CommandId Id, Instant At, string Type, int Version);
