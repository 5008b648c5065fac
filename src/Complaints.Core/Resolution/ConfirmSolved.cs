using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;

namespace Complaints.Core.Resolution;

/// <summary>The customer confirms that the problem is solved, or accepts that the complaint was not established.</summary>
/// <param name="Evidence">How it was said: a code of the confirmations, such as <c>call</c>. Error: <c>code.unknown</c>.</param>
/// <param name="Participant">The number of the participant who confirms it for the customer; <c>null</c> for the customer. Errors:
/// <c>participant.not_found</c>, <c>participant.none</c>, <c>party.no_authority</c>, <c>party.not_customer</c>.</param>
public sealed record ConfirmSolved(string Evidence = Confirmation.InCall, int? Participant = null)
    : ComplaintCommand, ICapability<ConfirmSolved, Complaint>
{
    private static readonly Refusal AlreadyConfirmed = new(
        "solved.already_confirmed",
        "The customer confirmed at {value}.",
        "客户已于 {value} 确认解决。");

    static Capability ICapability<ConfirmSolved, Complaint>.Capability { get; } = new(
        "confirm-solved", new("Customer confirms the result", "客户确认结果"))
    {
        Roles = Role.Desk,
        Fields = Field.Of<ConfirmSolved>(f =>
        [
            f.Code(command => command.Evidence, Labels.Evidence, rules => rules.Confirmations),
            f.NumberOrNone(command => command.Participant, Labels.ForCustomer, 1, ParticipantRoleRules.MostOfAll),
        ]),
        StaysIn = States.Codes([ComplaintState.Resolved, ComplaintState.NotEstablished]),
        Refusals = [AlreadyConfirmed, .. Partners.ForCustomer],
    };

    static ConfirmSolved ICapability<ConfirmSolved, Complaint>.Example(Occasion occasion) => new();

    static ComplaintError? ICapability<ConfirmSolved, Complaint>.Precondition(Complaint complaint, Subject? subject, DecisionContext<Complaint> context) =>
        complaint.Settlement.Confirmation is { } confirmed
        && !(complaint.Talk.Verdict is { Satisfied: false, At: var said } && said > confirmed.At)
            ? AlreadyConfirmed.With(("value", confirmed.At))
            : null;

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (Partners.FindForCustomer(complaint, Participant, context, out var by) is { } hindered)
            return hindered;
        events.Add(new SolutionConfirmed(Evidence, by));
        return null;
    }
}

/// <summary>The customer confirmed that the problem is solved, or accepted the result.</summary>
/// <param name="Evidence">How it was said.</param>
/// <param name="With">Who confirmed it for the customer; <c>null</c> for the customer.</param>
public sealed record SolutionConfirmed(string Evidence, InteractionPartner? With = null)
    : ComplaintEvent, IHappening<SolutionConfirmed, Complaint>
{
    static EventType IHappening<SolutionConfirmed, Complaint>.EventType { get; } = new(
        "solution-confirmed", 2, new("Customer confirmed the result", "客户已确认结果"));

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
        [new(Labels.Evidence, Vocabulary.Evidence(Evidence)), Partners.Told(With, rules)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) =>
        complaint with { Settlement = complaint.Settlement with { Confirmation = new Confirmation(Evidence, moment.OccurredAt) } };
}
