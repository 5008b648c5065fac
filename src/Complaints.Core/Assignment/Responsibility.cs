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
