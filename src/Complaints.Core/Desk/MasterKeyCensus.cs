using System.Collections.Immutable;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Core;

/// <summary>How many keys of a database are wrapped under which master key.</summary>
/// <param name="Masters">Those of the file, the oldest first; then those that wrapped something and are not in it.</param>
/// <param name="OlderFormat">How many of the counted keys say neither their master key nor whose they are; a rotation changes that.</param>
/// <param name="Unreadable">How many keys nothing here opens.</param>
public sealed record MasterKeyCensus(ImmutableArray<MasterKeyUse> Masters, long OlderFormat, long Unreadable)
{
    internal const int MostNamed = 20;

    /// <summary>Why some keys cannot be opened, for up to 20 of those that are unreadable or under a master key that is not in the
    /// file.</summary>
    public ImmutableArray<ComplaintError> Strangers { get; init; } = [];

    /// <summary>True when keys are still under an older master key than the newest: a rotation is on, or was not completed.</summary>
    public bool IsRotating => Masters.Any(master => master is { IsHeld: true, Wraps: false, Keys: > 0 });

    /// <summary>The first that says that the file is the wrong one; else the first that is damaged.</summary>
    internal ComplaintError? FirstStranger =>
        Strangers.FirstOrDefault(stranger => stranger.Code == "keys.master_unknown") ?? Strangers.FirstOrDefault();
}

/// <summary>A master key and what is wrapped under it.</summary>
/// <param name="Id">Its id: 16 hexadecimal digits.</param>
/// <param name="AddedAt">When a rotation added it; <c>null</c> for the first one, and for one that is not in the file.</param>
/// <param name="Wraps">True for the one under which new keys are wrapped.</param>
/// <param name="IsHeld">False when it is not in the file.</param>
/// <param name="Keys">How many keys of persons and tenants are wrapped under it.</param>
public sealed record MasterKeyUse(string Id, Instant? AddedAt, bool Wraps, bool IsHeld, long Keys);

/// <summary>Counts page by page.</summary>
internal sealed class MasterKeyCounter(MasterKeyRing ring, FileKeyProtector protector)
{
    private readonly Dictionary<string, long> _counts = [];
    private readonly List<ComplaintError> _strangers = [];
    private long _older;
    private long _unreadable;

    public MasterKeyCensus Census => new(
        [
            .. ring.Keys.Select(key => new MasterKeyUse(key.Id, key.AddedAt, key == ring.Newest, true, _counts.GetValueOrDefault(key.Id))),
            .. _counts.Where(count => ring.Find(count.Key) is null).OrderBy(count => count.Key, StringComparer.Ordinal)
                .Select(count => new MasterKeyUse(count.Key, null, false, false, count.Value)),
        ],
        _older,
        _unreadable)
    {
        Strangers = [.. _strangers],
    };

    public void Add(StoredKey stored)
    {
        var isOlder = MasterKey.IsOfBefore(stored.Wrapped);
        // One under the newest is believed what it says; of the others it counts whether they can be wrapped anew.
        var id = ring.Newest.Wrapped(stored.Wrapped.Span) ? ring.Newest.Id
            : FileKeyProtector.MasterOf(ring, stored.Owner, stored.Wrapped).Master?.Id;
        _older += isOlder && id is not null ? 1 : 0;
        if (id is null && (_strangers.Count < MasterKeyCensus.MostNamed || _strangers[0].Code != "keys.master_unknown"))
            Remember(protector.WhyNot(ring, stored.Owner, stored.Wrapped));
        if ((id ?? (isOlder ? null : StrangeIdOf(stored))) is { } counted)
            _counts[counted] = _counts.GetValueOrDefault(counted) + 1;
        else
            _unreadable++;
    }

    /// <summary>The id of a master key that is not in the file; a damaged key under one that is counts as unreadable.</summary>
    private string? StrangeIdOf(StoredKey stored) => MasterKey.IdOf(stored.Wrapped) is { } id && ring.Find(id) is null ? id : null;

    private void Remember(ComplaintError stranger)
    {
        if (stranger.Code == "keys.master_unknown")
            _strangers.Insert(0, stranger);
        else
            _strangers.Add(stranger);
        if (_strangers.Count > MasterKeyCensus.MostNamed)
            _strangers.RemoveAt(_strangers.Count - 1);
    }
}
