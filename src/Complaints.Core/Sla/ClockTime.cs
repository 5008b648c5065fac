using System.Collections.Immutable;
using NodaTime;

namespace Complaints.Core.Sla;

/// <summary>How far a clock is, in its own measure: working time of its calendar for limits in working time and in working days, else time
/// on the wall. Pauses are left out; <c>Elapsed + Remaining - Overdue</c> is all that it has from its start to its due instant.</summary>
/// <param name="Elapsed">What has been counted since it started.</param>
/// <param name="Remaining">What is left until it is due; for one that waits, if it went on at once.</param>
/// <param name="Overdue">What has been counted since it was due. Nothing is counted at night: whether it was missed says
/// <see cref="Clock.IsBreachedAt"/>.</param>
public readonly record struct ClockTime(Duration Elapsed, Duration Remaining, Duration Overdue)
{
    internal static ClockTime Of(Clock clock, Instant now)
    {
        var end = clock.StoppedAt ?? clock.CancelledAt;
        var at = Instant.Max(clock.StartedAt, end < now ? end.Value : now);
        var due = clock.DueAt(at);
        if (clock.Terms is not { } terms)
            return new(at - clock.StartedAt, Positive(due - at), Positive(at - due));
        var (limit, calendar) = (terms.TimeLimit, clock.Pin!.CalendarOf(terms, clock.Rules!));
        var waits = Until(at, terms.CountsInactive ? clock.Pauses : clock.Pauses.AddRange(clock.Inactive));
        // What was waited later moved the due instant that is known; one that waits goes on at once.
        if (at < due)
            return new(
                Positive(limit.Counted(clock.StartedAt, at, calendar, waits)),
                limit.Counted(at, due, calendar, clock.Due is null ? waits : Until(due, clock.Pauses)), Duration.Zero);
        // After it nothing is given back of what it was missed by: every pause is counted in its own time.
        var overdue = limit.Counted(due, at, calendar, [.. waits.Select(pause => pause with { Elapsed = false })]);
        return new(limit.Counted(clock.StartedAt, due, calendar, waits) + overdue, Duration.Zero, overdue);
    }

    /// <summary>The pauses as they stand at an instant: one that lasts ends there, and those to come are not known.</summary>
    internal static ImmutableArray<Pause> Until(Instant at, ImmutableArray<Pause> pauses) =>
        [.. pauses.Where(pause => pause.From < at).Select(pause => pause.To <= at ? pause : pause with { To = at })];

    private static Duration Positive(Duration duration) => Duration.Max(duration, Duration.Zero);
}
