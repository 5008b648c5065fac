using NodaTime;

namespace Complaints.Core.Calendars;

/// <summary>Instants as whole nanoseconds since 1970 (they fit a <c>long</c> far beyond 2100), and the range in which calendars
/// answer.</summary>
internal static class UtcTime
{
    public const long Day = NodaConstants.NanosecondsPerDay;
    public const long Second = NodaConstants.NanosecondsPerSecond;
    public const int FirstYear = 1970;
    public const int LastYear = 2100;

    private static readonly Instant Epoch = NodaConstants.UnixEpoch;
    private static readonly int Days = (Last - Epoch).Days;

    /// <summary>2100-12-31T24:00: an answer and a bound like any other instant, and the last.</summary>
    public static Instant Last => Instant.FromUtc(LastYear + 1, 1, 1, 0, 0);

    /// <summary>The same in nanoseconds.</summary>
    public static long End => Days * Day;

    public static long Of(Instant instant)
    {
        var since = instant - Epoch;
        var days = since.Days;
        var rest = since.NanosecondOfDay;
        return rest >= 0 && (uint)days < (uint)Days || days == Days && rest == 0 ? days * Day + rest : throw OutOfRange(instant);
    }

    /// <summary>A span that can be walked inside the range; a longer one leaves it, wherever it begins.</summary>
    public static long Of(Duration span, Instant start)
    {
        var days = span.Days;
        return days < Days && days > -Days ? days * Day + span.NanosecondOfDay : throw OutOfRange(start);
    }

    public static Instant ToInstant(long nanoseconds) => Epoch + Duration.FromNanoseconds(nanoseconds);

    public static int YearOf(long nanoseconds) => ToInstant(nanoseconds).InUtc().Year;

    /// <summary>Midnight UTC on which a year begins.</summary>
    public static long StartOf(int year) => (Instant.FromUtc(year, 1, 1, 0, 0) - Epoch).Days * Day;

    /// <summary>True for what may come in: at the last instant nothing can happen any more.</summary>
    public static bool Holds(Instant instant) => instant >= Epoch && instant < Last;

    /// <summary>What is wrong with an instant that comes in as <paramref name="field"/>: <c>time.out_of_range</c>.</summary>
    public static ComplaintError? Check(object field, Instant? at) => at is { } value && !Holds(value) ? Beyond(field, value) : null;

    /// <summary>The same for a date.</summary>
    public static ComplaintError? Check(object field, LocalDate? on) =>
        on is { } value && value.Year is < FirstYear or > LastYear ? Beyond(field, value) : null;

    public static CalendarRangeException OutOfRange(object value) => new(value);

    private static ComplaintError Beyond(object field, object value) => new("time.out_of_range", ("field", field), ("value", value));
}

/// <summary>A calendar was asked for what lies outside 1970 to 2100.</summary>
internal sealed class CalendarRangeException(ComplaintError error, object value)
    : ArgumentOutOfRangeException("instant", value, error.ToString())
{
    public CalendarRangeException(object value) : this(new("calendar.out_of_range", ("value", value)), value) { }

    /// <summary>The refusal alone: what the base class adds tells the value in the reader's culture.</summary>
    public override string Message => Error.ToString();

    /// <summary>The same as a refusal.</summary>
    public ComplaintError Error { get; } = error;
}
