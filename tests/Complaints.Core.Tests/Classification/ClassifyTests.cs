using Complaints.Core.Sla;
using Complaints.Core.Assignment;
using Complaints.Core.Classification;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;

namespace Complaints.Core.Tests.Classification;

public sealed class ClassifyTests
{
    [Fact]
    public void S027_Every_judgement_stays_in_the_history()
    {
        var situation = Situation.Registered().Do(new Classify("service", "attitude")).Do(
            new Classify(Severity: "major", Reason: "other", Remark: "Two customers."));
        situation.Complaint!.Judgement.Category.ShouldBe("service");
        situation.Decisions.SelectMany(decision => decision.Events).OfType<Classified>().Select(classified => classified.Judgement.Category).ShouldBe(["delivery", "service", "service"]);
        situation.Try(new Classify(Severity: "major")).Refusal!.Code.ShouldBe("classify.unchanged");
    }

    [Theory]
    [InlineData("product", "durability"), InlineData("product", "safety"), InlineData("product", "not-as-described")]
    [InlineData("service", "attitude"), InlineData("service", "efficiency"), InlineData("service", "standards")]
    [InlineData("price", "pricing"), InlineData("price", "promotion"), InlineData("price", "refund-policy")]
    [InlineData("after-sales", "repair"), InlineData("after-sales", "return-flow"), InlineData("after-sales", "slow-response")]
    [InlineData("delivery", "late"), InlineData("delivery", "wrong-item"), InlineData("delivery", "missing-item")]
    [InlineData("channel", "service-poor"), InlineData("channel", "unreachable"), InlineData("channel", "price-inconsistent")]
    [InlineData("product", "function-defect"), InlineData("product", "unstable")]
    public void S028_S029_S030_S031_The_default_catalogue_has_the_sources_types_in_both_languages(string category, string subcategory)
    {
        var found = Rulebook.BuiltIn.Categories.Value.Find(category)!.Subcategories.Single(item => item.Code == subcategory);
        found.Label.En.ShouldNotBeNullOrWhiteSpace();
        found.Label.Zh.ShouldMatch(@"\p{IsCJKUnifiedIdeographs}");
    }

    [Fact]
    public void S032_Urgency_is_ordered_urgent_normal_low() =>
        Rulebook.BuiltIn.Priorities.Value.Urgency.Items.Select(item => item.Label.Zh).ShouldBe(["紧急", "一般", "普通"]);

    [Theory]
    [InlineData("critical", "urgent", "single", "p1")]
    [InlineData("minor", "normal", "single", "p3")]
    [InlineData("minor", "low", "single", "p4")]
    [InlineData("minor", "urgent", "single", "p2")]
    [InlineData("major", "normal", "systemic", "p2")]
    [InlineData("minor", "normal", "several", "p3")]
    public void S016_S033_S034_Priority_follows_from_severity_urgency_and_impact(string severity, string urgency, string impact, string priority) =>
        Situation.Registered(Situation.Draft with { Severity = severity, Urgency = urgency, Impact = impact }).Complaint!.Judgement.Priority.ShouldBe(priority);

    [Fact]
    public void S035_A_risk_raises_the_priority_by_one_step()
    {
        Situation.Registered(Situation.Draft with { Risks = ["media"] }).Complaint!.Judgement.Priority.ShouldBe("p2");
        Situation.Registered(Situation.Draft with { Risks = ["churn"] }).Complaint!.Judgement.Priority.ShouldBe("p3");
    }

    [Fact]
    public void S144_A_rule_suggests_and_a_person_confirms()
    {
        var situation = Situation.Registered(Situation.Draft with { Category = null, Subcategory = null, Title = "电热毯漏电" });
        var suggested = situation.Complaint!.Judgement;
        (suggested.Category, suggested.Urgency, suggested.Suggested).ShouldBe(("product", "urgent", true));
        situation.Do(new Classify("product", "safety")).Complaint!.Judgement.Suggested.ShouldBeFalse();
    }

    [Fact]
    public void Without_a_category_or_a_rule_a_complaint_stays_unclassified() =>
        Situation.Registered(Situation.Draft with { Category = null, Subcategory = null, Title = "其他", Statement = new() }).Complaint!.Judgement.Category.ShouldBeNull();

    [Fact]
    public void S097_A_higher_priority_selects_another_policy_and_the_start_stays()
    {
        var situation = Situation.Registered();
        situation.Complaint!.Clocks.Policy!.Value.Id.ShouldBe("call-centre");
        situation.Do(new Classify(Severity: "critical", Urgency: "urgent"));
        situation.Complaint!.Clocks.Policy!.Value.Id.ShouldBe("urgent");
        Clocks.Project(situation.Complaint, situation.Rules).ShouldAllBe(clock => clock.StartedAt == Situation.Morning);
    }

    [Fact]
    public void S044_A_hand_over_says_why_and_to_whom()
    {
        var situation = Situation.Registered();
        situation.Try(new HandOver(null, null, "other", "Why.")).Refusal!.Code.ShouldBe("assignment.nobody");
        situation.Try(new HandOver("ben", null, "other", "")).Refusal!.Code.ShouldBe("text.required");
        situation.Do(new HandOver("ben", "technical", "other", "Needs a technician.")).Complaint!.Responsibility.Owner.ShouldBe("ben");
        situation.Try(new HandOver("ben", "technical", "other", "Again.")).Refusal!.Code.ShouldBe("assignment.unchanged");
        situation.Do(new HandOver(null, "repairs", "other", "Back to the queue.")).Complaint!.Responsibility.ShouldSatisfyAllConditions(
            now => now.Owner.ShouldBeNull(),
            now => now.Team.ShouldBe("repairs"),
            now => now.HandOvers.ShouldBe(2));
    }
}
