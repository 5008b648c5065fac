using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;
using NodaTime;

namespace Complaints.Core.Assignment;

/// <summary>The assignment's part of a complaint: who answers for it now.</summary>
/// <param name="Owner">The person, by the host's id.</param>
/// <param name="Team">The team or queue.</param>
/// <param name="Since">Since when.</param>
/// <param name="HandOvers">How often it changed hands.</param>
public sealed record Responsibility(string? Owner = null, string? Team = null, Instant? Since = null, int HandOvers = 0)
{
    /// <summary>Nobody yet.</summary>
    public static Responsibility Nobody { get; } = new();
}

/// <summary>Hands a complaint over to another owner or team (移交). Never restarts a clock of the customer's.</summary>
/// <param name="Owner">The new owner; <c>null</c> leaves it to the team.</param>
/// <param name="Team">The new team; <c>null</c> keeps the team. Errors: <c>assignment.nobody</c>, <c>assignment.unchanged</c>.</param>
/// <param name="Reason">Why; 1 to 500 characters, nothing personal.</param>
public sealed record HandOver(string? Owner, string? Team, string Reason) : ComplaintCommand
{
    /// <inheritdoc/>
    public override ComplaintTrigger Trigger => ComplaintTrigger.HandOver;

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (string.IsNullOrWhiteSpace(Owner) && string.IsNullOrWhiteSpace(Team))
            return new("assignment.nobody");
        var wrong = Text.Check("owner", Owner, Text.Id, required: false)
            ?? Text.Check("team", Team, Text.Id, required: false)
            ?? Text.Check("reason", Reason, Text.Short);
        if (wrong is not null)
            return wrong;
        var team = string.IsNullOrWhiteSpace(Team) ? complaint.Responsibility.Team : Team;
        var owner = string.IsNullOrWhiteSpace(Owner) ? null : Owner;
        if (owner == complaint.Responsibility.Owner && team == complaint.Responsibility.Team)
            return new("assignment.unchanged", ("value", owner ?? team));
        events.Add(new HandedOver(owner, team, Reason, IsFirst: complaint.Responsibility is { Owner: null, Team: null }));
        return null;
    }
}

/// <summary>A complaint changed hands.</summary>
/// <param name="Owner">The new owner.</param>
/// <param name="Team">The new team.</param>
/// <param name="Reason">Why.</param>
/// <param name="IsFirst">True when nobody had answered for it before: from then on a customer may expect a contact. Later hand-overs start nothing.</param>
public sealed record HandedOver(string? Owner, string? Team, string Reason, bool IsFirst = false) : ComplaintEvent
{
    internal override IEnumerable<ClockFact> Facts(EventMoment moment) => IsFirst ? [new(FactKind.Assigned, moment.OccurredAt)] : [];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Responsibility = new Responsibility(Owner, Team, moment.OccurredAt, complaint.Responsibility.HandOvers + 1),
    };
}
