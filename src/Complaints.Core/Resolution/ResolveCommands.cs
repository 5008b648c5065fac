using Complaints.Core.History;
using Complaints.Core.Lifecycle;
using NodaTime;

namespace Complaints.Core.Resolution;

/// <summary>Resolves directly: in the first contact, after an investigation, or when nothing is left to agree or carry out.</summary>
/// <param name="Outcome">A code of the outcomes.</param>
/// <param name="Summary">What was done; at most 4,000 characters.</param>
/// <param name="ConfirmedInCall">True when the customer said in this call that it is solved.</param>
public sealed record Resolve(string Outcome, string? Summary = null, bool ConfirmedInCall = false) : ComplaintCommand
{
    /// <inheritdoc/>
    public override ComplaintTrigger Trigger => ComplaintTrigger.Resolve;

    internal static ComplaintError? Precondition(Complaint complaint, DecisionContext context)
    {
        if (complaint.Settlement is { Proposals.IsEmpty: true, Approvals.IsEmpty: true })
            return null;
        var open = complaint.Settlement.OpenWork
            .Concat(complaint.Settlement.Proposals.Where(proposal => proposal.IsLive && (proposal.NeedsConsent || proposal.NeedsExecution)).Select(proposal => $"proposal {proposal.Number}"))
            .ToList();
        return open.Count > 0 ? new("resolve.open_work", ("open", string.Join(", ", open))) : null;
    }

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if ((context.Rules.Outcomes.Check("outcome", Outcome) ?? Text.Check("summary", Summary, Text.Long, required: false)) is { } wrong)
            return wrong;
        events.Add(new ComplaintResolved(Outcome, Personal.OfNullable(Summary), ConfirmedInCall));
        return null;
    }
}

/// <summary>Decides that the complaint is not established (不成立) or declines it (不予受理). The customer is answered and may ask for a review.</summary>
/// <param name="Outcome"><c>not-established</c>, <c>declined</c> or another code of the outcomes.</param>
/// <param name="Reason">Why, as the customer will be told; 1 to 4,000 characters.</param>
/// <param name="ReferredTo">The body that is competent instead; at most 500 characters.</param>
public sealed record DecideNotEstablished(string Outcome, string Reason, string? ReferredTo = null) : ComplaintCommand
{
    /// <inheritdoc/>
    public override ComplaintTrigger Trigger => ComplaintTrigger.DecideNotEstablished;

    internal static ComplaintError? Precondition(Complaint complaint, DecisionContext context) => ProposalRules.NoOpenWork(complaint);

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        var wrong = context.Rules.Outcomes.Check("outcome", Outcome)
            ?? Text.Check("reason", Reason, Text.Long)
            ?? Text.Check("referredTo", ReferredTo, Text.Short, required: false);
        if (wrong is not null)
            return wrong;
        events.Add(new NotEstablishedDecided(Outcome, Personal.Of(Reason), ReferredTo));
        return null;
    }
}

/// <summary>The agreed remedy has been carried out.</summary>
/// <param name="Note">What was done; at most 4,000 characters.</param>
public sealed record CompleteRemedy(string? Note = null) : ComplaintCommand
{
    /// <inheritdoc/>
    public override ComplaintTrigger Trigger => ComplaintTrigger.CompleteRemedy;

    internal static ComplaintError? Precondition(Complaint complaint, DecisionContext context) => ProposalRules.NoOpenWork(complaint);

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (Text.Check("note", Note, Text.Long, required: false) is { } bad)
            return bad;
        events.Add(new RemedyCompleted(Personal.OfNullable(Note)));
        events.Add(new ComplaintResolved(ProposalRules.AgreedOutcome, Summary: null, ConfirmedInCall: false));
        return null;
    }
}

/// <summary>The remedy failed: another solution must be found.</summary>
/// <param name="Reason">Why; 1 to 500 characters, nothing personal.</param>
public sealed record FailRemedy(string Reason) : ComplaintCommand
{
    /// <inheritdoc/>
    public override ComplaintTrigger Trigger => ComplaintTrigger.FailRemedy;

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (Text.Check("reason", Reason, Text.Short) is { } bad)
            return bad;
        events.Add(new RemedyFailed(Reason));
        return null;
    }
}

/// <summary>Tells the customer the result (结果反馈).</summary>
/// <param name="Channel">By which channel.</param>
/// <param name="Summary">What was said; at most 4,000 characters.</param>
public sealed record NotifyResult(string Channel, string? Summary = null) : ComplaintCommand
{
    /// <inheritdoc/>
    public override ComplaintTrigger Trigger => ComplaintTrigger.NotifyResult;

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if ((context.Rules.Channels.Check("channel", Channel) ?? Text.Check("summary", Summary, Text.Long, required: false)) is { } wrong)
            return wrong;
        events.Add(new ResultNotified(Channel, Personal.OfNullable(Summary)));
        return null;
    }
}

/// <summary>The customer confirms that the problem is solved.</summary>
/// <param name="Evidence">How it was said: <c>call</c>, <c>mail</c>, <c>signature</c>; 1 to 100 characters.</param>
public sealed record ConfirmSolved(string Evidence = Confirmation.InCall) : ComplaintCommand
{
    /// <inheritdoc/>
    public override ComplaintTrigger Trigger => ComplaintTrigger.ConfirmSolved;

    internal static ComplaintError? Precondition(Complaint complaint, DecisionContext context) =>
        complaint.Settlement.Confirmation is { } confirmed ? new("solved.already_confirmed", ("value", confirmed.At)) : null;

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (Text.Check("evidence", Evidence, Text.Id) is { } bad)
            return bad;
        events.Add(new SolutionConfirmed(Evidence));
        return null;
    }
}

/// <summary>
/// Closes (结案). A resolved complaint needs evidence that the customer confirmed: consent, a confirmation in the call, a satisfied visit, or silence for
/// the period of the settings after the result notification. One that was not established needs its answer.
/// </summary>
public sealed record Close : ComplaintCommand
{
    /// <inheritdoc/>
    public override ComplaintTrigger Trigger => ComplaintTrigger.Close;

    internal static ComplaintError? Precondition(Complaint complaint, DecisionContext context)
    {
        var settings = context.Rules.Settings;
        if (complaint.State == ComplaintState.NotEstablished)
            return complaint.Settlement.NotifiedAt is null ? new("close.answer_missing") : null;
        if (settings.CloseRequiresFollowUp && !complaint.FollowUp.IsSettled)
            return new("close.follow_up_missing");
        return Evidence(complaint, context) is null ? new("close.unconfirmed", ("days", settings.SilenceDays)) : null;
    }

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        events.Add(new ComplaintClosed(Evidence(complaint, context)));
        return null;
    }

    private static string? Evidence(Complaint complaint, DecisionContext context)
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
