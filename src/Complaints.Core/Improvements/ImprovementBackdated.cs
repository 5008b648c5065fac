using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;

namespace Complaints.Core.Improvements;

/// <summary>What its command says happened earlier than it was recorded. When, each event says itself; why so late, this one.</summary>
/// <param name="Reason">Why it was recorded late.</param>
public sealed record ImprovementBackdated(Personal<string> Reason) : ImprovementEvent, IHappening<ImprovementBackdated, Improvement>
{
    static EventType IHappening<ImprovementBackdated, Improvement>.EventType { get; } = new("improvement-backdated", 1,
        new("Entered later", "事后补录"));

    internal override IEnumerable<Detail> Details(Rulebook rules) => [new(Labels.Reason, Reason)];

    internal override PersonalField[] PersonalValues => [new("reason", Reason)];

    internal override Improvement ApplyTo(Improvement state, EventMoment moment) => state;
}
