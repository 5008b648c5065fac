using System.Collections.Immutable;
using NodaTime;

namespace Complaints.Core.Sla;

/// <summary>Where the numbers of a policy come from. Facts with their source, never legal advice.</summary>
/// <param name="Texts">Titles and paragraphs, or addresses; at least one.</param>
/// <param name="Date">The date of the version that was read.</param>
/// <param name="Verified">True when every number was read in the primary text. Otherwise the policy is published only with
/// <paramref name="Accepted"/> (<c>policy.unverified</c>).</param>
/// <param name="Note">What a reader must know about them.</param>
/// <param name="Accepted">True when the host takes the numbers as they are: it has compared them with the text in force, or answers for not
/// doing so.</param>
public sealed record PolicySource(ImmutableArray<string> Texts, LocalDate Date, bool Verified, string? Note = null, bool Accepted = false)
{
    /// <summary>Titles and paragraphs, or addresses; never <c>default</c>.</summary>
    public ImmutableArray<string> Texts { get; init; } = Texts.IsDefault ? [] : Texts;

    /// <summary>True when the policy may be used.</summary>
    internal bool IsUsable => Verified || Accepted;
}
