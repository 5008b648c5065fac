using Complaints.Core.FollowUp;
using Complaints.Core.Intake;
using Complaints.Testing;

namespace Complaints.Core.Tests.Intake;

/// <summary>Several persons in one complaint: each has a key of their own.</summary>
public sealed class ParticipantTests
{
    private readonly DeskHarness _harness = new();

    private ComplaintDesk Desk => _harness.Desk.For(new Actor("amy", Role.Agent));

    [Fact]
    public async Task R27_Erasing_one_of_three_leaves_the_words_of_the_others()
    {
        var id = await ThreeAsync();
        (await WordsAsync(id)).ShouldBe(["Ann Smith", "Bea Jones", "Carl Wu", "bea said", "carl said", "ming said"]);

        await EraseAsync(id, view => view.Participants[0].Person!.Value);
        (await WordsAsync(id)).ShouldBe(["Ann Smith", "Carl Wu", "carl said", "ming said"]);
        var later = await Desk.ExecuteAsync(id, Talk(1, "bea said more"));
        later.Answer!.WordsLeftOut.ShouldBeTrue("she was erased: her words are left out and it is said");
        (await Desk.ExecuteAsync(id, Talk(2, "carl said more"))).Answer!.WordsLeftOut.ShouldBeFalse();

        await EraseAsync(id, view => view.Receipt.Person);
        (await WordsAsync(id)).ShouldBe(["Carl Wu", "carl said", "carl said more"]);
    }

    [Fact]
    public async Task R38_A_participant_who_was_erased_between_load_and_commit_has_nothing_written_under_the_dead_key()
    {
        var id = await ThreeAsync();
        var person = (await Desk.ViewAsync(id))!.Complaint.Participants[1].Person!.Value;
        var other = new DeskHarness(_harness.Ports, _harness.Clock);
        await other.Desk.ExecuteAsync(id, Talk(2, "known there"));
        await _harness.Keys.DestroyAsync(TenantId.Default, person, default);

        var told = await other.Desk.ExecuteAsync(id, Talk(2, "said too late"));
        told.Answer!.WordsLeftOut.ShouldBeTrue();
        (await WordsAsync(id)).ShouldNotContain("said too late");
    }

    [Fact]
    public async Task Whoever_takes_part_is_asked_for_with_the_complaint_and_told_in_words()
    {
        var id = await ThreeAsync();
        (await Desk.ExecuteAsync(id, new AddParticipant("expert", Staff: "eva"))).Answer!.Made.ShouldHaveSingleItem()
            .ShouldBe(new Subject("participant", "3"));
        var view = (await Desk.ViewAsync(id))!;
        view.Complaint.Participants.Select(participant => (participant.Role, participant.Staff, participant.Person is null))
            .ShouldBe([("guardian", null, false), ("witness", null, false), ("expert", "eva", true)]);
        view.Commands.Where(command => command.Name == new CommandName("record-interaction")).Select(command => command.Subject?.Key)
            .ShouldBe([null, "1", "2", "3"]);
    }

    [Fact]
    public void S061_Only_who_speaks_for_the_customer_stops_the_customers_clocks()
    {
        var situation = Situation.Registered().Do(new AddParticipant("guardian", "Bea Jones"))
            .Do(new AddParticipant("witness", "Carl Wu"));
        var receipt = () => situation.Complaint!.Receipt;

        situation.Do(Talk(2, "no answer to the customer"));
        receipt().FirstResponseAt.ShouldBeNull();
        situation.Decisions[^1].Events.SelectMany(happened => happened.Facts(default)).ShouldBeEmpty();
        situation.Do(Talk(1, "told her"));
        receipt().FirstResponseAt.ShouldNotBeNull();
        situation.Decisions[^1].Events.OfType<InteractionRecorded>().Single().Facts(situation.Decisions[^1].Moment).ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("witness", null, null, null, null, "participant.needs_name")]
    [InlineData("witness", "Ann", null, null, "eva", "participant.needs_name")]
    [InlineData("expert", null, null, null, null, "participant.needs_staff")]
    [InlineData("expert", "Ann", null, null, "eva", "participant.needs_staff")]
    [InlineData("expert", null, "12345", null, "eva", "participant.needs_staff")]
    [InlineData("witness", "Ann", "call me", null, null, "text.format")]
    [InlineData("witness", "Ann", null, "nowhere", null, "text.format")]
    [InlineData("king", "Ann", null, null, null, "code.unknown")]
    [InlineData("witness", "Ann\0", null, null, null, "text.control")]
    public void What_does_not_fit_the_role_is_refused_and_changes_nothing(
        string role, string? name, string? phone, string? email, string? staff, string code)
    {
        var situation = Situation.Registered();
        var refused = situation.Try(new AddParticipant(role, name, phone, email, staff));
        refused.Refusal.ShouldNotBeNull().Code.ShouldBe(code);
        refused.Events.ShouldBeEmpty();
        if (code == "text.format")
            refused.Refusal.Data["field"].ShouldBe(phone is null ? "email" : "phone");
    }

    [Fact]
    public void A_role_has_a_bound_and_staff_takes_part_in_it_once()
    {
        var situation = Situation.Registered();
        for (var i = 0; i < 5; i++)
            situation.Do(new AddParticipant("group-representative", $"Tenant {i}"));
        situation.Try(new AddParticipant("group-representative", "Tenant 6")).Refusal!.Code.ShouldBe("participant.too_many");
        situation.Do(new AddParticipant("expert", Staff: "eva")).Do(new AddParticipant("team-member", Staff: "eva"));
        situation.Try(new AddParticipant("expert", Staff: "eva")).Refusal!.Code.ShouldBe("participant.twice");
        situation.Complaint!.Participants.Select(participant => participant.Number).ShouldBe([1, 2, 3, 4, 5, 6, 7]);
        situation.Complaint.Persons.Distinct().Count().ShouldBe(6);
    }

    [Fact]
    public void An_interaction_with_nobody_or_the_wishes_of_a_witness_are_refused()
    {
        var situation = Situation.Registered().Do(new AddParticipant("witness", "Carl Wu")).Do(new AddParticipant("guardian", "Dan Wu"));
        situation.Try(Talk(3, "who?")).Refusal!.Code.ShouldBe("participant.not_found");
        var wishes = new ContactPreference(Windows: ["09:00-12:00"]);
        situation.Try(Talk(1, "mornings") with { Contact = wishes }).Refusal!.Code.ShouldBe("participant.not_customer");
        situation.Do(Talk(2, "mornings") with { Contact = wishes }).Complaint!.Receipt.Contact.ShouldBe(wishes);
    }

    [Fact]
    public async Task Who_joins_and_what_they_say_may_come_in_one_sequence()
    {
        var id = await _harness.FileAsync();
        var both = new Sequence(new AddParticipant("witness", "Carl Wu"), Talk(1, "carl said"), new AddParticipant("witness", "Dan Wu"),
            Talk(2, "dan said"));
        (await Desk.ExecuteAsync(id, both)).IsSuccess.ShouldBeTrue();
        (await WordsAsync(id)).ShouldBe(["Ann Smith", "Carl Wu", "Dan Wu", "carl said", "dan said"]);
        (await Desk.ViewAsync(id))!.Complaint.Persons.Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public async Task R28_A_lost_row_of_who_takes_part_is_found_by_verify()
    {
        var id = await ThreeAsync();
        var stored = (await _harness.Ports.Chains.ChainAsync(TenantId.Default, id.Value, default)).Head!;
        var folded = (await Desk.ViewAsync(id))!.Complaint;
        Core.History.RowCheck.Differences(folded, stored.Row!).ShouldBeEmpty();
        Core.History.RowCheck.Differences(folded, stored.Row! with { Persons = [] }).ShouldBe(["participants"]);
    }

    [Fact]
    public void A_full_case_takes_nobody_and_says_so_beforehand()
    {
        var situation = Situation.Registered();
        for (var i = 0; i < 50; i++)
            situation.Do(new AddParticipant("follower", $"Neighbour {i}"));
        situation.Try(new AddParticipant("witness", "Ann")).Refusal!.Code.ShouldBe("participant.case_full");
        situation.Complaint!.PermittedNames(situation.Context()).ShouldNotContain(new CommandName("add-participant"));
    }

    [Fact]
    public void Blanks_are_nothing_and_a_case_without_participants_says_so()
    {
        var situation = Situation.Registered();
        situation.Try(Talk(1, "who?")).Refusal!.Code.ShouldBe("participant.none");
        situation.Do(new AddParticipant("expert", " ", "", "  ", "eva"));
        situation.Do(new AddParticipant("witness", "Ann", "  "));
        situation.Complaint!.Participants[1].Card!.TryReveal(null, out var card).ShouldBeTrue();
        card!.Phone.ShouldBeNull();
    }

    [Fact]
    public void A_role_that_was_taken_away_still_says_what_it_said_of_who_has_it()
    {
        var situation = Situation.Registered().Do(new AddParticipant("guardian", "Dan Wu"));
        var json = """{"items":[{"code":"witness","label":{"en":"Witness","zh":"证人"}}]}""";
        situation.Rules = Core.Definitions.Rulebook.From([new(TenantId.Default, "participant-roles", "default", 2, json, default, "adam")]);
        situation.Do(Talk(1, "told him")).Complaint!.Receipt.FirstResponseAt.ShouldNotBeNull();
    }

    private static RecordInteraction Talk(int participant, string summary) =>
        new(Direction.Outbound, "phone", Summary: summary, Participant: participant);

    private async Task<ComplaintId> ThreeAsync()
    {
        var id = await _harness.FileAsync();
        (await Desk.ExecuteAsync(id, new AddParticipant("guardian", "Bea Jones", "+44 20 7946 0018"))).IsSuccess.ShouldBeTrue();
        (await Desk.ExecuteAsync(id, new AddParticipant("witness", "Carl Wu", Email: "carl@example.org"))).IsSuccess.ShouldBeTrue();
        await Desk.ExecuteAsync(id, Talk(1, "bea said"));
        await Desk.ExecuteAsync(id, Talk(2, "carl said"));
        await Desk.ExecuteAsync(id, new RecordInteraction(Direction.Inbound, "phone", Summary: "ming said"));
        return id;
    }

    private async Task EraseAsync(ComplaintId id, Func<Complaint, SubjectId> whom) =>
        (await _harness.Keys.DestroyAsync(TenantId.Default, whom((await Desk.ViewAsync(id))!.Complaint), default)).ShouldBeTrue();

    /// <summary>The names and the summaries that are told, in order.</summary>
    private async Task<IEnumerable<string>> WordsAsync(ComplaintId id)
    {
        var view = (await Desk.ViewAsync(id))!;
        var words = await Desk.RevealAsync(view, Purpose.CaseWork);
        var names = view.Complaint.Participants.Select(participant => words.Of(participant.Card)?.Name)
            .Append(words.Of(view.Complaint.Receipt.Complainant)?.Name);
        var said = view.History.Select(recorded => recorded.Event).OfType<InteractionRecorded>().Select(talk => words.Of(talk.Summary));
        return names.Concat(said).OfType<string>().Order(StringComparer.Ordinal).ToList();
    }
}
