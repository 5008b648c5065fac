using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;

namespace Complaints.Core.Resolution;

/// <summary>The complaint was resolved (解决).</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Summary">What was done.</param>
/// <param name="ConfirmedInCall">Whether the customer said in the call that it is solved.</param>
/// <param name="With">Who said so for the customer; <c>null</c> for the customer.</param>
public sealed record ComplaintResolved(
    string Outcome, Personal<string>? Summary, bool ConfirmedInCall, InteractionPartner? With = null)
    : ComplaintEvent, IHappening<ComplaintResolved, Complaint>
{
    static EventType IHappening<ComplaintResolved, Complaint>.EventType { get; } = new("resolved", 2,
        new("Resolved", "已解决")) { Leaves = Leaving.Plain };

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
        [new(Labels.Outcome, rules.Outcomes.Named(Outcome)), new(Labels.Summary, Summary), Partners.Told(With, rules)];

    internal override PersonalField[] PersonalValues => [new("summary", Summary)];

    internal override IEnumerable<ClockFact> Facts(EventMoment moment) => ConfirmedInCall
        ? [new(FactKind.HumanContact, moment.OccurredAt), new(FactKind.Resolved, moment.OccurredAt),
            new(FactKind.ResultNotified, moment.OccurredAt)]
        : [new(FactKind.Resolved, moment.OccurredAt)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment)
    {
        var settlement = complaint.Settlement;
        if (ConfirmedInCall)
            complaint = complaint.Contacted(moment.OccurredAt, channel: "");
        return complaint with
        {
            Progress = complaint.Progress with { State = ComplaintState.Resolved },
            Settlement = settlement with
            {
                Outcome = Outcome,
                ResolvedAt = moment.OccurredAt,
                Confirmation = ConfirmedInCall ? new Confirmation(Confirmation.InCall, moment.OccurredAt) : settlement.Confirmation,
                Deciders = settlement.DecidersWith(moment.Actor),
            },
        };
    }
}
