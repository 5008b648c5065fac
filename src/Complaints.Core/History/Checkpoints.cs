using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Core.History;

/// <summary>
/// Keyed checkpoints: who was there, and how far, authenticated under the tenant's key. Each part names what is new or has moved since the
/// part before and
/// authenticates that part, too; the newest authenticator, kept elsewhere, is an anchor for all of them.
/// </summary>
public static class Checkpoints
{
    private const int Attempts = 5;

    /// <summary>Adds a part with everything that is new or has moved. Take one only of histories that were verified.</summary>
    /// <returns>The newest part; <c>null</c> when there is nothing to authenticate yet.</returns>
    public static async Task<CheckpointPart?> TakeAsync(
        IChainStore store, TenantId tenant, CheckpointKey key, Instant now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(key);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryTakeAsync(store, tenant, key, now, cancellationToken).ConfigureAwait(false);
            }
            catch (StoreException e) when (e is not StoreUnavailableException && attempt < Attempts)
            {
                // Somebody else took that part at the same time, as two imports do that end together: the next one continues theirs.
            }
        }
    }

    private static async Task<CheckpointPart?> TryTakeAsync(
        IChainStore store, TenantId tenant, CheckpointKey key, Instant now, CancellationToken cancellationToken)
    {
        var seen = new Dictionary<Guid, int>();
        CheckpointPart? last = null;
        await foreach (var part in store.CheckpointsAsync(tenant, cancellationToken).ConfigureAwait(false))
        {
            foreach (var head in Read(part.Body))
                seen[head.Of.Value] = head.Version;
            last = part;
        }
        using var body = new MemoryStream();
        await foreach (var head in store.HeadsAsync(tenant, cancellationToken).ConfigureAwait(false))
        {
            if (!seen.TryGetValue(head.Of.Value, out var version) || version != head.Version)
                Write(body, head);
        }
        if (body.Length == 0)
            return last;
        var bytes = body.ToArray();
        now = Microseconds.Truncate(now);
        var sequence = (last?.Sequence ?? 0) + 1;
        var next = new CheckpointPart(sequence, now, bytes, key.Authenticate(Authenticated(tenant, last, sequence, now, bytes)));
        await store.SaveCheckpointAsync(tenant, next, cancellationToken).ConfigureAwait(false);
        return next;
    }

    /// <summary>The bytes that a part's authenticator is made over.</summary>
    internal static byte[] Authenticated(TenantId tenant, CheckpointPart? before, int sequence, Instant takenAt, ReadOnlyMemory<byte> body)
    {
        using var data = new MemoryStream();
        Span<byte> numbers = stackalloc byte[12];
        BinaryPrimitives.WriteInt32BigEndian(numbers, sequence);
        BinaryPrimitives.WriteInt64BigEndian(numbers[4..], takenAt.ToUnixTimeTicks());
        data.Write(Encoding.UTF8.GetBytes($"checkpoint\u001f{tenant}\u001f"));
        data.Write(before is null ? HashChain.Origin.Span : before.Mac.Span);
        data.Write(numbers);
        data.Write(SHA256.HashData(body.Span));
        return data.ToArray();
    }

    /// <summary>Stands between what something is and its number; a complaint has its number only.</summary>
    private const char Separator = '\u001f';

    /// <summary>One entry: id (16), version (4), head (32), length of the number (1), number.</summary>
    private static void Write(MemoryStream body, ChainHead head)
    {
        Span<byte> entry = stackalloc byte[53];
        var number = Encoding.UTF8.GetBytes(head.Of.Noun == AggregateId.Complaint ? head.Number
            : $"{head.Of.Noun}{Separator}{head.Number}");
        head.Of.Value.TryWriteBytes(entry, bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(entry[16..], head.Version);
        head.Head.Span.CopyTo(entry[20..]);
        entry[52] = (byte)number.Length;
        body.Write(entry);
        body.Write(number);
    }

    internal static IEnumerable<ChainHead> Read(ReadOnlyMemory<byte> body)
    {
        while (body.Length >= 53 && body.Length >= 53 + body.Span[52])
        {
            var length = 53 + body.Span[52];
            var name = Encoding.UTF8.GetString(body.Span[53..length]).Split(Separator);
            yield return new ChainHead(
                new AggregateId(name.Length == 1 ? AggregateId.Complaint : name[0], new Guid(body.Span[..16], bigEndian: true)),
                name[^1],
                BinaryPrimitives.ReadInt32BigEndian(body.Span[16..]),
                body.Slice(20, HashChain.Size));
            body = body[length..];
        }
    }
}

/// <summary>What the checkpoints of a tenant say, after their authenticators were checked.</summary>
internal sealed class CheckpointLedger
{
    private readonly Dictionary<Guid, ImmutableArray<ChainHead>> _heads = [];

    public int Parts { get; private set; }

    /// <summary>When the newest was taken; <c>null</c> where there is none.</summary>
    public Instant? TakenAt { get; private set; }

    public IEnumerable<ChainHead> Rest => _heads.Values.Select(seen => seen[^1]).OrderBy(head => head.Number, StringComparer.Ordinal);

    /// <summary>
    /// Everything that checkpoints say about one chain, by version; asked once. All of it must hold: were only the newest checked, a
    /// chain that was computed anew would be
    /// made good by the next checkpoint that somebody takes without a proof, as an import does.
    /// </summary>
    public ImmutableArray<ChainHead> Take(Guid of) =>
        _heads.Remove(of, out var seen) ? [.. seen.OrderBy(head => head.Version)] : [];

    public static async Task<CheckpointLedger> ReadAsync(
        IChainStore store, TenantId tenant, CheckpointKey? key, ImmutableArray<ChainFinding>.Builder findings,
        ImmutableArray<Label>.Builder unproven, CancellationToken cancellationToken)
    {
        var ledger = new CheckpointLedger();
        CheckpointPart? before = null;
        await foreach (var part in store.CheckpointsAsync(tenant, cancellationToken).ConfigureAwait(false))
        {
            if (key is null)
            {
                unproven.Add(new(
                    "There are checkpoints but no key: whether a last event or a whole complaint was deleted with its head, or a chain "
                    + "computed anew, cannot be proved.",
                    "有检查点但没有密钥：无法证明是否有末尾事件或整件投诉连同其链头被删除，或整条链被重新计算。"));
                return ledger;
            }
            ledger.Parts++;
            var data = Checkpoints.Authenticated(tenant, before, part.Sequence, part.TakenAt, part.Body);
            if (part.Sequence != (before?.Sequence ?? 0) + 1 || !key.IsAuthentic(data, part.Mac.Span))
            {
                findings.Add(new("checkpoint.forged", null, null, part.Sequence, 0, new(
                    $"Checkpoint {part.Sequence} is not authentic, or one before it is missing, or the tenant's key is another.",
                    $"检查点 {part.Sequence} 不真实，或其前面缺少检查点，或租户的密钥不是原来的密钥。")));
                return ledger;
            }
            foreach (var head in Checkpoints.Read(part.Body))
                ledger._heads[head.Of.Value] = ledger._heads.TryGetValue(head.Of.Value, out var earlier) ? earlier.Add(head) : [head];
            before = part;
            ledger.TakenAt = part.TakenAt;
        }
        if (before is null)
        {
            unproven.Add(new(
                "There is no checkpoint yet: whether a last event or a whole complaint was deleted with its head cannot be proved.",
                "尚无检查点：无法证明是否有末尾事件或整件投诉连同其链头被删除。"));
        }
        return ledger;
    }
}
