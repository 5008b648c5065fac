using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Complaints.Core.Calendars;
using Complaints.Core.Definitions;
using Complaints.Core.Sla;
using Json.Schema;

namespace Complaints.Core.Tests.Definitions;

/// <summary>The files in <c>samples/definitions</c>, which travel in the package: of each kind its schema and one example.</summary>
internal static class SchemaFiles
{
    public static readonly string Folder = Repository.At("samples", "definitions");

    /// <summary>Examples that a person wrote, because the built-in is empty or says little; all others are the built-in.</summary>
    public static readonly ImmutableHashSet<string> Written =
        ["calendar", "gates", "improvements", "items", "organisation", "policy", "routing", "staff", "tenant"];

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonDocumentOptions AsRead = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private static readonly EvaluationOptions Strictly = new() { RequireFormatValidation = true };

    public static string SchemaFile(string kind) => Path.Combine(Folder, $"{kind}.schema.json");

    public static string ExampleFile(string kind) => Path.Combine(Folder, $"{kind}.example.json");

    public static string TextOf(JsonObject schema) => schema.ToJsonString(Indented) + "\n";

    /// <summary>The built-in of a kind as a file that names its schema.</summary>
    public static string ExampleOf(Definition builtIn) =>
        $"{{\n  \"$schema\": \"./{builtIn.Kind}.schema.json\",\n  {builtIn.Json.ReplaceLineEndings("\n").Trim()[1..].TrimStart()}\n";

    /// <summary>What the library brings along and what an integrator starts from: kind, name and content.</summary>
    public static IEnumerable<(string Kind, string Name, string Json)> All =>
    [
        .. BuiltIns.All.Select(builtIn => (builtIn.Kind, builtIn.Id, builtIn.Json)),
        .. CalendarPresets.Ids.Select(id => (SharedDefinitions.Calendars.Name, id, CalendarPresets.Json(id))),
        .. PolicyPresets.Ids.Select(id => (SlaDefinitions.Policies.Name, id, PolicyPresets.Json(id, acceptUnverified: true))),
        .. DefinitionKinds.Names.Select(kind => (kind, "example", File.ReadAllText(ExampleFile(kind)))),
    ];

    /// <summary>The file of a kind, as an editor reads it.</summary>
    public static JsonSchema Read(string kind) => JsonSchema.FromText(File.ReadAllText(SchemaFile(kind)));

    public static bool Takes(this JsonSchema schema, string json)
    {
        using var content = JsonDocument.Parse(json, AsRead);
        return schema.Evaluate(content.RootElement, Strictly).IsValid;
    }
}
