using Complaints.Core.Contact;
using Complaints.Core.Definitions;
using Complaints.Core.History;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Testing;

namespace Complaints.Core.Tests.Contact;

/// <summary>Checklists, and what is recorded of them.</summary>
public sealed class CheckTests
{
    private const string Twice = """
        {"label":{"en":"A","zh":"甲"},
         "items":[{"code":"a","label":{"en":"A","zh":"甲"}},{"code":"a","label":{"en":"A","zh":"甲"}}]}
        """;

    private static readonly CommandName Check = new("record-check");

    [Fact]
    public void S018_Who_calls_is_checked_item_by_item_and_the_newest_word_counts()
    {
        var situation = Situation.Registered().Do(new RecordCheck("identity", ["name", "reachable"]))
            .Do(new RecordCheck("identity", ["name"], CheckOutcome.Failed));
        situation.Complaint!.Contact.Checks.ShouldBe([new("identity", "name", "failed"), new("identity", "reachable", "done")]);
        situation.Complaint.Contact.OutcomeOf("identity", "customer").ShouldBeNull();
    }

    [Fact]
    public void S018_A_participant_is_checked_apart_from_the_customer()
    {
        var situation = Situation.Registered().Do(new AddParticipant("representative", "Bea"))
            .Do(new RecordCheck("identity", ["name"])).Do(new RecordCheck("identity", ["name"], CheckOutcome.Failed, Participant: 1));
        situation.Complaint!.Contact.OutcomeOf("identity", "name").ShouldBe(CheckOutcome.Done);
        situation.Complaint.Contact.OutcomeOf("identity", "name", new("participant", "1")).ShouldBe(CheckOutcome.Failed);
    }

    [Theory]
    [InlineData("made-up", "name", "done", null, "checklist.unknown")]
    [InlineData("identity", "shoe-size", "done", null, "check.unknown_item")]
    [InlineData("identity", "matter", "done", null, "check.unknown_item")]
    [InlineData("identity", null, "done", null, "check.no_item")]
    [InlineData("identity", "name", "perhaps", null, "code.unknown")]
    [InlineData("identity", "name", "done", 1, "participant.none")]
    [InlineData(" ", "name", "done", null, "text.required")]
    public void S018_What_cannot_be_checked_is_refused_and_changes_nothing(
        string list, string? item, string outcome, int? participant, string code)
    {
        var refused = Situation.Registered().Try(new RecordCheck(list, item is null ? [] : [item], outcome, participant));
        refused.Refusal!.Code.ShouldBe(code);
        refused.Events.ShouldBeEmpty();
    }

    [Fact]
    public void S018_Too_long_a_remark_and_too_many_items_are_refused()
    {
        var situation = Situation.Registered();
        situation.Try(new RecordCheck("identity", ["name"], Remark: new string('字', 20_000))).Refusal!.Code.ShouldBe("text.too_long");
        situation.Try(new RecordCheck("identity", [.. Enumerable.Range(0, 21).Select(i => $"i{i}")])).Refusal!.Code
            .ShouldBe("number.out_of_range");
    }

    [Fact]
    public void S113_An_item_of_a_role_is_recorded_by_that_role_and_by_who_counts_as_it()
    {
        var situation = new Situation { Rules = With("""
            {"label":{"en":"Tone","zh":"用语"},"items":[{"code":"polite","label":{"en":"Polite","zh":"礼貌"},"role":"quality"}]}
            """) };
        situation.Do(new Register(Situation.Draft));
        var refused = situation.Try(new RecordCheck("tone", ["polite"])).Refusal!;
        (refused.Code, refused.In(new System.Globalization.CultureInfo("zh-CN"))).ShouldBe(("check.role", "“礼貌”由以下角色记录：品管。"));
        situation.Try(new RecordCheck("tone", ["polite"]), new Actor("lin", Role.Quality)).Refusal.ShouldBeNull();
    }

    [Fact]
    public void S113_Every_state_but_a_merged_case_can_be_checked_and_strangers_cannot()
    {
        foreach (var state in Enum.GetValues<ComplaintState>())
        {
            var permitted = Situation.In(state).Complaint!.PermittedCommands(new Situation().Context()).Single(one => one.Name == Check);
            permitted.IsPermitted.ShouldBe(state != ComplaintState.Merged, state.ToString());
        }
        Situation.Registered().Try(new RecordCheck("identity", ["name"]), new Actor("eve", Role.Department)).Refusal!.Code
            .ShouldBe("authority.role");
    }

    [Fact]
    public void S113_Built_in_lists_are_those_of_the_call_and_the_reply_in_both_languages()
    {
        Rulebook.BuiltIn.Checklists.Items.Select(item => item.Code).ShouldBe(["end-of-call", "identity", "reply", "understanding"]);
        Rulebook.BuiltIn.Checklists.Items.ShouldAllBe(item => item.Label.Zh.Length > 0 && item.Label.Zh != item.Label.En);
        Rulebook.BuiltIn.Checklist("end-of-call")!.Items.Select(item => item.Code)
            .ShouldBe(["summary", "anything-else", "other-ways", "thanks"]);
    }

    [Theory]
    [InlineData("""{"label":{"en":"A","zh":"甲"},"items":[]}""", "definition.empty")]
    [InlineData("""{"label":{"en":"A","zh":""},"items":[{"code":"a","label":{"en":"A","zh":"甲"}}]}""", "definition.label_missing")]
    [InlineData(Twice, "definition.duplicate")]
    [InlineData("""{"label":{"en":"A","zh":"甲"},"items":[{"code":"a","label":{"en":"A","zh":"甲"},"prompt":{"en":"{who}?","zh":"谁？"}}]}""",
        "definition.missing")]
    public void S113_A_checklist_that_makes_no_sense_is_not_published(string json, string code) =>
        DefinitionKinds.Check("checklists", "x", json, Rulebook.BuiltIn)!.Details.ShouldHaveSingleItem().Code.ShouldBe(code);

    [Fact]
    public void S113_A_checklist_has_at_most_fifty_items()
    {
        var items = string.Join(',', Enumerable.Range(0, 51).Select(i => $$$"""{"code":"i{{{i}}}","label":{"en":"A","zh":"甲"}}"""));
        DefinitionKinds.Check("checklists", "x", $$"""{"label":{"en":"A","zh":"甲"},"items":[{{items}}]}""", Rulebook.BuiltIn)!
            .Details.ShouldHaveSingleItem().Code.ShouldBe("number.out_of_range");
    }

    [Theory]
    [InlineData("en",
        "Checked: Checklist Who calls; Items Name given, Number to reach confirmed; Result of the check done; Remark Ann said so.")]
    [InlineData("zh-CN", "已核对: 检查清单 身份核实; 核对项目 已核对姓名、已确认联系电话; 核对结果 已完成; 说明 Ann said so.")]
    public async Task S019_The_timeline_tells_it_in_words_and_the_remark_goes_with_the_person(string culture, string line)
    {
        var harness = new DeskHarness();
        var id = await harness.FileAsync();
        var command = new RecordCheck("identity", ["name", "reachable"], Remark: "Ann said so.");
        (await harness.Desk.ExecuteAsync(id, command)).Refusal.ShouldBeNull();
        var wording = new Wording(System.Globalization.CultureInfo.GetCultureInfo(culture));
        var view = (await harness.Desk.ViewAsync(id))!;
        var entry = view.History.Single(entry => entry.Type == "checks-recorded");
        var words = await harness.Desk.RevealAsync(view, Purpose.CaseWork);
        var told = entry.Details(wording, Rulebook.BuiltIn, words).Select(text => $"{text.Label} {text.Text}");
        $"{entry.Title(wording)}: {string.Join("; ", told)}".ShouldBe(line);
        await harness.Keys.DestroyAsync(TenantId.Default, view.Complaint.Receipt.Person, default);
        (await harness.Desk.RevealAsync(view, Purpose.CaseWork)).Of(((ChecksRecorded)entry.Event!).Remark).ShouldBeNull();
    }

    private static Rulebook With(string json) => Rulebook.From([new(TenantId.Default, "checklists", "tone", 1, json, default, "test")]);
}
