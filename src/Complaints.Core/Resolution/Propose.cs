using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;

namespace Complaints.Core.Resolution;

/// <summary>Puts a solution forward. Several may stand side by side.</summary>
/// <param name="Remedies">Codes of the remedies; may be empty if there is a text.</param>
/// <param name="Description">What exactly; at most 4,000 characters.</param>
/// <param name="EstimatedCost">In the tenant's currency, not negative. Above the proposer's authority it needs approval.</param>
/// <param name="NeedsConsent">Whether the customer must agree.</param>
/// <param name="NeedsExecution">Whether something has to be carried out.</param>
public sealed record Propose(
    ImmutableArray<string> Remedies, string? Description = null, decimal EstimatedCost = 0, bool NeedsConsent = true, bool NeedsExecution = true)
    : ComplaintCommand, ICapability<Propose, Complaint>
{
    /// <summary>Codes of the remedies; never <c>default</c>.</summary>
    public ImmutableArray<string> Remedies { get; init => field = Given.Of(value); } = Given.Of(Remedies);

    private static readonly Refusal Nothing = new(
        "proposal.nothing",
        "A proposal needs at least one remedy or a text.",
        "方案至少需要一项补救措施或说明。");

    static Capability ICapability<Propose, Complaint>.Capability { get; } = new("propose", new("Propose a solution", "提出方案"))
    {
        Roles = Role.Desk,
        Fields = Field.Of<Propose>(f =>
        [
            f.Codes(command => command.Remedies, Labels.Remedies, rules => rules.Remedies),
            f.Text(command => command.Description, Labels.Description, Text.Long, required: false),
            f.Amount(command => command.EstimatedCost, Labels.EstimatedCost, 0, 1_000_000_000_000),
            f.Flag(command => command.NeedsConsent, Labels.NeedsConsent),
            f.Flag(command => command.NeedsExecution, Labels.NeedsExecution),
        ]),
        StaysIn = States.Codes([ComplaintState.Proposing, ComplaintState.AwaitingApproval, ComplaintState.AwaitingConsent]),
        Refusals = [Nothing],
    };

    static Propose ICapability<Propose, Complaint>.Example(Occasion occasion) => new(["exchange"], "Exchange tomorrow.");

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (Remedies.IsEmpty && string.IsNullOrWhiteSpace(Description))
            return Nothing.Plain;
        var to = events.To();
        events.Add(new ProposalMade(complaint.Settlement.LastProposal + 1, Remedies, Personal.OfNullable(Description), EstimatedCost, NeedsConsent, NeedsExecution, to));
        return null;
    }
}

/// <summary>A solution was put forward.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Remedies">Codes of the remedies.</param>
/// <param name="Description">What exactly.</param>
/// <param name="EstimatedCost">In the tenant's currency.</param>
/// <param name="NeedsConsent">Whether the customer must agree.</param>
/// <param name="NeedsExecution">Whether something has to be carried out.</param>
/// <param name="To">The state after it.</param>
public sealed record ProposalMade(
    int Number, ImmutableArray<string> Remedies, Personal<string>? Description, decimal EstimatedCost, bool NeedsConsent, bool NeedsExecution, ComplaintState To)
    : ComplaintEvent, IHappening<ProposalMade, Complaint>
{
    static EventType IHappening<ProposalMade, Complaint>.EventType { get; } = new("proposal-made", 1, new("Solution proposed", "已提出方案"));

    internal override Subject? Made => Subject.Of("proposal", Number);

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
        [new(Labels.Proposal, Number), new(Labels.Remedies, Remedies.Select(rules.Remedies.Named)),
            new(Labels.EstimatedCost, rules.Settings.Money(EstimatedCost)), new(Labels.Description, Description)];

    internal override PersonalField[] PersonalValues => [new("description", Description)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint.In(To) with
    {
        Settlement = complaint.Settlement with
        {
            LastProposal = Number,
            Proposals = complaint.Settlement.Proposals.Add(new Proposal(Number, ProposalStatus.Drafted, moment.Actor.Id, Remedies, EstimatedCost, NeedsConsent, NeedsExecution) { ProposedFor = moment.Actor.OnBehalfOf }),
        },
    };
}
