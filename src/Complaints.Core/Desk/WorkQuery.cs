using System.Collections.Immutable;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Core;

/// <summary>Whose work is asked for. Where nothing is said it is all that waits for the actor: <see cref="Mine"/>,
/// <see cref="MyTeams"/> and <see cref="MyRoles"/> together.</summary>
public sealed record WorkQuery
{
    /// <summary>What the actor has in person.</summary>
    public bool Mine { get; init; }

    /// <summary>What the actor's teams have and none of their members has taken.</summary>
    public bool MyTeams { get; init; }

    /// <summary>What the actor may do and is nobody's in particular.</summary>
    public bool MyRoles { get; init; }

    /// <summary>What this team has and none of its members has taken.</summary>
    public string? Team { get; init; }

    /// <summary>What is for whoever holds this role, up to the role's authority.</summary>
    public string? Role { get; init; }

    /// <summary>Of these sorts (<see cref="Vocabulary.Works"/>); empty for any.</summary>
    public ImmutableArray<string> Works { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Of this area.</summary>
    public string? Area { get; init; }

    /// <summary>Due before this instant.</summary>
    public Instant? DueBefore { get; init; }

    /// <summary>Goes on behind this place, as the page before said.</summary>
    public WorkPosition? After { get; init; }

    /// <summary>How many to return, 1 to 500.</summary>
    public int Take { get; init; } = 50;

    /// <summary>Checks the bounds.</summary>
    /// <exception cref="ArgumentException">A page of none or of more than 500, a name of more than 100 characters, more sorts of work than
    /// there are, or one that there is not (<c>code.unknown</c>).</exception>
    public void ThrowIfUnusable()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Take, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Take, 500);
        foreach (var (name, value) in new[] { (nameof(Team), Team), (nameof(Role), Role), (nameof(Area), Area) })
        {
            if (value is not null && Text.Check(name, value, Text.Id) is { } bad)
                throw new ArgumentException(bad.ToString(), name);
        }
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Works.Length, Vocabulary.Works.Length, nameof(Works));
        foreach (var work in Works)
        {
            if (Vocabulary.Works.All(known => known.Code != work))
            {
                throw new ArgumentException(new ComplaintError("code.unknown", ("field", "works"), ("value", work),
                    ("known", string.Join(", ", Vocabulary.Works.Select(known => known.Code)))).ToString(), nameof(Works));
            }
        }
    }
}

/// <summary>A page of work.</summary>
/// <param name="Items">The earliest due first; what has no limit comes last.</param>
/// <param name="Next">Where the next page goes on; <c>null</c> at the end.</param>
public sealed record WorkPage(ImmutableArray<WorkItem> Items, WorkPosition? Next);

/// <summary>How much work waits.</summary>
/// <param name="Counts">By sort, those that there are.</param>
/// <param name="IsMore">True where it was counted no further.</param>
public sealed record WorkCounts(ImmutableArray<WorkCount> Counts, bool IsMore)
{
    /// <summary>How much in all.</summary>
    public int Total => Counts.Sum(count => count.Count);

    /// <summary>How much of it is past due.</summary>
    public int Overdue => Counts.Sum(count => count.Overdue);
}
