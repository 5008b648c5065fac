using Complaints.Core.History;
using Complaints.Core.Intake;
using Complaints.Core.Definitions;
using Complaints.Core.Tests.History;
using NodaTime;

namespace Complaints.Core.Tests.Intake;

/// <summary>What a draft tells besides who and what: when and where, the item, what for, and several points at once.</summary>
public sealed class WholeIntakeTests
{
    private static readonly IntakeDraft Whole = Situation.Draft with
    {
        IncidentFrom = Situation.Morning - Duration.FromDays(3),
        IncidentTo = Situation.Morning - Duration.FromDays(2),
        Goals = ["respect", "compensation"],
        Item = new Item("product", "P-1", "BCD-520") { Serial = "SN-77", PurchasedOn = new LocalDate(2026, 3, 1) },
        Complainant = Situation.Draft.Complainant with { AddressAs = "王先生" },
        Statement = Situation.Draft.Statement with { IncidentPlace = "地下车库" },
        Points = [new("司机态度恶劣。", "service", "attitude"), new("还少了一个抽屉。")],
    };

    [Fact]
    public void S014_S015_S017_The_state_keeps_codes_and_times_and_the_words_are_sealed()
    {
        var situation = Situation.Registered(Whole);
        var receipt = situation.Complaint!.Receipt;
        (receipt.IncidentFrom, receipt.IncidentTo).ShouldBe((Whole.IncidentFrom, Whole.IncidentTo));
        receipt.Goals.ShouldBe(["respect", "compensation"]);
        (receipt.SerialKnown, receipt.PurchasedOn).ShouldBe((true, new LocalDate(2026, 3, 1)));
        var stored = System.Text.Encoding.UTF8.GetString(Sealed.Commits(situation)[^1].State.Span);
        foreach (var word in new[] { "SN-77", "BCD-520", "王先生", "地下车库", "司机", "抽屉" })
            stored.ShouldNotContain(word);
        stored.Length.ShouldBeLessThan(6_000);
    }

    [Fact]
    public void S012_Points_told_at_registration_are_points_like_any_other()
    {
        var complaint = Situation.Registered(Whole).Do(new RaisePoint("第四点。")).Complaint!;
        complaint.Points.ShouldBe([new(1), new(2, "service", "attitude"), new(3), new(4)]);
    }

    [Fact]
    public void S012_A_point_of_an_unknown_category_is_refused_and_forty_nine_are_taken()
    {
        Codes(Whole with { Points = [new("x", "made-up")] }).ShouldBe(["category.unknown"]);
        Codes(Whole with { Points = [new("x", null, "late")] }).ShouldBeEmpty("of the complaint's own category");
        Codes(Whole with { Points = [new("x", null, "attitude")] }).ShouldBe(["category.unknown"]);
        var full = Situation.Registered(Whole with { Points = [.. Enumerable.Range(0, 49).Select(i => new DraftPoint($"{i}"))] });
        full.Complaint!.Points.Length.ShouldBe(50);
        full.Try(new RaisePoint("x")).Refusal!.Code.ShouldBe("point.too_many");
    }

    [Fact]
    public void S017_Goals_are_the_tenants_and_an_import_may_have_its_sources()
    {
        Codes(Whole with { Goals = ["money"] }).ShouldBe(["code.unknown"]);
        var import = new ImportComplaint(
            Whole with { Goals = ["money"], ExternalRef = new("old", "1"), ReceivedAt = Situation.Morning }, []);
        var imported = new Situation().Do(import, Situation.Administrator).Complaint!;
        imported.Receipt.Goals.ShouldBe(["money"]);
        imported.Points.Length.ShouldBe(3);
    }

    [Fact]
    public void S014_Nothing_has_happened_tomorrow()
    {
        Codes(Whole with { IncidentFrom = Situation.Morning + Duration.FromSeconds(1), IncidentTo = null }).ShouldBe(["time.in_future"]);
        // Nine in the morning in Shanghai on the first of September.
        Codes(Whole with { Item = Whole.Item! with { PurchasedOn = new(2026, 9, 2) } }).ShouldBe(["time.in_future"]);
        Codes(Whole with { Item = Whole.Item! with { PurchasedOn = new(2026, 9, 1) } }).ShouldBeEmpty();
        Codes(Whole with { IncidentFrom = Situation.Morning, IncidentTo = Situation.Morning }).ShouldBeEmpty();
    }

    [Fact]
    public void S035_A_risk_of_safety_presses_though_nobody_chose_an_urgency()
    {
        var judged = Situation.Registered(Whole with { Risks = ["safety"] }).Complaint!.Judgement;
        (judged.Severity, judged.Urgency, judged.Impact, judged.Priority).ShouldBe(("minor", "normal", "single", "p2"));
        Situation.Registered(Whole).Complaint!.Judgement.Priority.ShouldBe("p3", "control");
    }

    [Fact]
    public void S034_Words_of_danger_press_whatever_category_somebody_chose()
    {
        var danger = Whole with { Title = "洗衣机漏电" };
        Situation.Registered(danger).Complaint!.Judgement.Urgency.ShouldBe("urgent");
        Situation.Registered(danger).Complaint!.Judgement.Suggested.ShouldBeFalse("the category was chosen");
        Situation.Registered(danger with { Urgency = "low" }).Complaint!.Judgement.Urgency.ShouldBe("low", "somebody judged it");
        Situation.Registered(Whole).Complaint!.Judgement.Urgency.ShouldBe("normal", "control");
    }

    [Fact]
    public void S017_Every_goal_has_words_in_both_languages() =>
        Rulebook.BuiltIn.Goals.Items.Select(goal => goal.Code).ShouldContain("vent");

    private static IEnumerable<string> Codes(IntakeDraft draft) =>
        new Situation().Try(new Register(draft)).Refusal?.Details.Select(detail => detail.Code) ?? [];
}
