using Complaints.Core.Notifications;

namespace Complaints.Testing.Conformance;

/// <summary>Makes the channel that the laws are tried on, with a receiver at its other end. An author of a channel writes one of these
/// and derives a class of one line from each class of laws. Each law gets one of its own.</summary>
public interface IChannelFixture : IAsyncDisposable
{
    /// <summary>Whether the receiver is told the message's id. A chat has no place for one.</summary>
    bool CarriesIds { get; }

    /// <summary>The channel, with a receiver that takes what comes. Called once.</summary>
    ValueTask<IMessageChannel> OpenAsync(CancellationToken cancellationToken);

    /// <summary>From now on the receiver behaves so; it is the same receiver, in the same place.</summary>
    ValueTask BecomeAsync(ReceiverMood mood, CancellationToken cancellationToken);

    /// <summary>What the receiver took, and said that it took, in the order in which it came.</summary>
    ValueTask<IReadOnlyList<ReceivedMessage>> ReceivedAsync(CancellationToken cancellationToken);
}

/// <summary>How a receiver behaves.</summary>
public enum ReceiverMood
{
    /// <summary>It takes what comes.</summary>
    Takes,

    /// <summary>It is there and refuses, in a way that can be another one later: HTTP 503, SMTP 4xx.</summary>
    RefusesForNow,

    /// <summary>It is there and refuses for good, this message or any: HTTP 410, SMTP 5xx, no such queue.</summary>
    RefusesForEver,

    /// <summary>It can be connected to and never answers.</summary>
    Hangs,

    /// <summary>Nobody listens in its place.</summary>
    IsAbsent,
}

/// <summary>A message as its receiver has it.</summary>
/// <param name="Id">The message's id as it came; empty where <see cref="IChannelFixture.CarriesIds"/> is false.</param>
/// <param name="Bytes">What is the same whenever the same message comes: the body, without times and signatures of an attempt.</param>
/// <param name="Words">The member <c>words</c> of the payload as the receiver reads it, or whatever the channel made of it.</param>
public sealed record ReceivedMessage(string Id, ReadOnlyMemory<byte> Bytes, string Words);
