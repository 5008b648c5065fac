using NodaTime;

namespace Complaints.Core.Calendars;

// Openings and closings. All throw ArgumentOutOfRangeException with calendar.out_of_range where 1970 to 2100 holds no answer. Whatever is
// open at the end of 2100 closes there: an always-open calendar, too.
public sealed partial class BusinessCalendar
{
    /// <summary>The instant itself when it is working time, else the next opening.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none up to 2100 (<c>calendar.out_of_range</c>).</exception>
    public Instant RollForward(Instant instant)
    {
        var at = UtcTime.Of(instant);
        for (var index = Covering(at); ; index = Grown(index, forward: true))
        {
            if (index.At(index.PlaceOf(at)) is { } span)
                return span.Start <= at ? instant : UtcTime.ToInstant(span.Start);
        }
    }

    /// <summary>The instant itself when the time just before it is working time (a closing instant too), else the previous
    /// closing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none from 1970 (<c>calendar.out_of_range</c>).</exception>
    public Instant RollBackward(Instant instant)
    {
        var at = UtcTime.Of(instant);
        for (var index = Covering(at); ; index = Grown(index, forward: false))
        {
            if (NotEndedBefore(index, at) is not { } place)
                continue;
            if (index.At(place)?.Start < at)
                return instant;
            if (index.At(place - 1) is { } before)
                return UtcTime.ToInstant(before.End);
        }
    }

    /// <summary>The first opening strictly after the instant.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none up to 2100 (<c>calendar.out_of_range</c>).</exception>
    public Instant NextOpen(Instant instant)
    {
        var at = UtcTime.Of(instant);
        for (var index = Covering(at); ; index = Grown(index, forward: true))
        {
            var place = index.PlaceOf(at);
            if (index.At(index.At(place)?.Start <= at ? place + 1 : place) is { } span)
                return UtcTime.ToInstant(span.Start);
        }
    }

    /// <summary>The first closing strictly after the instant; 2100-12-31T24:00 closes what is open then.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none up to 2100 (<c>calendar.out_of_range</c>).</exception>
    public Instant NextClose(Instant instant)
    {
        var at = UtcTime.Of(instant);
        for (var index = Covering(at); ; index = Grown(index, forward: true))
        {
            // A span that ends with the index may go on behind it.
            if (index.At(index.PlaceOf(at)) is { } span && (span.End < index.To || index.IsLast))
                return UtcTime.ToInstant(span.End);
        }
    }

    /// <summary>The last opening strictly before the instant.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none from 1970 (<c>calendar.out_of_range</c>).</exception>
    public Instant PreviousOpen(Instant instant)
    {
        var at = UtcTime.Of(instant);
        for (var index = Covering(at); ; index = Grown(index, forward: false))
        {
            if (NotEndedBefore(index, at) is not { } place)
                continue;
            if (index.At(index.At(place)?.Start < at ? place : place - 1) is { } span && span.Start > index.From)
                return UtcTime.ToInstant(span.Start);
        }
    }

    /// <summary>The last closing strictly before the instant.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none from 1970 (<c>calendar.out_of_range</c>).</exception>
    public Instant PreviousClose(Instant instant)
    {
        var at = UtcTime.Of(instant);
        for (var index = Covering(at); ; index = Grown(index, forward: false))
        {
            if (NotEndedBefore(index, at) is { } place && index.At(place - 1) is { } span)
                return UtcTime.ToInstant(span.End);
        }
    }

    /// <summary>The number of the first span that ends at the instant or later; <c>null</c> at the index's very beginning, where the past
    /// is not known.</summary>
    private static int? NotEndedBefore(CalendarIndex index, long at) => at > index.From ? index.PlaceOf(at - 1) : null;
}
