using Complaints.Core;
using Complaints.Core.Intake;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Tests.Shared;

/// <summary>Issue 16, speed: what is counted in round trips, not timed, on any store that counts its own.</summary>
/// <param name="ports">The store; empty.</param>
/// <param name="roundTrips">How many round trips it has made.</param>
internal sealed class CountedIntake(StorePorts ports, Func<long> roundTrips)
{
    /// <summary>A registration that goes through a guide and is told of similar cases takes two round trips, in one run: those who file
    /// one after the other and at first ask what resembles it, which is one more.</summary>
    public async Task X34_X44_A_registration_with_its_guide_and_similar_cases_takes_two()
    {
        var harness = new DeskHarness(ports);
        await harness.FileAsync(Draft(1));
        var (warm, mark) = (Draft(1) with { Title = "The battery swells" }, roundTrips());
        var found = await harness.Desk.FindSimilarAsync(warm);
        (roundTrips() - mark).ShouldBe(1, "what resembles it: the customer's own and those about the same, at once");
        found.Count.Count.ShouldBe(1);
        found.Own.ShouldHaveSingleItem();

        mark = roundTrips();
        var filed = await harness.Desk.RegisterAsync(warm);
        (roundTrips() - mark).ShouldBe(2, "the load brings candidates, key and number; the write brings all the rest");
        filed.Value.State.ShouldBe(Core.Lifecycle.ComplaintState.Registered);
        filed.Similar.ShouldNotBeEmpty();
        var history = (await harness.Desk.ViewAsync(filed.Value.Complaint))!.History;
        history.ShouldContain(entry => entry.Event is GuideFollowed, "the guide was gone through");

        mark = roundTrips();
        (await harness.Desk.RegisterAsync(warm with { Answers = [new("smell", "yes"), .. Draft(1).Answers[1..]] })).Refusal!.Code
            .ShouldBe("guide.stop");
        (roundTrips() - mark).ShouldBe(1, "control: what is refused writes nothing");
    }

    /// <summary>A desk that never saw a case of 500 events decides from its state: a load and a write, and the history is not
    /// read.</summary>
    public async Task A_case_of_500_events_is_decided_without_its_history()
    {
        var harness = new DeskHarness(ports);
        var id = await harness.FileAsync(Draft(7));
        for (var i = 0; i < 500; i++)
        {
            harness.Clock.Advance(Duration.FromMinutes(1));
            (await harness.Desk.ExecuteAsync(id, new AddNote("Looked after."))).Refusal.ShouldBeNull();
        }
        // Another node: it has read the definitions with a case of its own, and knows nothing of this one.
        var another = new DeskHarness(ports, harness.Clock, new UuidV7Generator());
        await another.FileAsync(Draft(8));
        var mark = roundTrips();
        (await another.Desk.ExecuteAsync(id, new RaisePoint("The charger is missing."))).Refusal.ShouldBeNull();
        (roundTrips() - mark).ShouldBe(2);
    }

    private static IntakeDraft Draft(int customer) => Drafts.English(customer) with
    {
        Category = "product", Subcategory = "safety", Area = "north", Item = new("product", "SKU-2041", "BCD-520"),
        Answers = [new("smell", "no"), new("injured", "no"), new("in-use", "unplugged")],
    };
}
