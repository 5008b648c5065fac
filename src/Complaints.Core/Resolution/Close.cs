using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;
using NodaTime;

namespace Complaints.Core.Resolution;

/// <summary>
/// Closes (结案). A resolved complaint needs evidence that the customer confirmed: consent, a confirmation in the call, a satisfied visit, or
/// silence for
/// the period of the settings after the result notification. One that was not established needs its answer.
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

    static Capability ICapability<Close, Complaint>.Capability { get; } = new("close", new("Close", "结案"))
    {
        Roles = Role.Desk,
        Fields = [],
        Refusals = [Unconfirmed, AnswerMissing, FollowUpMissing],
    };

    static Close ICapability<Close, Complaint>.Example(Occasion occasion) => new();

    static ComplaintError? ICapability<Close, Complaint>.Precondition(Complaint complaint, Subject? subject, DecisionContext<Complaint> context)
    {
        var settings = context.Rules.Settings;
        if (complaint.State == ComplaintState.NotEstablished)
            return complaint.Settlement.NotifiedAt is null ? AnswerMissing.Plain : null;
        if (settings.CloseRequiresFollowUp && !complaint.FollowUp.IsSettled)
            return FollowUpMissing.Plain;
        return Evidence(complaint, context) is null ? Unconfirmed.With(("days", settings.SilenceDays)) : null;
    }

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
        if (complaint.FollowUp.Satisfied)
            return Confirmation.BySatisfiedVisit;
        var silence = Duration.FromDays(context.Rules.Settings.SilenceDays);
        return settlement.NotifiedAt is { } notified && context.EffectiveAt >= notified + silence ? Confirmation.BySilence : null;
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
