using System.Text.Json;
using System.Text.Json.Nodes;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Tests.Toy;

namespace Complaints.Core.Tests.Capabilities;

/// <summary>Every field of every command, at its bound, one above, empty, and with what no text may hold.</summary>
public sealed class FieldTests
{
    private static Catalogue<Complaint> All => ToyRoom.WithCore.Catalogue;

    public static TheoryData<string, string> Texts() => Of(field => field is { MaxLength: not null, Kind: not FieldKind.Codes });

    public static TheoryData<string, string> Numbers() => Of(field => field.Lowest is not null);

    public static TheoryData<string, string> Reasons() => Of(field => field.NeedsRemark is not null);

    public static TheoryData<string, string> Words() =>
        Of(field => field.Kind is FieldKind.Text or FieldKind.Code or FieldKind.Person or FieldKind.Team);

    public static TheoryData<string, string> Times() => Of(field => field.Kind is FieldKind.Moment or FieldKind.Date);

    public static TheoryData<string, string> Codes() => Of(field => field.Kind is FieldKind.Code or FieldKind.Codes && field.MaxLength is null);

    [Theory]
    [MemberData(nameof(Texts))]
    public void R19_A_text_is_taken_up_to_its_bound_and_not_beyond(string command, string name)
    {
        var field = FieldOf(command, name);
        var bound = field.MaxLength!.Value;
        Try(command, name, new string('字', bound)).ShouldBeNull();
        Try(command, name, new string('字', bound + 1)).ShouldBe("text.too_long");
        Try(command, name, "").ShouldBe(field.IsRequired ? "text.required" : null);
        Try(command, name, " \t").ShouldBe(field.IsRequired ? "text.required" : null);
        Try(command, name, (string?)null).ShouldBe(field.IsRequired ? "text.required" : null);
        Try(command, name, "a\u0007b").ShouldBe("text.control");
        Try(command, name, "a\u0000b").ShouldBe("text.control");
    }

    [Theory]
    [MemberData(nameof(Words))]
    public void R40_Five_million_blanks_are_too_long_in_every_field_of_words(string command, string name)
    {
        if (IsText(command, name))
            Try(command, name, new string(' ', 5_000_000)).ShouldBe("text.too_long");
    }

    [Theory]
    [MemberData(nameof(Times))]
    public void R40_A_time_is_taken_from_1970_to_2100_in_every_field_of_times(string command, string name)
    {
        var isDate = FieldOf(command, name).Kind == FieldKind.Date;
        foreach (var (date, isTaken) in new[]
        {
            ("0001-01-01", false), ("1969-12-31", false), ("1970-01-01", true),
            ("2100-12-31", true), ("2101-01-02", false), ("9999-12-31", false),
        })
            Try(command, name, isDate ? date : date + "T00:00:00Z").ShouldBe(isTaken ? null : "time.out_of_range", date);
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_number_is_taken_from_its_lowest_to_its_highest(string command, string name)
    {
        var field = FieldOf(command, name);
        Try(command, name, field.Lowest).ShouldBeNull();
        Try(command, name, field.Highest).ShouldBeNull();
        Try(command, name, field.Lowest - 1).ShouldBe("number.out_of_range");
        Try(command, name, field.Highest + 1).ShouldBe("number.out_of_range");
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_code_is_taken_from_its_list_only(string command, string name)
    {
        var field = FieldOf(command, name);
        var choices = field.ChoicesIn(Rulebook.BuiltIn);
        choices.ShouldNotBeEmpty();
        foreach (var choice in choices)
            Try(command, name, Value(field, choice.Code), remark: "That is why.").ShouldBeNull(choice.Code);
        if (field.Kind == FieldKind.Codes || IsText(command, name))
            Try(command, name, Value(field, "made-up")).ShouldBe("code.unknown");
    }

    [Theory]
    [MemberData(nameof(Reasons))]
    public void A_reason_that_says_nothing_needs_a_remark_and_no_other_does(string command, string name)
    {
        var field = FieldOf(command, name);
        var choices = field.ChoicesIn(Rulebook.BuiltIn);
        choices.ShouldBe(Rulebook.BuiltIn.ReasonsFor(new CommandName(command)).Items);
        field.NeedsRemark.ShouldBe(ReasonBook.Other);
        foreach (var choice in choices)
            Try(command, name, Value(field, choice.Code), remark: "").ShouldBe(
                choice.Code == ReasonBook.Other ? "text.required" : null, choice.Code);
        var remark = FieldOf(command, "remark");
        (remark.IsPersonal, remark.Kind).ShouldBe((true, FieldKind.Text));
    }

    [Fact]
    public void Several_wrong_fields_are_told_together()
    {
        var ring = All.FindCommand("ring-bell")!;
        var wrong = ring.Check(new RingBell("", new string('x', 51), 9), Rulebook.BuiltIn)!;
        wrong.Code.ShouldBe("validation.failed");
        wrong.Details.Select(detail => (detail.Code, detail.Data["field"])).ShouldBe([("text.required", "bell"), ("text.too_long", "words"), ("number.out_of_range", "times")]);
        wrong.In(System.Globalization.CultureInfo.GetCultureInfo("zh-CN")).ShouldContain("次数");
    }

    [Fact]
    public void Control_a_field_that_its_rule_does_not_check_is_found()
    {
        var careless = new Field("note", Labels.Note, FieldKind.Text) { MaxLength = 10 };
        careless.Finding.ShouldBeNull();
        All.Commands.SelectMany(command => command.Capability.Fields).Where(field => field.MaxLength is not null || field.Lowest is not null || field.Choices is not null)
            .ShouldAllBe(field => field.Finding != null);
    }

    private static string? Try(string command, string name, JsonNode? value, string? remark = null)
    {
        var type = All.FindCommand(command)!;
        var example = type.Example(new Occasion(Situation.Morning, Situation.IdOf(9)));
        var json = (JsonObject)JsonSerializer.SerializeToNode(example, type.Json)!;
        json[name] = value;
        if (remark is not null && FieldOf(command, name).NeedsRemark is not null)
            json["remark"] = remark;
        var changed = (ComplaintCommand)json.Deserialize(type.Json)!;
        return type.Check(changed, Rulebook.BuiltIn)?.Code;
    }

    private static string? Try(string command, string name, decimal? value) => Try(command, name, (JsonNode?)JsonValue.Create(value));

    private static string? Try(string command, string name, string? value) => Try(command, name, value is null ? null : (JsonNode)JsonValue.Create(value));

    private static JsonNode Value(Field field, string code) => field.Kind == FieldKind.Codes ? new JsonArray(code) : JsonValue.Create(code);

    /// <summary>A choice of the library's own is an enum in JSON, where another word does not even parse.</summary>
    private static bool IsText(string command, string name) =>
        All.FindCommand(command)!.Json.Properties.Single(property => property.Name == name).PropertyType == typeof(string);

    private static Field FieldOf(string command, string name) => All.FindCommand(command)!.Capability.Fields.Single(field => field.Name == name);

    private static TheoryData<string, string> Of(Func<Field, bool> which)
    {
        var data = new TheoryData<string, string>();
        foreach (var command in All.Commands)
        {
            foreach (var field in command.Capability.Fields.Where(which))
                data.Add(command.Name, field.Name);
        }
        return data;
    }
}
