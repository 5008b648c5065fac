using Complaints.Core.Contact;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;

namespace Complaints.Core.Tests.Lifecycle;

/// <summary>Gates: what must be there before a step, announced beforehand.</summary>
public sealed class GateTests
{
    private static readonly CommandName Start = new("start-investigation");

    [Fact]
    public void S019_An_investigation_waits_until_the_matter_was_said_back()
    {
        var situation = Under("""
            {"before":"start-investigation","needs":["check:understanding/matter","check:understanding/expectation"]}
            """);
        var refused = situation.Try(new StartInvestigation());
        refused.Refusal!.Code.ShouldBe("gate.missing");
        refused.Events.ShouldBeEmpty();
        Words(refused.Refusal, "en").ShouldBe(
            "Before this, there must be: Did we understand: Matter said back and confirmed, "
            + "Did we understand: Expectation asked and said back.");
        Words(refused.Refusal, "zh-CN").ShouldBe("此前须具备：诉求确认：已复述并确认问题、诉求确认：已询问并确认期望。");
        var announced = situation.Complaint!.PermittedCommands(situation.Context()).Single(one => one.Name == Start);
        Words(announced.Refusal!, "en").ShouldBe(Words(refused.Refusal, "en"));
        situation.Complaint.PermittedNames(situation.Context()).ShouldNotContain(Start);

        situation.Do(new RecordCheck("understanding", ["matter"])).Do(new RecordCheck("understanding", ["expectation"],
            CheckOutcome.Failed));
        Words(situation.Try(new StartInvestigation()).Refusal!, "en").ShouldBe(
            "Before this, there must be: Did we understand: Expectation asked and said back.");
        situation.Do(new RecordCheck("understanding", ["expectation"], CheckOutcome.NotApplicable)).Do(new StartInvestigation());
        situation.Complaint!.State.ShouldBe(ComplaintState.Investigating);
    }

    [Fact]
    public void S018_A_whole_list_is_its_required_items()
    {
        var situation = Under("""{"before":"propose","needs":["check:identity"]}""");
        Words(situation.Try(new Propose(["exchange"])).Refusal!, "zh-CN").ShouldBe("此前须具备：身份核实。");
        situation.Do(new RecordCheck("identity", ["name", "reachable"])).Try(new Propose(["exchange"])).Refusal.ShouldBeNull();
    }

    [Fact]
    public void S025_A_remedy_may_wait_for_evidence_of_a_kind()
    {
        var situation = Under("""{"before":"propose","needs":["evidence:receipt"]}""").Do(new AddEvidence("photo", "a.jpg", $"{1:x64}", 1,
            "image/jpeg"));
        Words(situation.Try(new Propose(["exchange"])).Refusal!, "en")
            .ShouldBe("Before this, there must be: evidence: Invoice or receipt.");
        situation.Do(new AddEvidence("receipt", "a.pdf", $"{2:x64}", 1,
            "application/pdf")).Try(new Propose(["exchange"])).Refusal.ShouldBeNull();
    }

    [Fact]
    public void S041_A_remedy_may_wait_until_every_point_is_judged()
    {
        var situation = Under("""{"before":"propose","needs":["points-judged"]}""").Do(new RaisePoint("Rude."));
        var judged = new DecideValidity("partly-established", "sufficient", "reasonable", "other", 1, Remark: "Half.");
        situation.Do(judged).Try(new Propose(["exchange"])).Refusal!.Code.ShouldBe("gate.missing");
        situation.Do(judged with { Point = 2 }).Try(new Propose(["exchange"])).Refusal.ShouldBeNull();
    }

    [Fact]
    public void S066_A_remedy_may_wait_for_a_cause_or_for_why_nothing_was_investigated()
    {
        var gated = Under("""{"before":"propose","needs":["cause"]}""");
        gated.Do(new RecordFinding("So it was.", FaultParty.Customer));
        gated.Try(new Propose(["exchange"])).Refusal!.Code.ShouldBe("gate.missing");
        gated.Do(new RecordFinding("Loaded wrongly.", FaultParty.Us, ["communication"]));
        gated.Try(new Propose(["exchange"])).Refusal.ShouldBeNull();
        Under("""{"before":"propose","needs":["cause"]}""").Do(new RecordFinding(NotInvestigated: "no-details"))
            .Try(new Propose(["exchange"])).Refusal.ShouldBeNull();
    }

    [Fact]
    public void S042_A_row_is_for_the_complaints_and_outcomes_that_it_names()
    {
        var situation = Under("""{"before":"start-investigation","needs":["points-judged"],"when":{"categories":["service"]}}""");
        situation.Try(new StartInvestigation()).Refusal.ShouldBeNull();
        situation.Do(new Core.Classification.Classify("service")).Try(new StartInvestigation()).Refusal!.Code.ShouldBe("gate.missing");

        situation = Under("""{"before":"close","needs":["result-notified","no-dissatisfied"],"outcomes":["explained"]}""");
        situation.Do(new Resolve("explained", "Told.", ConfirmedInCall: true)).Try(new Close()).Refusal!.Code.ShouldBe("gate.missing");
        situation.Do(new NotifyResult("phone", "Told.")).Try(new Close()).Refusal.ShouldBeNull();
        situation = Under("""{"before":"close","needs":["result-notified"],"outcomes":["explained"]}""")
            .Do(new Resolve("solved", ConfirmedInCall: true));
        situation.Try(new Close()).Refusal.ShouldBeNull();
    }

    [Fact]
    public void S091_What_the_command_itself_asks_for_is_said_first_and_no_gate_opens_it()
    {
        var situation = Under("""{"before":"close","needs":["points-judged"]}""").Do(new Resolve("solved"));
        situation.Try(new Close()).Refusal!.Code.ShouldBe("close.unconfirmed");
        situation = Under("""{"before":"start-investigation","needs":["points-judged"]}""");
        situation.Try(new StartInvestigation(), new Actor("eve", Role.Department)).Refusal!.Code.ShouldBe("authority.role");
        situation.Do(new Withdraw("other", "Found it.")).Try(new StartInvestigation()).Refusal!.Code.ShouldBe("lifecycle.not_permitted");
    }

    [Fact]
    public void S019_In_a_sequence_the_check_before_opens_the_gate()
    {
        var situation = Under("""{"before":"start-investigation","needs":["check:understanding/matter"]}""");
        situation.Do(new Sequence([new RecordCheck("understanding", ["matter"]), new StartInvestigation()]));
        situation.Complaint!.State.ShouldBe(ComplaintState.Investigating);
    }

    [Fact]
    public void S019_What_an_older_program_does_not_know_keeps_the_gate_shut()
    {
        var situation = Under("""{"before":"start-investigation","needs":["moon-phase"]}""");
        situation.Try(new StartInvestigation()).Refusal!.Code.ShouldBe("gate.missing");
    }

    [Theory]
    [InlineData("""{"before":"start-investigation","needs":["moon-phase"]}""", "definition.missing")]
    [InlineData("""{"before":"start-investigation","needs":["check:made-up"]}""", "definition.missing")]
    [InlineData("""{"before":"start-investigation","needs":["check:identity/made-up"]}""", "definition.missing")]
    [InlineData("""{"before":"start-investigation","needs":["evidence:made-up"]}""", "definition.missing")]
    [InlineData("""{"before":"start-investigation","needs":[]}""", "definition.empty")]
    [InlineData("""{"before":"jump","needs":["points-judged"]}""", "definition.missing")]
    [InlineData("""{"before":"fire-clocks","needs":["points-judged"]}""", "definition.missing")]
    [InlineData("""{"before":"register","needs":["points-judged"]}""", "definition.missing")]
    [InlineData("""{"before":"close","needs":["points-judged"],"outcomes":["made-up"]}""", "definition.missing")]
    [InlineData("""{"before":"close","needs":["points-judged"],"when":{"categories":["made-up"]}}""", "definition.missing")]
    public void S020_A_gate_that_makes_no_sense_is_not_published(string row, string code) =>
        DefinitionKinds.Check("gates", "default", $$"""{"rows":[{{row}}]}""", Rulebook.BuiltIn)!.Details.ShouldHaveSingleItem().Code
            .ShouldBe(code);

    [Fact]
    public void S020_A_hundred_rows_are_enough()
    {
        var rows = string.Join(',', Enumerable.Repeat("""{"before":"close","needs":["points-judged"]}""", 101));
        DefinitionKinds.Check("gates", "default", $$"""{"rows":[{{rows}}]}""", Rulebook.BuiltIn)!.Details.ShouldHaveSingleItem().Code
            .ShouldBe("number.out_of_range");
    }

    private static Situation Under(string row) => new Situation
    {
        Rules = Rulebook.From([new(TenantId.Default, "gates", "default", 2, $$"""{"rows":[{{row}}]}""", default, "test")]),
    }.Do(new Register(Situation.Draft));

    private static string Words(ComplaintError error, string culture) =>
        new Wording(System.Globalization.CultureInfo.GetCultureInfo(culture)).Say(error);
}
