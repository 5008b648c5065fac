using System.Collections.Immutable;
using Complaints.Core.Storage;

namespace Complaints.Core.History;

/// <summary>
/// Proves histories: hashes every event again, compares the heads, and compares both with the keyed checkpoints, which show what a chain
/// alone cannot: a last event or
/// a complaint that was deleted together with its head, or a chain that was computed anew.
/// </summary>
public static class ChainVerifier
{
    private const string NotOfHistory = "complaint.due_at, complaint.target_at, complaint.customer_hash, "
        + "aggregate.look_at, timer, outbox, command, lookup, number_block, definition, sweeper, subject_key (rows that are missing)";

    /// <summary>Nothing in a history says what these are: they follow from definitions and keys, or are how something was or is to be
    /// done.</summary>
    internal static readonly Label NotProvedBeside = new(
        $"Beside the histories, and not proved: {NotOfHistory}.", $"不在历史之内，未经验证：{NotOfHistory}。");

    private const string Beside = "item_hash, repeat_hash, source_hash";

    /// <summary>
    /// Verifies a tenant while others go on writing. Reads everything once, in the order of ids; what then looks wrong is read again as it
    /// stands at one moment, because
    /// heads and events are two streams, and a command may have come between them. Memory grows with the checkpoints only.
    /// </summary>
    /// <param name="store">What to verify.</param>
    /// <param name="tenant">Whose.</param>
    /// <param name="keys">The tenant's keys; without them neither hashes nor checkpoints are checked, and the report says so.</param>
    /// <param name="cancellationToken">Ends the verification.</param>
    public static async Task<VerificationReport> VerifyAsync(
        IChainStore store, TenantId tenant, TenantKeys? keys, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        var findings = ImmutableArray.CreateBuilder<ChainFinding>();
        var unproven = ImmutableArray.CreateBuilder<Label>();
        var ledger = await CheckpointLedger.ReadAsync(store, tenant, keys?.Checkpoints, findings, unproven, cancellationToken)
            .ConfigureAwait(false);
        var suspects = new List<(Guid Id, ImmutableArray<ChainHead> Checkpoints)>();
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        long events = 0, hashed = 0, newer = 0, otherStates = 0;

        var heads = store.HeadsAsync(tenant, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using var closeHeads = heads.ConfigureAwait(false);
        var head = await NextAsync(heads).ConfigureAwait(false);
        ChainWalk? walk = null;
        await foreach (var (id, stored) in store.EventsAsync(tenant, cancellationToken).ConfigureAwait(false))
        {
            if (walk?.Id != id)
            {
                End();
                while (head is not null && Compare(head.Of.Value, id) < 0)
                    await SkipAsync().ConfigureAwait(false);
                var own = head?.Of.Value == id ? head : null;
                walk = new ChainWalk(tenant, id, own, ledger.Take(id), keys?.Chain);
                hashed += own?.Row?.Summary is { ItemHash: null, RepeatHash: null, SourceHash: null } or null ? 0 : 1;
                otherStates += own?.Row is { } row && row.Schema != SchemaOf(own.Of) ? 1 : 0;
                if (own is not null)
                    head = await NextAsync(heads).ConfigureAwait(false);
            }
            walk.Next(stored);
            newer += stored.Version > (walk.Checkpoints.IsEmpty ? 0 : walk.Checkpoints[^1].Version) ? 1 : 0;
            events++;
        }
        End();
        while (head is not null)
            await SkipAsync().ConfigureAwait(false);
        foreach (var (id, checkpoints) in suspects)
            findings.AddRange(await LookAgainAsync(store, tenant, id, checkpoints, keys?.Chain, cancellationToken).ConfigureAwait(false));
        foreach (var gone in ledger.Rest)
            findings.Add(Gone(gone));
        if (keys is null && events > 0)
        {
            unproven.Add(new(
                "There is no key: whether events were altered or written by somebody else cannot be proved.",
                "没有密钥：无法证明事件是否被改动或由他人写入。"));
        }
        if (ledger.TakenAt is { } taken && newer > 0)
        {
            unproven.Add(new(
                $"{newer} events are newer than the last checkpoint ({taken}): each of them is proved, "
                + "but not that none after them is missing.",
                $"有 {newer} 个事件晚于最后一个检查点（{taken}）：每个事件均已验证，但无法证明其后没有事件缺失。"));
        }
        if (otherStates > 0)
        {
            unproven.Add(new(
                $"{otherStates} states are of another version of this program, or say so, and were not compared; nothing decides on them.",
                $"有 {otherStates} 个状态属于（或声称属于）其他程序版本，未作比对；任何决定都不以其为依据。"));
        }
        unproven.Add(NotProvedBeside);
        // They follow from no event, because an erasure must reach them.
        if (hashed > 0)
        {
            unproven.Add(new(
                $"By what things, repeats and second deliveries are known lies beside the histories of {hashed} complaints "
                + $"and is not proved: the columns {Beside}.",
                $"识别物品、重复与重复投递所用的列（{Beside}）不在 {hashed} 件投诉的历史之内，未经验证。"));
        }
        var complaints = counts.GetValueOrDefault(AggregateId.Complaint);
        return new VerificationReport(tenant, complaints, events, ledger.Parts, findings.ToImmutable(), unproven.ToImmutable())
        {
            Others = counts.Where(count => count.Key != AggregateId.Complaint).ToImmutableSortedDictionary(StringComparer.Ordinal),
        };

        void End()
        {
            if (walk is null)
                return;
            Count(walk.Of);
            if (walk.End().Count > 0)
                suspects.Add((walk.Id, walk.Checkpoints));
        }

        void Count(AggregateId of) => counts[of.Noun] = counts.GetValueOrDefault(of.Noun) + 1;

        // A head without any event.
        async ValueTask SkipAsync()
        {
            Count(head!.Of);
            suspects.Add((head.Of.Value, ledger.Take(head.Of.Value)));
            head = await NextAsync(heads).ConfigureAwait(false);
        }
    }

    private static async ValueTask<IEnumerable<ChainFinding>> LookAgainAsync(
        IChainStore store, TenantId tenant, Guid id, ImmutableArray<ChainHead> checkpoints, ChainKey? chain,
        CancellationToken cancellationToken)
    {
        var (head, events) = await store.ChainAsync(tenant, id, cancellationToken).ConfigureAwait(false);
        if (events.IsEmpty)
        {
            return head is not null
                ? [new("history.missing", head.Of, head.Number, 1, 0,
                    $"{ChainFinding.Name(head.Of, head.Number)} is at version {head.Version} and has no event.")]
                : checkpoints.IsEmpty ? [] : [Gone(checkpoints[^1])];
        }
        var walk = new ChainWalk(tenant, id, head, checkpoints, chain);
        foreach (var stored in events)
            walk.Next(stored);
        return walk.End();
    }

    private static int SchemaOf(AggregateId of) =>
        of.Noun == AggregateId.Complaint ? StateCodec.Schema : StateCodec.Improvements.Schema;

    private static ChainFinding Gone(ChainHead seen) => new(
        $"{seen.Of.Noun}.missing", seen.Of, seen.Number, seen.Version, 0,
        $"{ChainFinding.Name(seen.Of, seen.Number)} stood in a checkpoint at version {seen.Version} and is gone with its history.");

    private static async ValueTask<ChainHead?> NextAsync(IAsyncEnumerator<ChainHead> heads) =>
        await heads.MoveNextAsync().ConfigureAwait(false) ? heads.Current : null;

    /// <summary>Stores sort ids by their big-endian bytes, and so does the text form.</summary>
    private static int Compare(Guid a, Guid b) => string.CompareOrdinal(a.ToString("D"), b.ToString("D"));
}
