using Complaints.Core.Capabilities;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.FollowUp;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Core.Tests.Intake;

/// <summary>Somebody complains for somebody else: nothing is told before the letter of authority is in.</summary>
public sealed class RepresentationTests
{
    private static readonly AmendParticipant Letter = new(1, ParticipantAuthority.Received, "LA-2026-17");

    public static TheoryData<ComplaintCommand, ComplaintState> Disclosing { get; } = new()
    {
        { new RecordInteraction(Direction.Outbound, "phone", Participant: 1), ComplaintState.Registered },
        { new Present(1, 1), ComplaintState.Proposing },
        { new AcceptProposal(1, "phone", Participant: 1), ComplaintState.AwaitingConsent },
        { new RejectProposal(1, "too-little", Participant: 1), ComplaintState.AwaitingConsent },
        { new NotifyResult("phone", "Told her.", 1), ComplaintState.Resolved },
        { new RequestReview("phone", 1), ComplaintState.Resolved },
        { new RecordVisit("phone", Satisfied: true, Participant: 1), ComplaintState.Resolved },
        { new ConfirmSolved("call", 1), ComplaintState.Resolved },
        { new ConfirmSolved("call", 1), ComplaintState.NotEstablished },
        { new Withdraw("customer-withdraws", Participant: 1), ComplaintState.Registered },
        { new AgreeDeadline(Situation.Morning + Duration.FromDays(9), 1), ComplaintState.Registered },
        { new Resolve("solved", ConfirmedInCall: true, Participant: 1), ComplaintState.Registered },
        { new RequestApproval(1, ConsentGiven: true, Participant: 1), ComplaintState.Proposing },
    };

    [Theory]
    [MemberData(nameof(Disclosing))]
    public void X31_Nothing_is_told_to_a_representative_before_the_letter_is_in_and_the_case_goes_on(
        ComplaintCommand command, ComplaintState state)
    {
        var situation = Situation.In(state).Do(new AddParticipant("representative", "Bea Jones"));
        Refused(situation, command);
        situation.Do(new AmendParticipant(1, ParticipantAuthority.Refused, "copy without signature"));
        Refused(situation, command);
        situation.Do(new AddNote("Asked for the original."));
        situation.Do(Letter).Try(command).Refusal.ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(Disclosing))]
    public void X31_A_letter_that_is_over_and_somebody_who_left_count_as_none(ComplaintCommand command, ComplaintState state)
    {
        var until = new LocalDate(2026, 9, 3);
        var situation = Situation.In(state).Do(new AddParticipant("representative", "Bea Jones")).Do(Letter with { Until = until });
        // The tenant's zone is eight hours ahead: the day is over at 16:00.
        situation.Now = Instant.FromUtc(2026, 9, 3, 15, 59);
        situation.Try(command).Refusal.ShouldBeNull("it holds to the end of its last day");
        situation.Now = Instant.FromUtc(2026, 9, 3, 16, 0);
        Refused(situation, command).Data["known"].ShouldBe("letter of authority expired");
        situation.Do(Letter with { Letter = "LA-2026-18" }).Try(command).Refusal.ShouldBeNull("a new letter");
        situation.Do(new AmendParticipant(1, Left: true));
        Refused(situation, command).Data["known"].ShouldBe("does not take part any more");
        situation.Try(Letter).Refusal!.Code.ShouldBe("participant.left");
    }

    [Fact]
    public void X31_A_talk_that_is_dated_before_the_letter_came_in_is_refused_too()
    {
        var situation = Situation.Registered().Do(new AddParticipant("representative", "Bea Jones"))
            .After(Duration.FromHours(2)).Do(Letter);
        var told = new RecordInteraction(Direction.Outbound, "phone", Participant: 1);
        var before = situation.Context() with { OccurredAt = situation.Now - Duration.FromHours(1), BackdateReason = "Written down late." };
        Complaint.Decide(situation.Complaint, told, before).Refusal!.Code.ShouldBe("party.no_authority");
        situation.Try(told).Refusal.ShouldBeNull();
    }

    [Fact]
    public void X31_What_the_representative_says_is_taken_down_and_counts_as_the_customers_word_once_the_letter_is_in()
    {
        var situation = Situation.Registered().Do(new AddParticipant("representative", "Bea Jones"));
        var said = new RecordInteraction(Direction.Inbound, "email", Summary: "Where is the answer?", Participant: 1);
        situation.Do(said).Complaint!.Talk.UnansweredSince.ShouldBeNull("nobody is owed an answer who may not have one");
        situation.Do(Letter).Do(said).Complaint!.Talk.UnansweredSince.ShouldNotBeNull();
        situation.Do(new RecordInteraction(Direction.Outbound, "phone", Participant: 1));
        situation.Complaint!.Talk.UnansweredSince.ShouldBeNull();
        situation.Complaint.Receipt.FirstResponseAt.ShouldNotBeNull();
    }

    [Fact]
    public void X31_Only_who_speaks_for_the_customer_accepts_for_the_customer_and_it_stands_in_the_history()
    {
        var situation = Situation.In(ComplaintState.AwaitingConsent).Do(new AddParticipant("witness", "Carl Wu"))
            .Do(new AddParticipant("guardian", "Dan Wu"));
        situation.Try(new AcceptProposal(1, "phone", Participant: 1)).Refusal!.Code.ShouldBe("party.not_customer");
        situation.Try(new AcceptProposal(1, "phone", Participant: 9)).Refusal!.Code.ShouldBe("participant.not_found");
        situation.Try(new AcceptProposal(1, "phone", Participant: 0)).Refusal!.Code.ShouldBe("number.out_of_range");
        situation.Do(new AcceptProposal(1, "phone", Participant: 2));
        situation.Decisions[^1].Events.OfType<ProposalAccepted>().Single().With!.Role.ShouldBe("guardian");
        Situation.In(ComplaintState.AwaitingConsent).Try(new RejectProposal(1, "too-little", Participant: 1)).Refusal!.Code
            .ShouldBe("participant.none");
    }

    [Fact]
    public void X31_What_is_answered_is_what_was_announced()
    {
        var situation = Situation.In(ComplaintState.Resolved).Do(new AddParticipant("representative", "Bea Jones"))
            .Do(new AddParticipant("guardian", "Dan Wu")).Do(new AddParticipant("expert", Staff: "eva"));
        string?[] Announced(string name) => [.. situation.Complaint!.PermittedCommands(situation.Context())
            .Where(command => command.Name == new CommandName(name)).Select(command => $"{command.Subject?.Key}:{command.Refusal?.Code}")];
        Announced("notify-result").ShouldBe([":", "1:party.no_authority", "2:"]);
        Announced("request-review").ShouldBe([":", "1:party.no_authority", "2:"]);
        Announced("amend-participant").ShouldBe(["1:", "2:", "3:"]);
        situation.Do(Letter).Do(new AmendParticipant(2, Left: true));
        Announced("notify-result").ShouldBe([":", "1:", "2:party.no_authority"]);
        Announced("amend-participant").ShouldBe(["1:", "3:"]);
    }

    [Theory]
    [InlineData(9, "received", "LA-1", null, false, "participant.not_found")]
    [InlineData(0, "received", "LA-1", null, false, "participant.not_found")]
    [InlineData(1, null, null, null, false, "participant.unchanged")]
    [InlineData(1, " ", " ", null, false, "participant.unchanged")]
    [InlineData(1, "received", null, null, false, "text.required")]
    [InlineData(1, "received", "  ", null, false, "text.required")]
    [InlineData(1, "required", "LA-1", null, false, "code.unknown")]
    [InlineData(1, "perhaps", "LA-1", null, false, "code.unknown")]
    [InlineData(1, "received", "LA\0", null, false, "text.control")]
    [InlineData(1, null, "LA-1", null, true, "participant.letter_unwanted")]
    [InlineData(1, null, null, "2026-12-31", true, "participant.letter_unwanted")]
    [InlineData(1, "refused", "LA-1", "2026-12-31", false, "participant.letter_unwanted")]
    [InlineData(1, "received", "LA-1", "2026-08-31", false, "participant.letter_over")]
    [InlineData(2, "received", "LA-1", null, false, "participant.staff_letter")]
    public void X31_What_is_wrong_with_a_letter_is_refused_and_changes_nothing(
        int number, string? authority, string? letter, string? until, bool left, string code)
    {
        var situation = Situation.Registered().Do(new AddParticipant("representative", "Bea Jones"))
            .Do(new AddParticipant("expert", Staff: "eva"));
        LocalDate? day = until is null ? null : NodaTime.Text.LocalDatePattern.Iso.Parse(until).Value;
        var refused = situation.Try(new AmendParticipant(number, authority, letter, day, left));
        refused.Refusal.ShouldNotBeNull().Code.ShouldBe(code);
        refused.Events.ShouldBeEmpty();
    }

    [Fact]
    public void X31_Only_the_desk_amends_and_not_after_a_merge_and_a_letter_has_a_length()
    {
        var situation = Situation.Registered().Do(new AddParticipant("representative", "Bea Jones"));
        situation.Try(Letter, new Actor("quinn", Role.Quality)).Refusal!.Code.ShouldBe("authority.role");
        situation.Try(Letter with { Letter = new('x', 501) }).Refusal!.Code.ShouldBe("text.too_long");
        situation.Try(Letter with { Letter = new('x', 20_000) }).Refusal!.Code.ShouldBe("text.too_long");
        Situation.In(ComplaintState.Merged).Try(Letter).Refusal!.Code.ShouldBe("merge.carried_on");
        Situation.Registered().Try(Letter).Refusal!.Code.ShouldBe("participant.none");
    }

    [Fact]
    public void X31_A_group_names_up_to_five_who_each_need_the_letter_and_one_who_left_makes_room()
    {
        var situation = Situation.Registered();
        for (var i = 0; i < 5; i++)
            situation.Do(new AddParticipant("group-representative", $"Tenant {i}"));
        situation.Complaint!.Participants.ShouldAllBe(participant => participant.Authority!.Status == ParticipantAuthority.Required);
        situation.Try(new AddParticipant("group-representative", "Tenant 6")).Refusal!.Code.ShouldBe("participant.too_many");
        situation.Do(new AmendParticipant(2, Left: true)).Do(new AddParticipant("group-representative", "Tenant 6"));
        situation.Complaint!.Participants[^1].Number.ShouldBe(6, "numbers do not come back");
    }

    [Fact]
    public void X31_Who_was_added_before_letters_were_asked_for_has_shown_none()
    {
        var situation = Situation.Registered().Do(new AddParticipant("witness", "Bea Jones"));
        var json = """
            {"items":[{"code":"witness","label":{"en":"Witness","zh":"证人"},"needsAuthority":true}]}
            """;
        situation.Do(new RecordInteraction(Direction.Outbound, "phone", Participant: 1));
        situation.Rules = Core.Definitions.Rulebook.From([new(TenantId.Default, "participant-roles", "default", 2, json, default, "adam")]);
        Refused(situation, new RecordInteraction(Direction.Outbound, "phone", Participant: 1));
        situation.Do(new PlaceOnHold("authority-letter")).Complaint!.State.ShouldBe(ComplaintState.OnHold);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task X31_A_merge_takes_a_letter_over_only_from_the_same_person(bool same)
    {
        var harness = new DeskHarness();
        var first = await harness.FileAsync();
        var second = await harness.FileAsync(same ? Drafts.English() with { SamePersonAs = first, ExternalRef = null } : Drafts.Chinese());
        await harness.DoAsync(first,
            [new AddParticipant("representative", "Bea Jones"), Letter, new AddParticipant("witness", "Carl Wu"),
                new AmendParticipant(2, Left: true), new Merge(second, "other", "The same.")]);
        var view = (await harness.Desk.ViewAsync(second))!;
        var (bea, carl) = (view.Complaint.Participants.Single(part => part.Role == "representative"),
            view.Complaint.Participants.Single(part => part.Role == "witness"));
        bea.Authority!.Status.ShouldBe(same ? ParticipantAuthority.Received : ParticipantAuthority.Required);
        carl.LeftAt.ShouldNotBeNull();
        (await harness.Desk.ExecuteAsync(second, new RecordInteraction(Direction.Outbound, "phone", Participant: bea.Number)))
            .Refusal?.Code.ShouldBe("party.no_authority");
        view.Complaint.Receipt.Person.Equals((await harness.Desk.ViewAsync(first))!.Complaint.Receipt.Person).ShouldBe(same);
    }

    [Fact]
    public async Task X31_The_letter_is_sealed_under_the_key_of_who_showed_it()
    {
        var harness = new DeskHarness();
        var id = await harness.FileAsync();
        await harness.DoAsync(id, [new AddParticipant("representative", "Bea Jones"), Letter]);
        (await LetterAsync()).ShouldBe("LA-2026-17");
        var person = (await harness.Desk.ViewAsync(id))!.Complaint.Participants[0].Person!.Value;
        await harness.Keys.DestroyAsync(TenantId.Default, person, default);
        (await LetterAsync()).ShouldBeNull();

        async Task<string?> LetterAsync()
        {
            var view = (await harness.Desk.ViewAsync(id))!;
            var words = await harness.Desk.RevealAsync(view, Purpose.CaseWork);
            return words.Of(view.History.Select(entry => entry.Event).OfType<ParticipantAmended>().Single().Letter);
        }
    }

    [Fact]
    public void X31_A_point_is_given_up_by_the_customer_or_who_may_speak_for_the_customer()
    {
        var situation = Situation.Registered().Do(new RaisePoint("Late.")).Do(new AddParticipant("representative", "Bea Jones"))
            .Do(new AddParticipant("witness", "Carl Wu"));
        var drop = new DropPoint(2, PointDrop.Withdrawn, Participant: 1);
        Refused(situation, drop);
        situation.Try(drop with { Participant = 2 }).Refusal!.Code.ShouldBe("party.not_customer");
        situation.Try(drop with { Participant = 3 }).Refusal!.Code.ShouldBe("participant.not_found");
        situation.Try(drop with { Why = PointDrop.Duplicate, Of = 1 }).Refusal!.Code.ShouldBe("party.nothing_said");
        situation.Try(new Resolve("solved", Participant: 1)).Refusal!.Code.ShouldBe("party.nothing_said", "nobody confirmed anything");
        situation.Do(Letter).Do(drop);
        situation.Decisions[^1].Events.OfType<PointDropped>().Single().With!.Number.ShouldBe(1);
    }

    /// <summary>Whose word a command takes down is known of every command that takes one down.</summary>
    [Fact]
    public void X31_Every_command_by_which_the_customer_says_something_says_who_said_it()
    {
        string[] customers =
        [
            "accept-proposal", "agree-deadline", "confirm-solved", "drop-point", "record-interaction", "record-visit", "reject-proposal",
            "request-approval", "request-review", "resolve", "withdraw",
        ];
        foreach (var name in customers)
        {
            var command = CommandCatalogue.Find(new(name))!;
            command.Fields.ShouldContain(field => field.Name == "participant", name);
            command.Refusals.ShouldContain("party.no_authority", name);
        }
        // Whatever asks what the customer said or wants is one of them.
        string[] words = ["satisfied", "confirmedInCall", "consentGiven"];
        CommandCatalogue.All.Where(command => command.Fields.Any(field => words.Contains(field.Name)))
            .Select(command => command.Name.Value).ShouldBeSubsetOf(customers);
    }

    [Fact]
    public void X31_A_representative_is_asked_for_the_letter_and_told_nothing_else()
    {
        var situation = Situation.Registered().Do(new AddParticipant("representative", "Bea Jones"))
            .Do(new AddParticipant("witness", "Carl Wu"));
        var ask = new RecordInteraction(Direction.Outbound, "phone", Participant: 1, Kind: "letter-request");
        foreach (var more in new[]
        {
            ask with { Participant = null }, ask with { Direction = Direction.Inbound }, ask with { ByPerson = false },
            ask with { Summary = "Told all of it." }, ask with { Satisfied = true }, ask with { Emotion = "angry" },
            ask with { Contact = new(Windows: ["09:00-12:00"]) },
        })
            situation.Try(more).Refusal!.Code.ShouldBe("letter.nothing_else");
        situation.Try(ask with { Participant = 2 }).Refusal!.Code.ShouldBe("letter.not_needed", "a witness needs none");
        situation.Try(ask with { Participant = 3 }).Refusal!.Code.ShouldBe("participant.not_found");
        Refused(situation, ask with { Kind = "call" });

        situation.Do(ask);
        var asked = situation.Decisions[^1].Events.ShouldHaveSingleItem().ShouldBeOfType<InteractionRecorded>();
        (asked.Kind, asked.With!.Number, asked.With.SpeaksForCustomer).ShouldBe(("letter-request", 1, false));
        situation.Complaint!.Receipt.FirstResponseAt.ShouldBeNull("it is no contact with the customer");
        situation.Do(Letter).Try(ask).Refusal!.Code.ShouldBe("letter.not_needed");
        situation.Do(new AmendParticipant(1, Left: true)).Try(ask).Refusal!.Code.ShouldBe("letter.not_needed");
    }

    private static ComplaintError Refused(Situation situation, ComplaintCommand command)
    {
        var refused = situation.Try(command);
        refused.Events.ShouldBeEmpty();
        refused.Refusal.ShouldNotBeNull().Code.ShouldBe("party.no_authority");
        return refused.Refusal;
    }
}
