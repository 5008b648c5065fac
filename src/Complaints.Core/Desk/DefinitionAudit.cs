using System.Collections.Immutable;
using Complaints.Core.Definitions;
using Complaints.Core.History;
using Complaints.Core.Storage;

namespace Complaints.Core;

/// <summary>Proves a tenant's definitions: each by its authenticator, and that none is missing among them. What was published before the
/// tenant had a key is proved as far as it is what this program brings along.</summary>
internal sealed class DefinitionAudit(RowKey key)
{
    /// <summary>Beyond so many versions that are missing no more are named.</summary>
    private const int MostMissing = 100;

    private readonly List<(string Name, bool IsOurs)> _early = [];
    private readonly HashSet<Definition> _altered = [];

    public ImmutableArray<ChainFinding>.Builder Findings { get; } = ImmutableArray.CreateBuilder<ChainFinding>();

    public ImmutableArray<Label>.Builder Unproven { get; } = ImmutableArray.CreateBuilder<Label>();

    public void Check(NewDefinitions stored)
    {
        var builtIn = ComplaintRooms.Current.Definitions.Kinds.SelectMany(kind => kind.BuiltIn)
            .Select(known => (known.Kind, known.Id, known.Json)).ToHashSet();
        foreach (var definition in stored.Added.OrderBy(definition => definition.Kind, StringComparer.Ordinal)
            .ThenBy(definition => definition.Id, StringComparer.Ordinal).ThenBy(definition => definition.Version))
        {
            switch (definition.IsAuthentic(key))
            {
                case false:
                    _altered.Add(definition);
                    var name = NameOf(definition);
                    Found("definition.altered", new($"Definition {name} is not as it was published.", $"定义 {name} 与发布时不同。"));
                    break;
                case null:
                    var isOurs = builtIn.Contains((definition.Kind, definition.Id, definition.Json));
                    _early.Add((NameOf(definition), isOurs && definition.EffectiveFrom is null));
                    break;
                default:
                    break;
            }
        }
        FindMissing(stored);
        TellEarly();
    }

    private static string NameOf(Definition definition) => $"{definition.Kind}/{definition.Id} v{definition.Version}";

    private void Found(string code, Label text) => Findings.Add(new(code, null, null, 0, 0, text));

    /// <summary>Versions are counted from 1 and never taken away; the newest of all may be missing without a gap. One that was altered says
    /// nothing of those before it.</summary>
    private void FindMissing(NewDefinitions stored)
    {
        var found = 0;
        foreach (var versions in stored.Added.GroupBy(definition => (definition.Kind, definition.Id)))
        {
            var there = versions.Select(definition => definition.Version).ToHashSet();
            var last = versions.Where(definition => !_altered.Contains(definition)).Select(definition => definition.Version)
                .DefaultIfEmpty().Max();
            for (var version = 1; version < last && found < MostMissing; version++)
            {
                if (there.Contains(version))
                    continue;
                var name = $"{versions.Key.Kind}/{versions.Key.Id} v{version}";
                Found("definition.gone", new(
                    $"Definition {name} is missing, and v{last} is there.", $"定义 {name} 缺失，而 v{last} 仍在。"));
                found++;
            }
        }
        if (stored.Missing > 0 && found == 0)
        {
            Found("definition.gone", new(
                $"{stored.Missing} definitions are missing, or definition.sequence was altered: "
                    + $"there are {stored.Added.Length} up to place {stored.Mark.Sequence}.",
                $"缺少 {stored.Missing} 个定义，或 definition.sequence 被改动：到第 {stored.Mark.Sequence} 位为止仅有 {stored.Added.Length} 个。"));
        }
    }

    private void TellEarly()
    {
        if (_early.Count == 0)
            return;
        string[] others = [.. _early.Where(definition => !definition.IsOurs).Select(definition => definition.Name)];
        var names = string.Join(", ", others.Take(10)) + (others.Length > 10 ? ", ..." : "");
        Unproven.Add(new(
            $"{_early.Count} definitions were published before the tenant had a key: definition.published_at, definition.published_by, "
                + "definition.effective_from"
                + (others.Length == 0 ? "." : $", and definition.kind, definition.id and definition.content of {names}."),
            $"有 {_early.Count} 个定义在租户拥有密钥之前发布：definition.published_at、definition.published_by、definition.effective_from"
                + (others.Length == 0 ? "。" : $"，以及以下各项的 definition.kind、definition.id、definition.content：{names}。")));
    }
}
