using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Storage;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Core.Tests.Intake;

/// <summary>A lawyer for twelve tenants: a letter from a law firm without authority, the group's heating, three tenants who phone on their
/// own.</summary>
public sealed class LawyerStoryTests
{
    private readonly DeskHarness _harness = new();

    private ComplaintDesk Desk => _harness.Desk;

    private static IntakeDraft Heating(int tenant) => Drafts.English(tenant) with
    {
        Title = "The heating is cold", Category = "service", Subcategory = "efficiency", Area = "block-7", Item = new("service"),
        Channel = "letter",
    };

    [Fact]
    public async Task X31_X34_The_case_is_accepted_nothing_is_told_before_the_letter_and_the_others_follow()
    {
        var id = await _harness.FileAsync(Heating(1));
        await _harness.DoAsync(id, [new AddParticipant("representative", "Larry Law", Email: "law@example.org")]);
        for (var tenant = 1; tenant <= 5; tenant++)
            await _harness.DoAsync(id, [new AddParticipant("group-representative", $"Tenant {tenant}")]);
        (await Desk.ExecuteAsync(id, new AddParticipant("group-representative", "Tenant 6"))).Refusal!.Code
            .ShouldBe("participant.too_many");

        // The case goes on, and nobody of the group hears of it.
        await _harness.DoAsync(id, [new PlaceOnHold("authority-letter"), new AddNote("Asked the firm for the letter."),
            new ReleaseHold("authority-letter"), new Resolve("solved", "The pump was exchanged.")]);
        for (var number = 1; number <= 6; number++)
        {
            (await Desk.ExecuteAsync(id, new NotifyResult("email", "The pump was exchanged.", number))).Refusal!.Code
                .ShouldBe("party.no_authority");
            (await Desk.ExecuteAsync(id, new RecordInteraction(Direction.Outbound, "email", Participant: number))).Refusal!.Code
                .ShouldBe("party.no_authority");
        }
        await _harness.DoAsync(id, [new AmendParticipant(1, ParticipantAuthority.Received, "LA-7"),
            new NotifyResult("email", "The pump was exchanged.", 1)]);
        var told = (await Desk.ViewAsync(id))!.History.Select(entry => entry.Event).OfType<ResultNotified>().Single();
        told.With!.Number.ShouldBe(1);

        // Three phone on their own: one has filed already and is linked, the others follow.
        var other = await _harness.FileAsync(Heating(20));
        await _harness.DoAsync(other, [new Link(id, LinkKind.SameMatter)]);
        for (var tenant = 21; tenant <= 22; tenant++)
        {
            var open = (await Desk.FindSimilarAsync(Heating(tenant))).Near.ShouldHaveSingleItem();
            open.Id.ShouldBe(other);
            await _harness.DoAsync(open.Id, [new AddParticipant("follower", $"Tenant {tenant}", $"0207 946 00{tenant}")]);
        }
        (await Desk.ViewAsync(other))!.Complaint.Participants.Count(participant => participant.Role == "follower").ShouldBe(2);
        (await Desk.LinksAsync(AggregateId.Of(id))).ShouldHaveSingleItem().Kind.ShouldBe(LinkKind.SameMatter);
    }
}
