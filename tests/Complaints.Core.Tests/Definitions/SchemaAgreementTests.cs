using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Complaints.Core.Definitions;
using Json.Schema;

namespace Complaints.Core.Tests.Definitions;

/// <summary>A content is taken by its schema exactly where the library can read it: an editor neither marks what is right nor passes what
/// will be refused for its form.</summary>
public sealed class SchemaAgreementTests(ITestOutputHelper output)
{
    /// <summary>What is put in the place of every value, one at a time.</summary>
    private static readonly string[] Others = ["null", "7", "1.5", "true", "\"x\"", "[]", "{}", "[null]"];

    private static readonly JsonDocumentOptions AsRead = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public static TheoryData<string> Kinds => [.. DefinitionKinds.Names];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_change_of_a_content_is_judged_alike_by_its_schema_and_by_the_library(string name)
    {
        var found = Compare(DefinitionKinds.Find(name)!, SchemaFiles.Read(name));
        output.WriteLine($"{name}: {found.Taken} taken by both, {found.Refused} refused by both");
        found.Apart.ShouldBeEmpty();
        (found.Taken, found.Refused).ShouldSatisfyAllConditions(
            () => found.Taken.ShouldBeGreaterThan(0), () => found.Refused.ShouldBeGreaterThan(10));
    }

    [Theory]
    [InlineData("additionalProperties")]
    [InlineData("required")]
    [InlineData("type")]
    public void Control_a_schema_without_one_of_its_words_is_found_out(string word)
    {
        var kind = DefinitionKinds.Find("routing")!;
        var weaker = kind.Schema;
        Strip(weaker, word);
        Compare(kind, JsonSchema.FromText(weaker.ToJsonString())).Apart.ShouldNotBeEmpty();
    }

    [Fact]
    public void Control_a_schema_that_knows_a_member_less_is_found_out()
    {
        var kind = DefinitionKinds.Find("repeats")!;
        var stricter = kind.Schema;
        stricter["properties"]!.AsObject().Remove("byItem");
        Compare(kind, JsonSchema.FromText(stricter.ToJsonString())).Apart.ShouldNotBeEmpty();
    }

    private static (int Taken, int Refused, List<string> Apart) Compare(DefinitionKind kind, JsonSchema schema)
    {
        var (taken, refused, apart) = (0, 0, new List<string>());
        foreach (var (_, name, json) in SchemaFiles.All.Where(content => content.Kind == kind.Name && content.Json.Length < 20_000))
        {
            foreach (var (what, changed) in Changes(json))
            {
                var (one, other) = (schema.Takes(changed), CanBeRead(kind, changed));
                if (one != other)
                    apart.Add($"{name} {what}: {(one ? "taken by the schema only" : "taken by the library only")}");
                else if (one)
                    taken++;
                else
                    refused++;
            }
        }
        return (taken, refused, apart);
    }

    private static bool CanBeRead(DefinitionKind kind, string json)
    {
        try
        {
            _ = kind.Value(json);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The content with one place of it changed, for every place; of a list only its first two elements.</summary>
    private static IEnumerable<(string What, string Json)> Changes(string json)
    {
        var root = JsonNode.Parse(json, documentOptions: AsRead)!;
        foreach (var path in Places(root, []))
        {
            var name = string.Join('.', path);
            if (At(root, path) is JsonObject)
                yield return ($"{name} with a strange key", Changed(path.Add("nobody-knows-this"), (node, key) => node[(string)key] = 1));
            if (path.IsEmpty)
                continue;
            foreach (var other in Others.Where(other => other != "7" || !IsCode(path[^1])))
                yield return ($"{name} = {other}", Changed(path, (node, step) => Put(node, step, JsonNode.Parse(other))));
            if (path[^1] is string)
                yield return ($"{name} left out", Changed(path, (node, key) => node.AsObject().Remove((string)key)));
        }

        string Changed(ImmutableArray<object> path, Action<JsonNode, object> change)
        {
            var copy = root.DeepClone();
            change(At(copy, path[..^1]), path[^1]);
            return copy.ToJsonString();
        }
    }

    /// <summary>The serializer takes an enumeration's number as well as its code; a schema offers the codes alone.</summary>
    private static bool IsCode(object step) => step is "worksLike" or "reopening" or "how";

    private static JsonNode At(JsonNode root, ImmutableArray<object> path) =>
        path.Aggregate(root, (node, step) => step is int at ? node[at]! : node[(string)step]!);

    private static void Put(JsonNode node, object step, JsonNode? value)
    {
        if (step is int at)
            node[at] = value;
        else
            node[(string)step] = value;
    }

    private static IEnumerable<ImmutableArray<object>> Places(JsonNode? node, ImmutableArray<object> path) => node switch
    {
        JsonObject content => content.SelectMany(entry => Places(entry.Value, path.Add(entry.Key))).Prepend(path),
        JsonArray items => items.Take(2).SelectMany((item, at) => Places(item, path.Add(at))).Prepend(path),
        _ => [path],
    };

    private static void Strip(JsonNode? node, string word)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items)
                Strip(item, word);
        }
        if (node is not JsonObject content)
            return;
        content.Remove(word);
        foreach (var entry in content)
            Strip(entry.Value, word);
    }
}
