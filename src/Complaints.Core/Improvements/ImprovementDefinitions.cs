using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Complaints.Core.Definitions;

namespace Complaints.Core.Improvements;

/// <summary>What a host can change of improvements.</summary>
public static class ImprovementDefinitions
{
    /// <summary>Kinds of improvements; many ids.</summary>
    public static DefinitionKind<ImprovementKind> Kinds { get; } = new("improvements", ImprovementDefinitionsJson.Default, isMany: true)
    {
        Check = static (kind, _, _) => kind.Problems(),
    };

    private static readonly RulePart<ImprovementKinds> Published = new(rules => new(rules.Versions(Kinds), rules.InForce(Kinds)));

    extension(Rulebook rules)
    {
        /// <summary>What an improvement may be, in the newest versions.</summary>
        public CodeList<CodeItem> ImprovementKinds => rules.Part(Published).List;

        /// <summary>A kind in the version that an improvement was opened with; the newest where that version is not known here;
        /// <c>null</c> when there is none of that id.</summary>
        public ImprovementKind? ImprovementKind(DefinitionRef kind) => rules.Part(Published).Find(kind);

        internal bool HasImprovementKind(DefinitionRef kind) => rules.Part(Published).Has(kind);

        internal DefinitionRef? NewestImprovementKind(string id) => rules.Part(Published).NewestOf(id);

        /// <summary>The codes of all kinds together, for a form that does not know the kind; none twice.</summary>
        internal IEnumerable<ICodeItem> OfAllImprovementKinds(Func<ImprovementKind, IEnumerable<ICodeItem>> codes) =>
            rules.Part(Published).Newest.SelectMany(codes).DistinctBy(item => item.Code, StringComparer.Ordinal);

        /// <summary>A type of actions for people.</summary>
        internal ICodeItem ActionType(string type) => rules.NamedOfAllImprovementKinds(kind => kind.Actions?.Types ?? [], type);

        /// <summary>One of them for people; one that is in no kind any more is told as it is.</summary>
        internal ICodeItem NamedOfAllImprovementKinds(Func<ImprovementKind, IEnumerable<ICodeItem>> codes, string code) =>
            rules.OfAllImprovementKinds(codes).FirstOrDefault(item => item.Code == code) ?? new CodeItem(code, new(code, code));
    }
}

/// <summary>The kinds of a tenant in all their versions.</summary>
internal sealed class ImprovementKinds
{
    private readonly Dictionary<DefinitionRef, ImprovementKind> _versions;
    private readonly Dictionary<string, DefinitionRef> _newest;

    public ImprovementKinds(IEnumerable<(DefinitionRef Ref, ImprovementKind Value)> versions, IEnumerable<DefinitionRef> inForce)
    {
        _versions = versions.ToDictionary(version => version.Ref, version => version.Value);
        _newest = inForce.ToDictionary(known => known.Id, StringComparer.Ordinal);
        List = new([.. _newest.OrderBy(known => known.Key, StringComparer.Ordinal).Select(
            known => new CodeItem(known.Key, _versions[known.Value].Label))]);
    }

    public CodeList<CodeItem> List { get; }

    public IEnumerable<ImprovementKind> Newest => _newest.Values.Select(known => _versions[known]);

    public bool Has(DefinitionRef kind) => _versions.ContainsKey(kind);

    public DefinitionRef? NewestOf(string id) => _newest.TryGetValue(id, out var newest) ? newest : null;

    public ImprovementKind? Find(DefinitionRef kind) => _versions.TryGetValue(kind, out var pinned) ? pinned
        : _newest.TryGetValue(kind.Id, out var newest) ? _versions[newest] : null;
}

/// <summary>How they are read.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(ImprovementKind))]
internal sealed partial class ImprovementDefinitionsJson : JsonSerializerContext;
