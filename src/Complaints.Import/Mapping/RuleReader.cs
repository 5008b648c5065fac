using Complaints.Core.Lifecycle;
using NodaTime;
using NodaTime.Text;

namespace Complaints.Import.Mapping;

/// <summary>Reads the single rules of a mapping and numbers the columns that they name.</summary>
internal sealed class RuleReader
{
    private static readonly string[] StateNames = Enum.GetNames<ComplaintState>();
    private HashSet<string> _missing = [];
    private DatePattern[] _patterns = [];
    private DateTimeZone? _zone;

    /// <summary>The mapping's own zone.</summary>
    public DateTimeZone? OwnZone => _zone;

    /// <summary>The columns that the rules read, with the place that named each first.</summary>
    public List<(string Name, string Path)> Columns { get; } = [];

    /// <summary>What holds for every rule that does not say otherwise.</summary>
    public void UseDefaults(MappingNode root)
    {
        _missing = root.Find("missing") is { } missing ? [.. missing.Texts().Select(token => token.Trim())] : [];
        _patterns = root.Find("datePatterns") is { } patterns ? Patterns(patterns) : [];
        _zone = root.Find("zone") is { } zone ? Zone(zone) : null;
    }

    /// <summary>A text: a column's name alone, or an object.</summary>
    /// <param name="node">Where it stands.</param>
    /// <param name="name">The field.</param>
    /// <param name="longest">How many characters it may have.</param>
    public TextRule Text(MappingNode node, string name, int longest)
    {
        if (!node.IsObject)
            return new TextRule { Name = name, Columns = [Column(node)], Missing = _missing };
        node.Allow(MappingKeys.Text);
        var ways = new[] { "column", "columns", "template", "constant" }.Count(key => node.Find(key) is not null);
        if (ways != 1)
            node.Error("mapping.type", ("expected", "exactly one of 'column', 'columns', 'template', 'constant'"));
        var unmapped = node.Find("unmapped")?.OneOf(MappingKeys.UnmappedWords);
        if (unmapped == "default")
            node.Need("default");
        int[] columns = node.Find("column") is { } column ? [Column(column)] : node.Find("columns") is { } several ? [.. several.Items().Select(Column)] : [];
        var template = node.Find("template") is { } pieces ? Template(pieces, ref columns) : null;
        return new TextRule
        {
            Name = name,
            Columns = columns,
            Template = template,
            Separator = node.Find("separator")?.Text() ?? " ",
            Constant = node.Find("constant")?.Text(),
            Missing = Missing(node),
            Map = node.Find("map") is { } map ? Map(map, Folds(node), value => value.IsNull ? null : value.Text()) : null,
            Unmapped = unmapped switch { "error" => Unmapped.Error, "default" => Unmapped.Default, _ => Unmapped.Keep },
            Default = node.Find("default")?.Text(),
            Longest = node.Find("truncate")?.Flag() == true ? longest : null,
            FromFirst = node.Find("from")?.OneOf(MappingKeys.FromWords) == "first",
        };
    }

    /// <summary>How many characters a field may have.</summary>
    public static int LongestOf(string field) => field switch
    {
        "narrative" => Core.Text.Narrative,
        "desiredOutcome" => Core.Text.Long,
        "incidentPlace" or "address" => Core.Text.Short,
        "title" or "category" or "subcategory" or "phone" or "email" or "itemRef" or "itemModel" or "itemSerial" => Core.Text.Title,
        "language" => 35,
        _ => Core.Text.Id,
    };

    /// <summary>An instant: a column's name alone, or an object.</summary>
    public InstantRule Instant(MappingNode node)
    {
        var own = node.IsObject ? node.Allow(MappingKeys.Instant) : null;
        var patterns = own?.Find("patterns") is { } some ? Patterns(some) : _patterns;
        var zone = own?.Find("zone") is { } named ? Zone(named) : _zone;
        if (patterns.Length == 0)
            node.Error("mapping.missing_key", ("value", "datePatterns"));
        if (zone is null && patterns.Any(pattern => pattern.IsLocal))
            node.Error("mapping.missing_key", ("value", "zone"));
        return new InstantRule
        {
            Column = own is null ? Column(node) : own.Need("column") is { } column ? Column(column) : 0,
            Patterns = patterns,
            Zone = zone ?? DateTimeZone.Utc,
            Missing = own is null ? _missing : Missing(own),
        };
    }

    public FlagRule Flag(MappingNode node)
    {
        node.Allow(MappingKeys.Flag);
        var column = node.Need("column") is { } named ? Column(named) : 0;
        var map = node.Need("map") is { } entries ? Map(entries, Folds(node), value => value.IsNull ? (bool?)null : value.Flag()) : new ValueMap<bool?>(fold: false);
        return new FlagRule(column, Missing(node), map, node.Find("unmapped")?.OneOf(MappingKeys.FlagUnmappedWords) == "none");
    }

    public StateRule State(MappingNode node)
    {
        node.Allow(MappingKeys.State);
        var column = node.Need("column") is { } named ? Column(named) : 0;
        var states = node.Need("states") is { } entries ? Map(entries, Folds(node), StateOf) : new ValueMap<ComplaintState>(fold: false);
        return new StateRule(column, Missing(node), states, node.Find("default") is { } other ? StateOf(other) : null);
    }

    public RepeatKeyRule Repeat(MappingNode node)
    {
        node.Allow(MappingKeys.RepeatKey);
        int[] columns = node.Need("columns") is { } named ? [.. named.Items().Select(Column)] : [];
        return new RepeatKeyRule(columns, node.Find("foldCase")?.Flag() ?? false, Missing(node), node.Find("from")?.OneOf(MappingKeys.FromWords) == "first");
    }

    /// <summary>Several texts: a column's name alone, or an object.</summary>
    public ListRule List(MappingNode node)
    {
        if (!node.IsObject)
            return new ListRule { Columns = [Column(node)], Missing = _missing };
        node.Allow(MappingKeys.List);
        if (node.Find("column") is null == node.Find("columns") is null)
            node.Error("mapping.type", ("expected", "either 'column' or 'columns'"));
        var split = node.Find("split");
        if (split?.Text() is "")
            split.Error("mapping.type", ("expected", "what stands between two values, such as ';'"));
        return new ListRule
        {
            Columns = node.Find("column") is { } one ? [Column(one)]
                : node.Find("columns") is { } several ? [.. several.Items().Select(Column)] : [],
            Split = split?.Text() is { Length: > 0 } between ? between : null,
            Missing = Missing(node),
            Map = node.Find("map") is { } map ? Map(map, Folds(node), value => value.IsNull ? null : value.Text()) : null,
            UnmappedIsFault = node.Find("unmapped")?.OneOf(MappingKeys.ListUnmappedWords) == "error",
            FromFirst = node.Find("from")?.OneOf(MappingKeys.FromWords) == "first",
        };
    }

    private static ComplaintState StateOf(MappingNode node) => Enum.Parse<ComplaintState>(node.OneOf(StateNames));

    private static bool Folds(MappingNode node) => node.Find("fold")?.Flag() ?? false;

    private HashSet<string> Missing(MappingNode node) => node.Find("missing") is { } own ? [.. own.Texts().Select(token => token.Trim())] : _missing;

    private static ValueMap<T> Map<T>(MappingNode node, bool fold, Func<MappingNode, T> value)
    {
        var map = new ValueMap<T>(fold);
        foreach (var (word, entry) in node.Entries())
        {
            if (!map.Add(word.Trim(), value(entry)))
                node.Error("mapping.duplicate_key", ("value", word));
        }
        return map;
    }

    private int Column(MappingNode node)
    {
        var name = node.Text();
        var index = Columns.FindIndex(column => column.Name == name);
        if (index < 0)
            Columns.Add((name, node.Path));
        return index < 0 ? Columns.Count - 1 : index;
    }

    /// <summary><c>{column}</c> stands for a value, <c>{{</c> for a brace.</summary>
    private (string, int)[] Template(MappingNode node, ref int[] columns)
    {
        var pieces = new List<(string, int)>();
        var used = new List<int>();
        var rest = node.Text().Replace("{{", "\u0001", StringComparison.Ordinal).Replace("}}", "\u0002", StringComparison.Ordinal);
        while (rest.Length > 0)
        {
            var open = rest.IndexOf('{', StringComparison.Ordinal);
            var close = rest.IndexOf('}', StringComparison.Ordinal);
            if (open < 0 != close < 0 || close < open)
            {
                node.Error("mapping.type", ("expected", "a text with columns in braces, such as '{type}: {subject}'"));
                break;
            }
            pieces.Add(((open < 0 ? rest : rest[..open]).Replace('\u0001', '{').Replace('\u0002', '}'), open < 0 ? -1 : used.Count));
            if (open < 0)
                break;
            var name = rest[(open + 1)..close];
            var index = Columns.FindIndex(column => column.Name == name);
            if (index < 0)
                Columns.Add((name, node.Path));
            used.Add(index < 0 ? Columns.Count - 1 : index);
            rest = rest[(close + 1)..];
        }
        columns = [.. used];
        return [.. pieces];
    }

    private static DatePattern[] Patterns(MappingNode node)
    {
        var patterns = new List<DatePattern>();
        foreach (var item in node.IsArray ? node.Items() : [node])
        {
            var text = item.Text();
            try
            {
                patterns.Add(DatePattern.Of(text));
            }
            catch (InvalidPatternException e)
            {
                item.Error("mapping.pattern", ("value", text), ("reason", e.Message));
            }
        }
        return [.. patterns];
    }

    private static DateTimeZone? Zone(MappingNode node)
    {
        var id = node.Text();
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(id);
        if (zone is null)
            node.Error("mapping.value", ("value", id), ("nearest", NearestName.Of(id, DateTimeZoneProviders.Tzdb.Ids)), ("known", "IANA ids such as Asia/Shanghai"));
        return zone;
    }
}
