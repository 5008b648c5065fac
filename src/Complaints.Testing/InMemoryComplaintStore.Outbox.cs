using System.Collections.Immutable;
using Complaints.Core;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Testing;

/// <content>The outbox as a queue.</content>
public sealed partial class InMemoryComplaintStore
{
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <inheritdoc/>
    public Task Next => Volatile.Read(ref _next).Task;

    /// <inheritdoc/>
    public ValueTask<OutboxClaim> ClaimAsync(TenantId tenant, OutboxQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return In(tenant, cancellationToken, data =>
        {
            var now = query.Now ?? _clock.GetCurrentInstant();
            var taken = data.Outbox.Values
                .Where(row => row.IsWaiting && row.Channel == query.Channel && row.DueAt <= now && !(query.IsOrdered && HasEarlier(data, row, now)))
                .OrderBy(row => row.DueAt)
                .Take(query.Max)
                .ToList();
            foreach (var row in taken)
                (row.DueAt, row.Attempt, row.Owner) = (now + query.Lease, row.Attempt + 1, query.Token);
            return new OutboxClaim(query.Token, [.. taken
                .Select(row => new ClaimedMessage(row.Message.Id, row.Complaint, row.Message.Topic, row.Message.Payload.ToArray(), row.Message.CreatedAt, row.Attempt))
                .OrderBy(message => message.CreatedAt).ThenBy(message => message.Id)]);
        });
    }

    /// <inheritdoc/>
    public ValueTask<int> SettleAsync(TenantId tenant, string token, IReadOnlyList<MessageFate> fates, Instant? now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(fates);
        var at = now ?? _clock.GetCurrentInstant();
        return In(tenant, cancellationToken, data =>
        {
            var settled = 0;
            foreach (var fate in fates)
            {
                if (!data.Outbox.TryGetValue(fate.Id, out var row) || row.Owner != token || !row.IsWaiting)
                    continue;
                settled++;
                switch (fate)
                {
                    case MessageFate.Retried retried:
                        (row.DueAt, row.Owner) = (retried.At, null);
                        break;
                    case MessageFate.Released released:
                        (row.DueAt, row.Owner, row.Attempt) = (released.At, null, row.Attempt - 1);
                        break;
                    case MessageFate.GivenUp dead:
                        (row.DeadAt, row.Reason) = (at, dead.Reason);
                        break;
                    default:
                        row.DeliveredAt = at;
                        break;
                }
                foreach (var (id, channel) in (fate as MessageFate.Divided)?.Parts ?? [])
                    data.Outbox.TryAdd(id, new MemoryMessage(row.Message with { Id = id, NotBefore = at }, row.Complaint, channel));
            }
            // The parts of what was divided wait for their channels now.
            if (fates.Any(fate => fate is MessageFate.Divided))
                Hint();
            return settled;
        });
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<DeadMessage>> DeadAsync(TenantId tenant, int max, CancellationToken cancellationToken) => In(tenant, cancellationToken, data => data.Outbox.Values
        .Where(row => row.DeadAt is not null)
        .OrderByDescending(row => row.DeadAt).ThenBy(row => row.Message.Id)
        .Take(max)
        .Select(row => new DeadMessage(row.Message.Id, row.Complaint, row.Message.Topic, row.Channel, row.Attempt, row.DeadAt!.Value, row.Reason!))
        .ToImmutableArray());

    /// <inheritdoc/>
    public ValueTask<int> ReplayAsync(TenantId tenant, IReadOnlyCollection<Guid> messages, Instant? now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var at = now ?? _clock.GetCurrentInstant();
        return In(tenant, cancellationToken, data =>
        {
            var dead = messages.Distinct().Select(data.Outbox.GetValueOrDefault).OfType<MemoryMessage>().Where(row => row.DeadAt is not null).ToList();
            foreach (var row in dead)
                (row.DeadAt, row.Reason, row.Owner, row.Attempt, row.DueAt) = (null, null, null, 0, at);
            return dead.Count;
        });
    }

    /// <inheritdoc/>
    public ValueTask<QueueAges> AgesAsync(TenantId tenant, Instant? now, CancellationToken cancellationToken)
    {
        var at = now ?? _clock.GetCurrentInstant();
        return In(tenant, cancellationToken, data => new QueueAges(
            Age(data.Outbox.Values.Where(row => row.IsWaiting).Select(row => row.DueAt)), Age(data.Timers.Values.Select(timer => timer.Due)), data.Outbox.Values.Count(row => row.DeadAt is not null)));

        Duration Age(IEnumerable<Instant> dues) => dues.Where(due => due <= at).Select(due => at - due).DefaultIfEmpty(Duration.Zero).Max();
    }

    /// <inheritdoc/>
    public ValueTask<int> ForgetDeliveredAsync(TenantId tenant, Instant before, CancellationToken cancellationToken) => In(tenant, cancellationToken, data =>
        data.Outbox.Values.Where(row => row.DeliveredAt < before).Select(row => row.Message.Id).ToList().Count(data.Outbox.Remove));

    /// <summary>Wakes everybody who waits for messages.</summary>
    private void Hint() => Interlocked.Exchange(ref _next, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

    /// <summary>One that waits for the same channel, or was due and is still to be divided: it may be for this channel, too.</summary>
    private static bool HasEarlier(MemoryTenant data, MemoryMessage row, Instant now) => data.Outbox.Values.Any(other =>
        other.IsWaiting && other.Complaint == row.Complaint && (other.Channel == row.Channel || other.Channel.Length == 0 && (other.Attempt > 0 || other.DueAt <= now)) && (other.Message.CreatedAt, other.Message.Id).CompareTo((row.Message.CreatedAt, row.Message.Id)) < 0);
}

/// <summary>A row of the outbox.</summary>
internal sealed class MemoryMessage(OutboxMessage message, ComplaintId complaint, string channel = "")
{
    public OutboxMessage Message => message;

    public ComplaintId Complaint => complaint;

    public string Channel => channel;

    public Instant DueAt { get; set; } = message.DueAt;

    public int Attempt { get; set; }

    public string? Owner { get; set; }

    public Instant? DeliveredAt { get; set; }

    public Instant? DeadAt { get; set; }

    public string? Reason { get; set; }

    public bool IsWaiting => DeliveredAt is null && DeadAt is null;
}
