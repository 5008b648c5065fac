using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Complaints.Core.Definitions;

/// <summary>What is different between two contents of a definition, place by place.</summary>
public static class DefinitionDiff
{
    /// <summary>By which member the elements of a list are the same, so that a new one in front does not change all behind it.</summary>
    private static readonly string[] Names = ["code", "id", "objective", "date"];

    private static readonly JsonDocumentOptions AsRead = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The changes in the order of the later content; those that were removed stand where they stood. Empty when both say the
    /// same, also where one is written in another way.</summary>
    /// <param name="before">The earlier content.</param>
    /// <param name="after">The later one.</param>
    /// <exception cref="JsonException">One of them is no JSON.</exception>
    public static ImmutableArray<DefinitionChange> Between(string before, string after) =>
        [.. Of("", JsonNode.Parse(before, documentOptions: AsRead), JsonNode.Parse(after, documentOptions: AsRead))];

    private static IEnumerable<DefinitionChange> Of(string path, JsonNode? before, JsonNode? after)
    {
        if (JsonNode.DeepEquals(before, after))
            return [];
        return (before, after) switch
        {
            (JsonObject older, JsonObject newer) => Members(
                key => path.Length == 0 ? key : $"{path}.{key}", Of(older), Of(newer)),
            (JsonArray older, JsonArray newer) when NameOf(older, newer) is { } name => Members(
                key => $"{path}[{key}]", Of(older, name), Of(newer, name)).Concat(Order(path, Of(older, name), Of(newer, name))),
            (JsonArray older, JsonArray newer) => Members(key => $"{path}[{key}]", ByPlace(older), ByPlace(newer)),
            _ => [new(path.Length == 0 ? "$" : path, Text(before), Text(after))],
        };
    }

    private static IEnumerable<DefinitionChange> Members(Func<string, string> place, List<Member> before, List<Member> after)
    {
        foreach (var gone in before.Where(member => !after.Exists(other => other.Key == member.Key)))
            yield return new(place(gone.Key), Text(gone.Value), null);
        foreach (var (key, value) in after)
        {
            if (!before.Exists(member => member.Key == key))
            {
                yield return new(place(key), null, Text(value));
                continue;
            }
            foreach (var change in Of(place(key), before.Find(member => member.Key == key).Value, value))
                yield return change;
        }
    }

    /// <summary>Lists are read from the front: the same elements in another order are a change.</summary>
    private static IEnumerable<DefinitionChange> Order(string path, List<Member> before, List<Member> after)
    {
        var older = before.Select(member => member.Key).Where(key => after.Exists(other => other.Key == key)).ToList();
        var newer = after.Select(member => member.Key).Where(key => before.Exists(other => other.Key == key)).ToList();
        if (!older.SequenceEqual(newer))
            yield return new(path, string.Join(", ", older), string.Join(", ", newer));
    }

    private static string? NameOf(JsonArray before, JsonArray after) => Array.Find(Names, name => IsNamed(before, name) && IsNamed(after,
        name));

    private static bool IsNamed(JsonArray items, string name)
    {
        var keys = items.Select(item => item is JsonObject entry && entry[name] is JsonValue value
            && value.TryGetValue<string>(out var text) ? text : null).ToList();
        return !keys.Contains(null) && keys.Distinct(StringComparer.Ordinal).Count() == keys.Count;
    }

    private static List<Member> Of(JsonObject content) => [.. content.Select(entry => new Member(entry.Key, entry.Value))];

    private static List<Member> Of(JsonArray items, string name) => [.. items.Select(item => new Member(item![name]!.GetValue<string>(),
        item))];

    private static List<Member> ByPlace(JsonArray items) =>
        [.. items.Select((item, i) => new Member(i.ToString(System.Globalization.CultureInfo.InvariantCulture), item))];

    // null is a value, and no missing one.
    private static string Text(JsonNode? node) => node?.ToJsonString(Readable) ?? "null";

    private static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, TypeInfoResolver = SharedDefinitionsJson.Default,
    };

    private readonly record struct Member(string Key, JsonNode? Value);
}

/// <summary>One change of a content.</summary>
/// <param name="Path">Where: <c>items[fax].label.zh</c>; elements of a list by their code where they have one, else by their place.</param>
/// <param name="Before">What stood there, as JSON; <c>null</c> where it was added.</param>
/// <param name="After">What stands there, as JSON; <c>null</c> where it was removed.</param>
public sealed record DefinitionChange(string Path, string? Before, string? After)
{
    /// <summary>What happened: <c>added</c>, <c>removed</c>, <c>changed</c>.</summary>
    public string What => Before is null ? "added" : After is null ? "removed" : "changed";

    /// <summary>The change in words.</summary>
    public Label Text => (Before, After) switch
    {
        (null, _) => new($"{Path}: added {After}", $"{Path}：新增 {After}"),
        (_, null) => new($"{Path}: removed {Before}", $"{Path}：删除 {Before}"),
        _ => new($"{Path}: {Before} is now {After}", $"{Path}：由 {Before} 改为 {After}"),
    };
}
