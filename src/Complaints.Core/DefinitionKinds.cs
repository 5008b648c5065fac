using System.Collections.Immutable;
using Complaints.Core.Definitions;

namespace Complaints.Core;

/// <summary>The kinds of definitions that this library knows; its rooms own them.</summary>
public static class DefinitionKinds
{
    /// <summary>The kinds by name.</summary>
    public static ImmutableArray<DefinitionKind> All => ComplaintRooms.Current.Definitions.Kinds;

    /// <summary>Their names.</summary>
    public static ImmutableArray<string> Names => [.. All.Select(kind => kind.Name)];

    /// <summary>The kind of a name; <c>null</c> when there is none.</summary>
    public static DefinitionKind? Find(string name) => ComplaintRooms.Current.Definitions.Find(name);

    /// <summary>Checks a definition before it is published: kind, syntax, content, and what it refers to.</summary>
    /// <returns><c>null</c>, or <c>definition.invalid</c> with one detail a finding, or <c>definition.kind_unknown</c>.</returns>
    public static ComplaintError? Check(string kind, string id, string json, Rulebook rules) =>
        ComplaintRooms.Current.Definitions.Check(kind, id, json, rules);
}
