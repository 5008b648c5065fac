using System.Collections.Immutable;
using System.Text.Json;
using Complaints.Core;
using Complaints.Core.Notifications;
using Complaints.Core.Storage;

namespace Complaints.Testing;

/// <summary>A message channel that keeps what it was sent instead of sending it, for assertions. Thread-safe.</summary>
public sealed class CaptureChannel : IMessageChannel
{
    private readonly Lock _gate = new();
    private readonly List<CapturedMessage> _attempts = [];
    private TaskCompletionSource _more = New();

    /// <summary>A channel that takes every topic and delivers at once.</summary>
    /// <param name="name">Its name; two channels of one host need two.</param>
    public CaptureChannel(string name = "capture")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    /// <remarks><c>false</c> unless it is set.</remarks>
    public bool IsOrdered { get; init; }

    /// <inheritdoc/>
    /// <remarks>8 unless it is set.</remarks>
    public int Concurrency { get; init; } = 8;

    /// <summary>The topics that it takes; empty for all.</summary>
    public ImmutableHashSet<string> Topics { get; init; } = [];

    /// <summary>What it says to a message: delivered, unless a test wants a receiver that is down or refuses for good.</summary>
    public Func<ClaimedMessage, DeliveryResult> Answer { get; init; } = static _ => DeliveryResult.Delivered;

    /// <summary>What was delivered, in the order in which it came.</summary>
    public ImmutableArray<CapturedMessage> Messages
    {
        get
        {
            lock (_gate)
                return [.. _attempts.Where(attempt => attempt.Result is DeliveryResult.Sent)];
        }
    }

    /// <summary>What came, delivered or not, in the order in which it came.</summary>
    public ImmutableArray<CapturedMessage> Attempts
    {
        get
        {
            lock (_gate)
                return [.. _attempts];
        }
    }

    /// <inheritdoc/>
    public bool Takes(string topic) => Topics.IsEmpty || Topics.Contains(topic);

    /// <inheritdoc/>
    public ValueTask<DeliveryResult> SendAsync(ClaimedMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        cancellationToken.ThrowIfCancellationRequested();
        var result = Answer(message);
        lock (_gate)
        {
            _attempts.Add(new CapturedMessage(message, result));
            _more.SetResult();
            _more = New();
        }
        return new(result);
    }

    /// <summary>Waits until so many messages were delivered, for hosts whose background work sends them.</summary>
    /// <param name="count">At least so many.</param>
    /// <param name="cancellationToken">Ends the wait: give it a time limit.</param>
    /// <returns>All that were delivered by then.</returns>
    public async Task<ImmutableArray<CapturedMessage>> WaitAsync(int count, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task more;
            lock (_gate)
                more = _more.Task;
            if (Messages is var messages && messages.Length >= count)
                return messages;
            await more.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Forgets what came.</summary>
    public void Clear()
    {
        lock (_gate)
            _attempts.Clear();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>A message that came, and what the channel said.</summary>
/// <param name="Message">As it was handed over.</param>
/// <param name="Result">What the channel said.</param>
public sealed record CapturedMessage(ClaimedMessage Message, DeliveryResult Result)
{
    /// <summary>What it is about, such as <c>complaint.registered</c>.</summary>
    public string Topic => Message.Topic;

    /// <summary>The complaint that it is about.</summary>
    public ComplaintId Complaint => Message.Complaint;

    /// <summary>A member of the payload as text, such as <c>number</c> or <c>state</c>; <c>null</c> when there is none.</summary>
    public string? this[string member]
    {
        get
        {
            using var payload = JsonDocument.Parse(Message.Payload);
            return payload.RootElement.TryGetProperty(member, out var value) ? value.ToString() : null;
        }
    }
}
