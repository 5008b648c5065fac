using System.Globalization;
using System.Text.Json.Nodes;
using Complaints.Core.Definitions;

namespace Complaints.Core.Tests.Definitions;

/// <summary>A key that nobody knows is named with its path, in both languages, wherever it stands.</summary>
public sealed class UnknownKeyTests
{
    [Theory]
    [InlineData("repeats", """{ "windowDay": 14 }""", "windowDay", "windowDays")]
    [InlineData("routing", """{ "rows": [ { "team": "a" }, { "whne": {}, "team": "a" } ] }""", "rows[1].whne", "when")]
    [InlineData("channels", """{ /* so */ "items": [ { "code": "a", "label": { "en": "A", "zh": "甲", "fr": "A" } }, ] }""",
        "items[0].label.fr", "zh")]
    [InlineData("reasons", """{ "commands": { "reopen": [ { "code": "other", "lable": 1 } ] } }""", "commands.reopen[0].lable", "label")]
    [InlineData("policy", """{ "label": 7, "objectives": [ { "objektive": "resolution" } ] }""", "objectives[0].objektive", "objective")]
    public void An_unknown_key_is_refused_with_its_path_in_both_languages(string kind, string json, string path, string known)
    {
        var detail = DefinitionKinds.Check(kind, "default", json, Rulebook.BuiltIn).ShouldNotBeNull().Details.ShouldHaveSingleItem();

        (detail.Code, detail.Data["path"]).ShouldBe(("definition.key_unknown", path));
        detail.Message.ShouldStartWith($"{path}: nobody knows '{path.Split('.')[^1]}' here; use: ");
        detail.Message.ShouldContain(known);
        var chinese = detail.In(CultureInfo.GetCultureInfo("zh-CN"));
        chinese.ShouldStartWith($"{path}：此处没有“{path.Split('.')[^1]}”，请使用：");
        chinese.ShouldNotContain("JSON");
    }

    [Fact]
    public void Every_unknown_key_is_named_at_once() =>
        DefinitionKinds.Check("repeats", "default", """{ "a": 1, "b": 2, "windowDays": 3 }""", Rulebook.BuiltIn)!
            .Details.Select(detail => detail.Data["path"]).ShouldBe(["a", "b"]);

    /// <summary>Whatever kind: a key put into each object of its built-in is found, and the built-in itself has none.</summary>
    [Fact]
    public void In_every_object_of_every_built_in_an_unknown_key_is_found()
    {
        var tried = 0;
        foreach (var builtIn in BuiltIns.All)
        {
            UnknownKeys.In(builtIn.Json, DefinitionKinds.Find(builtIn.Kind)!.Schema).ShouldBeEmpty($"{builtIn.Kind}/{builtIn.Id}");
            var root = JsonNode.Parse(builtIn.Json,
                documentOptions: new() { CommentHandling = System.Text.Json.JsonCommentHandling.Skip })!;
            foreach (var place in Objects(root).ToList())
            {
                place["nobody-knows-this"] = 1;
                var refusal = DefinitionKinds.Check(builtIn.Kind, builtIn.Id, root.ToJsonString(), Rulebook.BuiltIn);
                // Where every name is allowed it is its value that is wrong.
                refusal.ShouldNotBeNull(place.GetPath()).Details.ShouldContain(
                    detail => detail.Code == "definition.key_unknown" || detail.Code == "definition.syntax", place.GetPath());
                place.Remove("nobody-knows-this");
                tried++;
            }
        }
        tried.ShouldBeGreaterThan(300);
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject content => content.SelectMany(entry => Objects(entry.Value)).Prepend(content),
        JsonArray items => items.SelectMany(Objects),
        _ => [],
    };
}
