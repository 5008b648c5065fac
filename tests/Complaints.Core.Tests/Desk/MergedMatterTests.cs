using System.Collections.Immutable;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;
using Complaints.Core.Tests.Sla;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Core.Tests.Desk;

/// <summary>Two complaints that were one: what was said in either holds for the matter.</summary>
public sealed class MergedMatterTests
{
    private readonly DeskHarness _harness = new(StorePorts.Of(new InMemoryComplaintStore()), ids: new SequentialIds());

    private ComplaintDesk Desk => _harness.Desk;

    private async Task<(ComplaintId First, ComplaintId Second)> TwoAsync()
    {
        var objectives = """
            {"objective":"first-response","limit":"2 hours"},{"objective":"next-response","limit":"4 hours"},
            {"objective":"resolution","limit":"50 hours"}
            """;
        (await _harness.Definitions.PublishAsync(
            TenantId.Default, "policy", "call-centre", Policies.Json(objectives, order: 1000), Situation.Administrator, default))
            .Refusal.ShouldBeNull();
        _harness.Clock.Advance(Duration.FromSeconds(31));
        var first = await _harness.FileAsync();
        _harness.Clock.Advance(Duration.FromHours(1));
        return (first, await _harness.FileAsync(Drafts.Chinese()));
    }

    private async Task DoAsync(ComplaintId id, ComplaintCommand command) => (await Desk.ExecuteAsync(id, command)).Refusal.ShouldBeNull();

    [Fact]
    public async Task T15_An_answer_that_was_given_on_the_merged_case_was_given_in_time()
    {
        var (first, second) = await TwoAsync();
        await DoAsync(first, new RecordInteraction(Direction.Outbound, "phone"));
        var answered = (await Desk.ViewAsync(first))!.Complaint.Receipt.FirstResponseAt;
        _harness.Clock.Advance(Duration.FromHours(4));
        await DoAsync(first, new Acknowledge());
        await DoAsync(first, new Merge(second, "other", "The same."));
        var survivor = (await Desk.ViewAsync(second))!;
        var response = survivor.Clocks.Single(clock => clock.Objective == Objective.FirstResponse);
        (response.StoppedAt, response.IsMet).ShouldBe((answered, true));
        survivor.Complaint.Clocks.ResultOf("first-response/1")!.Verdict.ShouldBe(ClockVerdict.Met);
        survivor.Complaint.Receipt.FirstResponseAt.ShouldBe(answered);
        survivor.Complaint.Receipt.AcknowledgedAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task X08_A_survivor_does_not_repeat_a_part_of_its_own()
    {
        var (first, second) = await TwoAsync();
        await DoAsync(second, new Link(first, LinkKind.Repeat));
        (await Desk.ViewAsync(second))!.Complaint.Receipt.RepeatOf.ShouldBe(first);
        await DoAsync(first, new Merge(second, "other", "The same."));
        var survivor = (await Desk.ViewAsync(second))!.Complaint;
        survivor.Receipt.RepeatOf.ShouldBeNull();
        survivor.Receipt.Similar.ShouldNotContain(similar => similar.Id == first);
        (await Desk.ExecuteAsync(second, new Link(first, LinkKind.Repeat))).Refusal!.Code.ShouldBe("link.own_part");
    }

    [Fact]
    public async Task X08_What_repeats_a_merged_case_repeats_its_survivor_and_what_that_repeated()
    {
        var (first, second) = await TwoAsync();
        var earliest = first;
        _harness.Clock.Advance(Duration.FromHours(1));
        var third = await _harness.FileAsync(Drafts.Chinese() with { ExternalRef = new("web", "3") });
        await DoAsync(second, new Link(earliest, LinkKind.Repeat));
        await DoAsync(second, new Merge(third, "other", "The same."));
        (await Desk.ViewAsync(third))!.Complaint.Receipt.RepeatOf.ShouldBe(earliest, "its part repeated it");
        _harness.Clock.Advance(Duration.FromHours(1));
        var fourth = await _harness.FileAsync(Drafts.Chinese() with { ExternalRef = new("web", "4") });
        await DoAsync(fourth, new Link(second, LinkKind.Repeat));
        (await Desk.ViewAsync(fourth))!.Complaint.Receipt.RepeatOf.ShouldBe(third);
    }

    [Fact]
    public async Task X08_A_message_to_the_old_number_is_taken_in_on_the_survivor_also_when_it_is_sent_twice()
    {
        var (first, second) = await TwoAsync();
        await DoAsync(first, new Merge(second, "other", "The same."));
        var options = new CommandOptions { CommandId = new CommandId(Guid.CreateVersion7()) };
        var message = new RecordInteraction(Direction.Inbound, "email", Summary: "Where is it?");
        var taken = await Desk.ExecuteAsync(first, message, options);
        taken.Refusal.ShouldBeNull();
        taken.Answer!.Complaint.ShouldBe(second);
        var survivor = (await Desk.ViewAsync(second))!;
        survivor.Complaint.Talk.UnansweredSince.ShouldNotBeNull();
        survivor.Clocks.Single(clock => clock.Objective == Objective.NextResponse).IsRunning.ShouldBeTrue();
        var again = await Desk.ExecuteAsync(first, message, options);
        (again.Repeated, again.Answer).ShouldBe((true, taken.Answer));
        (await Desk.ViewAsync(second))!.Complaint.Version.ShouldBe(survivor.Complaint.Version);
    }

    [Fact]
    public async Task X08_It_is_taken_in_at_the_end_of_a_chain()
    {
        var (first, second) = await TwoAsync();
        var third = await _harness.FileAsync(Drafts.Chinese() with { ExternalRef = new("web", "3") });
        await DoAsync(first, new Merge(second, "other", "The same."));
        await DoAsync(second, new Merge(third, "other", "The same."));
        (await Desk.ExecuteAsync(first, new RecordInteraction(Direction.Inbound, "email"))).Answer!.Complaint.ShouldBe(third);
    }

    [Fact]
    public async Task X08_Notes_on_the_dead_case_are_refused_and_name_the_survivor()
    {
        var (first, second) = await TwoAsync();
        await DoAsync(first, new Merge(second, "other", "The same."));
        var number = (await Desk.ViewAsync(second))!.Complaint.Number;
        foreach (var command in new ComplaintCommand[] { new AddNote("Called."), new RecordInteraction(Direction.Outbound, "phone") })
        {
            var refusal = (await Desk.ExecuteAsync(first, command)).Refusal.ShouldNotBeNull();
            (refusal.Code, refusal.Data["value"]).ShouldBe(("merge.carried_on", number));
        }
    }

    [Fact]
    public async Task X08_Who_takes_part_in_the_merged_case_takes_part_in_the_survivor_under_the_same_key()
    {
        var (first, second) = await TwoAsync();
        await DoAsync(first, new AddParticipant("guardian", "Bea Jones", "+44 20 7946 0018"));
        await DoAsync(first, new AddParticipant("expert", Staff: "eva"));
        await DoAsync(second, new AddParticipant("expert", Staff: "eva"));
        await DoAsync(first, new Merge(second, "other", "The same."));

        var (parts, words) = await WordsAsync(second);
        parts.Select(part => (part.Number, part.Role, part.Staff)).ShouldBe([(1, "expert", "eva"), (2, "guardian", null)]);
        words.ShouldBe(["Bea Jones"]);
        await DoAsync(second, new RecordInteraction(Direction.Outbound, "phone", Participant: 2));
        (await Desk.ViewAsync(second))!.Complaint.Receipt.FirstResponseAt.ShouldNotBeNull("she speaks for the customer here too");

        await _harness.Keys.DestroyAsync(TenantId.Default, parts[1].Person!.Value, default);
        (await WordsAsync(second)).Words.ShouldBeEmpty();
        (await WordsAsync(first)).Words.ShouldBeEmpty();
    }

    [Fact]
    public async Task X08_A_chain_of_merges_brings_everybody_once()
    {
        var (first, second) = await TwoAsync();
        var third = await _harness.FileAsync(Drafts.Chinese() with { ExternalRef = new("web", "3") });
        await DoAsync(first, new AddParticipant("witness", "Bea Jones"));
        await DoAsync(second, new AddParticipant("witness", "Carl Wu"));
        await DoAsync(first, new Merge(second, "other", "The same."));
        await DoAsync(second, new Merge(third, "other", "The same."));
        (await WordsAsync(third)).Words.ShouldBe(["Carl Wu", "Bea Jones"]);
    }

    [Fact]
    public async Task R38_Of_a_participant_who_was_erased_before_the_merge_nothing_is_written_under_the_dead_key()
    {
        var (first, second) = await TwoAsync();
        await DoAsync(first, new AddParticipant("witness", "Bea Jones"));
        var person = (await WordsAsync(first)).Parts[0].Person!.Value;
        await _harness.Keys.DestroyAsync(TenantId.Default, person, default);
        await DoAsync(first, new Merge(second, "other", "The same."));

        var (parts, words) = await WordsAsync(second);
        words.ShouldBeEmpty();
        parts.ShouldHaveSingleItem().Card!.Envelope!.Tag.IsEmpty.ShouldBeTrue("the words are left out, and not carried over");
        (await _harness.Keys.FindAsync(TenantId.Default, person, default)).ShouldBeNull("no key is made anew");
    }

    [Fact]
    public async Task R35_A_participant_whose_key_is_damaged_stays_and_the_rest_is_taken_over()
    {
        var (first, second) = await TwoAsync();
        await DoAsync(first, new AddParticipant("witness", "Bea Jones"));
        await DoAsync(first, new AddParticipant("witness", "Carl Wu"));
        var person = (await Desk.ViewAsync(first))!.Complaint.Participants[0].Person!.Value;
        var wrapped = (await _harness.Ports.Keys.GetAsync(TenantId.Default, [person], default))[0];
        var bent = wrapped.Wrapped.ToArray();
        bent[^1] ^= 1;
        (await _harness.Ports.Keys.ReplaceKeysAsync(TenantId.Default, [new(person, wrapped.Wrapped, bent)], default)).ShouldBe(1);

        // A new process, which has no key in its memory.
        var later = new DeskHarness(_harness.Ports, _harness.Clock, new UuidV7Generator());
        (await later.Desk.ExecuteAsync(first, new Merge(second, "other", "The same."))).Refusal.ShouldBeNull();
        var survivor = (await later.Desk.ViewAsync(second))!;
        survivor.Complaint.Progress.Merged.Absorbed.ShouldBe([first]);
        survivor.Complaint.Participants.ShouldHaveSingleItem();
        survivor.History.Select(recorded => recorded.Event).OfType<MergedAbsorbed>().Single().Staying.ShouldBe(1);
    }

    [Fact]
    public async Task X08_A_full_survivor_takes_first_who_speaks_for_the_customer_and_says_who_stays()
    {
        var (first, second) = await TwoAsync();
        for (var i = 0; i < 49; i++)
            await DoAsync(second, new AddParticipant("follower", $"Neighbour {i}"));
        await DoAsync(first, new AddParticipant("witness", "Carl Wu"));
        await DoAsync(first, new AddParticipant("guardian", "Bea Jones"));
        await DoAsync(first, new Merge(second, "other", "The same."));
        var survivor = (await Desk.ViewAsync(second))!;
        (survivor.Complaint.Participants.Length, survivor.Complaint.Participants[^1].Role).ShouldBe((50, "guardian"));
        survivor.History.Select(recorded => recorded.Event).OfType<MergedAbsorbed>().Single().Staying.ShouldBe(1);
    }

    private async Task<(ImmutableArray<Participant> Parts, List<string> Words)> WordsAsync(ComplaintId id)
    {
        // As another node reads it: what was decided here is known here.
        var desk = new DeskHarness(_harness.Ports, _harness.Clock).Desk;
        var view = (await desk.ViewAsync(id))!;
        var clear = await desk.RevealAsync(view, Purpose.CaseWork);
        var cards = view.Complaint.Participants.Select(part => clear.Of(part.Card)?.Name);
        return (view.Complaint.Participants, [.. cards.OfType<string>()]);
    }
}
