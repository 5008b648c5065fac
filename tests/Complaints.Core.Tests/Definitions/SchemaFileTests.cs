using Complaints.Core.Definitions;
using Complaints.Core.Sla;
using Complaints.Testing;

namespace Complaints.Core.Tests.Definitions;

/// <summary>An editor without a network completes and checks a definition by files that the package carries; they are the code's.</summary>
public sealed class SchemaFileTests
{
    private static readonly bool Approves = Environment.GetEnvironmentVariable("COMPLAINTS_APPROVE") == "1";

    public static TheoryData<string> Kinds => [.. DefinitionKinds.Names];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Schema_file_of_a_kind_is_what_the_code_says(string kind)
    {
        var said = SchemaFiles.TextOf(DefinitionKinds.Find(kind)!.Schema);
        if (Approves)
            File.WriteAllText(SchemaFiles.SchemaFile(kind), said);
        said.ShouldBe(File.ReadAllText(SchemaFiles.SchemaFile(kind)), "if the change is meant, run with COMPLAINTS_APPROVE=1");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Example_of_a_kind_is_its_built_in_unless_somebody_wrote_a_better_one(string kind)
    {
        if (!SchemaFiles.Written.Contains(kind))
        {
            var said = SchemaFiles.ExampleOf(DefinitionKinds.Find(kind)!.BuiltIn[0]);
            if (Approves)
                File.WriteAllText(SchemaFiles.ExampleFile(kind), said);
            said.ShouldBe(File.ReadAllText(SchemaFiles.ExampleFile(kind)), "if the change is meant, run with COMPLAINTS_APPROVE=1");
        }
        File.ReadAllText(SchemaFiles.ExampleFile(kind)).ShouldContain($"\"$schema\": \"./{kind}.schema.json\"");
    }

    [Fact]
    public void No_file_is_of_anything_but_a_kind() =>
        Directory.GetFiles(SchemaFiles.Folder).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal).ShouldBe(
            DefinitionKinds.Names.SelectMany(kind => new[] { $"{kind}.example.json", $"{kind}.schema.json" })
                .Order(StringComparer.Ordinal));

    [Fact]
    public void Schema_names_no_address_but_the_draft_it_is_written_in()
    {
        foreach (var kind in DefinitionKinds.Names)
        {
            var text = File.ReadAllText(SchemaFiles.SchemaFile(kind));
            text.Split("://").Length.ShouldBe(2, kind);
            text.ShouldNotContain("\"$id\"");
        }
    }

    [Fact]
    public void Every_built_in_preset_and_example_is_taken_by_the_schema_file_and_by_the_library()
    {
        var schemas = DefinitionKinds.Names.ToDictionary(kind => kind, SchemaFiles.Read);
        var all = (Definition[])[.. BuiltIns.All, .. Examples()];
        // A policy by itself: among all presets at once some would never be selected.
        var (rules, alone) = (Rulebook.From(all), Rulebook.From(all.Where(one => one.Kind != SlaDefinitions.Policies.Name)));
        foreach (var (kind, name, json) in SchemaFiles.All)
        {
            schemas[kind].Takes(json).ShouldBeTrue($"{kind}/{name}");
            var id = DefinitionKinds.Find(kind)!.IsMany ? name : "default";
            DefinitionKinds.Check(kind, id, json, kind == SlaDefinitions.Policies.Name ? alone : rules).ShouldBeNull($"{kind}/{name}");
        }
    }

    /// <summary>As an integrator would: all of them into one tenant, each by its turn.</summary>
    [Fact]
    public async Task Examples_can_be_published_one_after_the_other_and_a_case_is_routed_by_them()
    {
        var harness = new DeskHarness();
        string[] first = ["calendar", "organisation", "items", "staff", "routing", "tenant"];
        foreach (var example in Examples().OrderBy(example => Array.IndexOf(first, example.Kind) is >= 0 and var at ? at : first.Length))
        {
            var (_, refusal) = await harness.Definitions.PublishAsync(
                TenantId.Default, example.Kind, example.Id, example.Json, DeskHarness.Administrator, default);
            refusal.ShouldBeNull(example.Kind);
        }
        var id = await harness.FileAsync(Drafts.English() with { Channel = "phone", Category = "delivery", Subcategory = null });
        var complaint = (await harness.Desk.ViewAsync(id))!.Complaint;
        (complaint.Responsibility.Team, complaint.Number).ShouldBe(("first-line", "TS-2026-000001"));
    }

    private static IEnumerable<Definition> Examples() => DefinitionKinds.All.Select(kind => new Definition(
        TenantId.Default, kind.Name, IdOf(kind), 1, File.ReadAllText(SchemaFiles.ExampleFile(kind.Name)), default, "test"));

    /// <summary>Of the many kinds under the names by which the examples speak of each other.</summary>
    private static string IdOf(DefinitionKind kind) => kind.Name switch
    {
        "calendar" => "shop",
        "policy" => "appliances",
        "improvements" => "product-defect",
        _ => "default",
    };
}
