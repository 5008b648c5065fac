using System.Text.Json.Serialization.Metadata;
using Complaints.Core.Definitions;
using NodaTime;

namespace Complaints.Core.Intake;

/// <summary>A call as the telephone system knows it. Kept sealed, but for when it was answered.</summary>
/// <param name="Id">The system's id of it, at most 200 characters.</param>
/// <param name="From">The calling number, at most 200 characters.</param>
/// <param name="To">The number that was called, at most 200 characters.</param>
/// <param name="Queue">The queue or skill group it came through, at most 100 characters.</param>
/// <param name="Answered">When a person answered; <c>null</c> if nobody did. Not in the future. Errors: <c>time.in_future</c>,
/// <c>time.before_receipt</c>, <c>time.too_far_back</c>.</param>
/// <param name="Ended">When it ended, not before it was answered. Errors: <c>time.in_future</c>, <c>call.ended_before_answered</c>.</param>
public sealed record PhoneCall(
    string? Id = null, string? From = null, string? To = null, string? Queue = null, Instant? Answered = null, Instant? Ended = null)
    : IPersonalContent<PhoneCall>
{
    internal static readonly Refusal EndedEarly = new(
        "call.ended_before_answered",
        "The call ended at {value}, before it was answered at {bound}; correct one of the two.",
        "通话结束时间 {value} 早于接听时间 {bound}，请更正。");

    static JsonTypeInfo<PhoneCall> IPersonalContent<PhoneCall>.Json => IntakePersonalJson.Default.PhoneCall;

    /// <summary>It never prints itself.</summary>
    public override string ToString() => "***";

    /// <summary>All that is wrong with it by itself.</summary>
    internal IEnumerable<ComplaintError?> Findings() =>
    [
        FieldRules.Fit(IntakeFields.CallId, Id), FieldRules.Fit(IntakeFields.CallFrom, From), FieldRules.Fit(IntakeFields.CallTo, To),
        FieldRules.Fit(IntakeFields.CallQueue, Queue), Answered > Ended ? EndedEarly.With(("value", Ended), ("bound", Answered)) : null,
    ];

    /// <summary>What is wrong with its times when it is recorded.</summary>
    /// <param name="context">The time and the rules.</param>
    /// <param name="began">When the complaint began; <c>null</c> for one that begins with the call.</param>
    internal ComplaintError? CheckTimes(DecisionContext context, Instant? began)
    {
        if ((Ended ?? Answered) is { } last && last > context.Now)
            return new("time.in_future", ("field", "call"), ("value", last), ("bound", context.Now));
        if (Answered is not { } answered)
            return null;
        if (answered < began)
            return new("time.before_receipt", ("value", answered), ("bound", began));
        var days = context.Rules.Settings.MaxBackdateDays;
        var bound = context.Now - Duration.FromDays(days);
        return answered < bound ? new("time.too_far_back", ("value", answered), ("days", days), ("bound", bound)) : null;
    }
}
