using System.Globalization;
using System.Text.Json;
using Complaints.Core.History;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Storage;
using Complaints.Testing;

namespace Complaints.Core.Tests.Investigation;

/// <summary>Who may see liability, what everybody else sees, and whose key its words are under.</summary>
public sealed class LiabilityDeskTests
{
    private static readonly Actor Manager = Inquiries.Manager;
    private static readonly Actor Lee = new("lee", Role.Manager);

    private readonly DeskHarness _harness = new();

    private async Task<ComplaintId> LiableAsync()
    {
        var id = await _harness.FileAsync();
        (await _harness.Desk.ExecuteAsync(id, Inquiries.Found)).Refusal.ShouldBeNull();
        (await _harness.Desk.For(Manager).ExecuteAsync(id, Inquiries.Liable)).Refusal.ShouldBeNull();
        return id;
    }

    [Fact]
    public async Task X33_Who_may_record_it_sees_it_with_its_words()
    {
        var id = await LiableAsync();
        foreach (var actor in new[] { Manager, new("qin", Role.Quality) })
        {
            var desk = _harness.Desk.For(actor);
            var view = (await desk.ViewAsync(id)).ShouldNotBeNull();
            view.Liabilities.ShouldHaveSingleItem().Staff.ShouldBe("lee");
            (await desk.RevealAsync(view, Purpose.CaseWork)).Of(view.BasisOf(1)).ShouldBe("Did not call back.");
            view.History.ShouldContain(recorded => recorded.Type == "liability-recorded");
        }
    }

    public static TheoryData<string, string> Blind { get; } = new()
    {
        { "amy", Role.Agent }, { "sun", Role.Supervisor }, { "dong", Role.Director }, { "adam", Role.Administrator }, { "lee",
        Role.Manager },
    };

    /// <summary>The five places: the page, lists, exports, the timeline, and what a tool gets that works for an administrator.</summary>
    [Theory]
    [MemberData(nameof(Blind))]
    public async Task X33_Nobody_else_sees_a_word_of_it_in_page_list_export_timeline_or_tool(string person, string role)
    {
        var id = await LiableAsync();
        var desk = _harness.Desk.For(new Actor(person, role));
        var view = (await desk.ViewAsync(id)).ShouldNotBeNull();

        view.Liabilities.ShouldBeEmpty("the page");
        view.Complaint.Inquiry.Liabilities.ShouldBeEmpty();
        SubjectWords.Of(view.Complaint, new("liability", "1"), Core.Definitions.Rulebook.BuiltIn, new Wording(CultureInfo.InvariantCulture))
            .ShouldNotContain("lee");
        view.BasisOf(1).ShouldBeNull();

        var list = JsonSerializer.Serialize((await desk.ListAsync(new ComplaintQuery())).Items);
        Mentions(list).ShouldBeFalse($"the list: {list}");

        var rows = new List<ComplaintSummary>();
        await foreach (var row in desk.ScanAsync())
            rows.Add(row);
        Mentions(JsonSerializer.Serialize(rows)).ShouldBeFalse("the export");
        JsonSerializer.Serialize(view.Complaint).ShouldNotContain("\"lee\"", Case.Sensitive, "what a host writes of a state");

        var words = await desk.RevealAsync(view, Purpose.CaseWork);
        var told = view.History.SelectMany(recorded => recorded.Details(new Wording(CultureInfo.InvariantCulture),
            Core.Definitions.Rulebook.BuiltIn, words)
            .Select(detail => $"{detail.Label} {detail.Text}").Prepend(recorded.Type));
        Mentions(string.Join('\n', told)).ShouldBeFalse("the timeline");

        var work = (await desk.WorkAsync(new WorkQuery())).Items;
        Mentions(JsonSerializer.Serialize(work)).ShouldBeFalse("the tool's work");
        var stuck = new List<StuckCase>();
        await foreach (var cause in desk.StuckAsync())
            stuck.Add(cause);
        Mentions(JsonSerializer.Serialize(stuck)).ShouldBeFalse("the tool's stuck cases");

        static bool Mentions(string text) => text.Contains("\"lee\"", StringComparison.Ordinal) || text.Contains("liab",
            StringComparison.OrdinalIgnoreCase)
            || text.Contains("call back", StringComparison.Ordinal);
    }

    [Fact]
    public async Task X33_The_answer_to_another_command_and_a_preview_say_nothing_of_it_either()
    {
        var id = await LiableAsync();
        (await _harness.Desk.ExecuteAsync(id, new AddNote("A note."))).Complaint!.Inquiry.Liabilities.ShouldBeEmpty();
        (await _harness.Desk.ExecuteAsync(id, new RaisePoint(""))).Complaint!.Inquiry.Liabilities.ShouldBeEmpty("refused");
        var preview = (await _harness.Desk.PreviewAsync(id, new AddNote("A note.")))!;
        (preview.Next!.Inquiry.Liabilities.Length, preview.Before!.Inquiry.Liabilities.Length).ShouldBe((0, 0));
        (await _harness.Desk.For(Manager).ExecuteAsync(id, new AddNote("A note."))).Complaint!.Inquiry.Liabilities.Length.ShouldBe(1,
        "the control");
    }

    [Fact]
    public async Task X33_The_words_are_not_even_revealed_to_who_may_not_see_them()
    {
        var id = await LiableAsync();
        var theirs = (await _harness.Desk.For(Manager).ViewAsync(id))!;
        var mine = (await _harness.Desk.ViewAsync(id))!;
        var words = await _harness.Desk.RevealAsync(mine, Purpose.CaseWork);
        words.Of(theirs.BasisOf(1)).ShouldBeNull();
        words.Of(theirs.FoundOf(1)).ShouldBe("The log says half past nine.", "the control");
    }

    [Fact]
    public async Task S065_Erasing_the_complainant_leaves_it_and_erasing_the_member_of_the_staff_leaves_everything_else()
    {
        var id = await LiableAsync();
        var desk = _harness.Desk.For(Manager);
        var view = (await desk.ViewAsync(id))!;
        await _harness.Keys.DestroyAsync(TenantId.Default, view.Liabilities[0].Person!.Value, default);
        var words = await desk.RevealAsync(view, Purpose.CaseWork);
        (words.Of(view.BasisOf(1)), words.Of(view.FoundOf(1))).ShouldBe((null, "The log says half past nine."));

        var other = await LiableAsync();
        view = (await desk.ViewAsync(other))!;
        await _harness.Keys.DestroyAsync(TenantId.Default, view.Complaint.Receipt.Person, default);
        words = await desk.RevealAsync(view, Purpose.CaseWork);
        (words.Of(view.BasisOf(1)), words.Of(view.FoundOf(1))).ShouldBe(("Did not call back.", null));
    }

    [Fact]
    public async Task S065_A_second_liability_of_the_same_person_is_sealed_under_the_key_that_is_there()
    {
        var id = await LiableAsync();
        var desk = _harness.Desk.For(Manager);
        (await desk.ExecuteAsync(id, Inquiries.Liable with { Basis = "And hung up." })).Refusal.ShouldBeNull();
        var view = (await desk.ViewAsync(id))!;
        (await desk.RevealAsync(view, Purpose.CaseWork)).Of(view.BasisOf(2)).ShouldBe("And hung up.");
        (await desk.RevealAsync(view, Purpose.CaseWork)).Of(view.BasisOf(1)).ShouldBe("Did not call back.");
    }

    [Fact]
    public async Task X33_Nothing_of_it_goes_outside()
    {
        var id = await LiableAsync();
        var channel = new CaptureChannel();
        await _harness.DeliverAsync(channel);
        channel.Messages.ShouldNotBeEmpty("the control");
        channel.Messages.Select(message => System.Text.Encoding.UTF8.GetString(message.Message.Payload.Span)).ShouldAllBe(
            text => !text.Contains("lee") && !text.Contains("liab"));
        id.ShouldNotBe(default);
    }

    [Fact]
    public async Task S065_A_store_that_is_read_again_holds_it()
    {
        var id = await LiableAsync();
        var again = new DeskHarness(_harness.Ports, _harness.Clock);
        var view = (await again.Desk.For(Manager).ViewAsync(id))!;
        view.Liabilities.ShouldHaveSingleItem().Measure.ShouldBe("coaching");
        (await again.Desk.For(Lee).ViewAsync(id))!.Commands.Single(command => command.Name.Value == "resolve").Refusal!.Code
            .ShouldBe("approval.conflict");
    }
}
