using System.Collections.Immutable;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using NodaTime;

namespace Complaints.Core;

/// <summary>A case of which something is not known that the guide of its category requires.</summary>
/// <param name="Complaint">Which.</param>
/// <param name="Number">Its number.</param>
/// <param name="Missing">What is missing: codes, as in <see cref="Receipt.MissingFields"/>.</param>
/// <param name="Words">The same for people, in that order.</param>
/// <param name="Owner">Who answers for the case; <c>null</c> for nobody yet.</param>
/// <param name="Team">The team that answers for it.</param>
/// <param name="Since">Since when it waits.</param>
public sealed record IncompleteCase(
    ComplaintId Complaint, string Number, ImmutableArray<string> Missing, ImmutableArray<Label> Words, string? Owner, string? Team,
    Instant Since);
