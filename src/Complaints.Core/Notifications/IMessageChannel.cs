using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Core.Notifications;

/// <summary>
/// Sends messages one way: by mail, to a webhook, into a queue, to the host's own bus. It sends once and says what came of it; when to try
/// again is the dispatcher's business
///. Called by several threads at once.
/// </summary>
public interface IMessageChannel
{
    /// <summary>Its name: stable, because messages that wait for it carry it; 1 to 100 characters.</summary>
    string Name { get; }

    /// <summary>Whether it must get the messages of one complaint one after the other.</summary>
    bool IsOrdered { get; }

    /// <summary>How many messages it takes at once on one node, 1 to 1,000.</summary>
    int Concurrency { get; }

    /// <summary>Whether a topic is for it.</summary>
    bool Takes(string topic);

    /// <summary>Sends one message. The same message may come again after a crash, with the same id.</summary>
    /// <param name="message">What to send; ids and codes, from which the channel reads what it needs.</param>
    /// <param name="cancellationToken">Ends the attempt; what became of it is then unknown, and it is tried again.</param>
    ValueTask<DeliveryResult> SendAsync(ClaimedMessage message, CancellationToken cancellationToken);
}

/// <summary>What came of an attempt.</summary>
public abstract record DeliveryResult
{
    private DeliveryResult() { }

    /// <summary>The receiver has it.</summary>
    public static DeliveryResult Delivered { get; } = new Sent();

    /// <summary>The receiver has it.</summary>
    public sealed record Sent : DeliveryResult;

    /// <summary>It did not work now.</summary>
    /// <param name="Reason">Why, in one line.</param>
    /// <param name="After">When the receiver wants to be asked again; <c>null</c> to leave it to the dispatcher.</param>
    public sealed record Retry(string Reason, Duration? After = null) : DeliveryResult;

    /// <summary>It will never work.</summary>
    /// <param name="Reason">Why, in one line.</param>
    public sealed record DeadLetter(string Reason) : DeliveryResult;
}
