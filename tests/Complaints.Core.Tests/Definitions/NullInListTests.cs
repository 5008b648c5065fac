using System.Text.Json.Nodes;
using Complaints.Core.Definitions;

namespace Complaints.Core.Tests.Definitions;

/// <summary>A <c>null</c> where a list of a definition holds things.</summary>
public sealed class NullInListTests
{
    public static TheoryData<string, string, string> Lists()
    {
        var lists = new TheoryData<string, string, string>();
        foreach (var builtIn in BuiltIns.All)
        {
            foreach (var path in PathsOf(Parse(builtIn.Json), "$"))
                lists.Add(builtIn.Kind, builtIn.Id, path);
        }
        return lists;
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public void R35_A_null_in_a_list_of_a_definition_is_a_finding_with_its_path(string kind, string id, string path)
    {
        var whole = BuiltIns.All.Single(definition => definition.Kind == kind && definition.Id == id).Json;
        DefinitionKinds.Check(kind, id, whole, Rulebook.BuiltIn).ShouldBeNull("the control");
        var root = Parse(whole);
        var list = (JsonArray)At(root, path)!;
        list.Insert(list.Count, null);

        var finding = DefinitionKinds.Check(kind, id, root.ToJsonString(), Rulebook.BuiltIn)
            .ShouldNotBeNull().Details.ShouldHaveSingleItem();

        finding.Code.ShouldBe("definition.syntax");
        finding.Message.ShouldContain($"{path}[{list.Count - 1}]");
    }

    private static IEnumerable<string> PathsOf(JsonNode? node, string path) => node switch
    {
        JsonArray list => list.SelectMany((element, i) => PathsOf(element, $"{path}[{i}]")).Prepend(path),
        JsonObject members => members.SelectMany(member => PathsOf(member.Value, $"{path}.{member.Key}")),
        _ => [],
    };

    private static JsonNode? At(JsonNode? node, string path)
    {
        foreach (var step in path.Replace("[", ".[", StringComparison.Ordinal).Split('.').Skip(1))
            node = step[0] == '[' ? node![int.Parse(step[1..^1], System.Globalization.CultureInfo.InvariantCulture)] : node![step];
        return node;
    }

    private static JsonNode Parse(string json) => JsonNode.Parse(
        json, documentOptions: new() { CommentHandling = System.Text.Json.JsonCommentHandling.Skip, AllowTrailingCommas = true })!;
}
