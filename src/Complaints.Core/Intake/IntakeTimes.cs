using NodaTime;

namespace Complaints.Core.Intake;

/// <summary>When things happened, as a draft tells: in their order, and not in the future.</summary>
internal static class IntakeTimes
{
    public static readonly Refusal EndedEarly = new(
        "incident.ended_before_it_began",
        "It was over at {value}, before it began at {bound}; correct one of the two.",
        "事件结束时间 {value} 早于开始时间 {bound}，请更正。");

    /// <summary>What is wrong with their order.</summary>
    public static ComplaintError? Order(Instant? from, Instant? to) =>
        to < from ? EndedEarly.With(("field", IntakeFields.IncidentTo), ("value", to), ("bound", from)) : null;

    /// <summary>What has not happened yet.</summary>
    /// <param name="from">When the incident began.</param>
    /// <param name="to">When it was over.</param>
    /// <param name="purchased">When the item was bought.</param>
    /// <param name="now">The instant of the decision.</param>
    /// <param name="zone">The tenant's zone: a purchase of today is none of tomorrow.</param>
    public static IEnumerable<ComplaintError> Early(Instant? from, Instant? to, LocalDate? purchased, Instant now, string zone)
    {
        if (from > now)
            yield return new("time.in_future", ("field", IntakeFields.IncidentFrom), ("value", from), ("bound", now));
        if (to > now)
            yield return new("time.in_future", ("field", IntakeFields.IncidentTo), ("value", to), ("bound", now));
        if (purchased is { } day && now.InZone(DateTimeZoneProviders.Tzdb[zone]).Date is var today && day > today)
            yield return new("time.in_future", ("field", IntakeFields.PurchasedOn), ("value", day), ("bound", today));
    }

    /// <summary>The same of a draft.</summary>
    public static IEnumerable<ComplaintError> Early(IntakeDraft draft, Instant now, string zone) =>
        Early(draft.IncidentFrom, draft.IncidentTo, draft.Item?.PurchasedOn, now, zone);
}
