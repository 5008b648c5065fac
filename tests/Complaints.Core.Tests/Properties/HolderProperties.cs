using System.Collections.Immutable;
using Complaints.Core.Assignment;
using Complaints.Core.Lifecycle;
using Complaints.Core.Storage;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using NodaTime;

namespace Complaints.Core.Tests.Properties;

/// <summary>However a case goes, whoever had it had it one at a time.</summary>
[Properties(MaxTest = 1_000, Arbitrary = [typeof(Scripts)])]
public sealed class HolderProperties
{
    public static class Scripts
    {
        private static readonly CommandName[] Triggers =
            [.. ComplaintRooms.Current.Catalogue.Commands.Where(command => !command.Capability.IsCreating)
                .Select(command => command.CommandName)];

        private static readonly Actor[] Actors = [Situation.Agent, Situation.Supervisor, Situation.Director, Situation.Administrator];

        private static readonly Gen<ComplaintCommand> Commands = Gen.OneOf(
            Gen.Elements(Triggers).Select(trigger => Situation.Command(trigger)),
            Gen.Elements<ComplaintCommand>(
                new Core.Resolution.Propose(["exchange"]), new Core.Resolution.Present(1), new Core.Resolution.AcceptProposal(1, "phone"),
                new SendTask("warehouse", "information", "When did it leave?"), new CancelTask(1, "solved"),
                new PlaceOnHold("parts"), new ReleaseHold("parts"), new Reopen("problem-persists")),
            Gen.Elements("first", "second", "third").Select(team => (ComplaintCommand)new HandOver(null, team, "expertise")));

        public static Arbitrary<(ComplaintCommand Command, Actor Actor, int Minutes)[]> All { get; } =
            Gen.ArrayOf(Commands.Zip(Gen.Elements(Actors), (command, actor) => (command, actor))
                .Zip(Gen.Choose(1, 3_000), (sent, minutes) => (sent.command, sent.actor, minutes))).ToArbitrary();
    }

    [Property]
    public void X45_Days_held_add_up_to_the_cases_age_and_are_whose_they_were((ComplaintCommand, Actor, int)[] script)
    {
        var (situation, held) = Play(script);
        var times = HolderTime.Of(situation.Complaint!, situation.Now);
        times.Sum(time => time.Seconds).ShouldBe(held.Values.Sum());
        Told(times).ShouldBe(Told(held));
        if (States.Ends.Contains(situation.Complaint!.State))
        {
            Measures.Of(situation.Complaint).Where(measure => measure.Name.StartsWith(Measures.Holder, StringComparison.Ordinal))
                .Sum(measure => measure.Value).ShouldBe(held.Values.Sum(), "what reports read");
        }
    }

    [Fact]
    public void X45_control_time_that_is_forgotten_or_counted_for_another_is_found()
    {
        var (situation, held) = Play([(new HandOver(null, "first", "expertise"), Situation.Agent, 60),
            (new HandOver(null, "second", "expertise"), Situation.Agent, 60), (new Withdraw("other", "Found it."), Situation.Agent, 60)]);
        var complaint = situation.Complaint!;
        Told(HolderTime.Of(complaint, situation.Now)).ShouldBe(Told(held));
        var forgetful = complaint with { Course = complaint.Course with { Holders = complaint.Course.Holders.RemoveAt(0) } };
        HolderTime.Of(forgetful, situation.Now).Sum(time => time.Seconds).ShouldNotBe(held.Values.Sum());
        var unjust = complaint.Course.Holders.Replace(complaint.Course.Holders[1], complaint.Course.Holders[1] with { Holder = new(
            HolderKind.Customer) });
        Told(HolderTime.Of(complaint with { Course = complaint.Course with { Holders = unjust } }, situation.Now))
            .ShouldNotBe(Told(held));
    }

    [Fact]
    public void Control_the_scripts_come_to_every_kind_of_holder_and_past_an_end()
    {
        var played = Scripts.All.Generator.Sample(size: 60, seed: new Rnd(2017, 1), numberOfSamples: 400).Select(Play).ToList();
        var kinds = played.SelectMany(one => one.Situation.Complaint!.Course.Holders).CountBy(time => time.Holder.Kind).ToDictionary();
        foreach (var kind in new[] { HolderKind.Nobody, HolderKind.Team, HolderKind.Customer, HolderKind.Hold, HolderKind.Department })
            kinds.GetValueOrDefault(kind).ShouldBeGreaterThan(5, kind.ToString());
        played.Count(one => States.Ends.Contains(one.Situation.Complaint!.State)).ShouldBeGreaterThan(10);
    }

    private static IReadOnlyList<string> Told(ImmutableArray<HolderTime> times) =>
        Told(times.ToDictionary(time => time.Holder.Measure, time => time.Seconds));

    private static IReadOnlyList<string> Told(Dictionary<string, decimal> held) =>
        [.. held.Select(one => $"{one.Key}: {one.Value:F0}").Order(StringComparer.Ordinal)];

    /// <summary>Who had it is told here by nothing but the states in which it was, and when.</summary>
    private static (Situation Situation, Dictionary<string, decimal> Held) Play(
        (ComplaintCommand Command, Actor Actor, int Minutes)[] script)
    {
        var (situation, held) = (new Situation(), new Dictionary<string, decimal>(StringComparer.Ordinal));
        Pass(situation.Do(new Core.Intake.Register(Situation.Draft)), Situation.Morning);
        foreach (var (command, actor, minutes) in script)
        {
            var since = situation.Now;
            Pass(situation.After(Duration.FromMinutes(minutes)), since);
            since = situation.Now;
            if (situation.Try(command, actor).Refusal is null)
                Pass(situation.Do(command, actor), since);
        }
        return (situation, held);

        void Pass(Situation passed, Instant since)
        {
            var complaint = passed.Complaint!;
            if (States.Ends.Contains(complaint.State))
                return;
            var who = complaint.State == ComplaintState.OnHold ? $"hold.{complaint.Progress.Holds[0].Reason}"
                : complaint.State == ComplaintState.AwaitingConsent ? "customer"
                : complaint.Tasks.OrderByDescending(task => task.Lead).FirstOrDefault(task => task.Status is DepartmentTaskStatus.Sent
                    or DepartmentTaskStatus.Signed) is { } with ? $"department.{with.Department}"
                : complaint.Responsibility.Team is { } team ? $"team.{team}" : "nobody";
            held[who] = held.GetValueOrDefault(who) + Seconds(passed.Now - since);
        }
    }

    private static decimal Seconds(Duration duration) => (decimal)duration.BclCompatibleTicks / NodaConstants.TicksPerSecond;
}
