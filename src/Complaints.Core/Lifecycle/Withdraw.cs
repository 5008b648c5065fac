using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Sla;

namespace Complaints.Core.Lifecycle;

/// <summary>The customer takes the complaint back.</summary>
/// <param name="Reason">Why, in the customer's words; 1 to 4,000 characters.</param>
public sealed record Withdraw(string Reason) : ComplaintCommand, ICapability<Withdraw, Complaint>
{
    static Capability ICapability<Withdraw, Complaint>.Capability { get; } = new("withdraw", new("Withdraw", "撤回投诉"))
    {
        Roles = Role.Desk,
        Fields = Field.Of<Withdraw>(f =>
        [
            f.Text(command => command.Reason, Labels.Reason, Text.Long, personal: true),
        ]),
    };

    static Withdraw ICapability<Withdraw, Complaint>.Example(Occasion occasion) => new("Found it.");

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        events.Add(new ComplaintWithdrawn(Personal.Of(Reason)));
        return null;
    }
}

/// <summary>The customer took the complaint back.</summary>
/// <param name="Reason">Why, in the customer's words.</param>
public sealed record ComplaintWithdrawn(Personal<string> Reason) : ComplaintEvent, IHappening<ComplaintWithdrawn, Complaint>
{
    static EventType IHappening<ComplaintWithdrawn, Complaint>.EventType { get; } = new("withdrawn", 1, new("Withdrawn", "已撤回"));

    internal override IEnumerable<Detail> Details(Rulebook rules) => [new(Labels.Reason, Reason)];

    internal override IEnumerable<IPersonal?> PersonalValues => [Reason];

    internal override IEnumerable<ClockFact> Facts(EventMoment moment) => [new(FactKind.Ended, moment.OccurredAt)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint.Ended(ComplaintState.Withdrawn, moment);
}
