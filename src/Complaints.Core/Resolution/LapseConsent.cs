using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;

namespace Complaints.Core.Resolution;

/// <summary>The offer lapses: the customer gave no answer, or no agreement was reached.</summary>
/// <param name="Outcome"><c>no-answer</c> or <c>no-agreement</c>. Error: <c>code.unknown</c>.</param>
/// <param name="Reason">What was tried; 1 to 500 characters, nothing personal.</param>
public sealed record LapseConsent(string Outcome, string Reason) : ComplaintCommand, ICapability<LapseConsent, Complaint>
{
    static Capability ICapability<LapseConsent, Complaint>.Capability { get; } = new("lapse-consent", new("Let the offer lapse", "方案失效"))
    {
        Roles = Role.Desk,
        Fields = Field.Of<LapseConsent>(f =>
        [
            f.Code(command => command.Outcome, Labels.Outcome, rules => rules.Outcomes, only: outcome => outcome.Code is "no-answer" or "no-agreement"),
            f.Text(command => command.Reason, Labels.Reason, Text.Short),
        ]),
        Refusals = [ProposalRules.OpenWork],
    };

    static LapseConsent ICapability<LapseConsent, Complaint>.Example(Occasion occasion) => new("no-answer", "Called three times.");

    static ComplaintError? ICapability<LapseConsent, Complaint>.Precondition(Complaint complaint, Subject? subject,
        DecisionContext<Complaint> context) =>
        ProposalRules.NoOpenWork(complaint);

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        events.Add(new ConsentLapsed(Outcome, Personal.Of(Reason)));
        return null;
    }
}

/// <summary>The offer lapsed.</summary>
/// <param name="Outcome"><c>no-answer</c> or <c>no-agreement</c>.</param>
/// <param name="Reason">What was tried.</param>
public sealed record ConsentLapsed(string Outcome, Personal<string> Reason) : ComplaintEvent, IHappening<ConsentLapsed, Complaint>
{
    static EventType IHappening<ConsentLapsed, Complaint>.EventType { get; } = new("consent-lapsed", 2, new("Offer lapsed", "方案已失效"));

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
        [new(Labels.Outcome, rules.Outcomes.Named(Outcome)), new(Labels.Reason, Reason)];

    internal override PersonalField[] PersonalValues => [new("reason", Reason)];

    internal override IEnumerable<ClockFact> Facts(EventMoment moment) => [new(FactKind.Resolved, moment.OccurredAt)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment)
    {
        var settlement = complaint.Settlement with
        {
            Proposals = [.. complaint.Settlement.Proposals.Select(proposal => proposal.IsLive ? proposal with { Status = ProposalStatus.Superseded } : proposal)],
            Outcome = Outcome,
            ResolvedAt = moment.OccurredAt,
        };
        return complaint.In(ComplaintState.Resolved) with { Settlement = settlement.DecidedBy(moment.Actor) };
    }
}
