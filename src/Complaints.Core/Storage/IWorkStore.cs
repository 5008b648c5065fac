using System.Collections.Immutable;
using NodaTime;

namespace Complaints.Core.Storage;

/// <summary>What waits for whom, over all cases of a tenant. It is written with each commit; here it is read, and put right where something
/// else has changed it.</summary>
public interface IWorkStore
{
    /// <summary>One page, by due instant; what has none comes last.</summary>
    ValueTask<ImmutableArray<WorkItem>> ListWorkAsync(TenantId tenant, WorkFilter filter, CancellationToken cancellationToken);

    /// <summary>How many there are of each sort of work, and how many of those were due before <see cref="WorkFilter.Now"/>; counted no
    /// further than <see cref="MatchCount.Most"/> in all.</summary>
    ValueTask<ImmutableArray<WorkCount>> CountWorkAsync(TenantId tenant, WorkFilter filter, CancellationToken cancellationToken);

    /// <summary>All work of a tenant by case, also of cases that are not there, as it stands at one moment.</summary>
    IAsyncEnumerable<StoredWork> AllWorkAsync(TenantId tenant, CancellationToken cancellationToken);

    /// <summary>Puts one piece of work right, unless its case has moved on meanwhile: then nothing is changed.</summary>
    ValueTask RepairWorkAsync(TenantId tenant, WorkRepair repair, CancellationToken cancellationToken);
}

/// <summary>Whose work is asked for: what lies in any of the lanes and passes every filter.</summary>
/// <param name="Lanes">1 to <see cref="MostLanes"/>.</param>
public sealed record WorkFilter(ImmutableArray<WorkLane> Lanes)
{
    /// <summary>How many lanes there may be.</summary>
    public const int MostLanes = 200;

    /// <summary>Leaves out what one of these persons must not do: the actor, and for whom the actor acts.</summary>
    public ImmutableArray<string> ExceptNotFor { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Of complaints in which one of these parties takes part (<see cref="ITakingPartStore"/>), and what somebody has by name on
    /// anything else; <c>null</c> for all.</summary>
    public ImmutableArray<string>? Parties { get; init; }

    /// <summary>Of these sorts; empty for any.</summary>
    public ImmutableArray<string> Works { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Of this area.</summary>
    public string? Area { get; init; }

    /// <summary>Due before this instant.</summary>
    public Instant? DueBefore { get; init; }

    /// <summary>By when a count says that it was due.</summary>
    public Instant Now { get; init; }

    /// <summary>Goes on behind this one, the last of the page before.</summary>
    public WorkPosition? After { get; init; }

    /// <summary>How many to return, 1 to 500.</summary>
    public int Take { get; init; } = 50;

    /// <summary>Checks the bounds; stores call it first.</summary>
    /// <exception cref="ArgumentException">No lane or too many, too many parties, or a page of none or of more than 500.</exception>
    public void ThrowIfUnusable()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Lanes.Length, 1, nameof(Lanes));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Lanes.Length, MostLanes, nameof(Lanes));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Parties?.Length ?? 0, ITakingPartStore.MostParties, nameof(Parties));
        ArgumentOutOfRangeException.ThrowIfLessThan(Take, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Take, 500);
    }
}

/// <summary>One owner of work.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Key">Which: a person's id, a team's code, a command's name, an area's code.</param>
/// <param name="Authority">For a duty, up to which amount.</param>
public readonly record struct WorkLane(WorkLaneKind Kind, string Key, decimal Authority = decimal.MaxValue);

/// <summary>What a <see cref="WorkLane"/> is.</summary>
public enum WorkLaneKind
{
    /// <summary>What one person has.</summary>
    Person,

    /// <summary>What a team has and none of its members has taken.</summary>
    Team,

    /// <summary>What is for whoever has the duty.</summary>
    Duty,

    /// <summary>What is to be done on cases of an area, whoever has it.</summary>
    Area,
}

/// <summary>A piece of work with its case.</summary>
/// <param name="Of">The case.</param>
/// <param name="Number">Its number; <c>null</c> where the case is not there.</param>
/// <param name="Row">The work.</param>
public sealed record WorkItem(AggregateId Of, string? Number, WorkRow Row)
{
    /// <summary>The category of a complaint.</summary>
    public string? Category { get; init; }

    /// <summary>The priority of a complaint.</summary>
    public string? Priority { get; init; }

    /// <summary>How often whoever owes it was urged, by <see cref="Measures.UrgingOf"/>; <c>null</c> where nobody was.</summary>
    public Assignment.Urging? Urged { get; init; }

    /// <summary>Where it stands in the order.</summary>
    public WorkPosition Position => new(Row.Due, Of.Value, Row.Work, Row.Subject);
}

/// <summary>How much there is of one sort of work.</summary>
/// <param name="Work">The sort.</param>
/// <param name="Count">How many.</param>
/// <param name="Overdue">How many of them are past due.</param>
public readonly record struct WorkCount(string Work, int Count, int Overdue);

/// <summary>Work as it is stored.</summary>
/// <param name="Of">Whose it is.</param>
/// <param name="Row">The work.</param>
public sealed record StoredWork(AggregateId Of, WorkRow Row);

/// <summary>A piece of work to be put right.</summary>
/// <param name="Of">Whose it is.</param>
/// <param name="Version">The version that the case must still have; 0 for one that is not there.</param>
/// <param name="Row">The work as it must be, or the one that must go.</param>
/// <param name="Remove">True when it must go.</param>
public sealed record WorkRepair(AggregateId Of, int Version, WorkRow Row, bool Remove);
