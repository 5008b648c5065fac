using System.Collections.Immutable;
using NodaTime;

namespace Complaints.Core.Storage;

/// <summary>One thing that waits for somebody (待办), as it is kept: a projection of the state, written with it.</summary>
/// <param name="Work">What is to be done: a code such as <c>approve</c>.</param>
/// <param name="Subject">The part of the case that it is about; <c>null</c> for the whole. Unique with <paramref name="Work"/> in a
/// case.</param>
public sealed record WorkRow(string Work, Subject? Subject = null)
{
    /// <summary>Who has it, by the host's id; <c>null</c> where it is nobody's in particular.</summary>
    public string? Person { get; init; }

    /// <summary>The team that has it.</summary>
    public string? Team { get; init; }

    /// <summary>What one must be permitted to do to have it, where it is no person's and no team's: the name of a command.</summary>
    public string? Duty { get; init; }

    /// <summary>The authority that <see cref="Duty"/> takes, in the tenant's currency, rounded up to four decimals.</summary>
    public decimal Amount { get; init; }

    /// <summary>Who must not do it although the duty is theirs: they asked for it.</summary>
    public ImmutableArray<string> NotFor { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The area of the case.</summary>
    public string? Area { get; init; }

    /// <summary>By when; <c>null</c> where no limit runs.</summary>
    public Instant? Due { get; init; }

    /// <summary>Since when it waits. What is there already keeps it.</summary>
    public Instant Since { get; init; }

    /// <summary>True when the other is the same work, whoever has it.</summary>
    internal bool IsSame(WorkRow other) => Work == other.Work && Subject == other.Subject;

    /// <summary>Equal in everything but <see cref="Since"/>, which no state tells.</summary>
    public bool Equals(WorkRow? other) =>
        other is not null && (Work, Subject, Person, Team, Duty) == (other.Work, other.Subject, other.Person, other.Team, other.Duty)
        && (Amount, Area, Due) == (other.Amount, other.Area, other.Due) && NotFor.AsSpan().SequenceEqual(other.NotFor.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Work, Subject, Person, Team, Duty, Due);
}

/// <summary>A piece of work by its name within a case.</summary>
/// <param name="Work">What is to be done.</param>
/// <param name="Subject">The part that it is about.</param>
public readonly record struct WorkKey(string Work, Subject? Subject);
