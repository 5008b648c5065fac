using System.Collections.Immutable;

namespace Complaints.Core.Definitions;

/// <summary>The definitions of a kind of which there are many, each in the version that holds now, by id.</summary>
internal sealed class InForceOfMany<T> where T : class
{
    private readonly ImmutableSortedDictionary<string, T> _values;

    public InForceOfMany(Rulebook rules, DefinitionKind<T> kind, Func<T, Label> label)
    {
        var holding = rules.InForce(kind).ToHashSet();
        _values = rules.Versions(kind).Where(version => holding.Contains(version.Ref))
            .ToImmutableSortedDictionary(version => version.Ref.Id, version => version.Value, StringComparer.Ordinal);
        List = new([.. _values.Select(known => new CodeItem(known.Key, label(known.Value)))]);
    }

    /// <summary>Their ids with their names.</summary>
    public CodeList<CodeItem> List { get; }

    public IEnumerable<KeyValuePair<string, T>> All => _values;

    public T? Find(string? id) => id is not null && _values.TryGetValue(id, out var found) ? found : null;
}
