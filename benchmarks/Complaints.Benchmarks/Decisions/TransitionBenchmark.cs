using BenchmarkDotNet.Attributes;
using Complaints.Core;
using Complaints.Core.Lifecycle;
using Complaints.Lifecycle.Stateless;
using Stateless;

namespace Complaints.Benchmarks.Decisions;

/// <summary>
/// One step of the lifecycle: our table, beside the cheapest thing that could do it (a look-up in a dictionary, which knows no
/// circumstances) and beside the same table as a Stateless machine.
/// </summary>
[MemoryDiagnoser(displayGenColumns: false)]
public class TransitionBenchmark
{
    internal const string Goals = "ours at most 3 x the look-up, 0 bytes.";

    private const int Steps = 256;

    private readonly Transition[] _rows = new Transition[Steps];
    private readonly StateMachine<ComplaintState, CommandName> _machine;
    private readonly Dictionary<(ComplaintState, CommandName), ComplaintState> _dictionary =
        LifecycleTable.All.GroupBy(row => (row.From, row.On)).ToDictionary(cell => cell.Key, cell => cell.First().To);

    private ComplaintState _state;
    private Circumstances _circumstances;

    public TransitionBenchmark()
    {
        _machine = Create();
        var all = LifecycleTable.All;
        for (var i = 0; i < Steps; i++)
        {
            var row = _rows[i] = all[i % all.Length];
            if (Fire(_machine, row) != LifecycleMachine.Next(row.From, row.On, row.When))
                throw new InvalidOperationException($"The arms disagree at {row}.");
        }
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Steps)]
    public int DictionaryLookUp()
    {
        var sum = 0;
        foreach (ref readonly var row in _rows.AsSpan())
            sum += (int)_dictionary[(row.From, row.On)];
        return sum;
    }

    [Benchmark(OperationsPerInvoke = Steps)]
    public int OurMachine()
    {
        var sum = 0;
        foreach (ref readonly var row in _rows.AsSpan())
            sum += (int)LifecycleMachine.Next(row.From, row.On, row.When)!.Value;
        return sum;
    }

    [Benchmark(OperationsPerInvoke = Steps)]
    public int StatelessFire()
    {
        var sum = 0;
        foreach (ref readonly var row in _rows.AsSpan())
            sum += (int)Fire(_machine, row);
        return sum;
    }

    [Benchmark]
    public int StatelessCreateAndFire() => (int)Fire(Create(), _rows[0]);

    private StateMachine<ComplaintState, CommandName> Create() =>
        LifecycleStateMachine.Create(() => _state, to => _state = to, () => _circumstances);

    private ComplaintState Fire(StateMachine<ComplaintState, CommandName> machine, in Transition row)
    {
        (_state, _circumstances) = (row.From, row.When);
        machine.Fire(row.On);
        return _state;
    }
}
