using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using Complaints.Core;
using Complaints.Core.Assignment;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Testing;
using NodaTime;

namespace Complaints.Benchmarks.Decisions;

/// <summary>A new case finds its row and its person among a team of twenty; the last row of the table is its own.</summary>
[MemoryDiagnoser(displayGenColumns: false)]
public class RoutingBenchmark
{
    internal const string Goals = "a draft is routed in at most 20,000 ns; the ratio is to what one would write by hand.";

    private static readonly Instant Now = Instant.FromUtc(2026, 9, 1, 1, 0);
    private static readonly IntakeDraft Draft = Drafts.Chinese() with { Area = "area-499" };
    private Rulebook _rules = null!;
    private AssignmentOffice _office = null!;
    private DecisionContext _context = null!;
    private (string Area, string Category, string Team)[] _table = [];
    private (string Person, string Team, int Open)[] _people = [];

    /// <summary>How many rows the table has.</summary>
    [Params(20, RoutingTable.MostRows)]
    public int Rows { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        var store = new InMemoryComplaintStore();
        var rows = Enumerable.Range(RoutingTable.MostRows - Rows, Rows)
            .Select(i => new RoutingRow("first", new() { Area = [$"area-{i}"], Category = ["delivery", "service"] }, Skill: "fridge"));
        var people = Enumerable.Range(0, 20).Select(i => new StaffCard($"p{i:D2}", Teams: ["first"], Skills: ["oven", "fridge"]));
        var routing = AssignmentDefinitions.Routing.Write(new([.. rows]));
        var staff = AssignmentDefinitions.Staff.Write(new([.. people]));
        Definition[] published =
        [
            new(TenantId.Default, "routing", "default", 2, routing, Now, "bench"),
            new(TenantId.Default, "staff", "default", 2, staff, Now, "bench"),
        ];
        _rules = Rulebook.From(published);
        var library = new DefinitionLibrary(store, new FakeClock(), published.Select(
            definition => new DefinitionSeed(TenantId.Default, definition.Kind, definition.Id, definition.Json)));
        _office = new AssignmentOffice(new DefinedStaff(library), []);
        _context = new DecisionContext { Now = Now, Actor = DeskHarness.Agent, Rules = _rules };
        _table = [.. Enumerable.Range(RoutingTable.MostRows - Rows, Rows).Select(i => ($"area-{i}", "delivery", "first"))];
        _people = [.. Enumerable.Range(0, 20).Select(i => ($"p{i:D2}", "first", 0))];
    }

    /// <summary>What one would write by hand: a loop over rows, and one over people.</summary>
    [Benchmark(Baseline = true)]
    public string? ByHand()
    {
        foreach (var (area, category, team) in _table)
        {
            if (area != Draft.Area || category != Draft.Category)
                continue;
            var best = _people.Where(person => person.Team == team).MinBy(person => person.Open);
            return best.Person;
        }
        return null;
    }

    [Benchmark]
    public string? Route()
    {
        var plan = _office.PlanAsync(TenantId.Default, Draft, _context, default).AsTask().GetAwaiter().GetResult()!;
        var placed = _office.PlaceAsync(plan, ImmutableArray<Core.Storage.OwnerLoad>.Empty, default).AsTask().GetAwaiter().GetResult();
        return placed.Owner ?? throw new InvalidOperationException(placed.Route.Problem);
    }

    [Benchmark]
    public int MatchAlone() => Routing.Match(Draft, _rules)!.Value.Number;
}
