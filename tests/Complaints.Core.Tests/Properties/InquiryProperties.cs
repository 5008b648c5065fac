using Complaints.Core.History;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;
using Complaints.Core.Tests.History;
using Complaints.Core.Tests.Investigation;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Complaints.Core.Tests.Properties;

/// <summary>Whatever is planned, found, and said of people: who keeps out decides nothing and gets nothing, and a replay leads to the
/// same.</summary>
[Properties(MaxTest = 500, Arbitrary = [typeof(Scripts)])]
public sealed class InquiryProperties
{
    private static readonly Actor[] Actors =
    [
        Situation.Agent, Situation.Supervisor, Inquiries.Manager, new("lee", Role.Agent, Role.Manager), new("ben",
        Role.Manager) { OnBehalfOf = "lee" },
    ];

    public static class Scripts
    {
        private static readonly Gen<int> Number = Gen.Choose(0, 4);
        private static readonly Gen<string?> Person = Gen.Elements<string?>(null, "lee", "kim", "cai");

        private static readonly Gen<ComplaintCommand> Commands = Gen.OneOf(
            Person.Zip(Gen.Elements(StepPhase.Investigation, StepPhase.Execution), (person, phase) =>
                (ComplaintCommand)new PlanStep(phase, "records", person, Due: Situation.Morning + NodaTime.Duration.FromHours(1))),
            Number.Zip(Gen.Elements(StepResult.Done, StepResult.Failed, StepResult.Cancelled), (step, result) =>
                (ComplaintCommand)new FinishStep(step, result, "So.")),
            Gen.Constant((ComplaintCommand)Inquiries.Found),
            Number.Zip(Person, (finding, staff) => (ComplaintCommand)(Inquiries.Liable with { Finding = finding, Staff = staff })),
            Person.Select(person => (ComplaintCommand)new Core.Assignment.HandOver(person ?? "eve", null, "expertise")),
            Gen.Elements<ComplaintCommand>(
                new AddParticipant("accused", Staff: "lee"), new AddNote("So."), new Propose(["exchange"]), new Present(1),
                new AcceptProposal(1, "phone"), new CompleteRemedy(), new Resolve("solved"), new Reopen("new-facts"),
                    new PlaceOnHold("parts"),
                new ReleaseHold("parts")));

        public static Arbitrary<(ComplaintCommand Command, int Actor)[]> All { get; } =
            Gen.ArrayOf(Commands.Zip(Gen.Choose(0, Actors.Length - 1), (command, actor) => (command, actor))).ToArbitrary();
    }

    [Property]
    public void S116_Who_keeps_out_decides_nothing_and_gets_nothing((ComplaintCommand Command, int Actor)[] script)
    {
        var situation = Beginning(script);
        foreach (var (command, actor) in script)
        {
            var before = Core.Assignment.ConflictRules.KeptOut(situation.Complaint!);
            var isOut = Out(situation.Complaint!, Actors[actor]);
            if (situation.Try(command, Actors[actor]).Refusal is not null)
                continue;
            if (isOut)
                command.ShouldBeOfType<AddNote>();
            situation.Do(command, Actors[actor]);
            var complaint = situation.Complaint!;
            var kept = Core.Assignment.ConflictRules.KeptOut(complaint);
            before.ShouldBeSubsetOf(kept, "nobody comes in again");
            kept.ShouldNotContain(complaint.Responsibility.Owner ?? "");
            var work = WorkProjection.Of(complaint, Clocks.Project(complaint, situation.Rules), situation.Rules);
            work.ShouldAllBe(row => (row.Person == null || !kept.Contains(row.Person)) && kept.All(person => row.NotFor.Contains(person)));
        }
    }

    [Property]
    public void S062_Steps_findings_and_clocks_agree_and_a_replay_leads_to_the_same((ComplaintCommand Command, int Actor)[] script)
    {
        var situation = Play(script);
        foreach (var complaint in situation.Decisions.Select(decision => decision.Complaint))
        {
            var inquiry = complaint.Inquiry;
            inquiry.Steps.Select(step => step.Number).ShouldBe(Enumerable.Range(1, inquiry.Steps.Length));
            complaint.Clocks.Dated.Length.ShouldBe(inquiry.Steps.Count(step => step.Due != null));
            foreach (var clock in Clocks.Project(complaint, situation.Rules).Where(clock => clock is { Objective: Objective.Step,
                IsOpen: true }))
                inquiry.Steps.Single(step => $"step/{step.Number}" == clock.Subject)
                    .IsOpen.ShouldBeTrue("a clock that runs is of a step to be done");
            inquiry.Liabilities.ShouldAllBe(liability => inquiry.Findings.Any(finding => finding.Number == liability.Finding));
        }
        var commits = Sealed.Commits(situation);
        var (state, unknown) = StateCodec.Fold(TenantId.Default, Sealed.Events(commits));
        unknown.ShouldBeNull();
        Sealed.Text(StateCodec.Write(state!)).ShouldBe(Sealed.Text(commits[^1].State));
        Sealed.Text(StateCodec.Write(StateCodec.Read(commits[^1].State.Span))).ShouldBe(Sealed.Text(commits[^1].State));
    }

    [Fact]
    public void Control_the_scripts_come_to_steps_findings_liabilities_and_people_who_keep_out()
    {
        var played = Scripts.All.Generator.Sample(size: 40, seed: new Rnd(4107, 1), numberOfSamples: 400).Select(Play).ToList();
        played.SelectMany(situation => situation.Complaint!.Inquiry.Steps).Select(step => step.Result).Distinct().Count().ShouldBe(4);
        played.Count(situation => situation.Complaint!.Inquiry.Steps.Any(step => step.Phase == StepPhase.Execution)).ShouldBeGreaterThan(3);
        played.Count(situation => !situation.Complaint!.Inquiry.Liabilities.IsEmpty).ShouldBeGreaterThan(20);
        played.Count(situation => Out(situation.Complaint!, Actors[3])).ShouldBeGreaterThan(50);
        played.Count(situation => situation.Complaint!.State == ComplaintState.Resolved).ShouldBeGreaterThan(10);
    }

    /// <summary>Half of them begin where something is agreed already, which few scripts come to.</summary>
    private static Situation Beginning((ComplaintCommand Command, int Actor)[] script) =>
        script.Length % 2 == 0 ? Situation.In(ComplaintState.Executing) : Situation.Registered();

    private static bool Out(Complaint complaint, Actor actor) =>
        complaint.Participants.Any(participant => participant.Role == "accused" && actor.IsOrActsFor(participant.Staff))
        || complaint.Inquiry.Liabilities.Any(liability => actor.IsOrActsFor(liability.Staff));

    private static Situation Play((ComplaintCommand Command, int Actor)[] script)
    {
        var situation = Beginning(script);
        foreach (var (command, actor) in script)
        {
            if (situation.Try(command, Actors[actor]).Refusal is null)
                situation.Do(command, Actors[actor]);
        }
        return situation;
    }
}
