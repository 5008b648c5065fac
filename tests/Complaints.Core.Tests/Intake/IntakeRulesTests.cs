using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using NodaTime;

namespace Complaints.Core.Tests.Intake;

/// <summary>Registration and import check the same facts by the same rules: every text at its bound, one above, and unclean.</summary>
public sealed partial class IntakeRulesTests
{
    private static readonly IntakeDraft Whole = Situation.Draft with
    {
        Item = new Item("order", "O-1", "M-1"),
        Call = new PhoneCall("C-1", "13800138000", "95000", "night"),
        ExternalRef = new ExternalRef("weibo", "4711"),
        ReceivedAt = Situation.Morning - Duration.FromHours(1),
    };

    /// <summary>The texts of a draft, by the path in its JSON: those in lists are examples below.</summary>
    public static TheoryData<string> Texts() =>
        [.. Leaves(IntakeFields.OfDraft, "")
            .Where(leaf => leaf.Field.Kind == FieldKind.Text && !IsInList(leaf.Path) && leaf.Path != "language")
            .Select(leaf => leaf.Path)];

    /// <summary>The codes, which an import may have of its own.</summary>
    public static TheoryData<string> Codes() =>
        [.. Leaves(IntakeFields.OfDraft, "")
            .Where(leaf => leaf.Field is { Kind: FieldKind.Code, IsOpenList: false } && !IsInList(leaf.Path)).Select(leaf => leaf.Path)];

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_text_has_one_bound_for_registration_and_import(string path)
    {
        var field = Leaves(IntakeFields.OfDraft, "").Single(leaf => leaf.Path == path).Field;
        var bound = field.MaxLength!.Value;
        Both(path, new string('字', bound), null);
        Both(path, new string('字', bound + 1), "text.too_long");
        Both(path, "a\u0007b", "text.control");
        Both(path, " \t", field.IsRequired ? "text.required" : null);
    }

    [Theory]
    [InlineData("zh-CN", null)]
    [InlineData("en", null)]
    [InlineData("zh-Hant-TW", null)]
    [InlineData("", null)]
    [InlineData("说中文，住在静安", "text.format")]
    [InlineData("speaks English", "text.format")]
    [InlineData("zh_CN", "text.format")]
    [InlineData("abcdefgh-abcdefgh-abcdefgh-abcdefghi", "text.too_long")]
    [InlineData("z\u0000", "text.control")]
    public void A_language_is_a_tag_and_no_remark_about_anybody(string language, string? code) => Both("language", language, code);

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_code_is_the_tenants_at_registration_and_may_be_the_sources_at_import(string path)
    {
        var field = IntakeFields.Find(path)!;
        Register(With(path, "made-up")).Single().Code.ShouldBeOneOf("code.unknown", "category.unknown");
        Import(With(path, "made-up")).ShouldBeNull();
        var bound = field.MaxLength!.Value;
        Import(With(path, new string('字', bound))).ShouldBeNull();
        Found(Import(With(path, new string('字', bound + 1)))!).ShouldBe(("text.too_long", path));
    }

    [Fact]
    public void Ways_to_reach_risks_and_attributes_are_clean_texts_for_both()
    {
        Both(Reached("phone", new string('1', 201)), "text.too_long", "contact.phone");
        Both(Reached("wechat", ""), "text.required", "contact.wechat");
        Both(Reached(" ", "x"), "text.required", "contact.kind");
        Both(Whole with { Risks = ["media", new string('x', 101)] }, "text.too_long", "risks");
        Both(Whole with { Goals = [new string('x', 101)] }, "text.too_long", "goals");
        Both(Whole with { Goals = [.. Enumerable.Repeat("vent", 11)] }, "list.too_long", "goals");
        Both(Whole with { Points = [new(new string('x', 4_001))] }, "text.too_long", "points.text");
        Both(Whole with { Points = [new(" ")] }, "text.required", "points.text");
        Both(Whole with { Points = [.. Enumerable.Repeat(new DraftPoint("x"), 50)] }, "list.too_long", "points");
        Both(Whole with { IncidentFrom = Instant.FromUtc(1969, 1, 1, 0, 0) }, "time.out_of_range", "incidentFrom");
        Both(Whole with { IncidentFrom = Situation.Morning, IncidentTo = Situation.Morning - Duration.FromDays(1) },
            "incident.ended_before_it_began", "incidentTo");
        Both(Whole with { IncidentTo = Situation.Morning + Duration.FromDays(1) }, "time.in_future", "incidentTo");
        Both(Whole with { Item = new("order") { PurchasedOn = new(2026, 9, 2) } }, "time.in_future", "item.purchasedOn");
        Both(Whole with { Item = new("order") { PurchasedOn = new(1969, 12, 31) } }, "time.out_of_range", "item.purchasedOn");
        Both(Whole with { Attributes = Whole.Attributes.Add(new string('x', 101), "") }, "text.too_long", "attributes");
        Both(Whole with { Attributes = Whole.Attributes.Add("store", new string('x', 501)) }, "text.too_long", "attributes.store");
        Register(Whole with { Contact = new("Mars/Olympus") }).Single().Code.ShouldBe("calendar.zone_unknown");
        Import(Whole with { Contact = new("Mars/Olympus") })!.Code.ShouldBe("calendar.zone_unknown");

        static IntakeDraft Reached(string kind, string value) => Whole with { Complainant = new("王", Contacts: [new(kind, value)]) };
    }

    [Fact]
    public void A_ledgers_phone_numbers_are_taken_as_they_are()
    {
        var draft = Whole with { Complainant = new("王", Contacts: [new("phone", "no number")]) };
        Found(Register(draft).Single()).ShouldBe(("text.format", "contact.phone"));
        Register(draft).Single().In(new("zh-CN")).ShouldSatisfyAllConditions(
            words => words.ShouldContain("3 到 20 位的电话号码"), words => words.ShouldNotContain("phone number"));
        Register(draft).Single().In(new("en")).ShouldNotContain("电话");
        Import(draft).ShouldBeNull();
    }

    [Fact]
    public void A_message_for_people_names_the_field_in_their_language()
    {
        var chinese = System.Globalization.CultureInfo.GetCultureInfo("zh-CN");
        Register(With("complainant.name", new string('字', 101))).Single().In(chinese).ShouldContain("“姓名”");
        Register(With("channel", "pigeon")).Single().In(chinese).ShouldContain("电话");
        Register(With("channel", "pigeon")).Single().Message.ShouldContain("phone");
    }

    [Fact]
    public void A_drafts_fields_are_its_members_and_have_names_in_both_languages()
    {
        Same(IntakeFields.OfDraft, typeof(IntakeDraft));
        Same(IntakeFields.Complainant.Parts, typeof(Complainant));
        Same(IntakeFields.Contacts.Parts, typeof(ContactPoint));
        Same(IntakeFields.Statement.Parts, typeof(Statement));
        Same(IntakeFields.Item.Parts, typeof(Item));
        Same(IntakeFields.ExternalRef.Parts, typeof(ExternalRef));
        foreach (var (path, field) in Leaves(IntakeFields.OfDraft, ""))
        {
            Chinese().IsMatch(field.Label.Zh).ShouldBeTrue(path);
            Chinese().IsMatch(field.Label.En).ShouldBeFalse(path);
        }
        CommandCatalogue.Find(new("register"))!.Fields.Single().Parts.ShouldBe(IntakeFields.OfDraft);

        static void Same(IEnumerable<Field> fields, Type type) => fields.Select(field => field.Name).ShouldBe(
            Json(type).Properties
                .Where(property => property.AssociatedParameter is not null || property.Set is not null)
                .Select(property => property.Name),
            ignoreOrder: true);
    }

    [Fact]
    public void What_is_kept_sealed_is_what_its_field_calls_personal()
    {
        Leaves(IntakeFields.OfDraft, "").Where(leaf => leaf.Field.IsPersonal).Select(leaf => leaf.Path.Split('.')[0]).Distinct()
            .ShouldBe(["title", "complainant", "statement", "item", "points", "answers", "call", "externalRef"]);
    }

    /// <summary>Texts of a draft, and what stands in them.</summary>
    public static class Changes
    {
        private static readonly string[] Paths = [.. Texts().Select(row => row.Data)];

        private static readonly string?[] Words =
            ["a", "", " ", "字", "a\u0000", "\ud83d", new('x', 35), new('x', 36), new('x', 101), new('x', 201), new('x', 20_001)];

        public static Arbitrary<(string Path, string? Word)[]> All { get; } =
            Gen.ArrayOf(Gen.Elements(Paths).Zip(Gen.Elements(Words), (path, word) => (path, word))).ToArbitrary();
    }

    /// <summary>Whatever stands in the texts, import finds something exactly when registration does, and finds the same.</summary>
    [Property(MaxTest = 500, Arbitrary = [typeof(Changes)])]
    public void Import_refuses_a_text_exactly_when_registration_does((string Path, string? Word)[] changes)
    {
        var draft = With(changes);
        var registration = Register(draft).Select(Found).ToList();
        var import = Import(draft);
        (import is null).ShouldBe(registration.Count == 0);
        if (import is not null)
            registration.ShouldContain(Found(import));
    }

    private static bool IsInList(string path) => path.Contains("contacts") || path.StartsWith("points.", StringComparison.Ordinal)
        || path.StartsWith("answers.", StringComparison.Ordinal);

    private static void Both(string path, string? value, string? code)
    {
        var name = path.Replace("statement.", "", StringComparison.Ordinal);
        if (code is not null)
        {
            Both(With(path, value), code, name);
            return;
        }
        Register(With(path, value)).ShouldBeEmpty();
        Import(With(path, value)).ShouldBeNull();
    }

    private static void Both(IntakeDraft draft, string code, string field)
    {
        Found(Register(draft).Single()).ShouldBe((code, field));
        Found(Import(draft)!).ShouldBe((code, field));
    }

    private static (string Code, string Field) Found(ComplaintError error) => (error.Code, error.Data["field"]);

    private static IReadOnlyList<ComplaintError> Register(IntakeDraft draft) =>
        new Situation().Try(new Register(draft)).Refusal?.Details ?? [];

    private static ComplaintError? Import(IntakeDraft draft) =>
        new Situation().Try(new ImportComplaint(draft, []), Situation.Administrator).Refusal;

    private static IntakeDraft With(string path, string? value) => With((path, value));

    private static IntakeDraft With(params (string Path, string? Value)[] changes)
    {
        var json = (JsonObject)JsonSerializer.SerializeToNode(Whole, Json(typeof(IntakeDraft)))!;
        foreach (var (path, value) in changes)
        {
            var names = path.Split('.');
            var node = names[..^1].Aggregate(json, (parent, name) => (JsonObject)parent[name]!);
            node[names[^1]] = value;
        }
        return (IntakeDraft)json.Deserialize(Json(typeof(IntakeDraft)))!;
    }

    private static JsonTypeInfo Json(Type type) => IntakeJson.Default.GetTypeInfo(type)!;

    private static IEnumerable<(string Path, Field Field)> Leaves(IEnumerable<Field> fields, string under) => fields.SelectMany(field =>
        field.Parts.IsEmpty ? [(under + field.Name, field)] : Leaves(field.Parts, $"{under}{field.Name}."));

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Chinese();
}
