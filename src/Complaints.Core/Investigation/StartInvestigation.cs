using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;

namespace Complaints.Core.Investigation;

/// <summary>Begins, or begins again, to establish facts, course of events and cause.</summary>
/// <param name="Plan">What is to be found out; at most 500 characters, nothing personal.</param>
public sealed record StartInvestigation(string? Plan = null)
    : ComplaintCommand, ICapability<StartInvestigation, Complaint>
{
    static Capability ICapability<StartInvestigation, Complaint>.Capability { get; } = new("start-investigation", new("Start investigation", "开始调查"))
    {
        Roles = Role.Desk,
        Fields = Field.Of<StartInvestigation>(f =>
        [
            f.Text(command => command.Plan, Labels.Plan, Text.Short, required: false),
        ]),
    };

    static StartInvestigation ICapability<StartInvestigation, Complaint>.Example(Occasion occasion) => new("Ask the warehouse.");

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        events.Add(new InvestigationStarted(Personal.OfNullable(Plan)));
        return null;
    }
}

/// <summary>The investigation began.</summary>
/// <param name="Plan">What is to be found out.</param>
public sealed record InvestigationStarted(Personal<string>? Plan)
    : ComplaintEvent, IHappening<InvestigationStarted, Complaint>
{
    static EventType IHappening<InvestigationStarted, Complaint>.EventType { get; } = new("investigation-started", 2,
        new("Investigation started", "已开始调查"));

    internal override IEnumerable<Detail> Details(Rulebook rules) => [new(Labels.Plan, Plan)];

    internal override PersonalField[] PersonalValues => [new("plan", Plan)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint.In(ComplaintState.Investigating);
}
