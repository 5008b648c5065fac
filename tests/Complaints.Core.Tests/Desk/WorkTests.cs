using System.Collections.Immutable;
using Complaints.Core.Assignment;
using Complaints.Core.FollowUp;
using Complaints.Core.Improvements;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Core.Tests.Desk;

/// <summary>What waits for whom follows from where a case stands, and is found by whoever has it.</summary>
public sealed class WorkTests
{
    private readonly DeskHarness _harness = new();

    private ComplaintDesk Desk => _harness.Desk;

    private async Task<ImmutableArray<string>> WorkOfAsync(Actor actor, WorkQuery? query = null) =>
        [.. (await Desk.For(actor).WorkAsync(query ?? new())).Items.Select(item => $"{item.Row.Work} {item.Row.Subject}".TrimEnd())];

    private Task<ComplaintState> DoAsync(ComplaintId id, params ComplaintCommand[] commands) => _harness.DoAsync(id, commands);

    private async Task<ComplaintId> ProposedAsync(decimal cost)
    {
        var id = await _harness.FileAsync();
        await DoAsync(id, new HandOver("amy", "north", "expertise"), new StartInvestigation("Look."),
            new Propose(["compensation"], "Money.", cost), new RequestApproval(1));
        return id;
    }

    [Fact]
    public async Task A_case_of_nobody_waits_for_whoever_hands_over_until_somebody_has_it()
    {
        var id = await _harness.FileAsync();
        (await WorkOfAsync(DeskHarness.Supervisor)).ShouldBe(["assign"]);
        (await WorkOfAsync(new Actor("eve", Role.Quality))).ShouldBeEmpty("quality hands nothing over");
        await DoAsync(id, new HandOver(null, "north", "expertise"));
        (await WorkOfAsync(DeskHarness.Supervisor)).ShouldBeEmpty();
        (await WorkOfAsync(new Actor("cai", Role.Agent) { Teams = ["north"] })).ShouldBe(["handle"]);
        await DoAsync(id, new HandOver("ben", null, "expertise"));
        (await WorkOfAsync(new Actor("cai", Role.Agent) { Teams = ["north"] })).ShouldBeEmpty("ben has taken it");
        (await WorkOfAsync(new Actor("ben", Role.Agent), new() { Mine = true })).ShouldBe(["handle"]);
    }

    [Fact]
    public async Task An_approval_waits_for_who_may_and_did_not_ask_and_goes_with_the_answer()
    {
        var id = await ProposedAsync(1_500);
        (await WorkOfAsync(DeskHarness.Supervisor)).ShouldBe(["approve approval/1"]);
        (await WorkOfAsync(DeskHarness.Agent)).ShouldBeEmpty("the owner waits for the answer, and nobody approves what is one's own");
        (await WorkOfAsync(new Actor("amy", Role.Supervisor))).ShouldBeEmpty("amy asked");
        (await WorkOfAsync(new Actor("sun", Role.Supervisor) { OnBehalfOf = "amy" })).ShouldBeEmpty("for amy, who asked");
        (await Desk.For(DeskHarness.Supervisor).ExecuteAsync(id, new Approve(1))).IsSuccess.ShouldBeTrue();
        (await WorkOfAsync(DeskHarness.Supervisor)).ShouldBeEmpty();
        (await WorkOfAsync(DeskHarness.Agent)).ShouldBe(["consent proposal/1"]);
    }

    [Fact]
    public async Task S057_What_exceeds_an_authority_waits_for_a_higher_one()
    {
        await ProposedAsync(1_999.99m);
        await ProposedAsync(2_000.01m);
        (await WorkOfAsync(DeskHarness.Supervisor)).Length.ShouldBe(1);
        (await WorkOfAsync(new Actor("mia", Role.Manager))).Length.ShouldBe(2);
        (await WorkOfAsync(DeskHarness.Administrator, new() { Role = Role.Supervisor })).Length.ShouldBe(1, "asked for by the role");
    }

    [Fact]
    public async Task Whoever_is_permitted_from_today_finds_todays_work()
    {
        await ProposedAsync(100);
        var quality = new Actor("qi", Role.Quality, "checker");
        (await WorkOfAsync(quality)).ShouldBeEmpty();
        await PublishAsync("\"permissions\": {\"approve\": [\"checker\"]}, \"authority\": {\"checker\": 100}");
        (await WorkOfAsync(quality)).ShouldBe(["approve approval/1"], "no row was written anew");
        (await WorkOfAsync(DeskHarness.Supervisor)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Promises_call_backs_and_what_the_customer_wrote_wait_with_their_due_instants()
    {
        var id = await _harness.FileAsync(Drafts.Chinese() with { Channel = "letter" });
        await DoAsync(id, new HandOver("amy", null, "expertise"));
        var mine = (await Desk.WorkAsync(new() { Mine = true })).Items;
        mine.Select(item => item.Row.Work).ShouldBe(["call-back"], "before anything else");
        mine[0].Row.Due.ShouldNotBeNull();
        await DoAsync(id, new RecordInteraction(Direction.Outbound, "phone"));
        await DoAsync(id, new MakeCommitment("A call on Friday.", _harness.Clock.GetCurrentInstant() + Duration.FromDays(2), "ben"));
        (await WorkOfAsync(DeskHarness.Agent, new() { Mine = true })).ShouldBe(["handle"]);
        (await WorkOfAsync(new Actor("ben", Role.Agent), new() { Mine = true })).ShouldBe(["promise commitment/1"]);
        await DoAsync(id, new RecordInteraction(Direction.Inbound, "email", Summary: "Where is it?"));
        var answer = (await Desk.WorkAsync(new() { Mine = true })).Items.ShouldHaveSingleItem();
        (answer.Row.Work, answer.Number).ShouldBe(("customer-wrote", "2026-000001"));
        answer.Row.Due.ShouldNotBeNull();
    }

    [Fact]
    public async Task S104_A_solved_case_waits_for_the_news_the_visit_and_the_end_also_when_it_is_closed()
    {
        var id = await _harness.FileAsync();
        await DoAsync(id, new HandOver("amy", null, "expertise"), new RecordInteraction(Direction.Outbound, "phone"),
            new Resolve("solved", "Sent.", ConfirmedInCall: true));
        (await WorkOfAsync(DeskHarness.Agent)).ShouldBe(["notify", "visit"], ignoreOrder: true);
        await DoAsync(id, new NotifyResult("phone"));
        (await WorkOfAsync(DeskHarness.Agent)).ShouldBe(["close", "visit"], ignoreOrder: true);
        await DoAsync(id, new Close());
        (await WorkOfAsync(DeskHarness.Agent)).ShouldBe(["visit"]);
        await DoAsync(id, new RecordInteraction(Direction.Inbound, "email", Summary: "It broke again."));
        (await WorkOfAsync(DeskHarness.Agent)).ShouldBe(["customer-wrote", "visit"], ignoreOrder: true);
        await DoAsync(id, new RecordVisit("phone", Reached: true, Satisfied: true));
        (await WorkOfAsync(DeskHarness.Agent)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_hold_waits_for_its_review_and_a_review_for_its_decision()
    {
        var id = await _harness.FileAsync();
        await DoAsync(id, new HandOver("amy", null, "expertise"), new PlaceOnHold("parts", ReviewOn: new LocalDate(2026, 9, 20)));
        var hold = (await Desk.WorkAsync(new())).Items.ShouldHaveSingleItem().Row;
        (hold.Work, hold.Subject, hold.Person).ShouldBe(("hold", new Subject("hold", "parts"), "amy"));
        hold.Due.ShouldBe(Instant.FromUtc(2026, 9, 19, 16, 0), "where that day begins in Shanghai, before the hold's own limit");
        await DoAsync(id, new ReleaseHold("parts"), new Resolve("solved", "Done."), new NotifyResult("phone"), new RequestReview("phone"));
        (await WorkOfAsync(DeskHarness.Supervisor)).ShouldBe(["review-request"]);
        (await WorkOfAsync(DeskHarness.Agent)).ShouldBe(["visit"], "nothing is closed while a review is asked for");
    }

    [Fact]
    public async Task An_improvements_actions_wait_for_their_owners()
    {
        var improvements = Desk.For(DeskHarness.Supervisor).Improvements;
        var boxes = new OpenImprovement("systemic-issue", "Boxes break.", Department: "logistics");
        var opened = (await improvements.OpenAsync(boxes)).Improvement!;
        (await WorkOfAsync(DeskHarness.Supervisor, new() { Mine = true })).ShouldBe(["steer"]);
        var due = _harness.Clock.GetCurrentInstant() + Duration.FromDays(5);
        (await improvements.ExecuteAsync(opened.Id, new PlanAction("corrective", "Buy better ones.", due, "ben"))).IsSuccess.ShouldBeTrue();
        (await WorkOfAsync(DeskHarness.Supervisor, new() { Mine = true })).ShouldBeEmpty();
        var item = (await Desk.For(new Actor("ben", Role.Department)).WorkAsync(new())).Items.ShouldHaveSingleItem();
        (item.Of, item.Number, item.Row.Work, item.Row.Due).ShouldBe((AggregateId.Of(opened.Id), opened.Number, "action", due));
    }

    [Fact]
    public async Task S061_A_department_has_the_work_of_its_teams_and_who_sees_no_cases_what_was_given_by_name()
    {
        var id = await _harness.FileAsync();
        await DoAsync(id, new HandOver("dora", "repair", "expertise"));
        await DoAsync(await _harness.FileAsync(Drafts.English(2)), new HandOver(null, "repair", "expertise"));
        var department = new Actor("dora", Role.Department) { Teams = ["repair"] };
        await DoAsync(await _harness.FileAsync(Drafts.English(3)), new HandOver(null, "sales", "expertise"));
        (await WorkOfAsync(department)).ShouldBe(["handle", "handle"]);
        (await WorkOfAsync(department, new() { Team = "repair" })).ShouldBe(["handle"]);
        (await WorkOfAsync(department, new() { Team = "sales" })).ShouldBeEmpty("it is none of its teams");
        (await WorkOfAsync(department with { Roles = [] })).ShouldBe(["handle"], "only in person");
        (await WorkOfAsync(department with { Roles = [] }, new() { Team = "repair" })).ShouldBeEmpty();
        (await WorkOfAsync(new Actor("eve", ImmutableArray<string>.Empty), new() { Role = Role.Supervisor })).ShouldBeEmpty();
        (await Desk.For(new Actor("eve", ImmutableArray<string>.Empty)).WorkCountsAsync(new() { Team = "repair" })).Total.ShouldBe(0);
    }

    [Fact]
    public async Task Counts_say_how_much_and_how_much_is_late()
    {
        await DoAsync(await _harness.FileAsync(), new HandOver("amy", null, "expertise"));
        await DoAsync(await _harness.FileAsync(Drafts.English(2)), new HandOver("amy", null, "expertise"));
        (await Desk.WorkCountsAsync(new() { Mine = true })).ShouldSatisfyAllConditions(
            counts => counts.Total.ShouldBe(2), counts => counts.Overdue.ShouldBe(0), counts => counts.IsMore.ShouldBeFalse());
        _harness.Clock.Advance(Duration.FromDays(30));
        (await Desk.WorkCountsAsync(new() { Mine = true })).Overdue.ShouldBe(2);
        (await Desk.WorkAsync(new() { Mine = true, DueBefore = _harness.Clock.GetCurrentInstant() })).Items.Length.ShouldBe(2);
    }

    [Fact]
    public async Task Pages_go_on_where_they_ended_also_over_text()
    {
        for (var i = 0; i < 5; i++)
            await DoAsync(await _harness.FileAsync(Drafts.English(i)), new HandOver("amy", null, "expertise"));
        var seen = new List<string>();
        for (var query = new WorkQuery { Mine = true, Take = 2 }; ;)
        {
            var page = await Desk.WorkAsync(query);
            seen.AddRange(page.Items.Select(item => item.Number!));
            if (page.Next is not { } next)
                break;
            Core.Storage.WorkPosition.TryParse(next.ToString(), "after", out var place, out _).ShouldBeTrue();
            query = query with { After = place };
        }
        seen.Count.ShouldBe(5);
        seen.Distinct().Count().ShouldBe(5);
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("2026")]
    [InlineData("OTk5OTk5OTk5OTk5OTk5OTk5OTkKMDAK")]
    public void A_place_that_is_none_is_refused_with_its_field(string text)
    {
        Core.Storage.WorkPosition.TryParse(text, "after", out _, out var problem).ShouldBeFalse();
        problem!.Code.ShouldBe("text.format");
    }

    [Fact]
    public async Task A_query_has_bounds_and_knows_its_sorts()
    {
        await Should.ThrowAsync<ArgumentException>(async () => await Desk.WorkAsync(new() { Take = 501 }));
        await Should.ThrowAsync<ArgumentException>(async () => await Desk.WorkAsync(new() { Team = new string('x', 101) }));
        (await Should.ThrowAsync<ArgumentException>(async () => await Desk.WorkAsync(new() { Works = ["dance"] })))
            .Message.ShouldContain("code.unknown");
        Vocabulary.Works.ShouldAllBe(work => work.Label.Zh.Any(letter => letter > 0x4e00));
    }

    private async Task PublishAsync(string members)
    {
        var json = Core.Definitions.BuiltIns.All.Single(definition => definition.Kind == "tenant").Json.TrimEnd().TrimEnd('}').TrimEnd();
        (await _harness.Definitions.PublishAsync(
            TenantId.Default, "tenant", "default", $"{json},\n{members}}}", DeskHarness.Administrator, default)).Refusal.ShouldBeNull();
        _harness.Clock.Advance(Duration.FromSeconds(31));
    }
}
