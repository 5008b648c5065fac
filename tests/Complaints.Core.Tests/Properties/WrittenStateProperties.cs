using System.Text.Json;
using Complaints.Core.Capabilities;
using Complaints.Core.History;
using Complaints.Core.Improvements;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Storage;
using Complaints.Core.Tests.History;
using FsCheck.Xunit;
using NodaTime;

namespace Complaints.Core.Tests.Properties;

/// <summary>What a commit leaves out because it is as it was: parts of the state's text, and columns of the queues.</summary>
[Properties(MaxTest = 500, Arbitrary = [typeof(ReplayProperties.Scripts)])]
public sealed class WrittenStateProperties
{
    private static readonly PartWriter<Complaint> Writer = new(StateJson.Default.Complaint);

    [Property]
    public void A_state_that_is_written_from_the_one_before_has_the_bytes_of_the_serializer((CommandName Trigger, Actor Actor)[] script)
    {
        WrittenState? last = null;
        foreach (var state in StatesOf(ReplayProperties.Play(script)))
        {
            last = Writer.Write(state, last);
            Sealed.Text(last.Bytes).ShouldBe(Whole(state));
        }
    }

    [Fact]
    public void What_did_not_change_is_copied_and_what_did_is_not()
    {
        var situation = Situation.Registered();
        situation.Do(new AddNote("Called the warehouse."), Situation.Agent);
        var states = StatesOf(situation).ToList();
        var before = Writer.Write(states[0], null);
        var garbled = new byte[before.Bytes.Length];
        garbled.AsSpan().Fill((byte)'?');
        var after = Sealed.Text(Writer.Write(states[1], before with { Bytes = garbled }).Bytes);
        after.ShouldContain("\"receipt\":???");
        after.ShouldContain("\"version\":2");
        after.Length.ShouldBe(Whole(states[1]).Length);
    }

    [Property]
    public void A_commit_that_stays_in_place_has_the_place_of_the_one_before((CommandName Trigger, Actor Actor)[] script)
    {
        ComplaintCommit? before = null;
        foreach (var commit in Sealed.Commits(ReplayProperties.Play(script)))
        {
            if (commit.StaysInPlace)
                PlaceOf(commit).ShouldBe(PlaceOf(before!));
            before = commit;
        }
    }

    [Fact]
    public void A_note_stays_in_place_and_a_handover_does_not()
    {
        var situation = Situation.Registered();
        situation.Do(new AddNote("Called the warehouse."), Situation.Agent);
        situation.Do(Situation.Command(new("hand-over")), Situation.Agent);
        Sealed.Commits(situation).Select(commit => commit.StaysInPlace).Take(3).ShouldBe([false, true, false]);
    }

    [Fact]
    public void The_state_of_an_improvement_has_the_bytes_of_the_serializer()
    {
        var state = new Improvement
        {
            Tenant = TenantId.Default, Id = new(new Guid(7, 0, 0, new byte[8])), Number = "I-2026-0001", Level = 2, Owner = "mei",
            Parts = ["pump"], Links = [new CaseLink(1, new(new Guid(8, 0, 0, new byte[8])), "2026-000001", Stands: true, default)],
        };
        var written = new PartWriter<Improvement>(StateJson.Default.Improvement).Write(state, null);
        Sealed.Text(written.Bytes).ShouldBe(Sealed.Text(JsonBytes.Write(
            state, static (writer, _, it) => JsonSerializer.Serialize(writer, it, StateJson.Default.Improvement))));
    }

    private static IEnumerable<Complaint> StatesOf(Situation situation)
    {
        Sealed.Commits(situation).Count.ShouldBe(situation.Decisions.Count);
        return situation.Decisions.Select(decision => decision.Complaint);
    }

    private static string Whole(Complaint state) => Sealed.Text(JsonBytes.Write(
        state, static (writer, _, it) => JsonSerializer.Serialize(writer, it, StateJson.Default.Complaint)));

    private static (ComplaintState State, string? Owner, Instant? Due) PlaceOf(ComplaintCommit commit) =>
        (commit.Summary.State, commit.Summary.Owner, commit.Summary.DueAt);
}
