using Complaints.Core.Capabilities;
using Complaints.Core.Lifecycle;

namespace Complaints.Core.Tests.Lifecycle;

/// <summary>A case page asks of every command whether it is permitted, again and again.</summary>
public sealed class AllocationTests
{
    private static readonly Decider<Complaint> Decider = ComplaintRooms.Current.Decider;

    [Theory]
    [MemberData(nameof(States))]
    public void What_is_permitted_is_told_without_allocation(ComplaintState state)
    {
        var situation = Situation.In(state);
        var context = situation.Context();
        var asked = ComplaintRooms.Current.Catalogue.Commands
            .Where(command => Decider.IsPermitted(situation.Complaint!, command, context)).ToList();
        asked.Count.ShouldBeGreaterThan(state == ComplaintState.Merged ? -1 : 0, "nothing is done any more on a merged one");
        foreach (var command in asked)
            BytesOf(() => Decider.IsPermitted(situation.Complaint!, command, context)).ShouldBe(0, command.Name);
    }

    [Fact]
    public void Control_what_allocates_is_found()
    {
        var situation = Situation.Registered();
        BytesOf(() => Decider.PermittedCommands(situation.Complaint!, situation.Context()).IsEmpty).ShouldBeGreaterThan(0);
    }

    public static TheoryData<ComplaintState> States() => [.. Enum.GetValues<ComplaintState>()];

    /// <summary>The least of several rounds: the runtime itself allocates now and then.</summary>
    private static long BytesOf(Func<bool> question)
    {
        var least = long.MaxValue;
        for (var round = 0; round < 20; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            _ = question();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return least;
    }
}
