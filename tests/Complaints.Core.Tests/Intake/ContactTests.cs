using Complaints.Core.FollowUp;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;
using Complaints.Core.Tests.Issues;
using Case = Complaints.Core.Tests.Issues.Case;
using NodaTime;

namespace Complaints.Core.Tests.Intake;

/// <summary>What is a contact of a person with the customer, and what is owed an answer.</summary>
public sealed class ContactTests
{
    private const string Talks = """
        {"objective":"first-response","limit":"2 hours"},{"objective":"next-response","limit":"4 hours"},
        {"objective":"callback","limit":"1 hour"},{"objective":"resolution","limit":"100 hours"}
        """;

    public static TheoryData<RecordInteraction, bool, bool> Interactions() => new()
    {
        // What was recorded; whether it is a contact; whether it is owed an answer.
        { new(Direction.Inbound, "phone"), true, false },
        { new(Direction.Inbound, "phone", Reached: false), false, true },
        { new(Direction.Inbound, "phone", ByPerson: false), false, true },
        { new(Direction.Outbound, "phone"), true, false },
        { new(Direction.Outbound, "phone", Reached: false), false, false },
        { new(Direction.Inbound, "email"), false, true },
        { new(Direction.Inbound, "email", ByPerson: false), false, false },
        { new(Direction.Outbound, "email"), true, false },
        { new(Direction.Outbound, "email", ByPerson: false), false, false },
        { new(Direction.Inbound, "chat"), false, true },
        { new(Direction.Inbound, "chat", Live: true), true, false },
        { new(Direction.Inbound, "store-desk"), true, false },
        { new(Direction.Inbound, "letter"), false, true },
        { new(Direction.Inbound, "phone", Kind: "message"), false, true },
        { new(Direction.Inbound, "phone", Kind: "transfer", To: "ben", Brief: "A leak."), true, false },
        { new(Direction.Outbound, "phone", Kind: "three-way"), true, false },
        { new(Direction.Inbound, "phone", Kind: "chaser"), false, false },
        { new(Direction.Inbound, "email", Kind: "chaser"), false, false },
        { new(Direction.Inbound, "phone", Call: new PhoneCall("C-7")), false, true },
    };

    [Theory]
    [MemberData(nameof(Interactions))]
    public void T16_A_live_contact_with_a_person_answers_in_both_directions(RecordInteraction interaction, bool contact, bool owed)
    {
        var situation = Case.Under(Talks).At(1).Do(interaction);
        situation.Clock(Objective.FirstResponse).IsOpen.ShouldBe(!contact);
        situation.Complaint!.Clocks.Facts.Any(fact => fact.Kind == FactKind.CustomerMessage).ShouldBe(owed);
        situation.Complaint.Talk.UnansweredSince.ShouldBe(owed ? Case.Hour(1) : null);
        situation.Complaint.Receipt.FirstResponseAt.ShouldBe(contact ? Case.Hour(1) : null);
    }

    [Fact]
    public void X21_A_chaser_is_counted_and_moves_no_clock()
    {
        var situation = Case.Under(Talks).At(1).Do(new RecordInteraction(Direction.Inbound, "email"));
        var before = Clocks.Project(situation.Complaint!, situation.Rules);
        situation.At(2).Do(new RecordInteraction(Direction.Inbound, "email", Kind: "chaser"));
        Clocks.Project(situation.Complaint!, situation.Rules).ShouldBe(before);
        situation.Complaint!.Talk.Chasers.ShouldBe(1);
        situation.Try(new RecordInteraction(Direction.Outbound, "email", Kind: "chaser")).Refusal!.Code.ShouldBe("chaser.outbound");
        situation.Try(new RecordInteraction(Direction.Inbound, "email", Kind: "nonsense")).Refusal!.Code.ShouldBe("code.unknown");
    }

    [Fact]
    public void T16_An_answered_call_counts_from_when_it_was_answered()
    {
        var situation = Case.Under(Talks).At(1);
        situation.Do(new RecordInteraction(Direction.Inbound, "phone", Call: new("C-1", "13800138000", "95000", "after-sales",
            Answered: Case.Hour(0.5), Ended: Case.Hour(0.7))));
        situation.Clock(Objective.FirstResponse).StoppedAt.ShouldBe(Case.Hour(0.5));
        situation.Complaint!.Talk.SpokeAt.ShouldBe(Case.Hour(0.5));
    }

    [Fact]
    public void T16_An_offer_that_was_put_to_the_customer_is_a_contact()
    {
        var situation = Case.Under(Talks).At(1).Do(new Propose(["exchange"])).Do(new Present(1));
        situation.Verdicts(Objective.FirstResponse).ShouldBe([ClockVerdict.Met]);
    }

    [Fact]
    public void S021_S022_A_call_is_told_in_words_and_by_nobody_who_may_not_see_it()
    {
        var situation = Case.Under(Talks).At(1);
        situation.Do(new RecordInteraction(Direction.Inbound, "phone", Call: new("C-1", "13800138000", "95000", "after-sales", Case.Hour(0.9))));
        var told = situation.Decisions[^1].Events[0];
        told.Details(Core.Definitions.Rulebook.BuiltIn).Select(detail => detail.Value).ShouldNotContain("13800138000");
        told.ToString().ShouldNotContain("13800138000");
    }

    [Theory]
    [InlineData(0.5, 0.4, "call.ended_before_answered")]
    [InlineData(1.5, 1.6, "time.in_future")]
    [InlineData(0.5, 1.6, "time.in_future")]
    [InlineData(-1, 0.5, "time.before_receipt")]
    public void A_call_whose_times_cannot_be_is_refused(double answered, double ended, string code)
    {
        var situation = Case.Under(Talks).At(1);
        var call = new PhoneCall(Answered: Case.Hour(answered), Ended: Case.Hour(ended));
        situation.Try(new RecordInteraction(Direction.Inbound, "phone", Call: call)).Refusal!.Code.ShouldBe(code);
    }

    [Fact]
    public void T16_A_complaint_that_is_told_in_a_call_is_answered_when_the_call_is()
    {
        var rules = Case.Under(Talks).Rules;
        var situation = new Situation { Rules = rules }.At(1);
        situation.Do(new Register(Situation.Draft with { Call = new("C-1", Answered: Case.Hour(0.9), Ended: Case.Hour(1)) }));
        situation.Complaint!.Receipt.ReceivedAt.ShouldBe(Case.Hour(0.9));
        situation.Clock(Objective.FirstResponse).IsMet.ShouldBeTrue();
        situation.Clock(Objective.FirstResponse).StoppedAt.ShouldBe(Case.Hour(0.9));

        var waited = new Situation { Rules = rules }.At(1);
        waited.Do(new Register(Situation.Draft with { ReceivedAt = Case.Hour(0.5), Call = new("C-1", Answered: Case.Hour(0.9)) }));
        waited.Clock(Objective.FirstResponse).StartedAt.ShouldBe(Case.Hour(0.5));
        waited.Clock(Objective.FirstResponse).StoppedAt.ShouldBe(Case.Hour(0.9));
        new Situation { Rules = rules }.At(1)
            .Try(new Register(Situation.Draft with { ReceivedAt = Case.Hour(0.95), Call = new(Answered: Case.Hour(0.9)) }))
            .Refusal!.Code.ShouldBe("time.before_receipt");
    }

    [Theory]
    [InlineData("visit", Role.Agent, true)]
    [InlineData("visit", Role.System, false)]
    [InlineData("letter", Role.Agent, false)]
    [InlineData(null, Role.Agent, false)]
    public void T16_A_customer_at_the_counter_was_answered_by_whoever_is_there(string? kind, string role, bool contact)
    {
        var situation = new Situation { Rules = Case.Under(Talks).Rules }.At(1);
        situation.Do(new Register(Situation.Draft with { InteractionKind = kind }), role == Role.System ? Actor.System : new("amy", role));
        situation.Clock(Objective.FirstResponse).IsOpen.ShouldBe(!contact);
    }

    [Theory]
    [InlineData("letter")]
    [InlineData(null)]
    public void T16_What_nobody_answered_when_it_was_told_waits_for_the_first_response_alone(string? kind)
    {
        var situation = new Situation { Rules = Case.Under(Talks).Rules }.At(1);
        situation.Do(new Register(Situation.Draft with { InteractionKind = kind, Call = kind is null ? new("C-1") : null }));
        situation.Clock(Objective.FirstResponse).IsRunning.ShouldBeTrue();
        Clocks.Project(situation.Complaint!, situation.Rules).ShouldNotContain(clock => clock.Objective == Objective.NextResponse);
        situation.Complaint!.Talk.UnansweredSince.ShouldBeNull("nobody wrote again");
        situation.Decisions[^1].Events.OfType<InteractionRecorded>().Single().Details(situation.Rules)
            .Where(detail => detail.Label?.En == "Answered").ShouldAllBe(detail => detail.Value == null);
    }

    [Fact]
    public void T16_A_resolution_without_any_contact_cancels_the_first_response()
    {
        var silent = Case.Under(Talks).At(1).Do(new Resolve("solved"));
        silent.Clock(Objective.FirstResponse).CancelledAt.ShouldBe(Case.Hour(1));
        silent.Verdicts(Objective.FirstResponse).ShouldBe([ClockVerdict.Cancelled]);
        silent.Complaint!.Clocks.ResultOf("first-response/1")!.Reason.ShouldBe("by-fact");

        var told = Case.Under(Talks).At(1).Do(new Resolve("solved", ConfirmedInCall: true));
        told.Verdicts(Objective.FirstResponse).ShouldBe([ClockVerdict.Met], "the customer said so in the call");
        Case.Under(Talks).At(1).Do(new DecideNotEstablished("not-established", "No.")).Verdicts(Objective.FirstResponse)
            .ShouldBe([ClockVerdict.Cancelled]);
    }

    [Fact]
    public void T17_A_clock_that_ran_beyond_its_due_instant_is_late_also_where_it_is_cancelled_then()
    {
        var situation = Case.Under(Talks).At(3).Do(new Resolve("solved"));
        situation.Verdicts(Objective.FirstResponse).ShouldBe([ClockVerdict.Breached]);
    }

    [Fact]
    public void X21_A_customer_who_writes_to_a_closed_case_is_owed_an_answer_under_the_built_in_policy()
    {
        var situation = Situation.In(ComplaintState.Closed).After(Duration.FromHours(1));
        situation.Do(new RecordInteraction(Direction.Inbound, "web"));
        var clock = situation.Clock(Objective.NextResponse);
        clock.IsRunning.ShouldBeTrue();
        clock.Terms!.Escalations.ShouldHaveSingleItem().Role.ShouldBe(Role.Supervisor);
        situation.Complaint!.Talk.UnansweredSince.ShouldNotBeNull();
        situation.Do(new RecordVisit("phone"));
        situation.Complaint.Talk.UnansweredSince.ShouldBeNull("a visit answers");
        situation.Clock(Objective.NextResponse).IsOpen.ShouldBeFalse();
    }

    [Fact]
    public void S084_A_progress_update_is_owed_while_somebody_works_on_the_case_and_not_afterwards()
    {
        var situation = Situation.Registered().Do(new Acknowledge());
        situation.Clock(Objective.ProgressUpdate).IsRunning.ShouldBeTrue();
        situation.Do(new Resolve("solved")).Do(new RecordInteraction(Direction.Outbound, "phone"));
        situation.Clock(Objective.ProgressUpdate).IsOpen.ShouldBeFalse();
        situation.Do(new Reopen("problem-persists")).Do(new RecordInteraction(Direction.Outbound, "phone"));
        situation.Clock(Objective.ProgressUpdate).IsRunning.ShouldBeTrue();
    }

    [Theory]
    [InlineData("phone", null)]
    [InlineData("pigeon", "definition.missing")]
    public void A_kind_of_contact_stands_for_channels_that_there_are(string channel, string? code)
    {
        var json = $$"""{"items":[{"code":"call","label":{"en":"Call","zh":"通话"},"live":true,"channels":["{{channel}}"]}]}""";
        DefinitionKinds.Check("interaction-kinds", "default", json, Core.Definitions.Rulebook.BuiltIn)?.Details.Single().Code.ShouldBe(code);
    }
}
