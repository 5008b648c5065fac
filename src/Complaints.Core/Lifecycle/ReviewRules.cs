using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Sla;
using NodaTime;

namespace Complaints.Core.Lifecycle;

/// <summary>What several commands ask about second-stage reviews and the rounds before them.</summary>
internal static class ReviewRules
{
    public static readonly Refusal AlreadyReviewed = new(
        "review.already_reviewed",
        "The complaint has been reviewed; a second-stage review is final.",
        "该投诉已复核，复核结论为最终结论。");

    public static readonly Refusal Pending = new(
        "review.pending",
        "A review was asked for at {value}; grant it.",
        "客户已于 {value} 申请复核，请先安排复核。");

    public static readonly Refusal WindowOver = new(
        "review.window_over",
        "A review could be asked for until {value}; a supervisor may still grant one.",
        "复核申请截止时间为 {value}，逾期可由主管决定是否复核。");

    public static readonly Refusal DecidedBefore = new(
        "review.decided_before",
        "'{value}' decided in the first stage; in the review somebody else decides.",
        "“{value}”参与过初次处理的决定，复核须由其他人员判定。");

    private static readonly Refusal BeforeResult = new(
        "time.before_result",
        "{value} lies before the result of {bound}, which it follows; give a later time.",
        "{value} 早于该轮处理结果的时间 {bound}，请填写更晚的时间。");

    public static Refusal TooEarly => BeforeResult;

    /// <summary>What follows a result, and begins a round perhaps, does not happen before it.</summary>
    public static ComplaintError? AfterResult(Complaint complaint, DecisionContext<Complaint> context)
    {
        var result = Latest(complaint.Settlement.ResolvedAt, complaint.State == ComplaintState.Closed ? complaint.Progress.EndedAt : null);
        return context.EffectiveAt < result ? BeforeResult.With(("value", context.EffectiveAt), ("bound", result)) : null;
    }

    /// <summary>In a review nobody decides who decided in the stage before, or for whom somebody decides who did.</summary>
    public static ComplaintError? Independent(Complaint complaint, Actor actor)
    {
        foreach (var round in complaint.Progress.Rounds)
        {
            if (round.Stage >= complaint.Progress.Stage)
                continue;
            foreach (var decider in round.Deciders)
            {
                if (actor.IsOrActsFor(decider))
                    return DecidedBefore.With(("value", new StaffMember(decider)));
            }
        }
        return null;
    }

    /// <summary>Until when a review may be asked for: the policy's window after the customer was told the result, else the tenant's window
    /// for reopening. <c>null</c> while the customer has not been told.</summary>
    public static Instant? WindowEnd(Complaint complaint, Rulebook rules) =>
        (complaint.Settlement.NotifiedAt ?? complaint.Progress.EndedAt) is not { } told ? null
        : PolicyWindowEnd(complaint, rules, told) ?? told + Duration.FromDays(rules.Settings.ReopenWindowDays);

    /// <summary>The same where the policy in force names a window; else <c>null</c>.</summary>
    public static Instant? PolicyWindowEnd(Complaint complaint, Rulebook rules, Instant told) =>
        complaint.Clocks.Policy is { } policy && rules.Policy(policy)?.ReviewTime is { } window
            ? window.DueFrom(told, complaint.Clocks.CalendarIn(rules), [])
            : null;

    private static Instant? Latest(Instant? one, Instant? other) => one is null || other > one ? other : one;
}
