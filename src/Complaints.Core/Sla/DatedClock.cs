using NodaTime;

namespace Complaints.Core.Sla;

/// <summary>A part of a complaint that has a date of its own, such as a step: a fixed clock, which nothing pauses or moves. It ends
/// without a verdict when the complaint is decided, or ends, before.</summary>
/// <param name="Objective">What it measures: a code of <see cref="Sla.Objective"/>.</param>
/// <param name="Subject">The part: <c>step/2</c>.</param>
/// <param name="From">When the date was set.</param>
/// <param name="Due">The date.</param>
/// <param name="StoppedAt">When it was done, or failed.</param>
/// <param name="CancelledAt">When it was not to be done any more.</param>
public sealed record DatedClock(
    string Objective, string Subject, Instant From, Instant Due, Instant? StoppedAt = null, Instant? CancelledAt = null);
