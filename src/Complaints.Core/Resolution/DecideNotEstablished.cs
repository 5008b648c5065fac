using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;

namespace Complaints.Core.Resolution;

/// <summary>Decides that the complaint is not established (不成立) or declines it (不予受理). The customer is answered and may ask for a
/// review.</summary>
/// <param name="Outcome"><c>not-established</c>, <c>declined</c> or another code of the outcomes.</param>
/// <param name="Reason">Why, as the customer will be told; 1 to 4,000 characters.</param>
/// <param name="ReferredTo">The body that is competent instead; at most 500 characters.</param>
public sealed record DecideNotEstablished(string Outcome, string Reason, string? ReferredTo = null)
    : ComplaintCommand, ICapability<DecideNotEstablished, Complaint>
{
    static Capability ICapability<DecideNotEstablished, Complaint>.Capability { get; } = new("decide-not-established", new("Decide not established", "判定不成立"))
    {
        Roles = Role.Desk,
        Fields = Field.Of<DecideNotEstablished>(f =>
        [
            f.Code(command => command.Outcome, Labels.Outcome, rules => rules.Outcomes),
            f.Text(command => command.Reason, Labels.Reason, Text.Long),
            f.Text(command => command.ReferredTo, Labels.ReferredTo, Text.Short, required: false),
        ]),
        Refusals = [ProposalRules.OpenWork],
    };

    static DecideNotEstablished ICapability<DecideNotEstablished, Complaint>.Example(Occasion occasion) =>
        new("not-established", "Used outdoors.");

    static ComplaintError? ICapability<DecideNotEstablished, Complaint>.Precondition(Complaint complaint, Subject? subject,
        DecisionContext<Complaint> context) =>
        ProposalRules.NoOpenWork(complaint);

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        events.Add(new NotEstablishedDecided(Outcome, Personal.Of(Reason), Personal.OfNullable(ReferredTo)));
        return null;
    }
}

/// <summary>The complaint was not established, or declined.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Reason">Why.</param>
/// <param name="ReferredTo">The body that is competent instead.</param>
public sealed record NotEstablishedDecided(string Outcome, Personal<string> Reason, Personal<string>? ReferredTo)
    : ComplaintEvent, IHappening<NotEstablishedDecided, Complaint>
{
    static EventType IHappening<NotEstablishedDecided, Complaint>.EventType { get; } = new("not-established", 2,
        new("Decided as not established", "已判定不成立")) { Leaves = Leaving.Plain };

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
        [new(Labels.Outcome, rules.Outcomes.Named(Outcome)), new(Labels.Reason, Reason), new(Labels.ReferredTo, ReferredTo)];

    internal override PersonalField[] PersonalValues => [new("reason", Reason), new("referred-to", ReferredTo)];

    internal override IEnumerable<ClockFact> Facts(EventMoment moment) =>
        [new(FactKind.ValidityJudged, moment.OccurredAt), new(FactKind.ValidityDecided, moment.OccurredAt)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment)
    {
        var settlement = complaint.Settlement with { Outcome = Outcome, ResolvedAt = moment.OccurredAt };
        return complaint.In(ComplaintState.NotEstablished) with { Settlement = settlement.DecidedBy(moment.Actor) };
    }
}
