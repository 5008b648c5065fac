using System.Collections.Immutable;
using Complaints.Core.FollowUp;
using NodaTime;

namespace Complaints.Core.Intake;

/// <summary>The intake's part of a complaint. What the customer said stays in the history; the state keeps what decisions need.</summary>
public sealed record Receipt
{
    /// <summary>What it is: complaint, inquiry, praise.</summary>
    public required string Kind { get; init; }

    /// <summary>How it came in.</summary>
    public required string Channel { get; init; }

    /// <summary>The hotline, mailbox or page it came in by.</summary>
    public string? EntryPoint { get; init; }

    /// <summary>When it reached us: the start of the customer's clocks.</summary>
    public required Instant ReceivedAt { get; init; }

    /// <summary>When it was written down.</summary>
    public required Instant RegisteredAt { get; init; }

    /// <summary>Under whose key the personal data is sealed.</summary>
    public required SubjectId Person { get; init; }

    /// <summary>One line.</summary>
    public Personal<string>? Title { get; init; }

    /// <summary>Who complains.</summary>
    public Personal<Complainant>? Complainant { get; init; }

    /// <summary>The product or service.</summary>
    public Item? Item { get; init; }

    /// <summary>Where the complaint is known under another id.</summary>
    public ExternalRef? ExternalRef { get; init; }

    /// <summary>The language to answer in.</summary>
    public string? Language { get; init; }

    /// <summary>The customer's membership tier.</summary>
    public string? Tier { get; init; }

    /// <summary>When the customer wants to be contacted, as said last.</summary>
    public ContactPreference? Contact { get; init; }

    /// <summary>The keyed hash by which repeats are found.</summary>
    public string? RepeatKey { get; init; }

    /// <summary>The earlier complaint that this one repeats.</summary>
    public ComplaintId? RepeatOf { get; init; }

    /// <summary>Similar complaints found at intake.</summary>
    public ImmutableArray<SimilarComplaint> Similar { get; init; } = [];

    /// <summary>Facts of the host by name.</summary>
    public ImmutableSortedDictionary<string, string> Attributes { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>When the receipt was confirmed to the customer.</summary>
    public Instant? AcknowledgedAt { get; init; }

    /// <summary>When a person first answered the customer.</summary>
    public Instant? FirstResponseAt { get; init; }

    /// <summary>True while a letter with a phone number waits for its call.</summary>
    public bool CallbackPending { get; init; }

    /// <summary>When an inquiry became a complaint.</summary>
    public Instant? ConvertedAt { get; init; }
}
