using Complaints.Core;
using Complaints.Core.Lifecycle;

namespace Complaints.Import.Mapping;

/// <summary>Turns a mapping's JSON into rules. Reports everything that is wrong, not only the first thing.</summary>
internal sealed class MappingReader
{
    private readonly RuleReader _rules = new();

    public ImportMapping? Read(MappingNode root)
    {
        root.Allow(MappingKeys.Root);
        if (!root.IsObject)
            return null;
        _rules.UseDefaults(root);
        var source = root.Need("source")?.Text() ?? "";
        if (root.Find("source") is { } named && Text.Check("source", source, Text.Id) is { } bad)
            named.Error("mapping.type", ("expected", $"a text of 1 to {Text.Id} characters ({bad.Code})"));
        var fields = root.Need("fields")?.Allow(MappingKeys.Fields);
        fields?.Need("channel");
        fields?.Need("title");
        var ledger = root.Find("ledger");
        var log = root.Find("eventLog");
        if (ledger is null == log is null)
            root.Error("mapping.type", ("expected", "either 'ledger' or 'eventLog'"));
        return new ImportMapping
        {
            Source = source,
            Zone = _rules.OwnZone,
            IsNdjson = root.Find("format")?.OneOf(MappingKeys.Formats) == "ndjson",
            Encoding = root.Find("encoding")?.OneOf(MappingKeys.Encodings) ?? "utf-8",
            Delimiter = Delimiter(root.Find("delimiter")),
            Id = root.Need("id") is { } id ? _rules.Text(id, "id", Text.Title) : null!,
            Fields = fields is { IsObject: true }
                ? fields.Entries().Where(entry => MappingKeys.Fields.Contains(entry.Key)).DistinctBy(entry => entry.Key)
                    .ToDictionary(entry => entry.Key, entry => _rules.Text(entry.Value, entry.Key, RuleReader.LongestOf(entry.Key)))
                : [],
            Attributes = root.Find("attributes") is { } attributes
                ? [.. attributes.Entries().Select(entry => (entry.Key, _rules.Text(entry.Value, entry.Key, Text.Short)))]
                : [],
            InTime = root.Find("inTime") is { } flag ? _rules.Flag(flag) : null,
            RepeatKey = root.Find("repeatKey") is { } repeat ? _rules.Repeat(repeat) : null,
            KeyPerComplaint = root.Find("keyPerComplaint")?.Flag() ?? false,
            Points = List(root.Find("points")),
            Goals = List(root.Find("goals")),
            Accused = List(root.Find("accused")),
            IncidentFrom = Instant(root.Find("incidentFrom")),
            IncidentTo = Instant(root.Find("incidentTo")),
            PurchasedOn = Instant(root.Find("purchasedOn")),
            Ledger = ledger is null ? null : Ledger(ledger.Allow(MappingKeys.Ledger)),
            Log = log is null ? null : Log(log.Allow(MappingKeys.EventLog)),
            ColumnNames = [.. _rules.Columns.Select(column => column.Name)],
            ColumnPaths = [.. _rules.Columns.Select(column => column.Path)],
        };
    }

    private static string Delimiter(MappingNode? node)
    {
        var text = node?.Text() ?? ",";
        if (text.Length != 1 || text[0] is '"' or '\r' or '\n')
            node?.Error("mapping.type", ("expected", "one character, such as ',' or ';'"));
        return text;
    }

    private LedgerRule Ledger(MappingNode node) => new(
        Instant(node.Need("received"))!, Instant(node.Find("due")), Instant(node.Find("acknowledged")), Instant(node.Find("resolved")), Instant(node.Find("closed")),
        node.Find("status") is { } status ? _rules.State(status) : null);

    private EventLogRule Log(MappingNode node) => new(
        node.Need("state") is { } state ? _rules.State(state) : null!, Instant(node.Need("at"))!, Instant(node.Find("received")), Instant(node.Find("due")),
        Instant(node.Find("acknowledged")), node.Find("order")?.OneOf(MappingKeys.OrderWords) != "file");

    private ListRule? List(MappingNode? node) => node is null ? null : _rules.List(node);

    private InstantRule? Instant(MappingNode? node) => node is null ? null : _rules.Instant(node);
}
