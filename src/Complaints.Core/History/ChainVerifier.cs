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

    /// <summary>So many events are proved in one go.</summary>
    private const int Batch = 512;

    private const string Beside = "item_hash, repeat_hash, source_hash";

    /// <summary>
    /// Verifies a tenant while others go on writing. Reads everything once, in the order of ids; what then looks wrong is read again as it
    /// stands at one moment, because heads and events are two streams, and a command may have come between them. Memory grows with the
    /// checkpoints only.
    /// </summary>
    /// <param name="store">What to verify.</param>
    /// <param name="tenant">Whose.</param>
    /// <param name="keys">The tenant's keys; without them neither hashes nor checkpoints are checked, and the report says so.</param>
    /// <param name="cancellationToken">Ends the verification.</param>
    public static Task<VerificationReport> VerifyAsync(
        IChainStore store, TenantId tenant, TenantKeys? keys, CancellationToken cancellationToken) =>
        VerifyAsync(store, tenant, keys, beside: null, cancellationToken);

    /// <summary>The same, and what else is proved of each chain that is whole.</summary>
    internal static async Task<VerificationReport> VerifyAsync(
        IChainStore store, TenantId tenant, TenantKeys? keys, IBesideChains? beside, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        var findings = ImmutableArray.CreateBuilder<ChainFinding>();
        var unproven = ImmutableArray.CreateBuilder<Label>();
        var ledger = await CheckpointLedger.ReadAsync(store, tenant, keys?.Checkpoints, findings, unproven, cancellationToken)
            .ConfigureAwait(false);
        var seen = new ChainsSeen();
        // The next chains are read while these are proved, on every processor.
        var running = new Queue<Task<ChainsSeen>>();
        var batch = new List<ChainUnit>();
        var held = 0;
        await foreach (var unit in ChainUnit.AllAsync(store, tenant, OpenAsync, cancellationToken).ConfigureAwait(false))
        {
            batch.Add(unit);
            if ((held += 1 + unit.Events.Count) >= Batch)
                await SendAsync().ConfigureAwait(false);
        }
        await SendAsync().ConfigureAwait(false);
        while (running.TryDequeue(out var last))
            seen.Add(await last.ConfigureAwait(false));
        var (counts, events, newer, hashed, otherStates) = (seen.Counts, seen.Events, seen.Newer, seen.Hashed, seen.OtherStates);

        ValueTask<ChainUnit> OpenAsync(Guid id, ChainHead? head)
        {
            var checkpoints = ledger.Take(id);
            return beside is null ? new(new ChainUnit(id, head, checkpoints)) : beside.OpenAsync(id, head, checkpoints);
        }

        async Task SendAsync()
        {
            var chains = batch;
            (batch, held) = ([], 0);
            var known = beside is null ? null : await beside.KeysAsync(chains, cancellationToken).ConfigureAwait(false);
            running.Enqueue(Task.Run(() => ChainsSeen.Of(chains, tenant, keys?.Chain, beside, known), cancellationToken));
            if (running.Count > Environment.ProcessorCount)
                seen.Add(await running.Dequeue().ConfigureAwait(false));
        }

        foreach (var suspect in seen.Suspects)
        {
            findings.AddRange(await LookAgainAsync(store, tenant, suspect.Id, suspect.Checkpoints, keys?.Chain, cancellationToken)
                .ConfigureAwait(false));
        }
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
        // They follow from words, which cannot be read without the keys of persons.
        if (hashed > 0 && beside is null)
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
    }

    private static async ValueTask<IEnumerable<ChainFinding>> LookAgainAsync(
        IChainStore store, TenantId tenant, Guid id, ImmutableArray<ChainHead> checkpoints, ChainKey? chain,
        CancellationToken cancellationToken)
    {
        var (head, events) = await store.ChainAsync(tenant, id, cancellationToken).ConfigureAwait(false);
        if (events.IsEmpty)
            return head is not null ? [WithoutEvent(head)] : checkpoints.IsEmpty ? [] : [Gone(checkpoints[^1])];
        using var hasher = chain?.Hasher();
        var walk = new ChainWalk(tenant, id, head, checkpoints, hasher);
        foreach (var stored in events)
            walk.Next(stored);
        return walk.End();
    }

    private static ChainFinding WithoutEvent(ChainHead head)
    {
        var name = ChainFinding.Name(head.Of, head.Number);
        return new("history.missing", head.Of, head.Number, 1, 0, new(
            $"{name.En} is at version {head.Version} and has no event.", $"{name.Zh} 处于版本 {head.Version}，却没有事件。"));
    }

    private static ChainFinding Gone(ChainHead seen)
    {
        var name = ChainFinding.Name(seen.Of, seen.Number);
        return new($"{seen.Of.Noun}.missing", seen.Of, seen.Number, seen.Version, 0, new(
            $"{name.En} stood in a checkpoint at version {seen.Version} and is gone with its history.",
            $"{name.Zh} 曾以版本 {seen.Version} 列入检查点，现已连同其历史消失。"));
    }
}
