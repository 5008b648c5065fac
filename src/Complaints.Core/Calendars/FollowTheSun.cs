using System.Collections.Immutable;
using NodaTime;

namespace Complaints.Core.Calendars;

/// <summary>Sites round the world that hand over to each other: together they are one calendar, and at each instant one of them is at work.
/// Immutable, thread-safe.</summary>
public sealed class FollowTheSun
{
    private readonly ImmutableArray<(string Name, BusinessCalendar Calendar)> _sites;

    /// <summary>Sites in the order in which they take what two of them could.</summary>
    /// <param name="home">The zone of the whole's dates.</param>
    /// <param name="sites">At least one, each with a name.</param>
    public FollowTheSun(DateTimeZone home, params IReadOnlyList<(string Name, BusinessCalendar Calendar)> sites)
    {
        ArgumentNullException.ThrowIfNull(sites);
        _sites = [.. sites];
        Calendar = BusinessCalendar.Union(home, [.. sites.Select(site => site.Calendar)]);
    }

    /// <summary>Open when any site is.</summary>
    public BusinessCalendar Calendar { get; }

    /// <summary>The site at work at an instant; <c>null</c> when none is.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It lies outside 1970 to 2100 (<c>calendar.out_of_range</c>).</exception>
    public string? SiteAt(Instant instant) => _sites.FirstOrDefault(site => site.Calendar.IsOpen(instant)).Name;
}
