using System.Collections.Immutable;
using Complaints.Core.Definitions;

namespace Complaints.Core.Sla;

/// <summary>
/// Ready-made policies of regulators, each with its source, its date and whether its numbers were read in the primary text. Not planted
/// into a tenant: publish the
/// JSON of one as a definition of kind <c>policy</c>. An id with a dot (<c>uk-housing.stage-2</c>) goes with the one before the dot and is
/// tried first. Never legal advice.
/// </summary>
public static class PolicyPresets
{
    private const string Prefix = "Complaints.Core.Definitions.Presets.policy.";

    /// <summary>Their ids in order.</summary>
    public static ImmutableArray<string> Ids { get; } =
    [
        .. typeof(PolicyPresets).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..^".json".Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>One of them, read.</summary>
    /// <exception cref="ArgumentException">There is none of that id.</exception>
    public static SlaPolicy Get(string id) => SlaPolicy.Parse(Json(id));

    /// <summary>The JSON of one, as it can be published.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="acceptUnverified">True to take over numbers that were not read in the primary text; without it publishing such a preset
    /// is refused (<c>policy.unverified</c>).</param>
    /// <exception cref="ArgumentException">There is none of that id.</exception>
    public static string Json(string id, bool acceptUnverified = false)
    {
        using var stream = typeof(PolicyPresets).Assembly.GetManifestResourceStream($"{Prefix}{id}.json")
            ?? throw new ArgumentException($"There is no preset policy '{id}'; there are: {string.Join(", ", Ids)}.", nameof(id));
        using var reader = new StreamReader(stream);
        var json = reader.ReadToEnd();
        if (!acceptUnverified || SlaPolicy.Parse(json) is not { Source: { Verified: false } source } policy)
            return json;
        return SlaDefinitions.Policies.Write(policy with { Source = source with { Accepted = true } });
    }
}
