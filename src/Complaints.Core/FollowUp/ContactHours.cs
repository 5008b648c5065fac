using System.Collections.Immutable;
using Complaints.Core.Calendars;
using NodaTime;

namespace Complaints.Core.FollowUp;

/// <summary>
/// When customers may be contacted (do not disturb in rest hours). Outside these hours sending waits; no deadline ever moves.
/// </summary>
/// <param name="Week">Windows by weekday (<c>monday</c> to <c>sunday</c>), each <c>HH:mm-HH:mm</c> in the customer's own local time; an end
/// before the start runs into the next date.</param>
/// <param name="Topics">The events whose messages reach customers, such as <c>resolved</c>; the others are sent at once.</param>
public sealed record ContactHours(ImmutableSortedDictionary<string, ImmutableArray<string>> Week, ImmutableArray<string> Topics = default)
{
    /// <summary>The messages that reach customers; never <c>default</c>.</summary>
    public ImmutableArray<string> Topics { get; init => field = Given.Of(value); } = Given.Of(Topics);

    internal IEnumerable<ComplaintError> Problems()
    {
        foreach (var (day, windows) in Week)
        {
            if (!Enum.TryParse<IsoDayOfWeek>(day, ignoreCase: true, out var weekday) || weekday is < IsoDayOfWeek.Monday or > IsoDayOfWeek.Sunday)
                yield return new("definition.missing", ("path", $"week.{day}"), ("value", day), ("known", CalendarRules.Weekdays));
            for (var i = 0; i < (windows.IsDefault ? 0 : windows.Length); i++)
            {
                if (!LocalWindow.TryParse(windows[i], out _))
                    yield return new("calendar.window_invalid", ("path", $"week.{day}[{i}]"), ("value", windows[i]));
            }
        }
        if (Week.Values.All(windows => windows.IsDefaultOrEmpty))
            yield return new("calendar.never_open", ("value", "week"));
        foreach (var topic in Topics.Except(ComplaintRooms.Current.Catalogue.Leaving.Select(happened => happened.Name)))
            yield return new("definition.missing", ("path", "topics"), ("value", topic),
                ("known", ComplaintRooms.Current.Catalogue.Leaving.Select(happened => happened.Name).Order(StringComparer.Ordinal)));
    }

    internal IEnumerable<LocalWindow> On(IsoDayOfWeek day) =>
        Week.FirstOrDefault(entry => string.Equals(entry.Key, day.ToString(), StringComparison.OrdinalIgnoreCase)).Value is { IsDefault: false } windows ? windows.Select(LocalWindow.Parse) : [];
}

/// <summary>When a customer wants to be called, in the customer's own words. Codes and times only, nothing personal.</summary>
/// <param name="Zone">The customer's zone, an IANA id; <c>null</c> for the tenant's.</param>
/// <param name="Windows">At what times, <c>HH:mm-HH:mm</c>; empty for any.</param>
/// <param name="Days">On what days; empty for any.</param>
public sealed record ContactPreference(string? Zone = null, ImmutableArray<string> Windows = default, ImmutableArray<IsoDayOfWeek> Days = default)
{
    private const int MostWindows = 20;

    /// <summary>At what times; never <c>default</c>.</summary>
    public ImmutableArray<string> Windows { get; init => field = Given.Of(value); } = Given.Of(Windows);

    /// <summary>On what days; never <c>default</c>.</summary>
    public ImmutableArray<IsoDayOfWeek> Days { get; init => field = Given.Of(value); } = Given.Of(Days);

    /// <summary>What is wrong with it: <c>calendar.zone_unknown</c>, <c>calendar.window_invalid</c>, <c>list.too_long</c>.</summary>
    internal ComplaintError? Check(string field)
    {
        if (Zone is not null && DateTimeZoneProviders.Tzdb.GetZoneOrNull(Zone) is null)
            return new("calendar.zone_unknown", ("path", $"{field}.zone"), ("value", Zone.Length <= 40 ? Zone : Zone[..40] + "…"));
        if (Windows.Length > MostWindows)
            return new("list.too_long", ("field", $"{field}.windows"), ("length", Windows.Length), ("bound", MostWindows));
        if (Days.Length > 7)
            return new("list.too_long", ("field", $"{field}.days"), ("length", Days.Length), ("bound", 7));
        for (var i = 0; i < Windows.Length; i++)
        {
            if (!LocalWindow.TryParse(Windows[i], out _))
                return new("calendar.window_invalid", ("path", $"{field}.windows[{i}]"), ("value", Windows[i].Length <= 40 ? Windows[i] : Windows[i][..40] + "…"));
        }
        foreach (var day in Days)
        {
            if (day is < IsoDayOfWeek.Monday or > IsoDayOfWeek.Sunday)
                return new("definition.missing", ("path", $"{field}.days"), ("value", day), ("known", CalendarRules.Weekdays));
        }
        return null;
    }

    /// <inheritdoc/>
    public bool Equals(ContactPreference? other) =>
        other is not null && Zone == other.Zone
        && Windows.AsSpan().SequenceEqual(other.Windows.AsSpan()) && Days.AsSpan().SequenceEqual(other.Days.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Zone, Windows.Length, Days.Length);
}
