using System.Globalization;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Lifecycle;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Core.Tests.Investigation;

/// <summary>Findings: cause and fault by the tenant's tree, or why nothing was investigated.</summary>
public sealed class FindingTests
{
    private static readonly Wording Chinese = new(CultureInfo.GetCultureInfo("zh-CN"));

    [Theory]
    [InlineData("S067", "production-oversight", "design-defect", "staff-training", "staff-attitude", "logistics-partner", "outside-events")]
    [InlineData("S068", "product-knowledge", "communication", "adaptability")]
    [InlineData("S069", "system-crash", "ageing-equipment", "unstable-network")]
    [InlineData("S070", "long-waiting", "mishandled-complaint", "understaffing")]
    public void S067_S068_S069_S070_The_causes_of_the_sources_are_there_in_both_languages(string row, params string[] causes)
    {
        var branch = Rulebook.BuiltIn.Causes.Causes.Single(upper => upper.Causes.Any(cause => cause.Code == causes[0]));
        branch.Causes.Select(cause => cause.Code).ShouldBe(causes, row);
        branch.Causes.ShouldAllBe(cause => cause.Label.En != cause.Label.Zh);
        var situation = Situation.Registered().Do(new RecordFinding("It is so.", FaultParty.Us, [.. causes, branch.Code]));
        situation.Complaint!.Inquiry.Findings[0].Causes.ShouldBe([.. causes, branch.Code]);
        SubjectWords.Of(situation.Complaint, new("finding", "1"), situation.Rules, Chinese).ShouldContain(
            $"{branch.Label.Zh} / {branch.Causes[0].Label.Zh}");
    }

    [Fact]
    public void S066_Each_party_may_be_at_fault()
    {
        foreach (var party in new[] { FaultParty.Us, FaultParty.Customer, FaultParty.ThirdParty, FaultParty.ForceMajeure,
            FaultParty.Shared })
            Situation.Registered().Do(new RecordFinding("It is so.", party)).Complaint!.Inquiry.Findings[0].Fault.ShouldBe(party);
    }

    [Fact]
    public void S062_A_finding_is_about_the_points_that_it_names_or_all_open_ones_and_judges_none()
    {
        var situation = Situation.Registered().Do(new RaisePoint("Rude.")).Do(new RaisePoint("Late.")).Do(new DropPoint(2,
            PointDrop.Withdrawn))
            .Do(Inquiries.Found).Do(Inquiries.Found with { Points = [3, 1, 3] }).Do(Inquiries.Found with { Points = [3] });
        situation.Complaint!.Inquiry.Findings.Select(finding => string.Join(',', finding.Points)).ShouldBe(["1,3", "1,3", "3"]);
        situation.Complaint.Points.ShouldAllBe(point => point.Validity == null);
        situation.Complaint.State.ShouldBe(ComplaintState.Registered);
        situation.Decisions[^1].Events.ShouldContain(happened => happened.Made == new Subject("finding", "3"));
        situation.Try(Inquiries.Found with { Points = [1, 2] }).Refusal!.Code.ShouldBe("point.not_found");
        situation.Try(Inquiries.Found with { Points = [9] }).Refusal!.Code.ShouldBe("point.not_found");
    }

    [Fact]
    public void X41_Not_investigated_says_why_and_names_the_earlier_case_where_that_settled_it()
    {
        var situation = Situation.Registered();
        var earlier = situation.Complaint! with { Id = Situation.IdOf(9), Number = "2026-000009" };
        var settled = new RecordFinding(NotInvestigated: "settled-before");
        situation.Try(settled).Refusal!.Code.ShouldBe("finding.similar_missing");
        situation.Try(settled with { Similar = earlier.Id }).Refusal!.Code.ShouldBe("finding.similar_missing", "no such case");
        situation.Try(settled with { Similar = situation.Complaint.Id }, referred: situation.Complaint).Refusal!.Code
            .ShouldBe("finding.similar_missing", "itself");
        var later = earlier with { Receipt = earlier.Receipt with { ReceivedAt = earlier.Receipt.ReceivedAt + Duration.FromTicks(10) } };
        situation.Try(settled with { Similar = earlier.Id }, referred: later).Refusal!.Code.ShouldBe("finding.similar_missing", "later");
        situation.Try(Inquiries.Found with { Similar = earlier.Id }, referred: earlier).Refusal!.Code.ShouldBe("finding.similar_missing",
            "it was investigated");
        situation.Do(settled with { Similar = earlier.Id }, referred: earlier).Do(new RecordFinding("Anonymous.",
            NotInvestigated: "no-details"));
        situation.Complaint.Inquiry.Findings.ShouldBe(
            [new(1, [1], [], NotInvestigated: "settled-before", Similar: earlier.Id), new(2, [1], [], NotInvestigated: "no-details")]);
        SubjectWords.Of(situation.Complaint, new("finding", "1"), situation.Rules, Chinese).ShouldBe("1. 诉求点 1 · 未调查原因 同类问题已有结论");
    }

    [Fact]
    public void S062_What_is_no_finding_is_refused_and_changes_nothing()
    {
        var situation = Situation.Registered();
        foreach (var (finding, code) in new (RecordFinding, string)[]
        {
            (new(), "finding.no_fault"), (new("It is so."), "finding.no_fault"), (new(" ", FaultParty.Us), "text.required"),
            (new(null, FaultParty.Us), "text.required"), (new("a", "fate"), "code.unknown"), (new("a", FaultParty.Us, ["karma"]),
            "cause.unknown"),
            (new("a", FaultParty.Us, [" "]), "text.required"), (new("a", FaultParty.Us, [.. Enumerable.Repeat("communication", 21)]),
            "number.out_of_range"),
            (new(NotInvestigated: "no-details", Fault: FaultParty.Us), "finding.contradiction"),
            (new(NotInvestigated: "no-details", Causes: ["communication"]), "finding.contradiction"),
            (new(NotInvestigated: "laziness"), "code.unknown"), (new(new string('字', 20_000), FaultParty.Us), "text.too_long"),
            (new("a", FaultParty.Us, Points: [.. Enumerable.Range(1, 51)]), "number.out_of_range"), (new("a", FaultParty.Us, Points: [0]),
            "point.not_found"),
        })
        {
            var decision = situation.Try(finding);
            decision.Refusal!.Code.ShouldBe(code);
            (decision.Events.Length, ReferenceEquals(decision.Next, situation.Complaint)).ShouldBe((0, true));
        }
        situation.Try(Inquiries.Found, new("dora", Role.Department)).Refusal!.Code.ShouldBe("authority.role");
        situation.Try(Inquiries.Found, Inquiries.Quality).Refusal.ShouldBeNull();
    }

    [Fact]
    public void S062_A_fifty_first_finding_is_refused_and_that_is_said_beforehand()
    {
        var situation = Situation.Registered();
        for (var i = 0; i < 50; i++)
            situation.Do(Inquiries.Found);
        situation.Try(Inquiries.Found).Refusal!.Code.ShouldBe("finding.too_many");
        situation.Complaint!.PermittedNames(situation.Context()).ShouldNotContain(new CommandName("record-finding"));
    }

    [Fact]
    public void S067_Causes_and_fault_are_counted_for_reports()
    {
        var situation = Situation.Registered().Do(Inquiries.Found).Do(Inquiries.Found with { Causes = ["communication"],
            Fault = FaultParty.Shared });
        var measures = ComplaintSummary.Of(situation.Complaint!, []).Measures;
        measures.Where(measure => measure.Name.StartsWith(Measures.Cause) || measure.Name.StartsWith(Measures.Fault)).ShouldBe(
        [
            new("cause.communication", null, 2), new("cause.long-waiting", null, 1), new("fault.us", null, 1), new("fault.shared", null, 1),
        ]);
    }

    [Theory]
    [InlineData("""{"causes":[],"parties":[{"code":"us","label":{"en":"U","zh":"我"}}]}""", "definition.empty", "causes")]
    [InlineData("""{"causes":[{"code":"a","label":{"en":"A","zh":"甲"}}]}""", "definition.empty", "parties")]
    [InlineData("""{"causes":[{"code":"a","label":{"en":"A","zh":"甲"},"causes":[{"code":"a","label":{"en":"B","zh":"乙"}}]}]}""",
        "definition.duplicate", "causes[a]")]
    [InlineData("""{"causes":[{"code":"a","label":{"en":"A","zh":""}}],"parties":[]}""", "definition.label_missing", "causes[0].label")]
    public void S067_A_wrong_catalogue_is_refused_with_code_and_path(string json, string code, string path)
    {
        var refusal = DefinitionKinds.Check("causes", "default", json, Rulebook.BuiltIn).ShouldNotBeNull();
        refusal.Details.Select(detail => detail.Code).ShouldContain(code);
        refusal.Message.ShouldContain(path);
    }

    [Fact]
    public void S067_A_tenants_own_tree_counts_and_a_cause_that_it_lost_is_told_as_it_is()
    {
        var situation = Situation.Registered().Do(Inquiries.Found);
        situation.Rules = Rulebook.From([new(TenantId.Default, "causes", "default", 2,
            """
            {"causes":[{"code":"weather","label":{"en":"Weather","zh":"天气"}}],
             "parties":[{"code":"sky","label":{"en":"the sky's","zh":"天"}}]}
            """,
            default, "adam")]);
        situation.Try(Inquiries.Found).Refusal!.Code.ShouldBe("code.unknown");
        situation.Do(new RecordFinding("It rained.", "sky", ["weather"])).Complaint!.Inquiry.Findings.Length.ShouldBe(2);
        SubjectWords.Of(situation.Complaint!, new("finding", "1"), situation.Rules, Chinese).ShouldContain("communication");
    }
}
