using System.Collections.Immutable;
using Complaints.Core.Definitions;

namespace Complaints.Core.Sla;

/// <summary>A memo of a pure function, which is no part of the value of the record that has it: all are equal.</summary>
/// <param name="Last">What was worked out last; <c>null</c> for nothing yet.</param>
internal readonly record struct ProjectionMemo(Projection? Last)
{
    public bool Equals(ProjectionMemo other) => true;

    public override int GetHashCode() => 0;
}

/// <summary>The clocks of a record.</summary>
/// <param name="Of">The record.</param>
/// <param name="Rules">The definitions by which they were projected.</param>
/// <param name="Clocks">The clocks.</param>
internal sealed record Projection(ClockRecord Of, Rulebook Rules, ImmutableArray<Clock> Clocks);
