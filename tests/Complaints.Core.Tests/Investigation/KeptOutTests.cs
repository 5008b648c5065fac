using System.Globalization;
using Complaints.Core.Assignment;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Testing;

namespace Complaints.Core.Tests.Investigation;

/// <summary>Whoever was found liable keeps out of the case that carries it on, too; and an owner who must keep out leaves it as by any
/// hand-over.</summary>
public sealed class KeptOutTests
{
    private static readonly Actor Lee = new("lee", Role.Agent, Role.Supervisor, Role.Manager);
    private static readonly HandOver ToLee = new("lee", null, "expertise");

    private readonly DeskHarness _harness = new();

    private async Task<(ComplaintId First, ComplaintId Second)> MergedAsync(params ComplaintCommand[] before)
    {
        var (first, second) = (await _harness.FileAsync(), await _harness.FileAsync(Drafts.Chinese()));
        await _harness.DoAsync(second, before);
        await _harness.DoAsync(first, [Inquiries.Found]);
        (await _harness.Desk.For(Inquiries.Manager).ExecuteAsync(first, Inquiries.Liable)).Refusal.ShouldBeNull();
        await _harness.DoAsync(first, [new Merge(second, "other", "The same.")]);
        return (first, second);
    }

    [Fact]
    public async Task S065_S116_Who_is_liable_keeps_out_of_the_case_that_carries_it_on()
    {
        var (first, second) = await MergedAsync();
        var desk = _harness.Desk.For(Inquiries.Manager);
        (await desk.For(Lee).ExecuteAsync(second, new Resolve("solved"))).Refusal!.Code.ShouldBe("approval.conflict");
        (await desk.ExecuteAsync(second, ToLee)).Refusal!.Code.ShouldBe("assignment.conflict");
        (await desk.ExecuteAsync(second, ToLee with { Owner = "ben" })).Refusal.ShouldBeNull("control");

        var view = (await desk.ViewAsync(second))!;
        var carried = view.Liabilities.ShouldHaveSingleItem();
        (carried.Staff, carried.Party, carried.Measure, carried.Of).ShouldBe(
            ("lee", "us", "coaching", (await desk.ViewAsync(first))!.Complaint.Number));
        SubjectWords.Of(view.Complaint, new("liability", "1"), Rulebook.BuiltIn, new Wording(CultureInfo.InvariantCulture))
            .ShouldContain(carried.Of!);
        view.History.Count(entry => entry.Event is LiabilityCarried).ShouldBe(1);
        (await _harness.Desk.ViewAsync(second))!.History.ShouldNotContain(entry => entry.Event is LiabilityCarried, "not for an agent");
        (await _harness.Desk.ViewAsync(second))!.Liabilities.ShouldBeEmpty();
    }

    [Fact]
    public async Task S065_X30_Who_is_liable_keeps_out_of_a_case_that_is_split_off_too()
    {
        var id = await _harness.FileAsync();
        await _harness.DoAsync(id, [new RaisePoint("The guard was rude."), Inquiries.Found]);
        var manager = _harness.Desk.For(Inquiries.Manager);
        (await manager.ExecuteAsync(id, Inquiries.Liable)).Refusal.ShouldBeNull();
        var split = (await _harness.Desk.SplitAsync(id, 2)).Value.Complaint;
        (await manager.ExecuteAsync(split, ToLee)).Refusal!.Code.ShouldBe("assignment.conflict");
        (await manager.For(Lee).ExecuteAsync(split, new Resolve("solved"))).Refusal!.Code.ShouldBe("approval.conflict");
        (await manager.ViewAsync(split))!.Liabilities.ShouldHaveSingleItem().Staff.ShouldBe("lee");
        (await _harness.Desk.ViewAsync(split))!.Liabilities.ShouldBeEmpty("not for an agent");
    }

    [Fact]
    public async Task S065_S116_The_steps_of_a_day_tell_nobody_who_keeps_out()
    {
        var id = await _harness.FileAsync();
        var tomorrow = _harness.Clock.GetCurrentInstant() + NodaTime.Duration.FromDays(1);
        await _harness.DoAsync(id, [Inquiries.Found, new PlanStep("investigation", "records", "amy", Due: tomorrow)]);
        (await _harness.Desk.For(Inquiries.Manager).ExecuteAsync(id, Inquiries.Liable)).Refusal.ShouldBeNull();
        var day = tomorrow.InZone(NodaTime.DateTimeZoneProviders.Tzdb["Asia/Shanghai"]).Date;
        var step = (await _harness.Desk.StepsAsync(new(day) { Person = "amy" }, Purpose.CaseWork)).Items.ShouldHaveSingleItem();
        step.Work.Row.NotFor.ShouldBeEmpty();
        (await _harness.Desk.For(Inquiries.Manager).StepsAsync(new(day) { Person = "amy" }, Purpose.CaseWork)).Items.Single()
            .Work.Row.NotFor.ShouldContain("lee", "the control: who may record it sees it");
    }

    [Fact]
    public async Task S065_What_is_carried_on_is_carried_once_and_recorded_anew_where_it_was_found()
    {
        var (_, second) = await MergedAsync();
        var third = await _harness.FileAsync(Drafts.Chinese(3));
        var manager = _harness.Desk.For(Inquiries.Manager);
        (await manager.ExecuteAsync(second, Inquiries.Liable)).Refusal!.Code.ShouldBe("finding.none", "the finding is in the merged case");
        await _harness.DoAsync(second, [Inquiries.Found]);
        (await manager.ExecuteAsync(second, Inquiries.Liable)).Refusal.ShouldBeNull();
        (await manager.ViewAsync(second))!.Liabilities.Select(liability => liability.Person is null).ShouldBe([true, false]);
        await _harness.DoAsync(second, [new Merge(third, "other", "The same.")]);
        (await manager.ViewAsync(third))!.Liabilities.ShouldHaveSingleItem().Number.ShouldBe(1, "of lee it is known");
    }

    [Theory]
    [InlineData("liable")]
    [InlineData("accused")]
    [InlineData("merged")]
    [InlineData("lead")]
    public void S065_X33_An_owner_who_keeps_out_leaves_the_case_as_by_any_hand_over_and_the_team_has_it(string why)
    {
        var situation = new Situation { Rules = Inquiries.Rules }.Do(new Register(Situation.Draft)).Do(Inquiries.Found)
            .Do(ToLee with { Owner = why == "lead" ? "kim" : "lee" });
        situation.Complaint!.Responsibility.Team.ShouldBeNull();
        if (why == "merged")
        {
            var other = Inquiries.LeeIsLiable();
            other.Do(new Merge(Situation.IdOf(9), "other", "The same."), referred: situation.Complaint with { Id = Situation.IdOf(9) });
            Take(situation, new AbsorbMerged(other.Complaint!.Id), Actor.System, other.Complaint with { Number = "2026-000009" });
        }
        else
            situation.Knowing(why == "accused" ? new AddParticipant("accused", Staff: "lee") : Inquiries.Liable, Inquiries.Manager);

        var events = situation.Decisions[^1].Events;
        var handed = events.OfType<HandedOver>().ShouldHaveSingleItem();
        (handed.Owner, handed.Team).ShouldBe((null, "chat"), "the team of whoever had it");
        var complaint = situation.Complaint!;
        (complaint.Responsibility.Owner, complaint.Responsibility.Team, complaint.Responsibility.HandOvers).ShouldBe((null, "chat", 2));
        WorkProjection.Of(complaint, Core.Sla.Clocks.Project(complaint, situation.Rules), situation.Rules)
            .ShouldContain(row => row.Work == "handle" && row.Person == null && row.Team == "chat", "the team gets the work");
        var told = handed.Details(situation.Rules).Select(detail => $"{detail.Label?.En} {(detail.Value as Label)?.En ?? detail.Value}");
        string.Join('\n', told).ShouldNotContain("iab");
        handed.Details(situation.Rules).ShouldContain(detail => detail.Label == Labels.Reason);
    }

    [Fact]
    public async Task X33_Whoever_may_not_see_liability_sees_a_hand_over_and_no_gap()
    {
        var id = await _harness.FileAsync();
        await _harness.DoAsync(id, [Inquiries.Found, new HandOver("lee", "chat", "expertise")]);
        (await _harness.Desk.For(Inquiries.Manager).ExecuteAsync(id, Inquiries.Liable)).Refusal.ShouldBeNull();

        var seen = (await _harness.Desk.ViewAsync(id))!;
        var last = seen.History[^1];
        last.Event.ShouldBeOfType<HandedOver>().Team.ShouldBe("chat");
        (last.Version, last.Index).ShouldBe((seen.Complaint.Version, 0), "the first thing that the command did");
        var refusal = (await _harness.Desk.ExecuteAsync(id, new HandOver("lee", null, "expertise"))).Refusal!;
        foreach (var culture in new[] { "en", "zh-CN" })
        {
            var said = refusal.In(CultureInfo.GetCultureInfo(culture));
            foreach (var hint in new[] { "liab", "fault", "involved", "责任", "当事人" })
                said.ShouldNotContain(hint, Case.Insensitive);
        }
    }

    private static void Take(Situation situation, ComplaintCommand command, Actor actor, Complaint referred) =>
        situation.Take(Complaint.Decide(
            situation.Complaint, command, situation.Context(actor) with { Referred = referred, Staff = Inquiries.Staff }));
}
