using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Investigation;

namespace Complaints.Core.Resolution;

/// <summary>The agreed remedy has been carried out, and no step of it is left to be done (<c>remedy.open_steps</c>).</summary>
/// <param name="Note">What was done; at most 4,000 characters.</param>
public sealed record CompleteRemedy(string? Note = null) : ComplaintCommand, ICapability<CompleteRemedy, Complaint>
{
    static Capability ICapability<CompleteRemedy, Complaint>.Capability { get; } = new("complete-remedy", new("Remedy completed", "补救完成"))
    {
        Roles = Role.Desk,
        Fields = Field.Of<CompleteRemedy>(f =>
        [
            f.Text(command => command.Note, Labels.Note, Text.Long, required: false),
        ]),
        Refusals = [ProposalRules.OpenWork, CaseSteps.StillOpen],
    };

    static CompleteRemedy ICapability<CompleteRemedy, Complaint>.Example(Occasion occasion) => new("Delivered.");

    static ComplaintError? ICapability<CompleteRemedy, Complaint>.Precondition(Complaint complaint, Subject? subject,
        DecisionContext<Complaint> context) =>
        ProposalRules.NoOpenWork(complaint) ?? CaseSteps.AllCarriedOut(complaint);

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        events.Add(new RemedyCompleted(Personal.OfNullable(Note)));
        var agreed = complaint.Settlement.Proposals.Any(proposal => proposal is { Status: ProposalStatus.Accepted, ConsentGiven: true });
        events.Add(new ComplaintResolved(
            agreed ? ProposalRules.AgreedOutcome : ProposalRules.DoneOutcome, Summary: null, ConfirmedInCall: false));
        return null;
    }
}

/// <summary>The remedy has been carried out.</summary>
/// <param name="Note">What was done.</param>
public sealed record RemedyCompleted(Personal<string>? Note) : ComplaintEvent, IHappening<RemedyCompleted, Complaint>
{
    static EventType IHappening<RemedyCompleted, Complaint>.EventType { get; } = new("remedy-completed", 1, new("Remedy completed", "补救已完成"));

    internal override IEnumerable<Detail> Details(Rulebook rules) => [new(Labels.Note, Note)];

    internal override PersonalField[] PersonalValues => [new("note", Note)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Settlement = complaint.Settlement with { Proposals = complaint.Settlement.Proposals.Executed(ProposalStatus.Executed) },
    };
}
