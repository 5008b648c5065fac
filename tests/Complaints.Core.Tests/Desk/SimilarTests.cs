using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Core.Tests.Desk;

/// <summary>What is there already is seen before a complaint is registered, and followed instead of filed again.</summary>
public sealed class SimilarTests
{
    private readonly DeskHarness _harness = new();

    private static IntakeDraft Outage(int customer) => Drafts.English(customer) with
    {
        Title = "No power since this morning", Category = "service", Subcategory = "efficiency", Area = "north", Item = new("service"),
    };

    [Fact]
    public async Task X34_The_sixth_sees_five_open_of_the_same_area_and_item_and_follows_with_one_command()
    {
        var filed = new List<ComplaintId>();
        for (var customer = 1; customer <= 5; customer++)
        {
            filed.Add(await _harness.FileAsync(Outage(customer)));
            _harness.Clock.Advance(Duration.FromMinutes(1));
        }
        await _harness.FileAsync(Outage(7) with { Area = "south" });
        await _harness.FileAsync(Outage(8) with { Category = "product", Subcategory = "safety" });

        var found = await _harness.Desk.FindSimilarAsync(Outage(6));
        found.Words!.En.ShouldBe("5 open, same area and item");
        found.Words.Zh.ShouldBe("同片区同产品处理中 5 件");
        found.Near.Select(near => near.Id).ShouldBe(filed.AsEnumerable().Reverse());
        found.Own.ShouldBeEmpty();

        var follower = new AddParticipant("follower", "Fred Sixth", "+44 20 7946 0018");
        (await _harness.Desk.ExecuteAsync(found.Near[0].Id, follower)).Answer!.Made.ShouldBe([new Subject("participant", "1")]);
        var followed = (await _harness.Desk.ViewAsync(found.Near[0].Id))!;
        var part = followed.Complaint.Participants.ShouldHaveSingleItem();
        part.Person.ShouldNotBe(followed.Complaint.Receipt.Person, "a key of its own");
        (await _harness.Desk.RevealAsync(followed, Purpose.CaseWork)).Of(part.Card)!.Phone.ShouldBe("+44 20 7946 0018");
        part.MayBeTold(Core.Definitions.Rulebook.BuiltIn, _harness.Clock.GetCurrentInstant())
            .ShouldBeTrue("a mass answer goes to followers");
    }

    [Fact]
    public async Task X34_What_is_over_or_old_or_another_matter_is_no_reason_to_follow()
    {
        var solved = await _harness.FileAsync(Outage(1));
        await _harness.DoAsync(solved, [new Resolve("solved")]);
        await _harness.FileAsync(Outage(2));
        _harness.Clock.Advance(Duration.FromDays(8));
        var held = await _harness.FileAsync(Outage(3));
        await _harness.DoAsync(held, [new PlaceOnHold("parts")]);

        (await _harness.Desk.FindSimilarAsync(Outage(4))).Near.Select(near => near.Id).ShouldBe([held]);
        (await _harness.Desk.FindSimilarAsync(Outage(4), Duration.FromDays(30))).Count.Count.ShouldBe(2);
        (await _harness.Desk.FindSimilarAsync(Outage(4) with { Area = null, Item = null })).Words.ShouldBeNull("nowhere, nothing");
        (await _harness.Desk.FindSimilarAsync(Outage(4) with { Item = null })).Words!.En.ShouldBe("1 open, same area");
        (await _harness.Desk.FindSimilarAsync(Outage(4) with { Area = null })).Words!.En.ShouldBe("1 open, same item");
        (await _harness.Desk.FindSimilarAsync(Outage(4) with { Category = null, Title = "?" })).Near.ShouldBeEmpty();
        var there = _harness.Desk.For(new Actor("amy", Role.Agent) { Area = "north" });
        (await there.FindSimilarAsync(Outage(4) with { Area = null, Item = null })).Words!.En
            .ShouldBe("1 open, same area", "the actor's own");
    }

    [Fact]
    public async Task X34_The_customers_own_are_seen_with_them_but_not_what_was_merged()
    {
        var own = await _harness.FileAsync(Outage(1));
        var merged = await _harness.FileAsync(Outage(1) with { Title = "Still no power" });
        await _harness.DoAsync(merged, [new Merge(own, "other", "The same.")]);
        var found = await _harness.Desk.FindSimilarAsync(Drafts.English(1) with { Category = null });
        found.Own.ShouldHaveSingleItem().Id.ShouldBe(own);
        found.Near.ShouldBeEmpty();
    }

    [Fact]
    public async Task X34_A_registered_complaint_is_not_similar_to_itself()
    {
        var first = await _harness.FileAsync(Outage(1));
        var alone = await _harness.Desk.FindSimilarAsync(first);
        (alone.Near.Length, alone.Count.Count, alone.Own.Length, alone.Words).ShouldBe((0, 0, 0, null));
        var second = await _harness.FileAsync(Outage(1) with { Title = "Still no power" });
        var found = await _harness.Desk.FindSimilarAsync(first);
        (found.Near.Single().Id, found.Count.Count, found.Own.Single().Id).ShouldBe((second, 1, second));
        await _harness.Keys.DestroyAsync(TenantId.Default, (await _harness.Desk.ViewAsync(first))!.Complaint.Receipt.Person, default);
        (await _harness.Desk.FindSimilarAsync(first)).Own.ShouldBeEmpty("who was erased is nobody's customer");
    }

    [Fact]
    public async Task X34_Who_sees_nothing_is_told_of_nothing_and_a_window_has_bounds()
    {
        var id = await _harness.FileAsync(Outage(1));
        foreach (var actor in new[] { new Actor("dep", Role.Department), new Actor("nobody") })
        {
            var told = await _harness.Desk.For(actor).FindSimilarAsync(Outage(2));
            (told.Near.Length, told.Count, told.Own.Length).ShouldBe((0, default, 0));
            (await _harness.Desk.For(actor).FindSimilarAsync(id)).ShouldBeSameAs(SimilarCases.None);
        }
        (await _harness.Desk.For(DeskHarness.Agent, TenantId.From("other")).FindSimilarAsync(id)).ShouldBeSameAs(SimilarCases.None);
        (await _harness.Desk.FindSimilarAsync(new ComplaintId(Guid.NewGuid()))).ShouldBeSameAs(SimilarCases.None);
        foreach (var window in new[] { Duration.FromDays(-1), Duration.FromDays(367) })
        {
            await Should.ThrowAsync<ArgumentOutOfRangeException>(async () => await _harness.Desk.FindSimilarAsync(Outage(2), window));
            await Should.ThrowAsync<ArgumentOutOfRangeException>(async () => await _harness.Desk.FindSimilarAsync(id, window));
        }
        var endless = Outage(2) with { Title = new('x', 100_000), Category = new('y', 100_000) };
        (await _harness.Desk.FindSimilarAsync(endless)).Near.ShouldBeEmpty();
    }
}
