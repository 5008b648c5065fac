using System.Collections.Immutable;
using NodaTime;

namespace Complaints.Core.Definitions;

/// <summary>
/// Which version of a definition holds when. One that is published for later takes over at its instant, also from versions that were
/// published meanwhile and hold at once; of two that begin together the higher version holds.
/// </summary>
public static class DefinitionTimeline
{
    /// <summary>The versions of one definition that hold at some time, in that order.</summary>
    /// <param name="versions">Versions of one kind and id.</param>
    public static ImmutableArray<DefinitionSpan> Of(IEnumerable<Definition> versions)
    {
        ArgumentNullException.ThrowIfNull(versions);
        var ordered = InOrder(versions);
        return
        [
            .. ordered.Select((entry, i) => new DefinitionSpan(entry.Version, entry.Begins,
                i + 1 < ordered.Count ? ordered[i + 1].Begins : null))
                .Where(span => span.From != span.Until),
        ];
    }

    /// <summary>The version that holds at an instant; <c>null</c> when none does yet. One without a date holds for every instant, also for
    /// one before it was published.</summary>
    /// <param name="versions">Versions of one kind and id.</param>
    /// <param name="at">The instant.</param>
    public static Definition? At(IEnumerable<Definition> versions, Instant at)
    {
        ArgumentNullException.ThrowIfNull(versions);
        return InOrder(versions).LastOrDefault(entry => IsIn(entry.Version, at)).Version;
    }

    internal static bool IsIn(Definition definition, Instant at) => definition.EffectiveFrom is not { } from || from <= at;

    /// <summary>A version begins with its date, and never before it or an earlier one was published: the clocks of two nodes may differ,
    /// and a host may bring a date along that is past.</summary>
    private static List<(Definition Version, Instant Begins)> InOrder(IEnumerable<Definition> versions)
    {
        var published = Instant.MinValue;
        var begun = new List<(Definition Version, Instant Begins)>();
        foreach (var version in versions.OrderBy(version => version.Version))
        {
            published = Instant.Max(published, version.PublishedAt);
            begun.Add((version, version.EffectiveFrom is { } from ? Instant.Max(from, published) : published));
        }
        return [.. begun.OrderBy(entry => entry.Begins).ThenBy(entry => entry.Version.Version)];
    }
}

/// <summary>When a version of a definition holds.</summary>
/// <param name="Definition">The version.</param>
/// <param name="From">From when on.</param>
/// <param name="Until">Until when; <c>null</c> for as long as nothing is published after it.</param>
public sealed record DefinitionSpan(Definition Definition, Instant From, Instant? Until)
{
    /// <summary>True at an instant within it.</summary>
    public bool Holds(Instant at) => From <= at && (Until is not { } end || at < end);
}
