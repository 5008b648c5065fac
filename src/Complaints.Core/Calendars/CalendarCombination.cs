using System.Collections.Immutable;

namespace Complaints.Core.Calendars;

/// <summary>A calendar made of other published ones, in their newest versions. Each keeps its own zone and holidays.</summary>
/// <param name="How">How they become one.</param>
/// <param name="Calendars">Their ids, two at least; in the order in which sites take what two of them could.</param>
public sealed record CalendarCombination(CombinationKind How, ImmutableArray<string> Calendars)
{
    /// <summary>Their ids; never <c>default</c>.</summary>
    public ImmutableArray<string> Calendars { get; init; } = Calendars.IsDefault ? [] : Calendars;
}

/// <summary>How several calendars become one.</summary>
public enum CombinationKind
{
    /// <summary>Open when any of them is.</summary>
    Union,

    /// <summary>Open when all of them are.</summary>
    Intersection,

    /// <summary>Open when any of them is, and at each instant one of them is at work.</summary>
    FollowTheSun,
}
