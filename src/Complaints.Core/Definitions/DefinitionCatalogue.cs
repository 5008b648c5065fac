using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;

namespace Complaints.Core.Definitions;

/// <summary>All kinds of definitions that a program knows: a value composed of what the rooms and other packages bring.</summary>
internal sealed class DefinitionCatalogue
{
    private readonly FrozenDictionary<string, DefinitionKind> _byName;
    private readonly ImmutableArray<DefinitionCheck> _checks;

    /// <exception cref="ArgumentException">Two kinds have one name.</exception>
    public DefinitionCatalogue(IEnumerable<DefinitionKind> kinds, params ImmutableArray<DefinitionCheck> checks)
    {
        Kinds = [.. kinds.OrderBy(kind => kind.Name, StringComparer.Ordinal)];
        foreach (var twins in Kinds.GroupBy(kind => kind.Name, StringComparer.Ordinal).Where(group => group.Skip(1).Any()))
            throw new ArgumentException($"Two kinds of definitions have the name '{twins.Key}': give one of them another.", nameof(kinds));
        _byName = Kinds.ToFrozenDictionary(kind => kind.Name, StringComparer.Ordinal);
        _checks = checks;
    }

    /// <summary>The kinds by name.</summary>
    public ImmutableArray<DefinitionKind> Kinds { get; }

    /// <summary>The kind of a name; <c>null</c> when no package that is loaded knows it.</summary>
    public DefinitionKind? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The same with the kinds of other packages.</summary>
    public DefinitionCatalogue With(IEnumerable<DefinitionKind> more) => new(Kinds.Concat(more), _checks);

    /// <summary>Checks a definition before it is published: kind, id, syntax, content, and what it refers to.</summary>
    /// <returns><c>null</c>, <c>definition.invalid</c> with one detail a finding, <c>definition.kind_unknown</c> or
    /// <c>definition.one_only</c>.</returns>
    public ComplaintError? Check(string name, string id, string json, Rulebook rules)
    {
        if (Find(name) is not { } kind)
            return new("definition.kind_unknown", ("value", name), ("known", Kinds.Select(known => known.Name)));
        if (Text.Check("id", id, Text.Id) is { } badId)
            return badId;
        if (!kind.IsMany && id != "default")
            return new("definition.one_only", ("kind", name), ("id", id));
        ImmutableArray<ComplaintError> problems;
        try
        {
            var value = kind.Value(json);
            problems = [.. kind.Problems(value, id, rules), .. ChecksOf(kind).SelectMany(check => check.Problems(value))];
        }
        catch (JsonException e)
        {
            problems = [.. UnknownKeys.In(json, kind.Schema)];
            if (problems.IsEmpty)
                problems = [new("definition.syntax", ("path", e.Path ?? "$"), ("value", e.Message))];
        }
        catch (Exception e) when (BadValue.Is(e))
        {
            // A check that met what its author did not think of: it is refused like anything else that is wrong.
            problems = [new("definition.syntax", ("path", "$"), ("value", e.Message))];
        }
        return problems.IsEmpty ? null : new("definition.invalid", ("kind", name), ("id", id)) { Details = problems };
    }

    /// <summary>What a published definition says that this program does not know; <c>null</c> when it understands all of it.</summary>
    public string? NotUnderstood(Definition definition)
    {
        if (Find(definition.Kind) is not { } kind)
            return $"the kind '{definition.Kind}'";
        try
        {
            var value = kind.Value(definition.Json);
            return ChecksOf(kind).Select(check => check.NotUnderstood(value)).FirstOrDefault(what => what is not null);
        }
        catch (JsonException e)
        {
            return e.Path ?? "$";
        }
    }

    /// <summary>Where a published definition cannot be read; <c>null</c> when it can, or nobody here asks for its kind.</summary>
    public string? UnreadableAt(Definition definition) => Find(definition.Kind)?.UnreadableAt(definition);

    private IEnumerable<DefinitionCheck> ChecksOf(DefinitionKind kind) => _checks.Where(check => check.Kind == kind);
}
