using System.Text.Json.Nodes;
using Complaints.Core.Definitions;

namespace Complaints.Core.Tests.Definitions;

public sealed class DefinitionDiffTests
{
    [Fact]
    public void What_was_added_removed_and_changed_is_named_by_its_place()
    {
        const string Before = """
            { "items": [ { "code": "phone", "label": { "en": "Phone", "zh": "电话" } },
              { "code": "fax", "label": { "en": "Fax", "zh": "传真" } } ], "most": 3 }
            """;
        const string After = """
            { "items": [ { "code": "mail", "label": { "en": "Mail", "zh": "邮件" } },
              { "code": "phone", "label": { "en": "Telephone", "zh": "电话" } } ],
              /* as before */ "most": 3.0, "least": null }
            """;

        var changes = DefinitionDiff.Between(Before, After);

        changes.Select(change => (change.What, change.Path)).ShouldBe(
        [
            ("removed", "items[fax]"), ("added", "items[mail]"), ("changed", "items[phone].label.en"), ("added", "least"),
        ], ignoreOrder: true);
        var phone = changes.Single(change => change.Path.Contains("phone", StringComparison.Ordinal));
        phone.Text.ShouldBe(new("items[phone].label.en: \"Phone\" is now \"Telephone\"",
            "items[phone].label.en：由 \"Phone\" 改为 \"Telephone\""));
        changes.Single(change => change.What == "removed").Text.Zh.ShouldContain("传真");
    }

    [Fact]
    public void Rows_are_compared_by_their_place_and_an_order_is_a_change()
    {
        DefinitionDiff.Between("""{ "rows": [ { "team": "a" }, { "team": "b" } ] }""", """{ "rows": [ { "team": "b" } ] }""")
            .Select(change => (change.What, change.Path)).ShouldBe([("removed", "rows[1]"), ("changed", "rows[0].team")]);
        var order = DefinitionDiff.Between("""{ "a": [ { "code": "x" }, { "code": "y" } ] }""",
            """{ "a": [ { "code": "y" }, { "code": "x" } ] }""")
            .ShouldHaveSingleItem();
        order.ShouldBe(new DefinitionChange("a", "x, y", "y, x"));
    }

    /// <summary>Random changes of a random built-in: none says the same, and every one is named.</summary>
    [Fact]
    public void Every_single_change_of_every_built_in_is_named_and_the_same_is_not()
    {
        var random = new Random(15);
        foreach (var builtIn in BuiltIns.All)
        {
            DefinitionDiff.Between(builtIn.Json, JsonNode.Parse(builtIn.Json,
                documentOptions: new() { CommentHandling = System.Text.Json.JsonCommentHandling.Skip })!.ToJsonString()).ShouldBeEmpty();
            for (var i = 0; i < 20; i++)
            {
                var root = JsonNode.Parse(builtIn.Json,
                    documentOptions: new() { CommentHandling = System.Text.Json.JsonCommentHandling.Skip })!;
                var places = Objects(root).Where(place => place.Count > 0).ToList();
                if (places.Count == 0)
                    break;
                var place = places[random.Next(places.Count)];
                var key = place.ElementAt(random.Next(place.Count)).Key;
                if (random.Next(2) == 0)
                    place.Remove(key);
                else
                    place[key] = "changed by the test";
                DefinitionDiff.Between(builtIn.Json, root.ToJsonString()).ShouldNotBeEmpty($"{builtIn.Kind} {place.GetPath()}.{key}");
            }
        }
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject content => content.SelectMany(entry => Objects(entry.Value)).Prepend(content),
        JsonArray items => items.SelectMany(Objects),
        _ => [],
    };
}
