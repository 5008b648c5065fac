using System.Collections.Immutable;
using Complaints.Core.Assignment;
using Complaints.Core.Investigation;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Core;

/// <summary>Which steps with an appointment are asked for: those of one day. Where neither an area nor a person nor a team is named, the
/// actor's own and those of the actor's teams.</summary>
/// <param name="Day">The day, in the tenant's zone; of the years 1970 to 9998.</param>
public sealed record StepQuery(LocalDate Day)
{
    /// <summary>On cases of this area.</summary>
    public string? Area { get; init; }

    /// <summary>Of this person, by the host's id.</summary>
    public string? Person { get; init; }

    /// <summary>Of this team, which none of its members has taken.</summary>
    public string? Team { get; init; }

    /// <summary>How many to return, 1 to 200.</summary>
    public int Take { get; init; } = 100;

    /// <summary>Checks the bounds.</summary>
    /// <param name="organisation">Where the area must be one of its own, if it names any.</param>
    /// <exception cref="ArgumentException">A page of none or of more than 200, a year out of bounds, a name of more than 100 characters, or
    /// an area that there is not (<c>code.unknown</c>).</exception>
    public void ThrowIfUnusable(Organisation organisation)
    {
        ArgumentNullException.ThrowIfNull(organisation);
        ArgumentOutOfRangeException.ThrowIfLessThan(Take, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Take, 200);
        ArgumentOutOfRangeException.ThrowIfLessThan(Day.Year, 1970, nameof(Day));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Day.Year, 9998, nameof(Day));
        foreach (var (name, value) in new[] { (nameof(Area), Area), (nameof(Person), Person), (nameof(Team), Team) })
        {
            if (value is not null && Text.Check(name, value, Text.Id) is { } bad)
                throw new ArgumentException(bad.ToString(), name);
        }
        if (Area is not null && !organisation.Areas.IsEmpty && organisation.Areas.All(area => area.Code != Area))
        {
            throw new ArgumentException(new ComplaintError("code.unknown", ("field", "area"), ("value", Area),
                ("known", string.Join(", ", organisation.Areas.Select(area => area.Code)))).ToString(), nameof(Area));
        }
    }
}

/// <summary>The steps of a day.</summary>
/// <param name="Items">The first ones, the earliest first.</param>
/// <param name="IsMore">True where there are more than were asked for.</param>
public sealed record StepPage(ImmutableArray<PlannedStep> Items, bool IsMore);

/// <summary>A step with its appointment, for who carries it out.</summary>
/// <param name="Work">The work, with its case and its due instant.</param>
/// <param name="Step">The step.</param>
/// <param name="Title">What the case is called; <c>null</c> where that is not told any more.</param>
/// <param name="What">What is to be done; <c>null</c> where nothing was said.</param>
/// <param name="Place">Where; <c>null</c> where nothing was said.</param>
public sealed record PlannedStep(WorkItem Work, CaseStep Step, string? Title, string? What, string? Place)
{
    /// <summary>It prints its case and its number, and no words.</summary>
    public override string ToString() => $"{Work.Number} {Work.Row.Subject}";
}
