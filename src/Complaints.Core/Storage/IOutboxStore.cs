using System.Collections.Immutable;
using NodaTime;

namespace Complaints.Core.Storage;

/// <summary>
/// Hands out messages to those who send them, each to one at a time: taken under a lease, and settled with the token of the claim, so that
/// whoever lost its lease settles nothing
///. Time is the database's own clock unless a caller gives one.
/// </summary>
public interface IOutboxStore
{
    /// <summary>Takes messages that are due and that nobody else has, the longest due first.</summary>
    ValueTask<OutboxClaim> ClaimAsync(TenantId tenant, OutboxQuery query, CancellationToken cancellationToken);

    /// <summary>Says what became of the messages of a claim.</summary>
    /// <returns>How many were settled; the others had been taken by somebody else when the lease was over, and what became of them is
    /// theirs to say.</returns>
    ValueTask<int> SettleAsync(TenantId tenant, string token, IReadOnlyList<MessageFate> fates, Instant? now, CancellationToken cancellationToken);

    /// <summary>Messages that were given up, the newest first.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="max">At most so many, 1 to 10,000.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<ImmutableArray<DeadMessage>> DeadAsync(TenantId tenant, int max, CancellationToken cancellationToken);

    /// <summary>Makes messages that were given up due again, with their attempts counted anew.</summary>
    /// <returns>How many were.</returns>
    ValueTask<int> ReplayAsync(TenantId tenant, IReadOnlyCollection<Guid> messages, Instant? now, CancellationToken cancellationToken);

    /// <summary>Ages by which health is judged.</summary>
    ValueTask<QueueAges> AgesAsync(TenantId tenant, Instant? now, CancellationToken cancellationToken);

    /// <summary>Deletes what was delivered before an instant.</summary>
    /// <returns>How many messages.</returns>
    ValueTask<int> ForgetDeliveredAsync(TenantId tenant, Instant before, CancellationToken cancellationToken);
}

/// <summary>What a sender asks for.</summary>
/// <param name="Token">Names this claim; used once.</param>
/// <param name="Max">At most so many messages, 1 to 10,000.</param>
/// <param name="Lease">For how long nobody else gets them; 1 ms to an hour.</param>
/// <param name="Channel">The channel they are meant for; empty for those that were not divided among channels yet.</param>
/// <param name="IsOrdered">True to get a message only when all earlier ones of its complaint (by creation, then id) are delivered or given
/// up; those that were due and are not divided yet, too.</param>
/// <param name="Now">The instant by which they are due; <c>null</c> for the database's clock.</param>
public sealed record OutboxQuery(string Token, int Max, Duration Lease, string Channel = "", bool IsOrdered = false, Instant? Now = null);

/// <summary>Messages that were taken.</summary>
/// <param name="Token">The claim's name.</param>
/// <param name="Messages">By creation.</param>
public sealed record OutboxClaim(string Token, ImmutableArray<ClaimedMessage> Messages);

/// <summary>A message that was taken.</summary>
/// <param name="Id">Its id: the same in every attempt, so that a receiver knows it again.</param>
/// <param name="Complaint">The complaint it is about; for a message about something else, such as an improvement, the id of that, which
/// its payload names.</param>
/// <param name="Topic">What it is about.</param>
/// <param name="Payload">UTF-8 JSON of ids and codes; nothing personal.</param>
/// <param name="CreatedAt">When it was written.</param>
/// <param name="Attempt">1, 2, ...</param>
public sealed record ClaimedMessage(
    Guid Id, ComplaintId Complaint, string Topic, ReadOnlyMemory<byte> Payload, Instant CreatedAt, int Attempt)
{
    /// <summary>Whom it goes to; <c>null</c> for what goes to a system and not to people.</summary>
    public Addressee? To { get; init; }

    /// <summary>The code of the template by which people are told; <c>null</c> where <see cref="To"/> is.</summary>
    public string? Template { get; init; }
}

/// <summary>What became of a message.</summary>
/// <param name="Id">The message.</param>
public abstract record MessageFate(Guid Id)
{
    /// <summary>It was delivered.</summary>
    public sealed record Delivered(Guid Id) : MessageFate(Id);

    /// <summary>It is tried again, not before an instant.</summary>
    public sealed record Retried(Guid Id, Instant At) : MessageFate(Id);

    /// <summary>It was not tried after all, and is due again: the claim counts as no attempt.</summary>
    public sealed record Released(Guid Id, Instant At) : MessageFate(Id);

    /// <summary>It is given up.</summary>
    public sealed record GivenUp(Guid Id, string Reason) : MessageFate(Id);

    /// <summary>Each of several channels gets a message of its own, with an id that follows from this one's.</summary>
    public sealed record Divided(Guid Id, ImmutableArray<(Guid Id, string Channel)> Parts) : MessageFate(Id);
}

/// <summary>A message that was given up.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Complaint">The complaint it is about; for a message about something else, such as an improvement, the id of that, which
/// its payload names.</param>
/// <param name="Topic">What it is about.</param>
/// <param name="Channel">The channel that could not deliver it.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="GivenUpAt">When it was given up.</param>
/// <param name="Reason">Why.</param>
public sealed record DeadMessage(Guid Id, ComplaintId Complaint, string Topic, string Channel, int Attempts, Instant GivenUpAt, string Reason);

/// <summary>How old the oldest is of what should have been done.</summary>
/// <param name="OldestDueMessage">How long the oldest message that is due has waited; zero when none is.</param>
/// <param name="OldestDueTimer">How long the oldest timer that is due has waited; zero when none is.</param>
/// <param name="Dead">How many messages were given up.</param>
public sealed record QueueAges(Duration OldestDueMessage, Duration OldestDueTimer, long Dead)
{
    /// <summary>How many messages no clock that is right has written: taken for more than an hour, put off again for more than 31 days, or
    /// of the future and to go at once.</summary>
    public long FarAhead { get; init; }
}
