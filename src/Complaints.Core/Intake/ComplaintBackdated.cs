using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;

namespace Complaints.Core.Intake;

/// <summary>What its command says happened earlier than it was recorded. When, each event says itself; why so late, this one.</summary>
/// <param name="Reason">Why it was recorded late.</param>
public sealed record ComplaintBackdated(Personal<string> Reason) : ComplaintEvent, IHappening<ComplaintBackdated, Complaint>
{
    static EventType IHappening<ComplaintBackdated, Complaint>.EventType { get; } = new("backdated", 1,
        new("Entered later", "事后补录"));

    internal override IEnumerable<Detail> Details(Rulebook rules) => [new(Labels.Reason, Reason)];

    internal override PersonalField[] PersonalValues => [new("reason", Reason)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint;
}
