using System.Collections.Immutable;
using Complaints.Core.Storage;

namespace Complaints.Core.History;

/// <summary>
/// Proves histories: hashes every event again, compares the heads, and compares both with the keyed checkpoints, which show what a chain alone cannot: a last event or
/// a complaint that was deleted together with its head, or a chain that was computed anew.
/// </summary>
public static class ChainVerifier
{
    /// <summary>Verifies a tenant. Reads everything once, in the order of ids; memory grows with the checkpoint only.</summary>
    /// <param name="store">What to verify.</param>
    /// <param name="tenant">Whose.</param>
    /// <param name="key">The tenant's key; without it checkpoints are not checked, and the report says so.</param>
    /// <param name="cancellationToken">Ends the verification.</param>
    public static async Task<VerificationReport> VerifyAsync(IChainStore store, TenantId tenant, SubjectKey? key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        var findings = ImmutableArray.CreateBuilder<ChainFinding>();
        var unproven = ImmutableArray.CreateBuilder<string>();
        var ledger = await CheckpointLedger.ReadAsync(store, tenant, key, findings, unproven, cancellationToken).ConfigureAwait(false);
        long complaints = 0, events = 0;

        var heads = store.HeadsAsync(tenant, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using var closeHeads = heads.ConfigureAwait(false);
        var head = await NextAsync(heads).ConfigureAwait(false);
        ChainWalk? walk = null;
        await foreach (var (complaint, stored) in store.EventsAsync(tenant, cancellationToken).ConfigureAwait(false))
        {
            if (walk?.Complaint != complaint)
            {
                walk?.End();
                while (head is not null && Compare(head.Complaint, complaint) < 0)
                    head = await WithoutHistoryAsync(head).ConfigureAwait(false);
                var own = head?.Complaint == complaint ? head : null;
                walk = new ChainWalk(tenant, complaint, own, ledger.Take(complaint), findings);
                complaints++;
                if (own is not null)
                    head = await NextAsync(heads).ConfigureAwait(false);
            }
            walk.Next(stored);
            events++;
        }
        walk?.End();
        while (head is not null)
            head = await WithoutHistoryAsync(head).ConfigureAwait(false);
        foreach (var gone in ledger.Rest)
            findings.Add(new("complaint.missing", gone.Complaint, gone.Number, gone.Version, 0, $"Complaint {gone.Number} ({gone.Complaint}) stood in a checkpoint at version {gone.Version} and is gone with its history."));
        return new VerificationReport(tenant, complaints, events, ledger.Parts, findings.ToImmutable(), unproven.ToImmutable());

        async ValueTask<ChainHead?> WithoutHistoryAsync(ChainHead orphan)
        {
            ledger.Take(orphan.Complaint);
            complaints++;
            findings.Add(new("history.missing", orphan.Complaint, orphan.Number, 1, 0, $"Complaint {orphan.Number} ({orphan.Complaint}) is at version {orphan.Version} and has no event."));
            return await NextAsync(heads).ConfigureAwait(false);
        }
    }

    private static async ValueTask<ChainHead?> NextAsync(IAsyncEnumerator<ChainHead> heads) =>
        await heads.MoveNextAsync().ConfigureAwait(false) ? heads.Current : null;

    /// <summary>Stores sort ids by their big-endian bytes, and so does the text form.</summary>
    private static int Compare(ComplaintId a, ComplaintId b) => string.CompareOrdinal(a.ToString(), b.ToString());
}

/// <summary>Walks along the chain of one complaint.</summary>
internal sealed class ChainWalk(TenantId tenant, ComplaintId complaint, ChainHead? head, ChainHead? checkpoint, ImmutableArray<ChainFinding>.Builder findings)
{
    private ReadOnlyMemory<byte> _hash = HashChain.Origin;
    private int _version;
    private int _index = -1;
    private bool _checkpointMet = checkpoint is null;

    public ComplaintId Complaint => complaint;

    public void Next(StoredEvent stored)
    {
        if (stored.Version != _version)
            CheckCheckpoint();
        var follows = stored.Version == _version && stored.Index == _index + 1 || stored.Version == _version + 1 && stored.Index == 0;
        var hash = HashChain.Next(_hash.Span, stored.Body.Span);
        if (!follows)
            Found("event.missing", _version == 0 ? 1 : _version, _index + 1, $"an event between version {_version}, index {_index} and version {stored.Version}, index {stored.Index} is missing");
        else if (!hash.AsSpan().SequenceEqual(stored.Hash.Span))
            Found("event.altered", stored.Version, stored.Index, "the event's bytes or its hash were changed, or an event before it is missing");
        else if (!Belongs(stored))
            Found("event.moved", stored.Version, stored.Index, "the event says that it belongs elsewhere");
        (_hash, _version, _index) = (stored.Hash, stored.Version, stored.Index);
    }

    public void End()
    {
        if (head is null)
            Found("complaint.missing", _version, 0, "the complaint is gone, its history is still there");
        else if (_version < head.Version)
            Found("event.missing", _version + 1, 0, $"the complaint is at version {head.Version}, its last event at version {_version}");
        else if (!_hash.Span.SequenceEqual(head.Head.Span) || _version != head.Version)
            Found("head.mismatch", _version, _index, "the chain does not end in the complaint's head: the last event or the head was changed");
        CheckCheckpoint();
        if (!_checkpointMet && checkpoint!.Version > _version)
            Found("event.missing", _version + 1, 0, $"a checkpoint has seen version {checkpoint.Version}; what came after version {_version} is gone");
    }

    /// <summary>Called when the last event of a version was seen.</summary>
    private void CheckCheckpoint()
    {
        if (_checkpointMet || _version != checkpoint!.Version)
            return;
        _checkpointMet = true;
        if (!_hash.Span.SequenceEqual(checkpoint.Head.Span))
            Found("chain.replaced", _version, _index, "the chain up to here is another than the one that the checkpoint has seen");
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
        var number = head?.Number ?? checkpoint?.Number;
        findings.Add(new(code, complaint, number, version, Math.Max(index, 0), $"Complaint {number ?? "?"} ({complaint}), version {version}, index {Math.Max(index, 0)}: {what}."));
    }
}
