using System.Text.RegularExpressions;
using Complaints.Core.Capabilities;
using Complaints.Core.Tests.Toy;

namespace Complaints.Core.Tests.Capabilities;

/// <summary>What every command and event must say of itself; run over the library's rooms and over one that was written like another's.</summary>
public sealed partial class CatalogueTests
{
    private static readonly Occasion Occasion = new(Situation.Morning, Situation.IdOf(9));

    private static Catalogue<Complaint> All => ToyRoom.WithCore.Catalogue;

    public static TheoryData<string> Commands() => [.. All.Commands.Select(command => command.Name)];

    public static TheoryData<string> Events() => [.. All.Events.Select(happened => happened.Name)];

    [Fact]
    public void Every_command_and_every_event_is_in_exactly_one_room()
    {
        var types = typeof(Complaint).Assembly.GetTypes().Where(type => !type.IsAbstract).ToList();
        Core.Catalogue.Commands.Select(command => command.Json.Type).ShouldBe(types.Where(type => type.IsSubclassOf(typeof(ComplaintCommand)) && type != typeof(Sequence)), ignoreOrder: true);
        Core.Catalogue.Events.Select(happened => happened.Json.Type).ShouldBe(types.Where(type => type.IsSubclassOf(typeof(ComplaintEvent))), ignoreOrder: true);
    }

    [Fact]
    public void Control_a_name_that_stands_twice_and_a_missing_line_of_JSON_are_told()
    {
        Should.Throw<ArgumentException>(() => new Catalogue<Complaint>(ToyRoom.Catalogue, ToyRoom.Catalogue)).Message.ShouldContain("'ring-bell' stands in Toy and Toy");
        var forgetful = new RoomCatalogue<Complaint>("Forgetful", Core.Catalogue.Rooms[0].Json);
        Should.Throw<InvalidOperationException>(() => forgetful.Command<RingBell>().Commands[0].Json)
            .Message.ShouldContain("add [JsonSerializable(typeof(RingBell))]");
        Should.Throw<InvalidOperationException>(() => Core.Catalogue.Of(new RingBell("front"))).Message.ShouldContain("add .Command<RingBell>()");
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_commands_fields_are_its_members(string name)
    {
        var command = All.FindCommand(name)!;
        command.Capability.Fields.Select(field => field.Name).ShouldBe(command.Json.Properties.Where(property => property.AssociatedParameter is not null || property.Set is not null).Select(property => property.Name), ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_command_and_its_fields_have_names_in_both_languages(string name)
    {
        var capability = All.FindCommand(name)!.Capability;
        KebabCase().IsMatch(capability.Name).ShouldBeTrue();
        foreach (var label in capability.Fields.Select(field => field.Label).Append(capability.Label))
        {
            Chinese().IsMatch(label.Zh).ShouldBeTrue(label.Zh);
            Chinese().IsMatch(label.En).ShouldBeFalse(label.En);
            label.En.ShouldNotBeNullOrWhiteSpace();
        }
        foreach (var refusal in capability.Refusals)
        {
            Chinese().IsMatch(refusal.Zh).ShouldBeTrue(refusal.Code);
            Placeholders(refusal.Zh).ShouldBe(Placeholders(refusal.En), ignoreOrder: true, refusal.Code);
        }
    }

    [Theory]
    [MemberData(nameof(Events))]
    public void An_event_has_words_in_both_languages_and_an_outward_name(string name)
    {
        var happened = All.FindEvent(name)!.Type;
        KebabCase().IsMatch(happened.Name).ShouldBeTrue();
        Chinese().IsMatch(happened.Label.Zh).ShouldBeTrue();
        Chinese().IsMatch(happened.Label.En).ShouldBeFalse();
        happened.OutwardName.ShouldBe($"complaints.{name}.v{happened.Leaves?.Version ?? 1}",
            "what is stored may change without a word to receivers");
        happened.Upcasters.ShouldAllBe(upcaster => upcaster.From < happened.Version);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void An_example_is_right_and_survives_JSON(string name)
    {
        var command = All.FindCommand(name)!;
        foreach (var variant in Enumerable.Range(0, 12))
        {
            var example = (ComplaintCommand)command.Example(Occasion with { Variant = variant });
            command.Check(example, Definitions.Rules).ShouldBeNull();
            var json = System.Text.Json.JsonSerializer.Serialize(example, command.Json);
            var again = System.Text.Json.JsonSerializer.Deserialize(json, command.Json);
            System.Text.Json.JsonSerializer.Serialize(again, command.Json).ShouldBe(json);
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_command_that_is_about_something_says_what(string name)
    {
        var command = All.FindCommand(name)!;
        var part = command.Capability.Fields.Any(field => field is { Kind: FieldKind.Subject, IsRequired: true });
        (((ComplaintCommand)command.Example(Occasion)).About is not null).ShouldBe(part);
    }

    [Fact]
    public void A_command_is_read_and_written_by_its_name()
    {
        var (command, error) = CommandCatalogue.Read(new("place-on-hold"), """{"reason":"parts","note":"等待配件"}""");
        error.ShouldBeNull();
        command.ShouldBe(new Core.Lifecycle.PlaceOnHold("parts", Note: "等待配件"));
        CommandCatalogue.Of(command!).Write(command!).ShouldBe("""{"reason":"parts","note":"等待配件"}""", StringCompareShould.IgnoreLineEndings);
        CommandCatalogue.Find(new("fire-clocks")).ShouldBeNull("the system's own");
    }

    [Theory]
    [InlineData("sing", "{}", "command.unknown")]
    [InlineData("absorb-merged", "{}", "command.unknown")]
    [InlineData("add-note", """{"noise":"loud"}""", "command.field_unknown")]
    [InlineData("add-note", "[]", "command.syntax")]
    [InlineData("add-note", "{", "command.syntax")]
    [InlineData("present", """{"proposal":"first"}""", "command.syntax")]
    public void What_is_no_command_is_told_with_a_code(string name, string json, string code)
    {
        var (command, error) = CommandCatalogue.Read(new(name), json);
        command.ShouldBeNull();
        error!.Code.ShouldBe(code);
        error.In(System.Globalization.CultureInfo.GetCultureInfo("zh-CN")).ShouldNotBe(error.Message);
    }

    private static IEnumerable<string> Placeholders(string text) => Placeholder().Matches(text).Select(match => match.Value).Distinct();

    private static ComplaintRooms Core => ComplaintRooms.Current;

    private static class Definitions
    {
        public static Complaints.Core.Definitions.Rulebook Rules => Complaints.Core.Definitions.Rulebook.BuiltIn;
    }

    [GeneratedRegex("^[a-z]+(-[a-z]+)*$")]
    private static partial Regex KebabCase();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Chinese();

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Placeholder();
}
