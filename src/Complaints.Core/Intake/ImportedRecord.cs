using System.Collections.Immutable;
using Complaints.Core.Lifecycle;
using NodaTime;

namespace Complaints.Core.Intake;

/// <summary>What the source of an imported complaint said about it. Kept as said; nothing is repaired. Which source that is, and the id
/// there, says <see cref="IntakeEntry.Source"/>.</summary>
/// <param name="DueAt">The source's own deadline.</param>
/// <param name="InTime">The source's own verdict; <c>null</c> when it gave none.</param>
/// <param name="Contradictions">What cannot be true, such as <c>closed-before-received</c>.</param>
/// <param name="AdoptedAt">When our own clocks were started.</param>
/// <param name="Own">What our own clocks said about it when it was imported; <c>null</c> when no policy was named.</param>
public sealed record ImportedRecord(
    Instant? DueAt, bool? InTime, ImmutableArray<string> Contradictions, Instant? AdoptedAt = null, OwnVerdict? Own = null);

/// <summary>One step of a source's history.</summary>
/// <param name="SourceState">The state in the source's words.</param>
/// <param name="State">What it means here.</param>
/// <param name="At">When it began; <c>null</c> when the source does not say.</param>
public sealed record ImportedStep(string SourceState, ComplaintState State, Instant? At);
