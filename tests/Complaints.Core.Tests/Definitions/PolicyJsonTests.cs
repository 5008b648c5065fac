using System.Text.Json.Nodes;
using Complaints.Core.Definitions;
using Complaints.Core.Sla;

namespace Complaints.Core.Tests.Definitions;

/// <summary>A policy as a value and as a text.</summary>
public sealed class PolicyJsonTests
{
    private static readonly SlaPolicy Fast = new(new("Fast", "快速"), [new(Objective.Resolution, "4 working hours", Warnings: ["50%"])],
        Order: 7);

    /// <summary>Every preset and built-in policy: what is written says what was read, and what is read of it is written the same.</summary>
    [Fact]
    public void X02_A_policy_that_is_written_says_what_was_read()
    {
        var contents = PolicyPresets.Ids.Select(id => PolicyPresets.Json(id))
            .Concat(BuiltIns.All.Where(builtIn => builtIn.Kind == "policy").Select(builtIn => builtIn.Json)).Append(Fast.ToJson()).ToList();
        contents.Count.ShouldBeGreaterThan(15);
        foreach (var json in contents)
        {
            var written = SlaPolicy.Parse(json).ToJson();
            SlaPolicy.Parse(written).ToJson().ShouldBe(written);
            // What was not said is written with its default, and nothing that was said is another.
            Said(JsonNode.Parse(json, documentOptions: new() { CommentHandling = System.Text.Json.JsonCommentHandling.Skip })!,
                JsonNode.Parse(written)!)
                .ShouldBeTrue(json);
        }
    }

    [Fact]
    public void X02_A_written_preset_measures_as_the_preset_does()
    {
        foreach (var id in PolicyPresets.Ids)
        {
            var preset = PolicyPresets.Get(id);
            var again = SlaPolicy.Parse(preset.ToJson());
            again.Objectives.Select(objective => (objective.Objective, objective.Limit, objective.Calendar, objective.Pausable,
                objective.Reopening))
                .ShouldBe(preset.Objectives.Select(objective => (objective.Objective, objective.Limit, objective.Calendar,
                    objective.Pausable, objective.Reopening)));
            (again.Order, again.ReviewWindow, again.Source?.Date).ShouldBe((preset.Order, preset.ReviewWindow, preset.Source?.Date));
        }
    }

    /// <summary>What a host reads it can change and bring along, whatever kind it is.</summary>
    [Fact]
    public void Every_built_in_can_be_written_as_a_value()
    {
        foreach (var builtIn in BuiltIns.All)
        {
            var kind = DefinitionKinds.Find(builtIn.Kind)!;
            var written = (string)kind.GetType().GetMethod("Write")!.Invoke(kind, [kind.Value(builtIn.Json)])!;
            DefinitionKinds.Check(builtIn.Kind, builtIn.Id, written, Rulebook.BuiltIn).ShouldBeNull($"{builtIn.Kind}/{builtIn.Id}");
        }
    }

    private static bool Said(JsonNode? said, JsonNode? written) => (said, written) switch
    {
        (JsonObject older, JsonObject newer) => older.All(entry => entry.Value is null || Said(entry.Value, newer[entry.Key])),
        (JsonArray older, JsonArray newer) => older.Count == newer.Count && older.Zip(newer).All(pair => Said(pair.First, pair.Second)),
        _ => JsonNode.DeepEquals(said, written),
    };
}
