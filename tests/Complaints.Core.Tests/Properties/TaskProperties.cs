using Complaints.Core.Assignment;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;
using Complaints.Core.Tests.Assignment;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using NodaTime;

namespace Complaints.Core.Tests.Properties;

/// <summary>Whatever departments do with their tasks: the customer's clocks run as if there were none, and nothing is solved while one is
/// open.</summary>
[Properties(MaxTest = 500, Arbitrary = [typeof(Scripts)])]
public sealed class TaskProperties
{
    private static readonly Actor All = new("eve", Role.Manager, Role.Department)
    {
        Teams = ["technical-support", "warehouse", "delivery"],
    };

    private static readonly Actor[] Actors = [All, TaskCases.Mei, TaskCases.Tao, TaskCases.Han, All with { Id = "ada" }];

    public static class Scripts
    {
        private static readonly Gen<int> Number = Gen.Choose(1, 3);

        private static readonly Gen<ComplaintCommand> OfTasks = Gen.OneOf(
            Gen.Elements(TaskRole.Lead, TaskRole.Assist).Zip(Gen.Elements("technical", "information"), (role, type) =>
                (ComplaintCommand)(TaskCases.ToTechnicians with { Role = role, Type = type })),
            Number.Select(task => (ComplaintCommand)new SignTask(task)),
            Number.Select(task => (ComplaintCommand)new ReturnTask(task, "other", "No.")),
            Number.Zip(Gen.Elements(ReturnRuling.Force, ReturnRuling.Redirect, ReturnRuling.Uphold), (task, ruling) =>
                (ComplaintCommand)new RuleOnReturn(task, ruling, "delivery")),
            Number.Select(task => (ComplaintCommand)(TaskCases.Mended with { Task = task })),
            Number.Zip(Gen.Elements(true, false), (task, passed) => (ComplaintCommand)new VerifyTask(task, passed, "incomplete")),
            Number.Select(task => (ComplaintCommand)new CancelTask(task, "solved")),
            Number.Select(task => (ComplaintCommand)new RecordFiling("DZ-1", task)));

        private static readonly Gen<ComplaintCommand> Others = Gen.Elements<ComplaintCommand>(
            new Resolve("solved"), new Propose(["exchange"], NeedsExecution: false), new Present(1), new AcceptProposal(1, "phone"),
            new LapseConsent("no-answer", "Called."), new DecideNotEstablished("not-established", "No."), new PlaceOnHold("parts"),
            new ReleaseHold("parts"), new RequestApproval(1), new Approve(1), new Reopen("new-facts"), new Withdraw("other", "Found it."),
            new CompleteRemedy(), new Propose(["exchange"]));

        public static Arbitrary<(ComplaintCommand Command, int Actor)[]> Any { get; } = Gen.ArrayOf(
            Gen.Frequency((4, OfTasks), (1, Others)).Zip(Gen.Choose(0, Actors.Length - 1), (command, actor) => (command, actor)))
            .ToArbitrary();
    }

    [Property]
    public void X22_A_task_never_stops_or_moves_a_clock_of_the_customers((ComplaintCommand Command, int Actor)[] script)
    {
        var (with, without) = (TaskCases.Registered(), TaskCases.Registered());
        foreach (var (command, actor) in script)
        {
            var decision = with.Try(command, Actors[actor]);
            if (decision.Refusal is not null)
                continue;
            with.Take(decision);
            // What departments do is left out of the second history, and happens at the same time in the first.
            if (TaskCommand(command))
                without.After(Duration.FromMinutes(1));
            else
                without.Do(command, Actors[actor]);
            Customers(with).ShouldBe(Customers(without), command.ToString());
        }
    }

    [Property]
    public void X27_Nothing_is_solved_with_open_work_and_no_ended_case_has_any((ComplaintCommand Command, int Actor)[] script)
    {
        var situation = TaskCases.Registered();
        foreach (var (command, actor) in script)
        {
            var decision = situation.Try(command, Actors[actor]);
            if (decision.Refusal is null)
                situation.Take(decision);
            var complaint = situation.Complaint!;
            if (!States.InHand.Contains(complaint.State))
                complaint.Tasks.ShouldAllBe(task => !task.IsOpen);
            complaint.Tasks.Count(task => task is { Lead: true, IsOpen: true }).ShouldBeLessThan(2);
            if (complaint.Tasks.Any(task => task is { Lead: false, IsOpen: true }))
                complaint.Tasks.ShouldContain(task => task.Lead && task.IsOpen, "nobody assists without a lead");
            complaint.Tasks.Select(task => task.Number).ShouldBe(Enumerable.Range(1, complaint.Tasks.Length));
            var running = Clocks.Project(complaint, situation.Rules).Where(clock => clock is { IsOpen: true, Subject: not null })
                .Select(clock => clock.Subject).ToHashSet();
            foreach (var task in complaint.Tasks)
                running.Contains($"task/{task.Number}").ShouldBe(task.IsOpen, $"{task.Status}");
        }
    }

    [Fact]
    public void Control_a_hold_does_stop_a_clock_of_the_customers() =>
        Customers(TaskCases.Registered().Do(new PlaceOnHold("parts"))).ShouldNotBe(
            Customers(TaskCases.Registered().After(Duration.FromMinutes(1))));

    private static bool TaskCommand(ComplaintCommand command) =>
        command is SendTask or SignTask or ReturnTask or RuleOnReturn or AnswerTask or VerifyTask or CancelTask or RecordFiling;

    private static List<string> Customers(Situation situation) =>
    [
        .. Clocks.Project(situation.Complaint!, situation.Rules)
            .Where(clock => clock.Subject?.StartsWith("task/", StringComparison.Ordinal) != true)
            .Select(clock => $"{clock.Id} {clock.StartedAt} {clock.Due} {clock.StoppedAt} {clock.CancelledAt} {clock.Pauses.Length}"),
    ];
}
