using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using NodaTime;

namespace Complaints.Core.Tests.Intake;

public sealed class RepeatTests
{
    private static IntakeCandidate Earlier(ComplaintState state, int days, string? item = "ih") =>
        new(Situation.IdOf(7), "2026-000007", state, Situation.Morning - Duration.FromDays(days), default,
            new("delivery", "wrong-item", ItemHash: item));

    private static Complaint Register(params IntakeCandidate[] candidates) => Register(Situation.Draft, candidates);

    private static Complaint Register(IntakeDraft draft, params IntakeCandidate[] candidates)
    {
        var situation = new Situation();
        var context = situation.Context();
        return Complaint.Decide(null, new Register(draft),
            context with { Intake = context.Intake! with { ItemHash = "ih", Candidates = [.. candidates] } }).Complaint;
    }

    [Fact]
    public void S124_The_same_matter_within_thirty_days_is_a_repeat()
    {
        var complaint = Register(Earlier(ComplaintState.Closed, 30));
        complaint.Receipt.RepeatOf.ShouldBe(Situation.IdOf(7));
        complaint.Receipt.Similar.ShouldHaveSingleItem().Likeness.ShouldBe(Likeness.Repeat);
    }

    [Fact]
    public void S124_A_day_later_it_is_not() => Register(Earlier(ComplaintState.Closed, 31)).Receipt.RepeatOf.ShouldBeNull();

    [Fact]
    public void The_same_matter_still_open_is_shown_as_a_duplicate_and_not_merged()
    {
        var complaint = Register(Earlier(ComplaintState.Investigating, 1));
        complaint.Receipt.Similar.ShouldHaveSingleItem().Likeness.ShouldBe(Likeness.Duplicate);
        complaint.State.ShouldBe(ComplaintState.Registered);
    }

    [Fact]
    public void Another_open_matter_of_the_customer_is_shown_and_is_no_repeat()
    {
        var complaint = Register(Earlier(ComplaintState.Investigating, 1, item: "other"));
        complaint.Receipt.Similar.ShouldHaveSingleItem().Likeness.ShouldBe(Likeness.SameCustomer);
        complaint.Receipt.RepeatOf.ShouldBeNull();
    }

    [Fact]
    public void S124_What_nobody_has_classified_is_shown_as_similar_and_counted_as_no_repeat()
    {
        var unclassified = Situation.Draft with { Category = null, Subcategory = null };
        var one = Earlier(ComplaintState.Closed, 3);
        foreach (var earlier in new[] { one, one with { Matter = one.Matter with { Category = null, Subcategory = null } } })
        {
            var receipt = Register(unclassified, earlier).Receipt;
            (receipt.RepeatOf, receipt.Similar.Single().Likeness).ShouldBe((null, Likeness.Repeat));
            Register(unclassified, earlier with { State = ComplaintState.Investigating }).Receipt.Similar.Single().Likeness
                .ShouldBe(Likeness.Duplicate);
        }
    }

    [Theory]
    [InlineData("delivery", "ih", "order", "delivery", "ih", "order", true)]
    [InlineData("delivery", "ih", "order", "delivery", "ih", "item", true)] // the reference says which thing it is
    [InlineData("delivery", "ih", "order", "delivery", "other", "order", false)]
    [InlineData("delivery", null, "order", "delivery", null, "order", true)]
    [InlineData("delivery", null, "order", "delivery", null, "service", false)]
    [InlineData("delivery", "ih", "order", "delivery", null, "order", false)]
    [InlineData("quality", "ih", "order", "delivery", "ih", "order", false)]
    [InlineData("quality", "ih", "order", null, "ih", "order", false)] // nobody has classified the new one yet
    [InlineData(null, "ih", "order", null, "ih", "order", false)]
    [InlineData(null, "ih", "order", "delivery", "ih", "order", false)]
    public void S124_A_matter_is_told_by_what_stands_now(
        string? category, string? item, string kind, string? newCategory, string? newItem, string newKind, bool same) =>
        new RepeatRule().IsSameMatter(new(category, null, kind, null, item), new(newCategory, null, newKind, null, newItem)).ShouldBe(same);

    [Theory]
    [InlineData("无")]
    [InlineData("000")]
    public void A_number_without_digits_makes_no_customer_of_strangers(string number)
    {
        var keys = new TenantKeys(SubjectKey.New(SubjectId.Tenant));
        LookupText.Hashed(new Complainant("王", Contacts: [new(ContactPoint.Phone, number)]), keys.Lookups, "CN").ShouldBeEmpty();
        LookupText.Hashed(new Complainant("王", Contacts: [new(ContactPoint.Phone, "1" + number)]), keys.Lookups, "CN").Length.ShouldBe(1);
    }

    [Fact]
    public void A_link_by_hand_wins_and_must_name_an_earlier_complaint()
    {
        var situation = Situation.Registered();
        var other = situation.Complaint! with { Id = Situation.IdOf(9), Receipt = situation.Complaint!.Receipt with { ReceivedAt = Situation.Morning - Duration.FromDays(90) } };
        var link = new Link(other.Id, LinkKind.Repeat);
        Complaint.Decide(situation.Complaint, link, situation.Context() with { Referred = other }).Complaint.Receipt.RepeatOf.ShouldBe(other.Id);
        var later = other with { Receipt = other.Receipt with { ReceivedAt = Situation.Morning + Duration.FromDays(1) } };
        Complaint.Decide(situation.Complaint, link, situation.Context() with { Referred = later }).Refusal!.Code.ShouldBe("repeat.not_earlier");
        situation.Try(link).Refusal!.Code.ShouldBe("link.target_missing");
        situation.Try(new Link(situation.Complaint!.Id, LinkKind.Repeat)).Refusal!.Code.ShouldBe("link.self");
    }
}
