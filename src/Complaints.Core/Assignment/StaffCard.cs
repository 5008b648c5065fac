using System.Collections.Immutable;
using System.Text.Json.Serialization;
using NodaTime;

namespace Complaints.Core.Assignment;

/// <summary>What is known of a member of the staff.</summary>
/// <param name="Id">The host's id, 1 to 100 characters: the owner of a complaint.</param>
/// <param name="Name">The name; <c>null</c> where the id is all that is known.</param>
/// <param name="Teams">The teams; empty where nothing is known of teams.</param>
/// <param name="Skills">What the person can do: codes of the host's.</param>
/// <param name="Roles">The roles.</param>
/// <param name="Deputy">Who stands in for the person.</param>
/// <param name="Absences">When the person is away: <c>absent</c> in JSON.</param>
/// <param name="LeftOn">The last day with us; gone from the day after: <c>left</c> in JSON.</param>
public sealed record StaffCard(
    string Id, string? Name = null, ImmutableArray<string> Teams = default, ImmutableArray<string> Skills = default,
    ImmutableArray<string> Roles = default, string? Deputy = null,
    ImmutableArray<Absence> Absences = default,
    [property: JsonPropertyName("left")] LocalDate? LeftOn = null)
{
    /// <summary>The teams; never <c>default</c>.</summary>
    public ImmutableArray<string> Teams { get; init => field = Given.Of(value); } = Given.Of(Teams);

    /// <summary>The skills; never <c>default</c>.</summary>
    public ImmutableArray<string> Skills { get; init => field = Given.Of(value); } = Given.Of(Skills);

    /// <summary>The roles; never <c>default</c>.</summary>
    public ImmutableArray<string> Roles { get; init => field = Given.Of(value); } = Given.Of(Roles);

    /// <summary>The absences; never <c>default</c>.</summary>
    [JsonPropertyName("absent")]
    public ImmutableArray<Absence> Absences { get; init => field = Given.Of(value); } = Given.Of(Absences);

    /// <summary>True on a day of an absence.</summary>
    public bool IsAwayOn(LocalDate day)
    {
        foreach (var absence in Absences)
        {
            if (absence.From <= day && day <= absence.Until)
                return true;
        }
        return false;
    }

    /// <summary>True when the day in the zone is one of an absence.</summary>
    public bool IsAwayAt(Instant instant, DateTimeZone zone) => IsAwayOn(instant.InZone(zone).Date);

    /// <summary>True from the day after the last one.</summary>
    public bool HasLeftBy(LocalDate day) => LeftOn < day;

    /// <summary>True for who may be given a case on a day: neither away nor gone.</summary>
    internal bool IsHereOn(LocalDate day) => !HasLeftBy(day) && !IsAwayOn(day);
}

/// <summary>Days on which somebody is away, in the tenant's zone.</summary>
/// <param name="From">The first day.</param>
/// <param name="Until">The last day, which is still one of them.</param>
public sealed record Absence(LocalDate From, LocalDate Until);
