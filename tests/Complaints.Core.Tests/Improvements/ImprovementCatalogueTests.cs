using System.Collections.Immutable;
using System.Text.Json;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.History;
using Complaints.Core.Improvements;
using Complaints.Core.Lifecycle;
using Complaints.Core.Tests.History;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Core.Tests.Improvements;

/// <summary>What holds for the commands and events of complaints holds for those of improvements.</summary>
public sealed class ImprovementCatalogueTests
{
    private const string One = """{"code":"a","label":{"en":"a","zh":"a"}}""";

    private static readonly Catalogue<Improvement> Catalogue = ImprovementRooms.Current.Catalogue;

    public static TheoryData<string> Commands => [.. Catalogue.Commands.Select(command => command.Name)];

    public static TheoryData<string> Events => [.. Catalogue.Events.Select(happened => happened.Name)];

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_commands_fields_are_its_members(string name)
    {
        var command = Catalogue.FindCommand(name)!;
        command.Capability.Fields.Select(field => field.Name)
            .ShouldBe(command.Json.Properties.Where(property => property.AssociatedParameter is not null || property.Set is not null)
                .Select(property => property.Name), ignoreOrder: true);
        command.Capability.Fields.ShouldAllBe(field => !string.IsNullOrWhiteSpace(field.Label.En) && !string.IsNullOrWhiteSpace(
            field.Label.Zh));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void An_example_is_right_and_survives_json(string name)
    {
        var command = Catalogue.FindCommand(name)!;
        var example = command.Example(new Occasion(Situation.Morning, new ComplaintId(Guid.NewGuid())));
        command.Check(example, Rulebook.BuiltIn).ShouldBeNull();
        var json = JsonSerializer.Serialize(example, command.Json);
        JsonSerializer.Serialize(JsonSerializer.Deserialize(json, command.Json), command.Json).ShouldBe(json);
        example.ToString().ShouldBe(example.GetType().Name, "it prints none of its words");
    }

    [Fact]
    public void Every_class_of_command_and_event_is_in_the_catalogue()
    {
        var types = typeof(Improvement).Assembly.GetTypes();
        Catalogue.Commands.Select(command => command.Type).ShouldBe(
            types.Where(type => type is { IsAbstract: false } && type.IsSubclassOf(typeof(ImprovementCommand))), ignoreOrder: true);
        Catalogue.Events.Select(happened => happened.Class).ShouldBe(
            types.Where(type => type is { IsAbstract: false } && type.IsSubclassOf(typeof(ImprovementEvent))), ignoreOrder: true);
        Catalogue.Commands.Select(command => command.Name).Intersect(
            ComplaintRooms.Current.Catalogue.Commands.Select(command => command.Name)).ShouldBeEmpty();
        Catalogue.Events.Select(happened => happened.Name).Intersect(
            ComplaintRooms.Current.Catalogue.Events.Select(happened => happened.Name)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("anybody")]
    [InlineData(Role.Customer)]
    [InlineData(Role.Department)]
    public void R26_Nothing_is_open_by_being_forgotten(string role)
    {
        var permissions = ImprovementRooms.Current.Decider.PermissionsIn(Rulebook.BuiltIn);
        var open = Catalogue.Commands.Where(command => permissions.Allows(command, new Actor("x", role))).Select(command => command.Name);
        open.ShouldBe(role == Role.Department ? ["finish-action"] : []);
        permissions.MaySee(new Actor("x", role)).ShouldBeFalse();
    }

    [Fact]
    public void A_tenant_says_who_may_and_a_command_that_there_is_not_is_refused()
    {
        const string Json = """{"permissions":{"publish-improvement":["auditor"]}}""";
        DefinitionKinds.Check("tenant", "default", Json, Rulebook.BuiltIn).ShouldBeNull();
        var rules = Rulebook.From([new Definition(TenantId.Default, "tenant", "default", 2, Json, default, "x")]);
        rules.RolesFor(new CommandName("publish-improvement")).ShouldBe(["auditor"]);
        ImprovementRooms.Current.Decider.PermissionsIn(rules).MaySee(new Actor("x", Role.Auditor)).ShouldBeTrue();
        foreach (var wrong in new[] { "publish-improvements", "confirm-links" })
            DefinitionKinds.Check("tenant", "default", Json.Replace("publish-improvement", wrong), Rulebook.BuiltIn).ShouldNotBeNull(wrong);
    }

    [Theory]
    [InlineData("x", "", "definition.empty")]
    [InlineData("", One, "definition.label_missing")]
    [InlineData("x", One, "step.syntax", """, "actions":{"types":[""" + One + """],"warnings":["soon"]}""")]
    [InlineData("x", One, "number.out_of_range", """, "actions":{"types":[""" + One + """],"escalations":[{"at":"due","level":10}]}""")]
    public void A_kind_that_makes_no_sense_is_not_published(string chinese, string results, string code, string more = "")
    {
        var json = $$"""{"label":{"en":"x","zh":"{{chinese}}"},"parts":[],"results":[{{results}}]{{more}}}""";
        DefinitionKinds.Check("improvements", "own", json, Rulebook.BuiltIn)!.Details.Select(detail => detail.Code).ShouldContain(code);
    }

    [Theory]
    [MemberData(nameof(Events))]
    public async Task Every_event_is_read_and_written_as_it_was(string name)
    {
        var path = GoldenEventTests.PathOf($"improvement.{name}.v{Catalogue.FindEvent(name)!.Version}.json");
        if (!File.Exists(path) && Environment.GetEnvironmentVariable("COMPLAINTS_APPROVE_GOLDEN") == "1")
            File.WriteAllText(path, Sealed.Text((await SampleAsync())[name]));
        File.Exists(path).ShouldBeTrue(
            $"{Path.GetFileName(path)} is missing: run with COMPLAINTS_APPROVE_GOLDEN=1 and look at what it writes");
        var golden = File.ReadAllBytes(path);
        var read = EventCodec.Read(golden, Catalogue);
        (read.Type, read.Event).ShouldSatisfyAllConditions(it => it.Type.ShouldBe(name), it => it.Event.ShouldNotBeNull());
        Sealed.Text(EventCodec.Write(TenantId.Default, read, Catalogue)).ShouldBe(System.Text.Encoding.UTF8.GetString(golden));
        Should.Throw<InvalidDataException>(() => EventCodec.Read(golden), "it is of no complaint");
    }

    [Fact]
    public async Task Every_event_is_told_in_words()
    {
        var chinese = new Wording(new("zh-CN"), DateTimeZone.Utc, _ => "某人");
        foreach (var (name, body) in await SampleAsync())
        {
            var recorded = RecordedImprovementEvent.Of(EventCodec.Read(body.Span, Catalogue));
            recorded.Title(chinese).ShouldNotMatch("[A-Za-z]", name);
            foreach (var detail in recorded.Details(chinese, Rulebook.BuiltIn, ClearWords.None))
            {
                (detail.Label ?? "").ShouldNotMatch("[A-Za-z]", name);
                detail.Text.ShouldNotMatch(detail.Text.StartsWith("I-", StringComparison.Ordinal) ? "[a-z]" : "[A-Za-z]",
                    $"{name}: {detail.Label}");
            }
        }
    }

    /// <summary>One event of each type, out of the lives of two improvements.</summary>
    private static async Task<Dictionary<string, ReadOnlyMemory<byte>>> SampleAsync()
    {
        var harness = new DeskHarness();
        var complaints = ImmutableArray.Create(await harness.FileAsync(), await harness.FileAsync());
        var desk = harness.Desk.For(new Actor("qiu", Role.Quality)).Improvements;
        var open = new OpenImprovement("systemic-issue", "北仓包裹延误", "lin", "物流", "delivery", complaints);
        var id = (await desk.OpenAsync(open)).Value.Improvement;
        ImprovementCommand[] commands =
        [
            new UnlinkComplaints([complaints[1]]), new AmendImprovement("cause", "车辆减少"),
            new PlanAction("corrective", "增加车辆", harness.Clock.GetCurrentInstant() + Duration.FromHours(10), "dan"),
        ];
        foreach (var command in commands)
            (await desk.ExecuteAsync(id, command)).IsSuccess.ShouldBeTrue();
        harness.Clock.Advance(Duration.FromHours(9));
        await harness.Desk.SweepAsync();
        harness.Clock.Advance(Duration.FromDays(9));
        await harness.Desk.SweepAsync();
        ImprovementCommand[] end =
            [new FinishAction(1, "已增加"), new PublishImprovement("departments", "北仓包裹延误"), new CloseImprovement("effective", "好")];
        var late = new CommandOptions { OccurredAt = harness.Clock.GetCurrentInstant() - Duration.FromHours(1), BackdateReason = "会后补录" };
        foreach (var command in end)
            (await desk.ExecuteAsync(id, command, late)).IsSuccess.ShouldBeTrue();
        var samples = new Dictionary<string, ReadOnlyMemory<byte>>();
        foreach (var stored in (await harness.Ports.Chains.ChainAsync(TenantId.Default, id.Value, default)).Events)
            samples[EventCodec.Read(stored.Body.Span, Catalogue).Type] = stored.Body;
        return samples;
    }
}
