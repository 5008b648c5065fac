using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Complaints.Core.Capabilities;

namespace Complaints.Core.Improvements;

/// <summary>What somebody wants done to one improvement. It carries clear text, which exists only in memory.</summary>
public abstract record ImprovementCommand : Command<Improvement>
{
    private protected ImprovementCommand() { }

    /// <summary>The complaints of which the rule must know whether they are there.</summary>
    [JsonIgnore]
    internal virtual ImmutableArray<ComplaintId> RefersTo => [];

    /// <summary>True when the rule must know what the customers of the improvement's complaints are called.</summary>
    [JsonIgnore]
    internal virtual bool NeedsNames => false;

    /// <summary>True when it says of clocks that they are past, which only the deadline clock may.</summary>
    [JsonIgnore]
    internal virtual bool JudgesWhatIsPast => false;

    internal sealed override ComplaintError? Decide(Improvement state, DecisionContext<Improvement> context,
        EventSink<Improvement> events) =>
        Decide(state, (ImprovementContext)context, events);

    /// <inheritdoc cref="Command{TState}.Decide"/>
    internal abstract ComplaintError? Decide(Improvement improvement, ImprovementContext context, EventSink<Improvement> events);
}

/// <summary>What happened to an improvement.</summary>
public abstract record ImprovementEvent : Event<Improvement>
{
    private protected ImprovementEvent() { }
}

/// <summary>What a decision about an improvement may know besides the state and the command.</summary>
internal sealed record ImprovementContext : DecisionContext<Improvement>
{
    /// <summary>What a new improvement is given at the edge.</summary>
    public ImprovementTicket? Ticket { get; init; }

    /// <summary>The complaints of <see cref="ImprovementCommand.RefersTo"/> that the tenant has, with their numbers.</summary>
    public ImmutableDictionary<ComplaintId, string> Known { get; init; } = ImmutableDictionary<ComplaintId, string>.Empty;

    /// <summary>Who complained in the improvement's complaints, as far as they were not erased.</summary>
    public ImmutableArray<Intake.Complainant> People { get; init; } = [];
}

/// <summary>What the edge gives to a new improvement.</summary>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Id">Its id.</param>
/// <param name="Number">Its number for people.</param>
internal sealed record ImprovementTicket(TenantId Tenant, ImprovementId Id, string Number);
