using NodaTime;

namespace Complaints.Core.Calendars;

// Calendars made of calendars. Each part keeps its own zone and holidays; dates of the whole are dates of the zone given.
public sealed partial class BusinessCalendar
{
    /// <summary>Open when any of the calendars is: two shifts, or an office and its stand-by.</summary>
    /// <param name="zone">The zone of the whole's dates.</param>
    /// <param name="calendars">At least one.</param>
    /// <remarks>Holidays are known for the years in which all parts know theirs. A working day is a date with working time; close of
    /// business is at midnight at the latest.</remarks>
    public static BusinessCalendar Union(DateTimeZone zone, params IReadOnlyList<BusinessCalendar> calendars) =>
        Combine(zone, calendars, 1);

    /// <summary>Open when all of the calendars are: hours in which two offices can talk to each other.</summary>
    /// <param name="zone">The zone of the whole's dates.</param>
    /// <param name="calendars">At least one.</param>
    /// <exception cref="ArgumentException">They are never open together from 1970 to 2100 (<c>calendar.never_open</c>).</exception>
    /// <remarks>As for <see cref="Union"/>.</remarks>
    public static BusinessCalendar Intersection(DateTimeZone zone, params IReadOnlyList<BusinessCalendar> calendars)
    {
        var whole = Combine(zone, calendars, calendars.Count);
        return whole._hours.EverOpens()
            ? whole
            : throw new ArgumentException(new ComplaintError("calendar.never_open", ("value", string.Join(" + ", calendars.Select(part => part.Zone.Id)))).ToString(), nameof(calendars));
    }

    /// <summary>A published combination; that it opens was checked then.</summary>
    internal static BusinessCalendar Combined(string zone, CombinationKind how, IReadOnlyList<BusinessCalendar> parts) =>
        Combine(DateTimeZoneProviders.Tzdb[zone], parts, how == CombinationKind.Intersection ? parts.Count : 1);

    private static BusinessCalendar Combine(DateTimeZone zone, IReadOnlyList<BusinessCalendar> calendars, int needed)
    {
        ArgumentNullException.ThrowIfNull(zone);
        ArgumentNullException.ThrowIfNull(calendars);
        ArgumentOutOfRangeException.ThrowIfZero(calendars.Count);
        var known = calendars.Select(part => part.HolidayData).OfType<HolidayData>().ToList();
        var holidays = known.Count == 0 ? null : new HolidayData(known.Max(data => data.FirstYear), known.Min(data => data.LastYear), [.. known.SelectMany(data => data.Sources)]);
        return new BusinessCalendar(new CombinedHours(zone, [.. calendars.Select(part => part._hours)], needed), holidays);
    }
}
