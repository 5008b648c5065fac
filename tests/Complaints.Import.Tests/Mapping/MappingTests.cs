using System.Globalization;
using System.Text.Json.Nodes;
using Complaints.Core;
using Complaints.Import.Mapping;

namespace Complaints.Import.Tests.Mapping;

public sealed class MappingTests
{
    private const string Good = """
        { "source": "s", "zone": "UTC", "datePatterns": ["uuuu-MM-dd"], "id": "id", "fields": { "channel": "c", "title": "t" }, "ledger": { "received": "at" } }
        """;

    public static TheoryData<string> Shipped => [.. Directory.GetFiles(Repository.At("samples", "mappings"), "*.json").Select(file => Path.GetFileName(file)!).Where(name => !name.EndsWith(".schema.json"))];

    [Theory]
    [InlineData("\"title\"", "\"tilte\"", "$.fields.tilte: there is no key 'tilte'; did you mean 'title'?")]
    [InlineData("\"received\"", "\"recieved\"", "$.ledger.recieved: there is no key 'recieved'; did you mean 'received'?")]
    [InlineData("\"source\"", "\"Source\"", "$.Source: there is no key 'Source'; did you mean 'source'?")]
    [InlineData("\"t\"", "{ \"colum\": \"t\" }", "$.fields.title.colum: there is no key 'colum'; did you mean 'column'?")]
    [InlineData("\"t\"", "7", "$.fields.title: needs a text.")]
    [InlineData("\"t\"", "{ \"column\": \"t\", \"constant\": \"x\" }", "$.fields.title: needs exactly one of 'column', 'columns', 'template', 'constant'.")]
    [InlineData("\"t\"", "{ \"template\": \"{t\" }", "$.fields.title.template: needs a text with columns in braces, such as '{type}: {subject}'.")]
    [InlineData("\"UTC\"", "\"Asia/Shanghia\"", "$.zone: 'Asia/Shanghia' is not possible; did you mean 'Asia/Shanghai'?")]
    [InlineData("\"uuuu-MM-dd\"", "\"uuuu-QQ\"", "$.datePatterns[0]: 'uuuu-QQ' is no date pattern")]
    [InlineData("\"ledger\"", "\"eventLog\"", "$.eventLog: the key 'state' is missing; add it.")]
    [InlineData(", \"ledger\": { \"received\": \"at\" }", "", "$: needs either 'ledger' or 'eventLog'.")]
    [InlineData("\"received\": \"at\"", "\"received\": \"at\", \"status\": { \"column\": \"x\", \"states\": { \"done\": \"Close\" } }", "$.ledger.status.states.done: 'Close' is not possible; did you mean 'Closed'?")]
    public void A_mistake_is_named_with_its_path_and_the_nearest_possibility(string right, string wrong, string message)
    {
        var (mapping, refusal) = ImportMapping.Read(Good.Replace(right, wrong));

        mapping.ShouldBeNull();
        refusal!.Code.ShouldBe("mapping.invalid");
        refusal.Details.ShouldContain(detail => detail.Message.StartsWith(message), string.Join('\n', refusal.Details.Select(detail => detail.Message)));
        refusal.Details.ShouldAllBe(detail => detail.In(CultureInfo.GetCultureInfo("zh-CN")) != detail.Message);
    }

    [Fact]
    public void Text_that_is_no_JSON_is_refused_with_its_place() => ImportMapping.Read("{ \"source\": ").Refusal!.Code.ShouldBe("mapping.syntax");

    [Fact]
    public void All_mistakes_are_named_at_once() =>
        ImportMapping.Read("""{ "sorce": "s", "id": "id", "fields": { "titel": "t" }, "ledger": { "received": "at" } }""").Refusal!.Details.Length.ShouldBe(6);

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Shipped_mappings_are_valid(string name) => Workshop.Shipped(name).Columns.ShouldNotBeEmpty();

    [Fact]
    public void The_published_schema_has_the_keys_that_are_read()
    {
        var schema = JsonNode.Parse(ImportMapping.Schema)!;
        Keys(schema).ShouldBe(MappingKeys.Root, ignoreOrder: true);
        Keys(schema["properties"]!["fields"]!).ShouldBe(MappingKeys.Fields, ignoreOrder: true);
        Keys(schema["properties"]!["inTime"]!).ShouldBe(MappingKeys.Flag, ignoreOrder: true);
        Keys(schema["properties"]!["repeatKey"]!).ShouldBe(MappingKeys.RepeatKey, ignoreOrder: true);
        Keys(schema["properties"]!["ledger"]!).ShouldBe(MappingKeys.Ledger, ignoreOrder: true);
        Keys(schema["properties"]!["eventLog"]!).ShouldBe(MappingKeys.EventLog, ignoreOrder: true);
        Keys(schema["$defs"]!["text"]!["oneOf"]![1]!).ShouldBe(MappingKeys.Text, ignoreOrder: true);
        Keys(schema["$defs"]!["instant"]!["oneOf"]![1]!).ShouldBe(MappingKeys.Instant, ignoreOrder: true);
        Keys(schema["$defs"]!["state"]!).ShouldBe(MappingKeys.State, ignoreOrder: true);
        schema["$defs"]!["stateName"]!["enum"]!.AsArray().Select(name => name!.GetValue<string>()).ShouldBe(Enum.GetNames<Core.Lifecycle.ComplaintState>());
    }

    [Theory]
    [InlineData("tilte", "title", 2)]
    [InlineData("", "abc", 3)]
    [InlineData("Zone", "zone", 0)]
    public void Edits_are_counted(string from, string to, int edits) => NearestName.Edits(from, to).ShouldBe(edits);

    private static IEnumerable<string> Keys(JsonNode node) => node["properties"]!.AsObject().Select(property => property.Key);
}
