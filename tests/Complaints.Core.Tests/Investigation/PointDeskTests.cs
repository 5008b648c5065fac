using Complaints.Core.History;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Lifecycle;
using Complaints.Testing;

namespace Complaints.Core.Tests.Investigation;

/// <summary>Points on a desk: their words are the complainant's, and a merge leaves each case its own.</summary>
public sealed class PointDeskTests
{
    private static readonly DecideValidity Right =
        new("established", "sufficient", "reasonable", "other", 2, "logistics", "The driver admits it.");

    private readonly DeskHarness _harness = new();

    private ComplaintDesk Desk => _harness.Desk;

    private async Task<ComplaintId> TwoPointsAsync(IntakeDraft? draft = null)
    {
        var id = await _harness.FileAsync(draft);
        var raised = await Desk.ExecuteAsync(id, new RaisePoint("The driver shouted at Ann.", "service", "attitude"));
        raised.Answer!.Made.ShouldBe([new Subject("point", "2")]);
        (await Desk.ExecuteAsync(id, Right)).Refusal.ShouldBeNull();
        return id;
    }

    [Fact]
    public async Task R27_What_was_said_of_a_point_goes_with_the_complainant_and_the_judgement_stays()
    {
        var id = await TwoPointsAsync();
        (await SaidAsync(id)).ShouldBe(["The driver shouted at Ann.", "The driver admits it."]);
        var person = (await Desk.ViewAsync(id))!.Complaint.Receipt.Person;
        (await _harness.Keys.DestroyAsync(TenantId.Default, person, default)).ShouldBeTrue();
        (await SaidAsync(id)).ShouldBeEmpty();
        (await Desk.ViewAsync(id))!.Complaint.Points[1].Validity.ShouldBe("established");
    }

    [Theory]
    [InlineData("en")]
    [InlineData("zh-CN")]
    public async Task S041_The_timeline_tells_it_in_words_and_no_codes(string culture)
    {
        var id = await TwoPointsAsync();
        (await Desk.ExecuteAsync(id, new RaisePoint("Again."))).IsSuccess.ShouldBeTrue();
        (await Desk.ExecuteAsync(id, new DropPoint(3, PointDrop.Duplicate, 1))).IsSuccess.ShouldBeTrue();
        var rules = await _harness.Definitions.RulesAsync(TenantId.Default, default);
        var wording = new Wording(System.Globalization.CultureInfo.GetCultureInfo(culture));
        var view = (await Desk.ViewAsync(id))!;
        var words = await Desk.RevealAsync(view, Purpose.CaseWork);
        var lines = view.History.Where(entry => entry.Type is "point-raised" or "point-dropped" or "validity-judged")
            .Select(entry => $"{entry.Title(wording)}: {string.Join("; ", entry.Details(wording, rules, words).Select(Line))}").ToList();
        lines.Count.ShouldBe(4);
        string.Join('\n', lines).ShouldNotContain("-established");
        if (wording.IsChinese)
        {
            lines[0].ShouldStartWith("已新增诉求点: 诉求点 2; ");
            lines[1].ShouldContain("判定结论 成立; 投诉理由 充分; 客户要求 合理; 责任部门 logistics");
            lines[3].ShouldContain("诉求点 3; 理由 重复提出; 重复的诉求点 1");
        }
        else
        {
            lines[1].ShouldContain("Point 2; Result established; Grounds sufficient; What the customer demands reasonable");
            lines[3].ShouldContain("Reason a duplicate; Says the same 1");
        }
    }

    [Fact]
    public async Task X30_A_merged_case_keeps_its_points_and_the_survivor_its_own()
    {
        var (first, second) = (await TwoPointsAsync(), await _harness.FileAsync(Drafts.Chinese()));
        (await Desk.ExecuteAsync(first, new Merge(second, "other", "The same."))).Refusal.ShouldBeNull();
        await Desk.SweepAsync(100);
        var (merged, survivor) = ((await Desk.ViewAsync(first))!, (await Desk.ViewAsync(second))!);
        merged.Complaint.State.ShouldBe(ComplaintState.Merged);
        merged.Complaint.Points.Select(point => point.Validity).ShouldBe([null, "established"]);
        merged.TextOf(2).ShouldNotBeNull();
        survivor.Complaint.Points.ShouldBe([new Point(1)]);
        survivor.TextOf(1).ShouldBe(survivor.Complaint.Receipt.Title);
        survivor.TextOf(2).ShouldBeNull();
    }

    [Fact]
    public async Task X30_Points_and_what_is_judged_of_them_come_in_one_sequence()
    {
        var id = await _harness.FileAsync();
        var both = new Sequence(new RaisePoint("Late."), Right with { Reason = "true" }, new DropPoint(1, PointDrop.Withdrawn));
        (await Desk.ExecuteAsync(id, both)).Refusal.ShouldBeNull();
        (await Desk.ViewAsync(id))!.Complaint.Points.Select(point => (point.IsOpen, point.Validity)).ShouldBe(
            [(false, null), (true, "established")]);
        var refused = await Desk.ExecuteAsync(id, new Sequence(new RaisePoint("Wet."), new DropPoint(2, PointDrop.Withdrawn)));
        refused.Refusal!.Details.ShouldHaveSingleItem().Code.ShouldBe("point.decided");
        (await Desk.ViewAsync(id))!.Complaint.Points.Length.ShouldBe(2, "the first refusal refuses all");
    }

    private static string Line(EventText said) => $"{said.Label} {said.Text}";

    private async Task<IEnumerable<string>> SaidAsync(ComplaintId id)
    {
        var view = (await Desk.ViewAsync(id))!;
        var words = await Desk.RevealAsync(view, Purpose.CaseWork);
        var remark = view.History.Select(recorded => recorded.Event).OfType<ValidityJudged>().Single().Remark;
        return new[] { words.Of(view.TextOf(2)), words.Of(remark) }.OfType<string>().ToList();
    }
}
