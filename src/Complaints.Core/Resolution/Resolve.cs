using Complaints.Core.Assignment;
using Complaints.Core.Capabilities;

namespace Complaints.Core.Resolution;

/// <summary>Resolves directly: in the first contact, after an investigation, or when nothing is left to agree or carry out.</summary>
/// <param name="Outcome">A code of the outcomes.</param>
/// <param name="Summary">What was done; at most 4,000 characters.</param>
/// <param name="ConfirmedInCall">True when the customer said in this call that it is solved.</param>
public sealed record Resolve(string Outcome, string? Summary = null, bool ConfirmedInCall = false)
    : ComplaintCommand, ICapability<Resolve, Complaint>
{
    static Capability ICapability<Resolve, Complaint>.Capability { get; } = new("resolve", new("Resolve", "解决"))
    {
        Roles = Role.Desk,
        Fields = Field.Of<Resolve>(f =>
        [
            f.Code(command => command.Outcome, Labels.Outcome, rules => rules.Outcomes),
            f.Text(command => command.Summary, Labels.Summary, Text.Long, required: false),
            f.Flag(command => command.ConfirmedInCall, Labels.ConfirmedInCall),
        ]),
        Refusals = [ProposalRules.OpenWork],
    };

    static Resolve ICapability<Resolve, Complaint>.Example(Occasion occasion) => new("solved", "Exchanged.");

    static ComplaintError? ICapability<Resolve, Complaint>.Precondition(Complaint complaint, Subject? subject, DecisionContext<Complaint> context)
    {
        if (complaint.Settlement is { Proposals.IsEmpty: true, Approvals.IsEmpty: true } && !DepartmentTasks.HasOpen(complaint))
            return null;
        var open = ProposalRules.OpenIn(complaint)
            .Concat(complaint.Settlement.Proposals.Where(proposal => proposal.IsLive && (proposal.NeedsConsent || proposal.NeedsExecution)).Select(proposal => Subject.Of("proposal", proposal.Number)))
            .ToList();
        return open.Count > 0 ? ProposalRules.OpenWork.With(("open", open)) : null;
    }

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        events.Add(new ComplaintResolved(Outcome, Personal.OfNullable(Summary), ConfirmedInCall));
        return null;
    }
}
