using System.Collections.Immutable;
using Complaints.Core.History;
using Complaints.Core.Lifecycle;

namespace Complaints.Core.Resolution;

/// <summary>Puts a solution forward. Several may stand side by side.</summary>
/// <param name="Remedies">Codes of the remedies; may be empty if there is a text.</param>
/// <param name="Description">What exactly; at most 4,000 characters.</param>
/// <param name="EstimatedCost">In the tenant's currency, not negative. Above the proposer's authority it needs approval.</param>
/// <param name="NeedsConsent">Whether the customer must agree.</param>
/// <param name="NeedsExecution">Whether something has to be carried out.</param>
public sealed record Propose(
    ImmutableArray<string> Remedies, string? Description = null, decimal EstimatedCost = 0, bool NeedsConsent = true, bool NeedsExecution = true) : ComplaintCommand
{
    /// <summary>Codes of the remedies; never <c>default</c>.</summary>
    public ImmutableArray<string> Remedies { get; init; } = Remedies.IsDefault ? [] : Remedies;

    /// <inheritdoc/>
    public override ComplaintTrigger Trigger => ComplaintTrigger.Propose;

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (Remedies.IsEmpty && string.IsNullOrWhiteSpace(Description))
            return new("proposal.nothing");
        foreach (var remedy in Remedies)
        {
            if (context.Rules.Remedies.Check("remedies", remedy) is { } unknown)
                return unknown;
        }
        if (EstimatedCost is < 0 or > 1_000_000_000_000)
            return new("number.out_of_range", ("field", "estimatedCost"), ("value", EstimatedCost), ("low", 0), ("high", 1_000_000_000_000));
        if (Text.Check("description", Description, Text.Long, required: false) is { } bad)
            return bad;
        var to = LifecycleMachine.Next(complaint.State, Trigger)!.Value;
        events.Add(new ProposalMade(complaint.Settlement.LastProposal + 1, Remedies, Personal.OfNullable(Description), EstimatedCost, NeedsConsent, NeedsExecution, to));
        return null;
    }
}

/// <summary>Offers a proposal to the customer.</summary>
/// <param name="Proposal">Its number. Errors: <c>proposal.not_found</c>, <c>proposal.wrong_state</c>, <c>proposal.needs_approval</c>.</param>
public sealed record Present(int Proposal) : ComplaintCommand
{
    /// <inheritdoc/>
    public override ComplaintTrigger Trigger => ComplaintTrigger.Present;

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (ProposalRules.Find(complaint, Proposal, out var proposal, ProposalStatus.Drafted, ProposalStatus.Approved) is { } wrong)
            return wrong;
        if (complaint.Settlement.Pending.Any(approval => approval.Proposal == Proposal) || proposal.Status == ProposalStatus.Drafted && ProposalRules.ExceedsAuthority(proposal, context))
            return new("proposal.needs_approval", ("value", Proposal));
        events.Add(new ProposalPresented(Proposal));
        return null;
    }
}

/// <summary>The customer accepts a proposal; the others are superseded.</summary>
/// <param name="Proposal">Its number.</param>
/// <param name="Method">How: phone, signature, mail; 1 to 100 characters.</param>
/// <param name="EvidenceRef">The host's reference of the evidence; at most 500 characters.</param>
public sealed record AcceptProposal(int Proposal, string Method, string? EvidenceRef = null) : ComplaintCommand
{
    /// <inheritdoc/>
    public override ComplaintTrigger Trigger => ComplaintTrigger.AcceptProposal;

    internal static ComplaintError? Precondition(Complaint complaint, DecisionContext context) => ProposalRules.NoOpenWork(complaint);

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        var wrong = ProposalRules.Find(complaint, Proposal, out var proposal, ProposalStatus.Presented)
            ?? Text.Check("method", Method, Text.Id)
            ?? Text.Check("evidenceRef", EvidenceRef, Text.Short, required: false);
        if (wrong is not null)
            return wrong;
        var to = LifecycleMachine.Next(complaint.State, Trigger, proposal.NeedsExecution ? Circumstances.None : Circumstances.NothingToExecute)!.Value;
        events.Add(new ProposalAccepted(Proposal, Method, EvidenceRef, to));
        if (to == ComplaintState.Resolved)
            events.Add(new ComplaintResolved(ProposalRules.AgreedOutcome, Summary: null, ConfirmedInCall: false));
        return null;
    }
}

/// <summary>The customer rejects a proposal.</summary>
/// <param name="Proposal">Its number.</param>
/// <param name="Reason">Why, in the customer's words; 1 to 4,000 characters.</param>
public sealed record RejectProposal(int Proposal, string Reason) : ComplaintCommand
{
    /// <inheritdoc/>
    public override ComplaintTrigger Trigger => ComplaintTrigger.RejectProposal;

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if ((ProposalRules.Find(complaint, Proposal, out _, ProposalStatus.Presented) ?? Text.Check("reason", Reason, Text.Long)) is { } wrong)
            return wrong;
        var others = complaint.Settlement.Proposals.Any(other => other.Number != Proposal && other.Status == ProposalStatus.Presented);
        var circumstances = (others ? Circumstances.AnotherPresented : Circumstances.None) | (complaint.Settlement.Pending.Any() ? Circumstances.AnotherPending : Circumstances.None);
        events.Add(new ProposalRejected(Proposal, Personal.Of(Reason), LifecycleMachine.Next(complaint.State, Trigger, circumstances)!.Value));
        return null;
    }
}

/// <summary>The offer lapses: the customer gave no answer, or no agreement was reached.</summary>
/// <param name="Outcome"><c>no-answer</c> or <c>no-agreement</c>. Error: <c>code.unknown</c>.</param>
/// <param name="Reason">What was tried; 1 to 500 characters, nothing personal.</param>
public sealed record LapseConsent(string Outcome, string Reason) : ComplaintCommand
{
    /// <inheritdoc/>
    public override ComplaintTrigger Trigger => ComplaintTrigger.LapseConsent;

    internal static ComplaintError? Precondition(Complaint complaint, DecisionContext context) => ProposalRules.NoOpenWork(complaint);

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (Outcome is not ("no-answer" or "no-agreement"))
            return new("code.unknown", ("field", "outcome"), ("value", Outcome), ("known", "no-answer, no-agreement"));
        if (Text.Check("reason", Reason, Text.Short) is { } bad)
            return bad;
        events.Add(new ConsentLapsed(Outcome, Reason));
        return null;
    }
}

/// <summary>What several commands ask about proposals.</summary>
internal static class ProposalRules
{
    public const string AgreedOutcome = "agreed";

    public static ComplaintError? Find(Complaint complaint, int number, out Proposal proposal, params ReadOnlySpan<ProposalStatus> expected)
    {
        proposal = complaint.Settlement.Proposals.FirstOrDefault(candidate => candidate.Number == number)!;
        if (proposal is null)
            return new("proposal.not_found", ("value", number), ("known", string.Join(", ", complaint.Settlement.Proposals.Select(candidate => candidate.Number))));
        return expected.Contains(proposal.Status)
            ? null
            : new("proposal.wrong_state", ("value", number), ("state", proposal.Status), ("expected", string.Join(" / ", expected.ToArray())));
    }

    public static ComplaintError? NoOpenWork(Complaint complaint) =>
        complaint.Settlement.OpenWork.Any() ? new("resolve.open_work", ("open", string.Join(", ", complaint.Settlement.OpenWork))) : null;

    public static bool ExceedsAuthority(Proposal proposal, DecisionContext context) => proposal.EstimatedCost > context.Rules.Settings.AuthorityOf(context.Actor);
}
