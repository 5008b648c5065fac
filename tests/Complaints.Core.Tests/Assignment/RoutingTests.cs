using System.Globalization;
using Complaints.Core.Assignment;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Core.Tests.Assignment;

/// <summary>A new case finds its team and its person in the commit that registers it.</summary>
public sealed class RoutingTests
{
    private const string Four =
        """
        { "id": "amy", "teams": ["first"], "skills": ["fridge"] }, { "id": "ben", "teams": ["first"], "skills": ["fridge"] },
        { "id": "cai", "teams": ["first"], "skills": ["fridge"] }, { "id": "dan", "teams": ["first"], "skills": ["fridge", "oven"] },
        { "id": "eve", "teams": ["first"], "skills": ["oven"] }, { "id": "fay", "teams": ["north"], "skills": ["fridge"] }
        """;

    [Fact]
    public async Task S036_The_first_row_that_fits_holds()
    {
        var office = await Office.OpenAsync(
            """
            { "when": { "category": ["service"] }, "team": "north" },
            { "when": { "category": ["service", "delivery"], "channel": ["phone"], "kind": ["complaint"] },
              "team": "first", "track": "manager" },
            { "team": "north" }
            """);

        var routed = (await office.RegisterAsync()).Responsibility;
        (routed.Owner, routed.Team, routed.Track, routed.HandOvers).ShouldBe((null, "first", HandlingTrack.Manager, 1));
        routed.Route.ShouldBe(new Route(2, 2));
        (await office.RegisterAsync(draft => draft with { Kind = "inquiry" })).Responsibility.Route!.Row.ShouldBe(3);
    }

    [Fact]
    public async Task S036_Without_a_row_that_fits_nobody_has_it()
    {
        var office = await Office.OpenAsync("""{ "when": { "channel": ["email"] }, "team": "first" }""");

        (await office.RegisterAsync()).Responsibility.ShouldBe(Responsibility.Nobody);
        (await (await Office.OpenAsync()).RegisterAsync()).Responsibility.ShouldBe(Responsibility.Nobody);
    }

    [Theory]
    [InlineData("kind", "complaint", "inquiry")]
    [InlineData("category", "delivery", "service")]
    [InlineData("subcategory", "wrong-item", "late")]
    [InlineData("area", "north", "south")]
    [InlineData("tier", "gold", "silver")]
    [InlineData("channel", "phone", "email")]
    [InlineData("priority", "p1", "p2")]
    public void S036_Every_condition_is_a_list_of_which_one_must_fit(string member, string fits, string fitsNot)
    {
        var facts = new RoutingFacts("complaint", "phone", "delivery", "wrong-item", "north", "gold", "p1");
        Row($"\"{fitsNot}\", \"{fits}\"").When.Fits(facts).ShouldBeTrue();
        Row($"\"{fitsNot}\"").When.Fits(facts).ShouldBeFalse();
        Row("").When.Fits(facts).ShouldBeTrue();

        RoutingRow Row(string codes) => AssignmentDefinitions.Routing
            .Parse($$"""{ "rows": [ { "team": "x", "when": { "{{member}}": [ {{codes}} ] } } ] }""").Rows[0];
    }

    [Theory]
    [InlineData("goal")]
    [InlineData("signal")]
    public async Task S045_What_nothing_emits_yet_is_taken_and_fits_nothing(string member)
    {
        var office = await Office.OpenAsync($$"""{ "when": { "{{member}}": ["anything"] }, "team": "first" }, { "team": "north" }""");

        (await office.RegisterAsync()).Responsibility.Route!.Row.ShouldBe(2);
    }

    [Fact]
    public async Task S037_Area_north_goes_to_team_north_and_an_area_that_is_none_is_refused()
    {
        var office = await Office.OpenAsync("""{ "when": { "area": ["north"] }, "team": "north" }, { "team": "first" }""", Four);

        var north = await office.RegisterAsync(draft => draft with { Area = "north" });
        (north.Responsibility.Team, north.Responsibility.Owner, north.Receipt.Area).ShouldBe(("north", "fay", "north"));
        (await office.RegisterAsync(draft => draft with { Area = "south" })).Responsibility.Team.ShouldBe("first");
        var listed = await office.Harness.Desk.ListAsync(new() { Area = "north" });
        listed.Items.ShouldHaveSingleItem().Id.ShouldBe(north.Id);

        var unknown = (await office.Harness.Desk.RegisterAsync(Situation.Draft with { Area = "west" }))
            .Refusal!.Details.ShouldHaveSingleItem();
        (unknown.Code, unknown.Data["field"]).ShouldBe(("code.unknown", "area"));
        unknown.In(Office.Chinese).ShouldContain("片区");
        unknown.In(Office.Chinese).ShouldContain("北片区");
    }

    [Fact]
    public void S037_Where_the_organisation_names_no_areas_any_short_code_is_one()
    {
        Situation.Registered(Situation.Draft with { Area = "block-7" }).Complaint!.Receipt.Area.ShouldBe("block-7");
        var decision = new Situation().Try(new Register(Situation.Draft with { Area = new string('x', 101) }));
        decision.Refusal!.Details.ShouldHaveSingleItem().Code.ShouldBe("text.too_long");
    }

    [Fact]
    public async Task S038_A_hundred_cases_over_four_skilled_people_differ_by_at_most_one()
    {
        var office = await Office.OpenAsync("""{ "team": "first", "skill": "fridge" }""", Four);

        var owners = new List<string>();
        for (var i = 0; i < 100; i++)
            owners.Add((await office.RegisterAsync()).Responsibility.Owner!);

        var loads = owners.CountBy(owner => owner).ToDictionary();
        loads.Keys.Order().ShouldBe(["amy", "ben", "cai", "dan"]);
        (loads.Values.Max() - loads.Values.Min()).ShouldBeLessThanOrEqualTo(1);
        owners.Take(4).ShouldBe(["amy", "ben", "cai", "dan"]);
    }

    [Fact]
    public async Task S038_What_has_ended_is_no_load_any_more()
    {
        var office = await Office.OpenAsync("""{ "team": "first", "skill": "oven" }""", Four);
        var first = await office.RegisterAsync();
        (await office.RegisterAsync()).Responsibility.Owner.ShouldBe("eve");
        await office.Harness.DoAsync(first.Id, [new Withdraw("customer-withdraws")]);

        (await office.RegisterAsync()).Responsibility.Owner.ShouldBe(first.Responsibility.Owner);
    }

    [Fact]
    public async Task S038_Eight_at_once_on_two_desks_differ_by_at_most_eight()
    {
        var ports = StorePorts.Of(new InMemoryComplaintStore());
        var one = await Office.OpenAsync("""{ "team": "first", "skill": "fridge" }""", Four, ports: ports, ids: new UuidV7Generator());
        var other = new DeskHarness(ports, one.Harness.Clock, new UuidV7Generator());

        var desks = Enumerable.Range(0, 8).Select(i => i % 2 == 0 ? one.Harness.Desk : other.Desk);
        var results = await Task.WhenAll(desks.Select(desk => Task.Run(() => desk.RegisterAsync(Situation.Draft))));
        results.ShouldAllBe(result => result.IsSuccess);
        var page = await one.Harness.Desk.ListAsync(new());
        page.Items.Length.ShouldBe(8);
        page.Items.ShouldAllBe(item => item.Owner != null);
        Spread(page.Items.Select(item => item.Owner!)).ShouldBeLessThanOrEqualTo(8);
    }

    private static int Spread(IEnumerable<string> owners)
    {
        var loads = new[] { "amy", "ben", "cai", "dan" }.Select(person => owners.Count(owner => owner == person)).ToList();
        return loads.Max() - loads.Min();
    }

    [Fact]
    public async Task S036_The_history_says_which_row_it_was_in_words_and_no_code()
    {
        var office = await Office.OpenAsync(
            """{ "when": { "channel": ["email"] }, "team": "north" }, { "team": "first", "track": "agent", "skill": "oven" }""", Four);
        var complaint = await office.RegisterAsync();

        var english = await office.SaidAsync(complaint, CultureInfo.InvariantCulture);
        english.ShouldBe(new Dictionary<string, string>
        {
            ["Owner"] = "<dan>", ["Team"] = "First line", ["Track"] = "agent track", ["Assigned by"] = "row 2 of the routing, version 2",
        });
        var chinese = await office.SaidAsync(complaint, Office.Chinese);
        chinese.ShouldBe(new Dictionary<string, string>
        {
            ["负责人"] = "<dan>", ["团队"] = "一线", ["处理流程"] = "座席流程", ["分派依据"] = "分派规则第 2 行（版本 2）",
        });
    }

    [Fact]
    public async Task S044_Somebody_who_hands_it_over_ends_the_route_and_keeps_the_track()
    {
        var office = await Office.OpenAsync("""{ "team": "first", "track": "agent" }""", Four);
        var complaint = await office.RegisterAsync();
        await office.Harness.DoAsync(complaint.Id, [new HandOver("eve", null, "expertise")]);

        var after = (await office.Harness.Desk.ViewAsync(complaint.Id))!.Complaint.Responsibility;
        (after.Owner, after.Team, after.Track, after.Route).ShouldBe(("eve", "first", HandlingTrack.Agent, null));
        await office.Harness.DoAsync(complaint.Id, [new HandOver("eve", null, "expertise", Track: HandlingTrack.Manager)]);
        after = (await office.Harness.Desk.ViewAsync(complaint.Id))!.Complaint.Responsibility;
        (after.Owner, after.Track, after.HandOvers).ShouldBe(("eve", HandlingTrack.Manager, 3));
    }

    [Fact]
    public async Task S036_An_assigned_case_waits_for_its_first_contact_as_one_that_was_handed_over()
    {
        var office = await Office.OpenAsync("""{ "team": "first" }""", Four);
        var complaint = await office.RegisterAsync(draft => draft with { Channel = "email" });

        (complaint.Responsibility.Since, complaint.Version).ShouldBe((office.Harness.Clock.GetCurrentInstant(), 1));
        (await office.Harness.Desk.ViewAsync(complaint.Id))!.History.Count(entry => entry.Type == "handed-over").ShouldBe(1);
    }

    [Fact]
    public async Task S036_The_same_command_sent_twice_is_assigned_once()
    {
        var office = await Office.OpenAsync("""{ "team": "first" }""", Four);
        var options = new CommandOptions { CommandId = new CommandId(new Guid(7, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 1)) };
        var first = await office.Harness.Desk.RegisterAsync(Situation.Draft, options);
        var again = await office.Harness.Desk.RegisterAsync(Situation.Draft, options);

        (again.Repeated, again.Value.Complaint).ShouldBe((true, first.Value.Complaint));
        (await office.Harness.Desk.ListAsync(new())).Items.ShouldHaveSingleItem().Owner.ShouldBe("amy");
    }
}
