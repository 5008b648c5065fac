using System.Collections.Immutable;
using NodaTime;

namespace Complaints.Core.Definitions;

/// <summary>The definitions that the library brings along: embedded JSON files, named <c>kind.id.json</c>.</summary>
public static class BuiltIns
{
    /// <summary>Under which name they are published in a store.</summary>
    internal const string Publisher = "built-in";

    private const string Prefix = "Complaints.Core.Definitions.BuiltIn.";

    private static readonly Instant PublishedAt = Instant.FromUtc(2026, 1, 1, 0, 0);

    private static readonly ImmutableArray<Definition> Files = [.. Read()];

    /// <summary>All of them, with version 1.</summary>
    public static ImmutableArray<Definition> All => Files;

    internal static ImmutableArray<Definition> Of(string kind) => [.. Files.Where(definition => definition.Kind == kind)];

    private static IEnumerable<Definition> Read()
    {
        var assembly = typeof(BuiltIns).Assembly;
        var names = assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal));
        foreach (var name in names.Order(StringComparer.Ordinal))
        {
            var parts = name[Prefix.Length..].Split('.');
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return new Definition(TenantId.Default, parts[0], parts[1], 1, reader.ReadToEnd(), PublishedAt, Publisher);
        }
    }
}
