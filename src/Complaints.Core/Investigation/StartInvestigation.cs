using Complaints.Core.Lifecycle;

namespace Complaints.Core.Investigation;

/// <summary>Begins, or begins again, to establish facts, course of events and cause.</summary>
/// <param name="Plan">What is to be found out; at most 500 characters, nothing personal.</param>
public sealed record StartInvestigation(string? Plan = null) : ComplaintCommand
{
    /// <inheritdoc/>
    public override ComplaintTrigger Trigger => ComplaintTrigger.StartInvestigation;

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (Text.Check("plan", Plan, Text.Short, required: false) is { } bad)
            return bad;
        events.Add(new InvestigationStarted(Plan));
        return null;
    }
}

/// <summary>The investigation began.</summary>
/// <param name="Plan">What is to be found out.</param>
public sealed record InvestigationStarted(string? Plan) : ComplaintEvent
{
    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint.In(ComplaintState.Investigating);
}
