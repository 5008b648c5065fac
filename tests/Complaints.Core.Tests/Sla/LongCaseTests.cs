using Complaints.Core.History;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;
using Complaints.Core.Tests.History;
using NodaTime;

namespace Complaints.Core.Tests.Sla;

/// <summary>However often a customer and we talk, the state stays small and its clocks are right.</summary>
public sealed class LongCaseTests
{
    private const string Objectives = """
        {"objective":"first-response","limit":"10 hours"},
        {"objective":"next-response","limit":"2 hours","warnings":["50%"]},
        {"objective":"progress-update","limit":"3 hours"},
        {"objective":"callback","limit":"3 hours","start":["customer-message"],"stop":["phone-contact"]},
        {"objective":"resolution","limit":"90000 hours"}
        """;

    private static readonly RecordInteraction Asks = new(Direction.Inbound, "chat");
    private static readonly RecordInteraction Answers = new(Direction.Outbound, "chat");
    private static readonly RecordInteraction Calls = new(Direction.Outbound, "phone");

    [Fact]
    public void R40_Ten_thousand_interactions_leave_a_small_state_and_every_answer_was_counted()
    {
        var situation = Situation();
        Talk(situation, 10_000, breakEvery: 100);
        situation.Do(Asks);

        var complaint = situation.Complaint!;
        Sealed.Commits(situation)[^1].State.Length.ShouldBeLessThan(20_480);
        var clocks = Clocks.Project(complaint, situation.Rules);
        var running = clocks.Single(clock => clock.Objective == "next-response" && clock.IsRunning);
        running.Occurrence.ShouldBe(5_001);
        running.Due.ShouldBe(situation.Now - Duration.FromMinutes(1) + Duration.FromHours(2));
        clocks.Single(clock => clock.Objective == "first-response").StoppedAt.ShouldBe(Tests.Situation.Morning + Duration.FromMinutes(2));
        clocks.Single(clock => clock.Objective == "callback").StoppedAt.ShouldBe(Tests.Situation.Morning + Duration.FromMinutes(2));
        var told = situation.Decisions.SelectMany(decision => decision.Events).ToList();
        string[] late = [.. told.OfType<ClockBreached>().Select(breached => breached.Clock).Where(IsAnswer)];
        late.Length.ShouldBe(50);
        told.OfType<ClocksSettled>().SelectMany(settled => settled.Results.Select(result => result.Clock)).Where(IsAnswer).Concat(late)
            .Distinct().Count().ShouldBe(5_000);

        static bool IsAnswer(string clock) => clock.StartsWith("next-response/", StringComparison.Ordinal);
    }

    [Fact]
    public void R40_Folded_again_the_history_gives_the_same_small_state()
    {
        var situation = Situation();
        Talk(situation, 300, breakEvery: 7);
        var commits = Sealed.Commits(situation);

        var (state, unknown) = StateCodec.Fold(TenantId.Default, Sealed.Events(commits));

        unknown.ShouldBeNull();
        Sealed.Text(StateCodec.Write(state!)).ShouldBe(Sealed.Text(commits[^1].State));
        state!.Clocks.Condensed.ShouldNotBeNull();
    }

    [Fact]
    public void R40_What_ended_the_case_before_the_condensed_contacts_still_stops_what_runs()
    {
        var situation = Situation();
        Talk(situation, 200, breakEvery: 1_000);
        situation.Do(Asks);
        var asked = situation.Complaint!.Clocks.Facts[^1].At;
        var record = situation.Complaint.Clocks.CondensedBefore(asked + Duration.FromMinutes(30),
            Clocks.Tallies(situation.Complaint.Clocks, situation.Rules, asked + Duration.FromMinutes(30)));

        var late = record.With(new ClockFact(FactKind.Resolved, asked + Duration.FromMinutes(5)));
        var earlier = record.With(new ClockFact(FactKind.Resolved, asked - Duration.FromMinutes(5)));

        NextResponse(record).Single().IsRunning.ShouldBeTrue();
        NextResponse(late).Single().CancelledAt.ShouldBe(asked + Duration.FromMinutes(5));
        NextResponse(earlier).Single().IsRunning.ShouldBeTrue("the customer wrote after it was resolved");

        IEnumerable<Clock> NextResponse(ClockRecord clocks) =>
            Clocks.Project(situation.Complaint with { Clocks = clocks }, situation.Rules)
                .Where(clock => clock.Objective == "next-response");
    }

    [Fact]
    public void R40_Late_contacts_do_not_make_it_grow_again()
    {
        var situation = Situation();
        Talk(situation, 200, breakEvery: 1_000);
        var record = situation.Complaint!.Clocks;
        var length = record.Facts.Length;

        for (var i = 0; i < 1_000; i++)
            record = record.With(new ClockFact(FactKind.HumanContact, Tests.Situation.Morning + Duration.FromSeconds(i)));

        record.Facts.Length.ShouldBeLessThan(length + 20);
        record.Condensed!.Late.ShouldBeEmpty();
    }

    private static Situation Situation()
    {
        var situation = new Situation { Rules = Policies.Of(("test", Policies.Json(Objectives))) };
        return situation.Do(new Register(Tests.Situation.Draft));
    }

    /// <summary>The customer asks and we answer, by phone first; sometimes only after the limit.</summary>
    private static void Talk(Situation situation, int times, int breakEvery)
    {
        for (var i = 0; i < times / 2; i++)
        {
            situation.Do(Asks);
            if (i % breakEvery == breakEvery - 1)
                situation.After(Duration.FromHours(3)).Do(new FireClocks(), Actor.System);
            situation.Do(i % 3 == 0 ? Calls : Answers);
        }
    }
}
