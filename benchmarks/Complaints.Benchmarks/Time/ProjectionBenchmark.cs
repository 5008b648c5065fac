using BenchmarkDotNet.Attributes;
using Complaints.Core;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Benchmarks.Time;

/// <summary>
/// Projecting all clocks of a typical complaint: 5 objectives, 20 events, 3 pauses. The floor is what one would write by hand for this very
/// policy: a scan of an array of events for starts and stops, and the bare calendar index for limits and pauses. It knows no rounds, warnings,
/// versions or promises.
/// </summary>
[MemoryDiagnoser(displayGenColumns: false)]
public class ProjectionBenchmark
{
    private static readonly (string Objective, int Hours)[] Limits =
    [
        (Objective.Acknowledgement, 2), (Objective.FirstResponse, 8), (Objective.ValidityDecision, 24),
        (Objective.Solution, 40), (Objective.Resolution, 80),
    ];

    private readonly Rulebook _rules;
    private readonly Complaint _complaint;
    private readonly Floor _floor;

    public ProjectionBenchmark()
    {
        var office = new Office("Asia/Shanghai");
        _rules = Rulebook.From([
            new Definition(TenantId.Default, SharedDefinitions.Calendars.Name, "default", 2, office.Builder().ToDefinition().ToJson(),
                default, "benchmark"),
            new Definition(TenantId.Default, SlaDefinitions.Policies.Name, "call-centre", 2, Policy, default, "benchmark"),
        ]);
        _complaint = Typical(_rules);
        _floor = new Floor(_complaint, new BareIndex(office));
        var projected = Clocks.Project(_complaint, _rules).Select(clock => clock.Due!.Value.ToUnixTimeTicks()).ToList();
        if (!projected.SequenceEqual(_floor.Project()))
            throw new InvalidOperationException($"The arms disagree: {string.Join(' ', projected)}, not {string.Join(' ', _floor.Project())}.");
        var clocks = _complaint.Clocks;
        About = $"{projected.Count} clocks of {clocks.Facts.Length} facts and {clocks.Pauses.Length} pauses ({_complaint.Version} commands)";
    }

    internal static string Goals => $"5 us for {new ProjectionBenchmark().About}.";

    private string About { get; }

    [Benchmark(Baseline = true)]
    public int ByHand() => _floor.Project().Length;

    [Benchmark]
    public int Project() => Clocks.Project(_complaint.Clocks, _rules, []).Length;

    private static string Policy => $$"""{"label":{"en":"Typical","zh":"典型"},"order":1,"objectives":[{{string.Join(",", Limits.Select(limit => $$"""{"objective":"{{limit.Objective}}","limit":"{{limit.Hours}} working hours","warnings":["80%"]}"""))}}]}""";

    /// <summary>Registered and judged, three times on hold, messages both ways: 20 events in four weeks, still open.</summary>
    private static Complaint Typical(Rulebook rules)
    {
        var now = Instant.FromUtc(2026, 3, 2, 1, 0);
        Complaint? complaint = null;
        var events = 0;
        Do(new Register(Drafts.Chinese()), 0);
        Do(new RecordInteraction(Direction.Inbound, "email"), 1);
        foreach (var _ in Enumerable.Range(0, 3))
        {
            Do(new PlaceOnHold("parts"), 20);
            Do(new RecordInteraction(Direction.Inbound, "email"), 3);
            Do(new ReleaseHold("parts"), 30);
            Do(new RecordInteraction(Direction.Inbound, "email"), 5);
        }
        while (events < 20)
            Do(new RecordInteraction(Direction.Inbound, "email"), 6);
        return complaint!;

        void Do(ComplaintCommand command, int hours)
        {
            now += Duration.FromHours(hours);
            var decision = Complaint.Decide(complaint, command, new DecisionContext
            {
                Now = now,
                Actor = DeskHarness.Agent,
                Rules = rules,
                Intake = new IntakeTicket(TenantId.Default, new(Guid.CreateVersion7(DateTimeOffset.UnixEpoch)), "2026-000001", new(Guid.Empty)),
            });
            complaint = decision.Complaint;
            events += decision.Events.Length;
        }
    }

    /// <summary>By hand: none of the five is stopped by what happened here, so that a due instant is a start, a limit and the pauses behind it.</summary>
    private sealed class Floor(Complaint complaint, BareIndex index)
    {
        private readonly (int Kind, long At)[] _facts = [.. complaint.Clocks.Facts.Select(fact => (fact.Kind == FactKind.Received ? 0 : fact.Kind == FactKind.HumanContact ? 1 : fact.Kind == FactKind.Resolved ? 2 : 3, fact.At.ToUnixTimeTicks()))];
        private readonly (long From, long To)[] _pauses = [.. complaint.Clocks.Pauses.Select(pause => (pause.From.ToUnixTimeTicks(), pause.To!.Value.ToUnixTimeTicks()))];

        public long[] Project()
        {
            var dues = new long[Limits.Length];
            for (var i = 0; i < dues.Length; i++)
            {
                var (start, stopped) = (0L, false);
                foreach (var (kind, at) in _facts)
                {
                    if (kind == 0)
                        start = at;
                    else if (kind is 1 or 2)
                        stopped = true;
                }
                var due = stopped ? 0 : index.Add(start, Limits[i].Hours * NodaConstants.TicksPerHour);
                foreach (var (from, to) in _pauses)
                {
                    if (from >= due)
                        break;
                    due = index.Add(due, index.Between(from, to));
                }
                dues[i] = due;
            }
            return dues;
        }
    }
}
