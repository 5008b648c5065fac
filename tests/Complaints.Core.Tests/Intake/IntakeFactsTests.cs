using Complaints.Core.FollowUp;
using Complaints.Core.Intake;
using NodaTime;

namespace Complaints.Core.Tests.Intake;

/// <summary>A fact of the intake is one property: what a draft says is in the event and in the receipt, registered or imported.</summary>
public sealed class IntakeFactsTests
{
    /// <summary>Every fact is said, and none as it is by default.</summary>
    private static readonly IntakeDraft Said = Situation.Draft with
    {
        Kind = "inquiry",
        Channel = "chat",
        EntryPoint = "hotline",
        Item = new Item("order", "O-1", "M-1"),
        ExternalRef = new ExternalRef("weibo", "4711"),
        Language = "zh-CN",
        Tier = "gold",
        Area = "north",
        Contact = new ContactPreference("Asia/Shanghai", ["18:00-20:00"]),
        IncidentFrom = Situation.Morning - Duration.FromDays(2),
        IncidentTo = Situation.Morning - Duration.FromDays(1),
        Goals = ["respect", "repair"],
        Attributes = Situation.Draft.Attributes.Add("store", "12"),
        ReceivedAt = Situation.Morning - Duration.FromHours(1),
    };

    public static TheoryData<string> Facts() => [.. typeof(IntakeFacts).GetProperties().Select(property => property.Name)];

    [Theory]
    [MemberData(nameof(Facts))]
    public void A_fact_of_a_draft_is_in_the_event_and_in_the_receipt(string name)
    {
        var fact = typeof(IntakeFacts).GetProperty(name)!;
        var said = fact.GetValue(Said);
        said.ShouldNotBe(fact.GetValue(Situation.Draft), "the test says something of every fact");

        var registered = Situation.Registered(Said);
        fact.GetValue(registered.Decisions[0].Events.OfType<ComplaintRegistered>().Single().Entry).ShouldBe(said);
        fact.GetValue(registered.Complaint!.Receipt).ShouldBe(said);

        var imported = new Situation().Do(new ImportComplaint(Said, []), Situation.Administrator);
        fact.GetValue(imported.Decisions[0].Events.OfType<ComplaintImported>().Single().Entry).ShouldBe(said);
        fact.GetValue(imported.Complaint!.Receipt).ShouldBe(said);
    }

    [Fact]
    public void What_the_customer_said_stays_in_the_history() =>
        typeof(Receipt).GetProperties().Select(property => property.Name).ShouldNotContain(nameof(IntakeDraft.Statement));

    [Fact]
    public void Who_has_only_an_address_is_kept_and_who_says_nothing_is_nobody()
    {
        Imported(new Complainant(Address: "上海市静安区")).Receipt.Complainant.ShouldNotBeNull();
        Imported(new Complainant()).Receipt.Complainant.ShouldBeNull();
        Situation.Registered(Situation.Draft with { Kind = "report", Complainant = new() }).Complaint!.Receipt.Complainant.ShouldBeNull();

        static Complaint Imported(Complainant who) =>
            new Situation().Do(new ImportComplaint(Said with { Complainant = who }, []), Situation.Administrator).Complaint!;
    }

    [Fact]
    public void A_draft_in_the_clear_is_never_the_entry_itself() =>
        Situation.Registered(Said).Decisions[0].Events.OfType<ComplaintRegistered>().Single().Entry.GetType().ShouldBe(typeof(IntakeEntry));
}
