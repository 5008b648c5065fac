using BenchmarkDotNet.Attributes;
using Complaints.Core;
using Complaints.Core.Contact;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Testing;

namespace Complaints.Benchmarks.Decisions;

/// <summary>What a desk decides while it works on a case, beside a note: time and bytes, without any disk.</summary>
[MemoryDiagnoser(displayGenColumns: false)]
public class CaseWorkBenchmark
{
    internal const string Goals =
        "at most 2,000 ns and 2,048 bytes each, but for those that end a clock: its result is worked out and written besides.";

    private static readonly AddNote Note = new("Called the warehouse.");
    private static readonly AmendIntake Amend = new() { Area = "north", Language = "en" };
    private static readonly RaisePoint Raise = new("The drawer is missing.");
    private static readonly DecideValidity Judge =
        new(PointValidity.Established, PointGrounds.Sufficient, PointDemand.Reasonable, "true", 1, "delivery");

    private static readonly RecordFinding Find = new("Loaded on the wrong van.", FaultParty.Us, ["logistics-partner"]);
    private static readonly RecordInteraction Talk = new(Direction.Outbound, "phone", Summary: "Told the customer.");
    private static readonly RaiseSignal Signal = new("cannot-wait", "Expecting guests.");
    private static readonly RecordCheck Check = new("understanding", ["matter", "expectation"]);

    private readonly DecisionContext _context = Case.Context;
    private readonly Complaint _complaint = Case.Registered;
    private readonly Complaint _answered = Complaint.Decide(Case.Registered, Talk, Case.Context).Complaint;

    [Benchmark(Baseline = true)]
    public object AddNote() => Decide(Note);

    [Benchmark]
    public object AmendIntake() => Decide(Amend);

    [Benchmark]
    public object RaisePoint() => Decide(Raise);

    [Benchmark]
    public object DecideValidityAndEndTheClock() => Decide(Judge);

    [Benchmark]
    public object RecordFinding() => Decide(Find);

    [Benchmark]
    public object RecordInteraction() => Decide(Talk, _answered);

    [Benchmark]
    public object RecordInteractionAndEndTheClock() => Decide(Talk);

    [Benchmark]
    public object RaiseSignal() => Decide(Signal);

    [Benchmark]
    public object RecordCheck() => Decide(Check);

    private Complaint Decide(ComplaintCommand command, Complaint? complaint = null)
    {
        var decision = Complaint.Decide(complaint ?? _complaint, command, _context);
        return decision.Refusal is { } refusal ? throw new InvalidOperationException(refusal.Message) : decision.Complaint;
    }
}
