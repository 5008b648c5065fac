using Complaints.Core.History;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Tests.History;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Complaints.Core.Tests.Properties;

/// <summary>Whatever is raised, dropped, judged, ended and taken up again: points and state agree, and a replay leads to the
/// same.</summary>
[Properties(MaxTest = 500, Arbitrary = [typeof(Scripts)])]
public sealed class PointProperties
{
    private static readonly Actor[] Reviewers = [new("rita", Role.Agent), new("ron", Role.Agent)];

    public static class Scripts
    {
        private static readonly Gen<int> Number = Gen.Choose(0, 5);

        private static readonly Gen<ComplaintCommand> Commands = Gen.OneOf(
            Gen.Constant((ComplaintCommand)new RaisePoint("Late.")),
            Number.Zip(Number, (point, of) => (ComplaintCommand)new DropPoint(point, PointDrop.Duplicate, of)),
            Number.Select(point => (ComplaintCommand)new DropPoint(point, PointDrop.Withdrawn)),
            Number.Zip(Gen.Elements("established", "partly-established", "not-established", "not-established"), (point, validity) =>
                (ComplaintCommand)new DecideValidity(validity, "sufficient", "reasonable", "true", point == 0 ? null : point, "shop")),
            Gen.Elements<ComplaintCommand>(
                new DecideNotEstablished("not-established", "No."), new DecideNotEstablished("declined", "No."), new Resolve("solved"),
                new Reopen("new-facts"), new GrantReview("rita"), new PlaceOnHold("parts"), new ReleaseHold("parts"),
                new StartInvestigation(), new NotifyResult("phone"), new Close()));

        public static Arbitrary<(ComplaintCommand Command, int Actor)[]> All { get; } =
            Gen.ArrayOf(Commands.Zip(Gen.Choose(0, 3), (command, actor) => (command, actor))).ToArbitrary();
    }

    [Property]
    public void S041_Validity_and_state_agree_whatever_happens((ComplaintCommand Command, int Actor)[] script)
    {
        foreach (var decision in Play(script).Decisions)
        {
            var complaint = decision.Complaint;
            var open = complaint.Points.Where(point => point.IsOpen).ToList();
            open.ShouldNotBeEmpty("one stays");
            complaint.Points.Select(point => point.Number).ShouldBe(Enumerable.Range(1, complaint.Points.Length));
            complaint.Points.Where(point => !point.IsOpen).ShouldAllBe(point => point.Validity == null);
            complaint.Points.ShouldAllBe(point => point.DuplicateOf != point.Number);
            open.Where(point => point.Validity == PointValidity.Established).ShouldAllBe(point => point.Department != null);
            if (complaint.State == ComplaintState.NotEstablished)
                open.ShouldAllBe(point => point.Validity == PointValidity.Not);
        }
    }

    [Property]
    public void Replay_equals_state_and_what_was_announced_is_what_is_answered((ComplaintCommand Command, int Actor)[] script)
    {
        var situation = Play(script);
        var commits = Sealed.Commits(situation);
        var (state, unknown) = StateCodec.Fold(TenantId.Default, Sealed.Events(commits));
        unknown.ShouldBeNull();
        Sealed.Text(StateCodec.Write(state!)).ShouldBe(Sealed.Text(commits[^1].State));
        foreach (var announced in situation.Complaint!.PermittedCommands(situation.Context())
            .Where(command => command is { Name.Value: "drop-point", Subject: not null }))
        {
            var number = int.Parse(announced.Subject!.Value.Key, System.Globalization.CultureInfo.InvariantCulture);
            var answered = situation.Try(new DropPoint(number, PointDrop.Withdrawn)).Refusal;
            (answered?.Code).ShouldBe(announced.Refusal?.Code);
        }
    }

    [Fact]
    public void Control_the_scripts_come_to_points_of_every_sort_and_to_every_end()
    {
        var played = Scripts.All.Generator.Sample(size: 40, seed: new Rnd(4107, 1), numberOfSamples: 400).Select(Play).ToList();
        var points = played.SelectMany(situation => situation.Decisions).SelectMany(decision => decision.Complaint.Points).ToList();
        points.Select(point => point.Validity).Distinct().Count().ShouldBe(4);
        points.Select(point => point.Dropped).Distinct().Count().ShouldBe(3);
        played.SelectMany(situation => situation.Decisions).Count(decision => decision.Complaint.State == ComplaintState.NotEstablished)
            .ShouldBeGreaterThan(20);
        played.Count(situation => situation.Complaint!.Progress.Stage > 1).ShouldBeGreaterThan(5);
    }

    private static Situation Play((ComplaintCommand Command, int Actor)[] script)
    {
        Actor[] actors = [Situation.Agent, Situation.Supervisor, .. Reviewers];
        var situation = Situation.Registered();
        foreach (var (command, actor) in script)
        {
            if (situation.Try(command, actors[actor]).Refusal is null)
                situation.Do(command, actors[actor]);
        }
        return situation;
    }
}
