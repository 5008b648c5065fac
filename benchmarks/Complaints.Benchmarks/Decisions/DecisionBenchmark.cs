using BenchmarkDotNet.Attributes;
using Complaints.Core;
using Complaints.Core.Assignment;
using Complaints.Core.Capabilities;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Resolution;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Benchmarks.Decisions;

/// <summary>A decision without any disk: the state, a command, and what follows from them.</summary>
[MemoryDiagnoser(displayGenColumns: false)]
public class DecisionBenchmark
{
    internal const string Goals = "at most 2,000 ns and 2,048 bytes each.";

    private static readonly StartInvestigation Start = new("Ask the warehouse.");
    private static readonly HandOver Hand = new("ben", "technical", "expertise", "Needs a technician.");
    private static readonly AddNote Note = new("Called the warehouse.");
    private static readonly Propose Offer = new(["exchange"], "Exchange tomorrow.");
    private static readonly Resolve End = new("solved", "Exchanged.");

    private readonly DecisionContext _context = Case.Context;
    private readonly Complaint _complaint = Case.Registered;

    [Benchmark(Baseline = true)]
    public object StartInvestigation() => Decide(Start);

    [Benchmark]
    public object HandOver() => Decide(Hand);

    [Benchmark]
    public object AddNote() => Decide(Note);

    [Benchmark]
    public object Propose() => Decide(Offer);

    [Benchmark]
    public object Resolve() => Decide(End);

    private Complaint Decide(ComplaintCommand command)
    {
        var decision = Complaint.Decide(_complaint, command, _context);
        return decision.Refusal is { } refusal ? throw new InvalidOperationException(refusal.Message) : decision.Complaint;
    }
}

/// <summary>What the page of a case asks for: its permitted commands, and all of them with the reasons why not.</summary>
[MemoryDiagnoser(displayGenColumns: false)]
public class PermissionBenchmark
{
    internal const string Goals =
        "names 0 bytes but for the list itself; all with the reasons in words 50,000 ns; of a crowded case 100,000 ns.";

    private static readonly System.Globalization.CultureInfo Chinese = System.Globalization.CultureInfo.GetCultureInfo("zh-CN");
    private readonly DecisionContext _context = Case.Context;
    private readonly Complaint _complaint = Case.Registered;

    [Benchmark(Baseline = true)]
    public int PermittedNames()
    {
        var count = 0;
        foreach (var _ in _complaint.PermittedNames(_context))
            count++;
        return count;
    }

    /// <summary>With ten tasks of departments and twenty who take part.</summary>
    [Benchmark]
    public int AllOfACrowdedCase() => Case.Crowded.PermittedCommands(Case.OfADepartment).Length;

    [Benchmark]
    public int AllWithReasonsInWords() =>
        _complaint.PermittedCommands(_context).Sum(command => command.Refusal?.In(Chinese).Length ?? 0);
}

/// <summary>A complaint that was just registered.</summary>
internal static class Case
{
    public static DecisionContext Context { get; } = new()
    {
        Now = Instant.FromUtc(2026, 9, 1, 1, 0),
        Actor = DeskHarness.Agent,
        Intake = new IntakeTicket(TenantId.Default, new(Guid.CreateVersion7(DateTimeOffset.UnixEpoch)), "2026-000001", new(Guid.Empty)),
    };

    /// <summary>The technicians' eyes, which also lead the desk: nothing is refused for want of a role.</summary>
    public static DecisionContext OfADepartment { get; } = Context with
    {
        Actor = new Actor("tao", Role.Manager, Role.Department) { Teams = ["technical"] },
    };

    public static Complaint Crowded => field ??= Crowd();

    private static Complaint Crowd()
    {
        var complaint = Do(Registered, new SendTask("technical", "technical", "Why does it stop?"));
        for (var i = 2; i <= 10; i++)
            complaint = Do(complaint, new SendTask(i % 2 == 0 ? "technical" : "north", "information", "Who drove?", TaskRole.Assist));
        for (var i = 1; i <= 20; i++)
            complaint = Do(complaint, new AddParticipant(i % 2 == 0 ? "witness" : "follower", $"Witness {i}"));
        foreach (var task in new[] { 1, 2, 4 })
            complaint = Do(complaint, new SignTask(task));
        return Do(complaint, new ReturnTask(6, "other", "Not ours."));

        static Complaint Do(Complaint complaint, ComplaintCommand command)
        {
            var context = OfADepartment with { Fresh = Guid.CreateVersion7(DateTimeOffset.UnixEpoch) };
            var decision = Complaint.Decide(complaint, command, context);
            return decision.Refusal is { } refusal ? throw new InvalidOperationException(refusal.Message) : decision.Complaint;
        }
    }

    public static Complaint Registered { get; } = Complaint.Decide(null, new Register(Drafts.Chinese()), Context).Complaint;
}
