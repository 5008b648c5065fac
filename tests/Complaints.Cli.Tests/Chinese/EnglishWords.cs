using System.Text.Json;
using System.Text.RegularExpressions;
using Complaints.Core;
using Complaints.Core.Calendars;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Sla;

namespace Complaints.Cli.Tests.Chinese;

/// <summary>Finds English words in what the tool said. What is no word of a sentence is passed over: what is quoted, what has the shape of
/// an id, a path, an address, an option or an instant, names in capitals, and the codes of the library.</summary>
internal static partial class EnglishWords
{
    /// <summary>Names of things that have none in Chinese, or stand as they are written in a file.</summary>
    private static readonly string[] Names =
    [
        "json", "csv", "ndjson", "db", "key", "fsync", "id", "en", "old",
        "overlay", "tmpfs", "xfs", "btrfs", "zfs", "complaints", "reconcile", "verify", "breach", "state",
        "timer", "sweeper", "work", "command", "definition", "outbox", "link", "lookup", "taking",
    ];

    private static readonly HashSet<string> Codes = new(StringComparer.OrdinalIgnoreCase);

    static EnglishWords()
    {
        Codes.UnionWith(Names);
        Codes.UnionWith(DefinitionKinds.Names);
        CommandInfo[] commands = [.. CommandCatalogue.All, .. CommandCatalogue.Improvements];
        Codes.UnionWith(commands.Select(command => command.Name.Value).Concat(commands.SelectMany(command => NamesOf(command.Fields))));
        Codes.UnionWith(CalendarPresets.Ids);
        Codes.UnionWith(Objective.All);
        Codes.UnionWith(Vocabulary.Roles.Select(role => role.Code));
        Codes.UnionWith(Vocabulary.Works.Select(work => work.Code));
        foreach (var builtIn in BuiltIns.All)
        {
            Codes.Add(builtIn.Id);
            using var json = JsonDocument.Parse(builtIn.Json);
            Add(json.RootElement);
        }
    }

    /// <param name="said">What was printed.</param>
    /// <param name="typed">Words that somebody typed, or ids of the test's own.</param>
    public static IReadOnlyList<string> In(string said, params string[] typed)
    {
        var plain = Quoted().Replace(said, " ");
        return
        [
            .. Token().Matches(plain).Select(match => match.Value.TrimEnd('.', ':', '-', '/', '=', '@', '+'))
                .Where(token => PlainWord().IsMatch(token) && !Capitals().IsMatch(token))
                .Where(token => !Codes.Contains(token) && !typed.Contains(token, StringComparer.OrdinalIgnoreCase))
                .Distinct(),
        ];
    }

    private static IEnumerable<string> NamesOf(IEnumerable<Field> fields) =>
        fields.SelectMany(field => NamesOf(field.Parts).Prepend(field.Name));

    private static void Add(JsonElement node)
    {
        if (node.ValueKind == JsonValueKind.Object)
        {
            if (node.TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.String)
                Codes.Add(code.GetString()!);
            foreach (var member in node.EnumerateObject())
                Add(member.Value);
        }
        if (node.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in node.EnumerateArray())
                Add(item);
        }
    }

    /// <summary>Commands and what somebody gave.</summary>
    [GeneratedRegex("'[^'\n]*'|“[^”\n]*”")]
    private static partial Regex Quoted();

    /// <summary>Latin letters with everything that may stand in an id, a path or an option.</summary>
    [GeneratedRegex(@"[A-Za-z0-9_./\\:@=+#-]+")]
    private static partial Regex Token();

    /// <summary>Letters alone: an id has a digit, a dot, a stroke or a hyphen in it, or a capital inside.</summary>
    [GeneratedRegex("^[A-Z]?[a-z]+$")]
    private static partial Regex PlainWord();

    [GeneratedRegex("^[A-Z]+$")]
    private static partial Regex Capitals();
}
