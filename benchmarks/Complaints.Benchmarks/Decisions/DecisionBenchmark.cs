using Complaints.Core.Capabilities;
using System.Diagnostics;
using Complaints.Core;
using Complaints.Core.Assignment;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Benchmarks.Decisions;

/// <summary>A decision without any disk, and the transition in it against the cheapest thing that could do it: a look-up in a dictionary.</summary>
internal static class DecisionBenchmark
{
    private const int Operations = 200_000;

    public static void Run()
    {
        var context = new DecisionContext
        {
            Now = Instant.FromUtc(2026, 9, 1, 1, 0),
            Actor = DeskHarness.Agent,
            Intake = new IntakeTicket(TenantId.Default, new(Guid.CreateVersion7(DateTimeOffset.UnixEpoch)), "2026-000001", new(Guid.Empty)),
        };
        var registered = Complaint.Decide(null, new Register(Drafts.Chinese()), context).Complaint;
        foreach (var command in new ComplaintCommand[] { new StartInvestigation("Ask the warehouse."), new HandOver("ben", "technical", "Needs a technician."), new AddNote("Called the warehouse."), new Propose(["exchange"], "Exchange tomorrow."), new Resolve("solved", "Exchanged.") })
        {
            var (nanoseconds, bytes) = Measure(() => Complaint.Decide(registered, command, context));
            Rounds.Print($"decide {command.GetType().Name,-20} {nanoseconds,8:N0} ns  {bytes,8:N0} bytes  (goal 2,000 ns, 2,048 bytes)");
        }

        var names = 0;
        Page("its permitted commands", () => names += Count(registered.PermittedNames(context)), "0 bytes but for the list itself");
        Page("all with the reasons in words",
            () => names += registered.PermittedCommands(context).Sum(command => command.Refusal?.In(Chinese).Length ?? 0), "50,000 ns");

        var dictionary = LifecycleTable.All.GroupBy(row => (row.From, row.On)).ToDictionary(cell => cell.Key, cell => cell.First().To);
        var ratios = new double[15];
        for (var round = 0; round < ratios.Length; round++)
        {
            var table = Transitions(static (from, on, _) => LifecycleMachine.Next(from, on), dictionary);
            ratios[round] = table / Transitions(static (from, on, known) => known.TryGetValue((from, on), out var to) ? to : null, dictionary);
        }
        Array.Sort(ratios);
        Rounds.Print($"transition : dictionary look-up  {ratios[ratios.Length / 2]:F2} x the time  (goal at most 3)");
    }

    private static readonly System.Globalization.CultureInfo Chinese = System.Globalization.CultureInfo.GetCultureInfo("zh-CN");

    private static int Count(IEnumerable<CommandName> names)
    {
        var count = 0;
        foreach (var _ in names)
            count++;
        return count;
    }

    /// <summary>What the page of a case asks for.</summary>
    private static void Page(string what, Action ask, string goal)
    {
        for (var i = 0; i < 20_000; i++)
            ask();
        Thread.Sleep(200);
        var times = new double[9];
        var bytes = 0L;
        for (var round = 0; round < times.Length; round++)
        {
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var began = Stopwatch.GetTimestamp();
            for (var i = 0; i < 2_000; i++)
                ask();
            times[round] = Stopwatch.GetElapsedTime(began).TotalNanoseconds / 2_000;
            bytes = (GC.GetAllocatedBytesForCurrentThread() - allocated) / 2_000;
        }
        Array.Sort(times);
        Rounds.Print($"{what,-32} {times[times.Length / 2],8:N0} ns  {bytes,8:N0} bytes  (goal {goal})");
    }

    private static (double Nanoseconds, double Bytes) Measure(Func<Decision> decide)
    {
        var best = new double[9];
        for (var i = 0; i < Operations; i++)
            decide();
        Thread.Sleep(200);
        var bytes = 0L;
        for (var round = 0; round < best.Length; round++)
        {
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var began = Stopwatch.GetTimestamp();
            for (var i = 0; i < Operations / 10; i++)
            {
                if (decide().Refusal is { } refusal)
                    throw new InvalidOperationException(refusal.Message);
            }
            best[round] = Stopwatch.GetElapsedTime(began).TotalNanoseconds / (Operations / 10);
            bytes = (GC.GetAllocatedBytesForCurrentThread() - allocated) / (Operations / 10);
        }
        Array.Sort(best);
        return (best[best.Length / 2], bytes);
    }

    private static double Transitions(
        Func<ComplaintState, CommandName, Dictionary<(ComplaintState, CommandName), ComplaintState>, ComplaintState?> next,
        Dictionary<(ComplaintState, CommandName), ComplaintState> dictionary)
    {
        var rows = LifecycleTable.All;
        var found = 0;
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < 20_000; i++)
        {
            foreach (var row in rows)
                found += next(row.From, row.On, dictionary) is null ? 0 : 1;
        }
        return found > 0 ? Stopwatch.GetElapsedTime(began).TotalSeconds : throw new InvalidOperationException("Nothing was permitted.");
    }
}
