using System.Collections.Immutable;
using NodaTime;

namespace Complaints.Core.Definitions;

/// <summary>Picks from published definitions, and from the built-ins where nothing is published.</summary>
internal sealed class DefinitionReader(IEnumerable<Definition> published)
{
    private readonly ILookup<string, Definition> _byKind = published.ToLookup(definition => definition.Kind, StringComparer.Ordinal);

    /// <summary>The newest version of a kind of which there is one, under the id <c>default</c>.</summary>
    public Versioned<T> One<T>(string kind)
    {
        var newest = _byKind[kind].Where(definition => definition.Id == "default").MaxBy(definition => definition.Version) ?? BuiltIns.Of(kind).First();
        return new((T)DefinitionKinds.Read(newest), newest.Version);
    }

    /// <summary>Every version of every id of a kind; built-ins count where nothing of their id is published.</summary>
    public IEnumerable<(DefinitionRef Ref, T Value)> AllVersions<T>(string kind)
    {
        var own = _byKind[kind].ToList();
        var ids = own.Select(definition => definition.Id).ToHashSet(StringComparer.Ordinal);
        return own.Concat(BuiltIns.Of(kind).Where(builtIn => !ids.Contains(builtIn.Id)))
            .Select(definition => (new DefinitionRef(definition.Id, definition.Version), (T)DefinitionKinds.Read(definition)));
    }
}

/// <summary>The definitions that the library brings along: embedded JSON files, named <c>kind.id.json</c>.</summary>
public static class BuiltIns
{
    /// <summary>Under which name they are published in a store.</summary>
    internal const string Publisher = "built-in";

    private const string Prefix = "Complaints.Core.Definitions.BuiltIn.";

    private static readonly ImmutableArray<Definition> Files = [.. Read()];

    /// <summary>All of them, with version 1.</summary>
    public static ImmutableArray<Definition> All => Files;

    internal static IEnumerable<Definition> Of(string kind) => Files.Where(definition => definition.Kind == kind);

    private static IEnumerable<Definition> Read()
    {
        var assembly = typeof(BuiltIns).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            var parts = name[Prefix.Length..].Split('.');
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return new Definition(TenantId.Default, parts[0], parts[1], 1, reader.ReadToEnd(), Instant.FromUtc(2026, 1, 1, 0, 0), Publisher);
        }
    }
}
