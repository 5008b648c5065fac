using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Complaints.Core.Definitions;

namespace Complaints.Notifications.Templates;

/// <summary>The templates of one rulebook: what is published and, where nothing is, what is built in. Each is parsed at first use and kept
/// as long as the rulebook. Thread-safe.</summary>
internal sealed class TemplateBook
{
    private static readonly ConditionalWeakTable<Rulebook, TemplateBook> Books = [];

    private readonly Dictionary<string, MessageTemplate> _published;
    private readonly ConcurrentDictionary<(string Code, bool IsChinese), CompiledTemplate> _compiled = new();

    private TemplateBook(Rulebook rules)
    {
        var holding = rules.InForce(TemplateDefinitions.Templates).ToHashSet();
        _published = rules.Versions(TemplateDefinitions.Templates).Where(version => holding.Contains(version.Ref))
            .ToDictionary(version => version.Ref.Id, version => version.Value, StringComparer.Ordinal);
        Letterhead = rules.Get(TemplateDefinitions.Letterhead);
    }

    public Letterhead Letterhead { get; }

    /// <summary>The codes of all, in order.</summary>
    public IEnumerable<string> Codes => _published.Keys.Union(BuiltInTemplates.All.Keys).Order(StringComparer.Ordinal);

    public static TemplateBook Of(Rulebook rules) => Books.GetValue(rules, static known => new(known));

    /// <summary>The template of a code; <c>null</c> when there is none.</summary>
    public MessageTemplate? Find(string code) => _published.GetValueOrDefault(code) ?? BuiltInTemplates.All.GetValueOrDefault(code);

    /// <summary>The same, parsed.</summary>
    /// <exception cref="FormatException">It does not parse.</exception>
    public CompiledTemplate? Compiled(string code, bool isChinese) => Find(code) is { } template
        ? _compiled.GetOrAdd((code, isChinese), static (key, text) => new(text.In(key.IsChinese), key.IsChinese), template) : null;
}
