using Complaints.Core.History;
using Complaints.Core.Intake;
using Complaints.Core.Sla;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Core.Tests.Stories;

/// <summary>How the stories begin: a call with two points, and a letter that carries a number.</summary>
public sealed class IntakeStoryTests
{
    private readonly DeskHarness _harness = new();

    private ComplaintDesk Desk => _harness.Desk;

    /// <summary>Story 1, step 2.</summary>
    [Fact]
    public async Task S001_S009_S015_S017_X30_X44_A_call_is_taken_in_with_its_points_and_answers_and_was_the_first_response()
    {
        await PublishAsync("organisation", "default", """
            {"areas":[{"code":"north","label":{"en":"North","zh":"北区"}}],
             "teams":[{"code":"service-north","label":{"en":"Service north","zh":"北区服务组"}}]}
            """);
        await PublishAsync("routing", "default", """{"rows":[{"when":{"area":["north"]},"team":"service-north"}]}""");
        await PublishAsync("guides", "unstable", """
            {"for":[{"category":"product","subcategory":"unstable"}],"required":["phone","item-serial"],"questions":[
             {"code":"restart","label":{"en":"Does it help to start it again?","zh":"重启后是否恢复？"},"type":"yes-no","required":true},
             {"code":"times","label":{"en":"How often a day?","zh":"每天几次？"},"type":"number","low":1,"high":99}]}
            """);
        var answered = _harness.Clock.GetCurrentInstant() - Duration.FromMinutes(6);
        var id = await _harness.FileAsync(new IntakeDraft
        {
            Channel = "phone", Title = "手机频繁死机", Category = "product", Subcategory = "unstable", Area = "north",
            Complainant = new("陈女士", Contacts: [new(ContactPoint.Phone, "13800007781")]) { AddressAs = "陈女士" },
            Call = new PhoneCall("7781", "13800007781", "95000", Answered: answered),
            Item = new("product") { Serial = "SN-7781", PurchasedOn = new(2026, 5, 1) },
            Goals = ["compensation"],
            Points = [new("广告中的功能没有。", "product", "not-as-described")],
            Answers = [new("restart", "no"), new("times", "5")],
        });

        var view = (await Desk.ViewAsync(id))!;
        view.Complaint.State.ShouldBe(Core.Lifecycle.ComplaintState.Registered);
        view.Complaint.Points.Select(point => point.Subcategory).ShouldBe([null, "not-as-described"]);
        view.Clocks.Single(clock => clock.Objective == Objective.FirstResponse).IsMet
            .ShouldBeTrue("the live call was answered by a person");
        view.Complaint.Responsibility.Team.ShouldBe("service-north");
        view.Complaint.Receipt.Goals.ShouldBe(["compensation"]);
        view.Complaint.Receipt.MissingFields.ShouldBeEmpty();
        var rules = await _harness.Definitions.RulesAsync(TenantId.Default, default);
        var words = await Desk.RevealAsync(view, Purpose.CaseWork);
        foreach (var (culture, question) in new[] { ("zh-CN", "重启后是否恢复？ 否"), ("en", "Does it help to start it again? no") })
        {
            var told = view.History.Single(entry => entry.Type == "guide-followed")
                .Details(new(System.Globalization.CultureInfo.GetCultureInfo(culture)), rules, words)
                .Select(one => $"{one.Label} {one.Text}").ToList();
            told[0].ShouldBe(question);
            told[1].ShouldEndWith(" 5");
        }
    }

    /// <summary>Story 2, steps 1 and 2.</summary>
    [Fact]
    public async Task S005_S008_A_letter_that_carries_a_number_is_called_back_at_once()
    {
        var received = _harness.Clock.GetCurrentInstant();
        var id = await _harness.FileAsync(Drafts.Chinese() with { Channel = "letter", ReceivedAt = received });
        var waiting = (await Desk.WorkAsync(new())).Items.Single(item => item.Row.Work == "call-back");
        waiting.Row.Due.ShouldNotBeNull();
        var view = (await Desk.ViewAsync(id))!;
        view.Clocks.Single(clock => clock.Objective == Objective.Callback).IsRunning.ShouldBeTrue();

        await _harness.DoAsync(id, [new RecordInteraction(Direction.Outbound, "phone", Summary: "已回电核实。")]);

        (await Desk.WorkAsync(new())).Items.ShouldNotContain(item => item.Row.Work == "call-back");
        view = (await Desk.ViewAsync(id))!;
        view.Clocks.Where(clock => clock.Objective is Objective.Callback or Objective.FirstResponse).ShouldAllBe(clock => clock.IsMet);
    }

    private async Task PublishAsync(string kind, string id, string json)
    {
        var (_, refusal) = await _harness.Definitions.PublishAsync(TenantId.Default, kind, id, json, DeskHarness.Administrator, default);
        refusal.ShouldBeNull(kind);
        _harness.Clock.Advance(Duration.FromMinutes(1));
    }
}
