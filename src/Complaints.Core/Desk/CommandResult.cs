using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Complaints.Core.Lifecycle;
using NodaTime;

namespace Complaints.Core;

/// <summary>What a command was answered. Stored with the command id: the same id again gets the same answer.</summary>
/// <param name="Complaint">The complaint.</param>
/// <param name="Number">Its number.</param>
/// <param name="Version">Its version after the command.</param>
/// <param name="State">Its state after the command.</param>
public sealed record CommandAnswer(ComplaintId Complaint, string Number, int Version, ComplaintState State)
{
    /// <summary>The parts of the case that came to be by the command: <c>proposal/1</c>.</summary>
    public ImmutableArray<Subject> Made { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>True when the person had been erased: the command was carried out, and its words about that person were not kept.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool WordsLeftOut { get; init; }

    /// <inheritdoc/>
    public bool Equals(CommandAnswer? other) =>
        other is not null
        && (Complaint, Number, Version, State, WordsLeftOut) == (other.Complaint, other.Number, other.Version, other.State, other.WordsLeftOut)
        && Made.AsSpan().SequenceEqual(other.Made.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Complaint, Version);
}

/// <summary>An answer, or a refusal.</summary>
public sealed record CommandResult
{
    /// <summary>The answer; <c>null</c> after a refusal.</summary>
    public CommandAnswer? Answer { get; init; }

    /// <summary>Why not; <c>null</c> after success.</summary>
    public ComplaintError? Refusal { get; init; }

    /// <summary>The state after the command; <c>null</c> for a repeated command and for a refusal of a new complaint.</summary>
    public Complaint? Complaint { get; init; }

    /// <summary>Earlier complaints that a new one resembles: show them to a person.</summary>
    public ImmutableArray<Intake.SimilarComplaint> Similar { get; init; } = [];

    /// <summary>True when the command had been carried out before; nothing was done again.</summary>
    public bool Repeated { get; init; }

    /// <summary>True when it was written into a transaction of the host (<see cref="ComplaintDesk.In"/>): it holds once the host commits,
    /// and is gone if the host rolls back.</summary>
    public bool IsPending { get; init; }

    /// <summary>True when it was carried out, now or before.</summary>
    public bool IsSuccess => Refusal is null;

    /// <summary>The answer.</summary>
    /// <exception cref="InvalidOperationException">The command was refused; the message says why.</exception>
    public CommandAnswer Value => Answer ?? throw new InvalidOperationException($"{Refusal?.Code}: {Refusal?.Message}");

    internal static CommandResult Refused(ComplaintError refusal, Complaint? complaint = null) =>
        new() { Refusal = refusal, Complaint = complaint };
}

/// <summary>What may be said about a command besides itself.</summary>
public sealed record CommandOptions
{
    /// <summary>Nothing.</summary>
    public static CommandOptions None { get; } = new();

    /// <summary>The caller's id of this intention; <c>null</c> to make one. Repeat a command after a failure with the same id.</summary>
    public CommandId? CommandId { get; init; }

    /// <summary>The version that the caller saw. If the complaint has another, a <see cref="Storage.ConflictException"/> is thrown. Without
    /// one the newest state counts.</summary>
    public int? ExpectedVersion { get; init; }

    /// <summary>When it really happened, if that was earlier.</summary>
    public Instant? OccurredAt { get; init; }

    /// <summary>Why it is recorded late, in at most 500 characters; required with <see cref="OccurredAt"/>, and kept sealed in the
    /// history.</summary>
    public string? BackdateReason { get; init; }
}
