using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;
using NodaTime;

namespace Complaints.Core.Resolution;

/// <summary>
/// Closes (结案). A resolved complaint needs evidence that the customer confirmed: consent, a confirmation in the call, a satisfied visit, or
/// silence for the period of the settings after the result notification; whoever wrote meanwhile was not silent. A customer who said that
/// the result is not satisfying keeps it open until it is taken up again, reviewed, or carried on by an improvement. One that was not
/// established needs its answer, and where the policy says so, the customer's acceptance or the end of the window for reviews.
/// </summary>
public sealed record Close : ComplaintCommand, ICapability<Close, Complaint>
{
    private static readonly Refusal Unconfirmed = new(
        "close.unconfirmed",
        "The customer has not confirmed that it is solved; record the confirmation, a satisfied visit, or wait {days} days after the result notification.",
        "客户尚未确认解决，请记录确认、满意的回访，或在结果反馈后等待 {days} 天。");

    private static readonly Refusal AnswerMissing = new(
        "close.answer_missing",
        "The decision has not been answered to the customer; notify the result first.",
        "尚未向客户答复结论，请先反馈结果。");

    private static readonly Refusal FollowUpMissing = new(
        "close.follow_up_missing",
        "The policy asks for a follow-up visit before closing; record or waive it.",
        "按规定结案前需要回访，请记录回访或说明免除理由。");

    private static readonly Refusal Dissatisfied = new(
        "close.dissatisfied",
        "The customer said at {value} that the result is not satisfying; reopen, grant a review, or link an improvement for it.",
        "客户于 {value} 表示对处理结果不满意，请重启、安排复核或关联整改事项。");

    private static readonly Refusal ReviewPending = new(
        "close.review_pending",
        "A review was asked for at {value}; grant it before closing.",
        "客户已于 {value} 申请复核，请先安排复核再结案。");

    private static readonly Refusal ReviewWindow = new(
        "close.review_window",
        "The customer may ask for a review until {value}; record that the customer accepts, or wait.",
        "客户在 {value} 前可申请复核，请记录客户认可或等待期满。");

    static Capability ICapability<Close, Complaint>.Capability { get; } = new("close", new("Close", "结案"))
    {
        Roles = Role.Desk,
        Fields = [],
        Refusals = [Unconfirmed, AnswerMissing, FollowUpMissing, Dissatisfied, ReviewPending, ReviewWindow],
    };

    static Close ICapability<Close, Complaint>.Example(Occasion occasion) => new();

    static ComplaintError? ICapability<Close, Complaint>.Precondition(Complaint complaint, Subject? subject, DecisionContext<Complaint> context)
    {
        if (complaint.Progress.Review is { } asked)
            return ReviewPending.With(("value", asked.At));
        if (complaint.State == ComplaintState.NotEstablished)
            return Unaccepted(complaint, context);
        var settings = context.Rules.Settings;
        if (settings.CloseRequiresFollowUp && !complaint.FollowUp.IsSettled)
            return FollowUpMissing.Plain;
        if (DissatisfiedAt(complaint) is { } said)
            return Dissatisfied.With(("value", said));
        return Evidence(complaint, context) is null ? Unconfirmed.With(("days", settings.SilenceDays)) : null;
    }

    private static ComplaintError? Unaccepted(Complaint complaint, DecisionContext<Complaint> context)
    {
        if (complaint.Settlement.NotifiedAt is not { } told)
            return AnswerMissing.Plain;
        return complaint.Settlement.Confirmation is null
            && ReviewRules.PolicyWindowEnd(complaint, context.Rules, told) is { } end && context.EffectiveAt <= end
            ? ReviewWindow.With(("value", end))
            : null;
    }

    /// <summary>When the customer said that the result is not satisfying, unless that was answered since. What was said before there was a
    /// result outdates what was agreed until then, and else nothing.</summary>
    internal static Instant? DissatisfiedAt(Complaint complaint) =>
        complaint.Talk.Verdict is { Satisfied: false, At: var said } && !(complaint.Settlement.Confirmation?.At > said)
        && (complaint.Settlement.Confirmation is not null || !(said < complaint.Settlement.ResolvedAt))
        && !complaint.Improvements.Any(link => link.Stands && link.Since >= said)
            ? said
            : null;

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        events.Add(new ComplaintClosed(Evidence(complaint, context)));
        return null;
    }

    private static string? Evidence(Complaint complaint, DecisionContext<Complaint> context)
    {
        var settlement = complaint.Settlement;
        if (settlement.Confirmation is { } confirmation)
            return confirmation.Evidence;
        if (complaint.FollowUp.Satisfied is true)
            return Confirmation.BySatisfiedVisit;
        var silence = Duration.FromDays(context.Rules.Settings.SilenceDays);
        var told = settlement.NotifiedAgainAt ?? settlement.NotifiedAt;
        return told is { } since && !(complaint.Talk.HeardAt > since) && context.EffectiveAt >= since + silence
            ? Confirmation.BySilence
            : null;
    }
}

/// <summary>The complaint was closed (结案).</summary>
/// <param name="Evidence">What shows that the customer confirmed; <c>null</c> for one that was not established.</param>
public sealed record ComplaintClosed(string? Evidence) : ComplaintEvent, IHappening<ComplaintClosed, Complaint>
{
    static EventType IHappening<ComplaintClosed, Complaint>.EventType { get; } = new("closed", 1, new("Closed", "已结案")) { Leaves = Leaving.Plain };

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
        [new(Labels.Evidence, Evidence is null ? null : Vocabulary.Evidence(Evidence))];

    internal override Complaint Apply(Complaint complaint, EventMoment moment)
    {
        var closed = complaint.Ended(ComplaintState.Closed, moment);
        return closed with
        {
            Settlement = (closed.Settlement with
            {
                Confirmation = closed.Settlement.Confirmation ?? (Evidence is null ? null : new Confirmation(Evidence, moment.OccurredAt)),
            }).DecidedBy(moment.Actor),
        };
    }
}
