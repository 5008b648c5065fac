using Complaints.Core.Capabilities;
using Complaints.Core.History;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;
using Complaints.Core.Tests.History;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using NodaTime;

namespace Complaints.Core.Tests.Properties;

[Properties(MaxTest = 1_000, Arbitrary = [typeof(Scripts)])]
public sealed class ReplayProperties
{
    /// <summary>Commands, and who sends them.</summary>
    public static class Scripts
    {
        private static readonly CommandName[] Triggers =
            [.. ComplaintRooms.Current.Catalogue.Commands.Where(command => !command.Capability.IsCreating).Select(command => command.CommandName)];

        private static readonly Actor[] Actors = [Situation.Agent, Situation.Supervisor, Situation.Director, Situation.Administrator];

        public static Arbitrary<(CommandName Trigger, Actor Actor)[]> All { get; } =
            Gen.ArrayOf(Gen.Elements(Triggers).Zip(Gen.Elements(Actors), (trigger, actor) => (trigger, actor))).ToArbitrary();
    }

    internal static Situation Play((CommandName Trigger, Actor Actor)[] script)
    {
        var situation = Situation.Registered();
        foreach (var (trigger, actor) in script)
        {
            var command = Situation.Command(trigger);
            if (situation.Try(command, actor).Refusal is null)
                situation.Do(command, actor);
        }
        return situation;
    }

    [Property]
    public void Replay_equals_state_for_a_thousand_random_scripts((CommandName Trigger, Actor Actor)[] script)
    {
        var commits = Sealed.Commits(Play(script));
        var (state, unknown) = StateCodec.Fold(TenantId.Default, Sealed.Events(commits));
        unknown.ShouldBeNull();
        Sealed.Text(StateCodec.Write(state!)).ShouldBe(Sealed.Text(commits[^1].State));
        Sealed.Text(StateCodec.Write(StateCodec.Read(commits[^1].State.Span))).ShouldBe(Sealed.Text(commits[^1].State));
    }

    [Property]
    public void Clocks_that_go_on_from_what_was_known_are_those_that_are_worked_out_anew((CommandName Trigger, Actor Actor)[] script)
    {
        var situation = Situation.Registered();
        foreach (var (trigger, actor) in script)
        {
            situation.After(Duration.FromMinutes(50));
            var command = Situation.Command(trigger);
            if (situation.Try(command, actor).Refusal is not null)
                continue;
            var before = Clocks.Project(situation.Complaint!, situation.Rules);
            situation.Do(command, actor);
            var record = situation.Complaint!.Clocks;
            Clocks.Project(situation.Complaint!, situation.Rules).ShouldBe(Clocks.Project(record, situation.Rules, []));
            // The control: those of before are kept where nothing of theirs changed.
            if (record.Facts.Length == 0 || command is AddNote)
            {
                Clocks.Project(situation.Complaint!, situation.Rules).Zip(before)
                    .ShouldAllBe(pair => ReferenceEquals(pair.First, pair.Second));
            }
        }
    }

    [Fact]
    public void A_replay_that_forgets_an_event_is_caught()
    {
        var commits = Sealed.Commits(Situation.In(ComplaintState.OnHold));
        var (state, _) = StateCodec.Fold(TenantId.Default, Sealed.Events(commits.Where(commit => commit.Version != 2)));
        Sealed.Text(StateCodec.Write(state!)).ShouldNotBe(Sealed.Text(commits[^1].State));
    }

    [Property]
    public void Whatever_happens_the_invariants_of_the_lifecycle_hold((CommandName Trigger, Actor Actor)[] script)
    {
        foreach (var decision in Play(script).Decisions)
        {
            var complaint = decision.Complaint;
            (complaint.State == ComplaintState.OnHold).ShouldBe(!complaint.Progress.Holds.IsEmpty);
            (complaint.State == ComplaintState.OnHold).ShouldBe(complaint.Progress.ResumesTo is not null);
            if (complaint.Progress.ArchivedAt is not null && complaint.State == ComplaintState.Closed)
                (complaint.FollowUp.ReachedAt ?? complaint.FollowUp.WaivedAt).ShouldNotBeNull("S094");
            if (complaint.State is ComplaintState.Resolved or ComplaintState.Closed)
                complaint.Settlement.Pending.ShouldBeEmpty();
            if (complaint.State == ComplaintState.AwaitingApproval)
                complaint.Settlement.Pending.ShouldNotBeEmpty();
            if (complaint.State == ComplaintState.Merged)
                complaint.Progress.MergedInto.ShouldNotBeNull();
        }
    }
}
