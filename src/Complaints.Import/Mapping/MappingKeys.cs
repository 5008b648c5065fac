namespace Complaints.Import.Mapping;

/// <summary>Every key that a mapping may have, place by place. A test holds the published schema to the same lists.</summary>
internal static class MappingKeys
{
    public static readonly string[] Root =
        ["$schema", "source", "format", "encoding", "delimiter", "zone", "missing", "datePatterns", "id", "fields", "attributes",
            "inTime", "repeatKey", "keyPerComplaint", "points", "goals", "accused", "incidentFrom", "incidentTo", "purchasedOn", "ledger",
            "eventLog"];

    public static readonly string[] Fields =
    [
        "kind", "channel", "entryPoint", "title", "narrative", "desiredOutcome", "incidentPlace", "incidentTime", "category", "subcategory", "severity", "urgency", "impact",
        "priority", "language", "tier", "area", "owner", "team", "outcome", "customerName", "customerRef", "phone", "email", "address", "itemKind", "itemRef", "itemModel",
        "itemSerial",
    ];

    public static readonly string[] Text = ["column", "columns", "separator", "template", "constant", "missing", "map", "fold", "unmapped", "default", "truncate", "from"];

    public static readonly string[] Instant = ["column", "patterns", "zone", "missing"];

    public static readonly string[] Flag = ["column", "missing", "map", "fold", "unmapped"];

    public static readonly string[] State = ["column", "missing", "states", "fold", "default"];

    public static readonly string[] RepeatKey = ["columns", "foldCase", "missing", "from"];

    public static readonly string[] List = ["column", "columns", "split", "missing", "map", "fold", "unmapped", "from"];

    public static readonly string[] ListUnmappedWords = ["keep", "error"];

    public static readonly string[] Ledger = ["received", "due", "acknowledged", "resolved", "closed", "status"];

    public static readonly string[] EventLog = ["state", "at", "received", "due", "acknowledged", "order"];

    public static readonly string[] Formats = ["csv", "ndjson"];

    public static readonly string[] Encodings = ["utf-8", "gb18030"];

    public static readonly string[] UnmappedWords = ["keep", "error", "default"];

    public static readonly string[] FlagUnmappedWords = ["error", "none"];

    public static readonly string[] FromWords = ["last", "first"];

    public static readonly string[] OrderWords = ["instant", "file"];
}
