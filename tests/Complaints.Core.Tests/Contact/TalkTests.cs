using Complaints.Core.Assignment;
using Complaints.Core.Contact;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;
using Complaints.Core.Tests.Issues;
using Complaints.Testing;
using NodaTime;
using Case = Complaints.Core.Tests.Issues.Case;

namespace Complaints.Core.Tests.Contact;

/// <summary>What a talk says besides words: how the customer feels, to whom a call was passed on, and advice that solves nothing
/// yet.</summary>
public sealed class TalkTests
{
    private static readonly RecordInteraction Passed =
        new(Direction.Inbound, "phone", Kind: "transfer", To: "ben", Brief: "The fridge leaks since Monday.");

    [Fact]
    public void S151_The_last_emotion_stands_in_the_state_and_costs_nothing_where_nobody_noted_it()
    {
        var situation = Situation.Registered().Do(new RecordInteraction(Direction.Inbound, "phone"));
        situation.Complaint!.Talk.Emotion.ShouldBeNull();
        situation.Do(new RecordInteraction(Direction.Inbound, "phone", Emotion: Emotion.Angry))
            .Do(new RecordInteraction(Direction.Outbound, "phone")).Complaint!.Talk.Emotion.ShouldBe(Emotion.Angry);
        situation.Do(new RecordInteraction(Direction.Outbound, "phone", Emotion: Emotion.Calm)).Complaint!.Talk.Emotion
            .ShouldBe(Emotion.Calm);
    }

    [Fact]
    public void S151_What_is_written_down_late_does_not_outdate_a_later_feeling()
    {
        var situation = Situation.Registered().At(3).Do(new RecordInteraction(Direction.Inbound, "phone", Emotion: Emotion.Upset)).At(4);
        var late = Complaint.Decide(situation.Complaint, new RecordInteraction(Direction.Inbound, "phone", Emotion: Emotion.Calm),
            situation.Context() with { OccurredAt = Situation.Morning + Duration.FromHours(1), BackdateReason = "Forgotten." });
        late.Complaint!.Talk.Emotion.ShouldBe(Emotion.Upset);
    }

    [Fact]
    public void S151_A_witness_has_feelings_too_but_not_the_customers()
    {
        var situation = Situation.Registered().Do(new AddParticipant("witness", "Bea"))
            .Do(new RecordInteraction(Direction.Inbound, "phone", Participant: 1, Emotion: Emotion.Angry));
        situation.Complaint!.Talk.Emotion.ShouldBeNull();
    }

    [Theory]
    [InlineData("furious", "code.unknown")]
    [InlineData("王小明 is cross", "code.unknown")]
    public void S151_What_is_no_emotion_is_refused(string emotion, string code) =>
        Situation.Registered().Try(new RecordInteraction(Direction.Inbound, "phone", Emotion: emotion)).Refusal!.Code.ShouldBe(code);

    [Theory]
    [InlineData(Emotion.Threatening, Emotion.Angry, true)]
    [InlineData(Emotion.Angry, Emotion.Angry, true)]
    [InlineData(Emotion.Upset, Emotion.Angry, false)]
    [InlineData(null, Emotion.Calm, false)]
    [InlineData("of-a-newer-program", Emotion.Calm, false)]
    public void S151_Emotions_are_a_scale(string? felt, string bound, bool isAtLeast) =>
        Emotion.IsAtLeast(felt, bound).ShouldBe(isAtLeast);

    [Fact]
    public void S155_A_call_that_is_passed_on_takes_the_case_and_the_brief_along()
    {
        var situation = Situation.Registered().Do(new HandOver("amy", "first-line", "takes-over")).Do(Passed);
        situation.Complaint!.Responsibility.ShouldSatisfyAllConditions(
            responsible => responsible.Owner.ShouldBe("ben"), responsible => responsible.Team.ShouldBe("first-line"),
            responsible => responsible.HandOvers.ShouldBe(2));
        situation.Decisions[^1].Events.Select(happened => happened.GetType()).Take(2)
            .ShouldBe([typeof(InteractionRecorded), typeof(HandedOver)]);
        situation.Do(Passed).Decisions[^1].Events.ShouldNotContain(happened => happened is HandedOver, "the case is there already");
    }

    [Fact]
    public void S155_The_first_who_gets_a_case_by_a_call_answers_for_it_for_the_clocks_too()
    {
        var situation = Situation.Registered().Do(Passed);
        situation.Complaint!.Clocks.Facts.ShouldContain(fact => fact.Kind == FactKind.Assigned);
    }

    [Fact]
    public void S155_Who_may_not_hand_over_passes_the_call_on_and_the_case_stays()
    {
        var own = Settings("""{ "hand-over": ["supervisor"] }""");
        var rules = Rulebook.From([new(TenantId.Default, "tenant", "default", 2, own, default, "test")]);
        var situation = new Situation { Rules = rules }.Do(new Register(Situation.Draft)).Do(Passed);
        situation.Complaint!.Responsibility.Owner.ShouldBeNull();
        situation.Do(Passed, Situation.Supervisor).Complaint!.Responsibility.Owner.ShouldBe("ben");
    }

    [Fact]
    public void S155_After_the_end_a_call_is_passed_on_without_the_case()
    {
        var situation = Situation.In(ComplaintState.Closed).Do(Passed);
        situation.Complaint!.Responsibility.Owner.ShouldNotBe("ben");
        ((InteractionRecorded)situation.Decisions[^1].Events[0]).To.ShouldBe("ben");
    }

    [Theory]
    [InlineData("transfer", null, "A leak.", "transfer.incomplete")]
    [InlineData("transfer", "ben", " ", "transfer.incomplete")]
    [InlineData("call", "ben", null, "transfer.not_meant")]
    [InlineData(null, null, "A leak.", "transfer.not_meant")]
    [InlineData("message", "ben", "A leak.", "transfer.not_meant")]
    public void S155_Half_a_transfer_is_refused_and_changes_nothing(string? kind, string? to, string? brief, string code)
    {
        var refused = Situation.Registered().Try(new RecordInteraction(Direction.Inbound, "phone", Kind: kind, To: to, Brief: brief));
        refused.Refusal!.Code.ShouldBe(code);
        refused.Events.ShouldBeEmpty();
    }

    [Fact]
    public void S155_A_call_is_not_passed_on_to_who_is_away()
    {
        var situation = Situation.Registered();
        var today = situation.Now.InZone(DateTimeZoneProviders.Tzdb["Asia/Shanghai"]).Date;
        var away = new StaffCard("ben") { Absences = [new(today, today)] };
        Complaint.Decide(situation.Complaint, Passed, situation.Context() with { Staff = [away] }).Refusal!.Code
            .ShouldBe("assignment.absent");
    }

    [Fact]
    public async Task S155_The_brief_is_sealed_and_the_receiver_reads_it()
    {
        var harness = new DeskHarness();
        var id = await harness.FileAsync();
        (await harness.Desk.ExecuteAsync(id, Passed)).Refusal.ShouldBeNull();
        var view = (await harness.Desk.For(new Actor("ben", Role.Agent)).ViewAsync(id))!;
        var told = view.History.Select(entry => entry.Event).OfType<InteractionRecorded>().Single();
        told.Brief!.Envelope.ShouldNotBeNull();
        (await harness.Desk.RevealAsync(view, Purpose.CaseWork)).Of(told.Brief).ShouldBe(Passed.Brief);
        view.Complaint.Responsibility.Owner.ShouldBe("ben");
    }

    [Fact]
    public void S148_Advice_answers_the_customer_and_resolves_nothing()
    {
        var situation = Case.Under("""{"objective":"first-response","limit":"2 hours"}""",
            """{"objective":"resolution","limit":"5 days"}""")
            .At(1).Do(new RecordInteraction(Direction.Outbound, "chat", Kind: "interim-advice", Summary: "Use the other tap meanwhile."));
        situation.Clock(Objective.FirstResponse).IsOpen.ShouldBeFalse();
        situation.Clock(Objective.Resolution).IsOpen.ShouldBeTrue();
        situation.Complaint!.State.ShouldBe(ComplaintState.Registered);
        situation.Try(new Close()).Refusal!.Code.ShouldBe("lifecycle.not_permitted");
    }

    [Fact]
    public void S148_Advice_in_a_call_of_the_customers_answers_too() =>
        Situation.Registered().Do(new RecordInteraction(Direction.Inbound, "phone", Kind: "interim-advice", Live: true, Summary: "Wait."))
            .Complaint!.Receipt.FirstResponseAt.ShouldNotBeNull();

    [Theory]
    [InlineData(Direction.Outbound, true, null)]
    [InlineData(Direction.Outbound, false, "Wait.")]
    [InlineData(Direction.Inbound, true, "Wait.")]
    public void S148_Advice_without_words_or_without_a_person_is_none(Direction direction, bool byPerson, string? summary) =>
        Situation.Registered().Try(new RecordInteraction(direction, "chat", byPerson, Kind: "interim-advice", Summary: summary))
            .Refusal!.Code.ShouldBe("advice.incomplete");

    [Fact]
    public void S148_A_kind_is_at_most_one_of_chaser_transfer_and_advice()
    {
        const string Both = """{"items":[{"code":"x","label":{"en":"X","zh":"甲"},"chaser":true,"advice":true}]}""";
        DefinitionKinds.Check("interaction-kinds", "default", Both, Rulebook.BuiltIn)!.Details.ShouldHaveSingleItem().Code
            .ShouldBe("definition.duplicate");
    }

    private static string Settings(string permissions) => BuiltIns.All.Single(definition => definition.Kind == "tenant").Json.TrimEnd()
        .TrimEnd('}').TrimEnd() + $", \"permissions\": {permissions} }}";
}
