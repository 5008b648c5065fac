using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Complaints.Core.Capabilities;
using Complaints.Core.History;
using Complaints.Core.Improvements;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Core;

/// <summary>An improvement for people. Its words are sealed; <c>ImprovementDesk.RevealAsync</c> tells them.</summary>
/// <param name="Improvement">Its state.</param>
/// <param name="History">What happened.</param>
/// <param name="Commands">What may be done now, and why not.</param>
public sealed record ImprovementView(
    Improvement Improvement, ImmutableArray<RecordedImprovementEvent> History, ImmutableArray<PermittedCommand> Commands)
{
    /// <summary>How many events of its history are damaged, and left out.</summary>
    public int Unreadable { get; init; }
}

/// <summary>What a list of improvements asks for; everything given must hold.</summary>
public sealed record ImprovementQuery
{
    /// <summary>In one of these statuses; empty for any.</summary>
    public ImmutableArray<ImprovementStatus> Statuses { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Of this kind.</summary>
    public string? Kind { get; init; }

    /// <summary>Of this owner.</summary>
    public string? Owner { get; init; }

    /// <summary>With exactly this number.</summary>
    public string? Number { get; init; }

    /// <summary>Goes on behind this one (<see cref="ImprovementPage.Next"/>).</summary>
    public ImprovementId? After { get; init; }

    /// <summary>How many to return, 1 to 500.</summary>
    public int Take { get; init; } = 50;

    internal AggregateQuery ToStored() => new(AggregateId.Improvement)
    {
        Statuses = [.. Statuses.Select(status => status.ToString())], Kind = Kind, Owner = Owner, Number = Number, After = After?.Value,
            Take = Take,
    };
}

/// <summary>One page.</summary>
/// <param name="Items">The improvements, the newest first.</param>
/// <param name="Next">Behind which the next page begins; <c>null</c> at the end.</param>
public sealed record ImprovementPage(ImmutableArray<ImprovementSummary> Items, ImprovementId? Next);

/// <summary>An improvement in a list.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Number">Its number.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="Department">For which team or department.</param>
/// <param name="Title">What it is about; sealed.</param>
/// <param name="OpenedAt">When it was opened.</param>
/// <param name="DueAt">When the next of its actions is due.</param>
/// <param name="ClosedAt">When it was closed.</param>
public sealed record ImprovementSummary(
    ImprovementId Id, string Number, string Kind, ImprovementStatus Status, string Owner, string? Department, Personal<string>? Title,
    Instant OpenedAt, Instant? DueAt, Instant? ClosedAt)
{
    /// <summary>The columns whose values are damaged, by their names in the table; empty for a row that is whole. What stands in their
    /// places is nothing to go by.</summary>
    public ImmutableArray<string> Unreadable { get; init => field = value.IsDefault ? [] : value; } = [];

    internal static ImprovementSummary Of(AggregateSummary stored)
    {
        var isKnown = Enum.TryParse<ImprovementStatus>(stored.Status, out var status) && status.ToString() == stored.Status;
        return new(new(stored.Id.Value), stored.Number, stored.Kind, status, stored.Owner ?? "", stored.Team, stored.Title,
            stored.OpenedAt, stored.DueAt, stored.EndedAt)
        {
            Unreadable = isKnown ? stored.Unreadable : [.. stored.Unreadable.Append("status").Distinct()],
        };
    }
}

/// <summary>What a command on an improvement was answered. The same command id again gets the same answer.</summary>
/// <param name="Improvement">The improvement.</param>
/// <param name="Number">Its number.</param>
/// <param name="Version">Its version after the command.</param>
/// <param name="Status">Where it stands after the command.</param>
public sealed record ImprovementAnswer(ImprovementId Improvement, string Number, int Version, ImprovementStatus Status)
{
    /// <summary>The parts that came to be by the command: <c>action/1</c>.</summary>
    public ImmutableArray<Subject> Made { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>True when the key of its words had been destroyed: the command was carried out, and its words were not kept.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool WordsLeftOut { get; init; }

    /// <inheritdoc/>
    public bool Equals(ImprovementAnswer? other) => other is not null
        && (Improvement, Number, Version, Status) == (other.Improvement, other.Number, other.Version, other.Status)
        && WordsLeftOut == other.WordsLeftOut && Made.AsSpan().SequenceEqual(other.Made.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Improvement, Version);
}

/// <summary>An answer, or a refusal.</summary>
public sealed record ImprovementResult
{
    /// <summary>The answer; <c>null</c> after a refusal.</summary>
    public ImprovementAnswer? Answer { get; init; }

    /// <summary>Why not; <c>null</c> after success.</summary>
    public ComplaintError? Refusal { get; init; }

    /// <summary>The state after the command, its words sealed; <c>null</c> for a repeated command, and for who may not see it.</summary>
    public Improvement? Improvement { get; init; }

    /// <summary>True when the command had been carried out before; nothing was done again.</summary>
    public bool Repeated { get; init; }

    /// <summary>True when it was written into a transaction of the host: it holds once the host commits.</summary>
    public bool IsPending { get; init; }

    /// <summary>True when it was carried out, now or before.</summary>
    public bool IsSuccess => Refusal is null;

    /// <summary>The answer.</summary>
    /// <exception cref="InvalidOperationException">The command was refused; the message says why.</exception>
    public ImprovementAnswer Value => Answer ?? throw new InvalidOperationException($"{Refusal?.Code}: {Refusal?.Message}");
}
