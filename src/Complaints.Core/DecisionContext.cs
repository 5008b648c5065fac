using System.Collections.Immutable;
using Complaints.Core.Assignment;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using NodaTime;

namespace Complaints.Core;

/// <summary>Everything that a decision about a complaint may know besides the state and the command. Built at the edge, once a
/// command.</summary>
public sealed record DecisionContext : DecisionContext<Complaint>
{
    /// <summary>What a new complaint is given at the edge: id, number, subject, similar complaints. <c>null</c> for an existing
    /// one.</summary>
    public IntakeTicket? Intake { get; init; }

    /// <summary>What the staff directory knows of the people whom the command names; empty where it knows none of them, or did not
    /// answer.</summary>
    public ImmutableArray<StaffCard> Staff { get; init => field = Given.Of(value); } = [];

    /// <summary>The day of the decision in the tenant's zone.</summary>
    internal LocalDate Today => Now.InZone(DateTimeZoneProviders.Tzdb[Rules.Settings.Zone]).Date;

    internal StaffCard? CardOf(string? person) => Staff.FirstOrDefault(card => card.Id == person);

    /// <summary>Who of the complaint to which the command refers has a key or a card that does not open: their words cannot be sealed for
    /// another complaint.</summary>
    internal ImmutableArray<SubjectId> Unopened { get; init => field = Given.Of(value); } = [];

    /// <summary>The complainant in the clear, for a command that changes a part of what is sealed as a whole; <c>null</c> where nobody was
    /// named.</summary>
    internal Complainant? Complainant { get; init; }

    /// <summary>True when that person was erased.</summary>
    internal bool IsErased { get; init; }

    /// <summary>A random id, from which persons whom the command brings get theirs; where it is left out, they follow from the complaint
    /// alone, and must not be decided twice.</summary>
    public Guid Fresh { get; init; }
}
