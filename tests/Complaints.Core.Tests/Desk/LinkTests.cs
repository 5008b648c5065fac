using Complaints.Core.Improvements;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Testing;

namespace Complaints.Core.Tests.Desk;

/// <summary>How cases are linked is known at both ends, and a case may be named by its number.</summary>
public sealed class LinkTests
{
    private readonly DeskHarness _harness = new();

    private ComplaintDesk Desk => _harness.Desk;

    private async Task<string[]> LinksAsync(ComplaintId id) =>
        [.. (await Desk.LinksAsync(AggregateId.Of(id))).Select(link => $"{LinkKind.Words(link.Kind, link.IsOurs).En} {link.Number}")];

    private async Task<ComplaintError?> TryAsync(ComplaintId id, ComplaintCommand command) =>
        (await Desk.ExecuteAsync(id, command)).Refusal;

    [Fact]
    public async Task X08_A_link_is_told_at_both_ends_until_it_is_taken_back()
    {
        var (one, other) = (await _harness.FileAsync(), await _harness.FileAsync(Drafts.English(2)));
        (await TryAsync(one, new Link(other, LinkKind.SplitOff))).ShouldBeNull();
        (await TryAsync(one, new Link(other, LinkKind.SameMatter))).ShouldBeNull();
        (await LinksAsync(one)).ShouldBe(["the same matter as 2026-000002", "split off from 2026-000002"], ignoreOrder: true);
        (await LinksAsync(other)).ShouldBe(["the same matter as 2026-000001", "a part was split off as 2026-000001"], ignoreOrder: true);
        (await TryAsync(one, new Link(other, LinkKind.SameMatter)))!.Code.ShouldBe("link.exists");
        (await TryAsync(one, new Unlink(other, LinkKind.SameMatter))).ShouldBeNull();
        (await TryAsync(one, new Unlink(other, LinkKind.SameMatter)))!.Code.ShouldBe("link.none");
        (await LinksAsync(other)).ShouldBe(["a part was split off as 2026-000001"]);
    }

    [Fact]
    public async Task X08_A_repeat_that_the_rule_found_can_be_taken_back()
    {
        await _harness.FileAsync(Drafts.Chinese());
        _harness.Clock.Advance(NodaTime.Duration.FromHours(1));
        var again = await _harness.FileAsync(Drafts.Chinese() with { ExternalRef = new("web", "2") });
        (await LinksAsync(again)).ShouldBe(["a repeat of 2026-000001"]);
        var earlier = (await Desk.ViewAsync(again))!.Complaint.Receipt.RepeatOf!.Value;
        (await TryAsync(again, new Unlink(earlier, LinkKind.Repeat))).ShouldBeNull();
        (await LinksAsync(again)).ShouldBeEmpty();
        (await Desk.ViewAsync(again))!.Complaint.Receipt.RepeatOf.ShouldBeNull();
    }

    [Fact]
    public async Task X08_A_survivor_has_the_links_and_the_improvements_of_what_was_merged_into_it()
    {
        var (part, survivor) = (await _harness.FileAsync(), await _harness.FileAsync(Drafts.English(2)));
        var third = await _harness.FileAsync(Drafts.English(3));
        (await TryAsync(part, new Link(third, LinkKind.SameMatter))).ShouldBeNull();
        (await TryAsync(part, new Link(survivor, LinkKind.Duplicate))).ShouldBeNull();
        var improvements = Desk.For(DeskHarness.Supervisor).Improvements;
        (await improvements.OpenAsync(new OpenImprovement("systemic-issue", "Boxes break.", Complaints: [part]))).IsSuccess.ShouldBeTrue();
        (await TryAsync(part, new Merge(survivor, "other", "The same."))).ShouldBeNull();
        (await LinksAsync(survivor)).ShouldContain("the same matter as 2026-000003");
        (await LinksAsync(survivor)).ShouldContain("part of the improvement I-2026-0001");
        (await LinksAsync(survivor)).ShouldContain("carries on 2026-000001");
        (await LinksAsync(survivor)).ShouldNotContain("a duplicate of 2026-000002", "a case is no duplicate of itself");
        (await TryAsync(survivor, new Link(part, LinkKind.Repeat)))!.Code.ShouldBe("link.own_part");
        (await Desk.LinksAsync(new AggregateId(AggregateId.Improvement, (await improvements.FindAsync("I-2026-0001"))!.Value.Value)))
            .Select(link => link.Number).ShouldBe(["2026-000001", "2026-000002"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_case_is_named_by_its_number_as_well_as_by_its_id()
    {
        var (one, other) = (await _harness.FileAsync(), await _harness.FileAsync(Drafts.English(2)));
        (await Desk.FindAsync("2026-000002")).ShouldBe(other);
        (await Desk.FindAsync(other.ToString())).ShouldBe(other);
        (await Desk.FindAsync(Guid.NewGuid().ToString())).ShouldBeNull();
        (await Desk.For(new Actor("eve", Role.Department)).FindAsync(other.ToString())).ShouldBeNull("a department sees none");
        var link = CommandCatalogue.Of(new Link(other, "repeat"));
        (await Desk.ReadAsync(link, """{"other":"2026-000002","kind":"same-matter"}""")).Command.ShouldBe(new Link(other, "same-matter"));
        (await Desk.ReadAsync(link, link.Write(new Link(one, "repeat")))).Command.ShouldBe(new Link(one, "repeat"));
        (await Desk.ReadAsync(link, """{"other":"2026-000009","kind":"repeat"}""")).Error!.Code.ShouldBe("complaint.not_found");
        (await Desk.ReadAsync(link, """{"other":7,"kind":"repeat"}""")).Error!.Code.ShouldBe("command.syntax");
        (await Desk.ReadAsync(link, "not JSON")).Error!.Code.ShouldBe("command.syntax");
        var linked = CommandCatalogue.Improvements.Single(command => command.Name.Value == "link-complaints");
        var read = await Desk.Improvements.ReadAsync(linked, $$"""{"complaints":["2026-000001","{{other}}"]}""");
        ((LinkComplaints)read.Command!).Complaints.ShouldBe([one, other]);
    }

    [Fact]
    public async Task Links_have_a_bound()
    {
        var one = await _harness.FileAsync();
        for (var i = 0; i < 200; i++)
            (await TryAsync(one, new Link(await _harness.FileAsync(Drafts.English(i + 10)), LinkKind.SameMatter))).ShouldBeNull();
        (await TryAsync(one, new Link(await _harness.FileAsync(Drafts.English(999)), LinkKind.SameMatter)))!.Code.ShouldBe("list.full");
    }
}
