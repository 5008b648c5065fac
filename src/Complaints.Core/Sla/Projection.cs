using System.Collections.Immutable;
using Complaints.Core.Definitions;

namespace Complaints.Core.Sla;

/// <summary>The clocks of a record.</summary>
/// <param name="Of">The record.</param>
/// <param name="Rules">The definitions by which they were projected.</param>
/// <param name="Clocks">The clocks.</param>
internal sealed record Projection(ClockRecord Of, Rulebook Rules, ImmutableArray<Clock> Clocks);
