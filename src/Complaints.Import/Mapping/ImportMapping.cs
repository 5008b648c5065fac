using System.Text.Json;
using Complaints.Core;
using NodaTime;

namespace Complaints.Import.Mapping;

/// <summary>
/// How the rows of a file become complaints: a JSON file that is read strictly (an unknown key is an error that names its path and the nearest valid key).
/// Its schema is published as <c>complaints-import.schema.json</c>. Immutable and thread-safe.
/// </summary>
public sealed class ImportMapping
{
    internal ImportMapping() { }

    /// <summary>The name of the system that the ids come from; part of every complaint's <c>ExternalRef</c>.</summary>
    public string Source { get; internal init; } = "";

    /// <summary>The zone of its local dates; <c>null</c> where it names none, or only for single columns.</summary>
    public DateTimeZone? Zone { get; internal init; }

    /// <summary>True for an event log (a row an event), false for a ledger (a row a complaint).</summary>
    public bool IsEventLog => Log is not null;

    /// <summary>The columns that it reads.</summary>
    public IReadOnlyList<string> Columns => ColumnNames;

    /// <summary>The published JSON schema.</summary>
    public static string Schema
    {
        get
        {
            using var reader = new StreamReader(typeof(ImportMapping).Assembly.GetManifestResourceStream("Complaints.Import.schema.json")!);
            return reader.ReadToEnd();
        }
    }

    internal string[] ColumnNames { get; init; } = [];

    internal string[] ColumnPaths { get; init; } = [];

    internal bool IsNdjson { get; init; }

    internal string Encoding { get; init; } = "utf-8";

    internal string Delimiter { get; init; } = ",";

    internal TextRule Id { get; init; } = null!;

    internal Dictionary<string, TextRule> Fields { get; init; } = [];

    internal (string Name, TextRule Rule)[] Attributes { get; init; } = [];

    internal FlagRule? InTime { get; init; }

    internal RepeatKeyRule? RepeatKey { get; init; }

    internal bool KeyPerComplaint { get; init; }

    internal ListRule? Points { get; init; }

    internal ListRule? Goals { get; init; }

    internal ListRule? Accused { get; init; }

    internal InstantRule? IncidentFrom { get; init; }

    internal InstantRule? IncidentTo { get; init; }

    internal InstantRule? PurchasedOn { get; init; }

    internal LedgerRule? Ledger { get; init; }

    internal EventLogRule? Log { get; init; }

    /// <summary>Reads a mapping.</summary>
    /// <param name="json">The file's text; comments and trailing commas are allowed.</param>
    /// <returns>The mapping, or <c>mapping.syntax</c> or <c>mapping.invalid</c> with every finding in its details.</returns>
    public static (ImportMapping? Mapping, ComplaintError? Refusal) Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        }
        catch (JsonException e)
        {
            return (null, new ComplaintError("mapping.syntax", ("value", e.Message)));
        }
        using (document)
        {
            var errors = new List<ComplaintError>();
            var mapping = new MappingReader().Read(new MappingNode(document.RootElement, "$", errors));
            return errors.Count == 0 ? (mapping, null) : (null, new ComplaintError("mapping.invalid") { Details = [.. errors] });
        }
    }

    /// <summary>Reads a mapping file.</summary>
    /// <exception cref="IOException">The file cannot be read, or has more than 4 MB.</exception>
    public static (ImportMapping? Mapping, ComplaintError? Refusal) Load(string path) => Read(BoundedFile.Read(path));
}

/// <summary>The source's own verdict: <c>true</c> is in time.</summary>
internal sealed record FlagRule(int Column, HashSet<string> Missing, ValueMap<bool?> Map, bool UnmappedIsNone);

/// <summary>By what repeats are recognised.</summary>
internal sealed record RepeatKeyRule(int[] Columns, bool FoldCase, HashSet<string> Missing, bool FromFirst);

/// <summary>A word of the source and the state that it means.</summary>
internal sealed record StateRule(int Column, HashSet<string> Missing, ValueMap<Core.Lifecycle.ComplaintState> States, Core.Lifecycle.ComplaintState? Default);

/// <summary>A row a complaint.</summary>
internal sealed record LedgerRule(InstantRule Received, InstantRule? Due, InstantRule? Acknowledged, InstantRule? Resolved, InstantRule? Closed, StateRule? Status);

/// <summary>A row an event. The receipt is the first event's instant unless a column says it.</summary>
internal sealed record EventLogRule(StateRule State, InstantRule At, InstantRule? Received, InstantRule? Due, InstantRule? Acknowledged, bool ByInstant);
