using Complaints.Core.Assignment;
using static Complaints.Core.Assignment.DepartmentTaskStatus;
using static Complaints.Core.Tests.Assignment.TaskCases;

namespace Complaints.Core.Tests.Assignment;

/// <summary>The table of the tasks: what it says, written by hand once more, and that no task is ever stuck.</summary>
public sealed class TaskTableTests
{
    private static readonly DepartmentTaskStatus[] Ends = [Accepted, Cancelled];

    [Fact]
    public void X22_The_table_is_the_one_of_the_design() =>
        TaskTable.Moves.Select(move => $"{move.From} {move.On} {move.To}").Order().ShouldBe(
            new[]
            {
                "Sent sign-task Signed", "Sent return-task Returned", "Sent cancel-task Cancelled", "Signed return-task Returned",
                "Signed answer-task Answered", "Signed answer-task Accepted", "Signed cancel-task Cancelled",
                "Returned rule-on-return Signed", "Returned rule-on-return Sent", "Returned rule-on-return Cancelled",
                "Returned cancel-task Cancelled", "Answered verify-task Accepted", "Answered verify-task Signed",
                "Answered cancel-task Cancelled",
            }.Order());

    [Fact]
    public void X22_Every_state_of_a_task_is_reached_and_reaches_an_end() => Faults([.. TaskTable.Moves]).ShouldBeEmpty();

    [Theory]
    [InlineData(Returned, "Returned reaches no end")]
    [InlineData(Sent, "Signed is never reached")]
    [InlineData(Answered, "Answered reaches no end")]
    public void Control_a_table_without_the_ways_out_of_a_state_is_found(DepartmentTaskStatus without, string fault) =>
        Faults([.. TaskTable.Moves.Where(move => move.From != without)]).ShouldContain(fault);

    [Fact]
    public void X22_Each_command_is_refused_wherever_the_table_has_no_step()
    {
        var commands = new (string Name, ComplaintCommand Command, Actor Actor)[]
        {
            ("sign-task", new SignTask(1), Tao), ("return-task", new ReturnTask(1, "other", "No."), Tao), ("answer-task", Mended, Tao),
            ("rule-on-return", new RuleOnReturn(1, ReturnRuling.Force), Mei), ("verify-task", new VerifyTask(1, true), Mei),
            ("cancel-task", new CancelTask(1, "solved"), Mei),
        };
        foreach (var status in Enum.GetValues<DepartmentTaskStatus>())
        {
            foreach (var (name, command, actor) in commands)
            {
                var permitted = TaskTable.Moves.Any(move => move.From == status && move.On.Value == name);
                (In(status).Try(command, actor).Refusal?.Code).ShouldBe(permitted ? null : "task.wrong_state", $"{status} {name}");
            }
        }
    }

    private static IEnumerable<string> Faults(TaskMove[] moves)
    {
        var edges = moves.ToLookup(move => move.From, move => move.To);
        foreach (var status in Enum.GetValues<DepartmentTaskStatus>())
        {
            if (!Reached(TaskTable.First, edges).Contains(status))
                yield return $"{status} is never reached";
            if (!Ends.Contains(status) && !Reached(status, edges).Overlaps(Ends))
                yield return $"{status} reaches no end";
            if (Ends.Contains(status) && edges[status].Any())
                yield return $"{status} is no end";
        }
    }

    private static HashSet<DepartmentTaskStatus> Reached(
        DepartmentTaskStatus from, ILookup<DepartmentTaskStatus, DepartmentTaskStatus> edges)
    {
        var seen = new HashSet<DepartmentTaskStatus> { from };
        var open = new Stack<DepartmentTaskStatus>(seen);
        while (open.TryPop(out var at))
        {
            foreach (var next in edges[at].Where(seen.Add))
                open.Push(next);
        }
        return seen;
    }
}
