using System.Runtime.InteropServices;
using Complaints.Core.Definitions;
using Complaints.Core.Storage;

namespace Complaints.Reporting.Aggregation;

/// <summary>What was done on the complaints of the period, from the numbers that were recorded of them.</summary>
internal sealed class Activity(ReportDefinition definition, Rulebook rules)
{
    private readonly SortedDictionary<string, List<long>> _firsts = new(StringComparer.Ordinal);
    private readonly SortedDictionary<long, long> _solvedAt = [];
    private readonly Ratio _reopened = new();
    private readonly decimal[] _values = new decimal[definition.Numbers.Length];
    private readonly decimal[] _sums = new decimal[definition.Numbers.Length];
    private readonly List<(decimal Value, string Number)>[] _greatest = [.. definition.Numbers.Select(_ => new List<(decimal, string)>())];
    private readonly Dictionary<UInt128, int> _customers = [];
    private readonly int _top = definition.Top!.Value;
    private long _changes;
    private long _transitions;
    private long _reopens;

    public void Add(ComplaintSummary complaint)
    {
        _changes += complaint.Version;
        if ((complaint.ReferenceHash ?? complaint.ContactHashes.FirstOrDefault()) is { } customer)
            CollectionsMarshal.GetValueRefOrAddDefault(_customers, RepeatFinder.Compact(customer), out _)++;
        Array.Clear(_values);
        var reopens = 0L;
        foreach (var measure in complaint.Measures)
        {
            if (measure.Name.StartsWith(Measures.First, StringComparison.Ordinal))
                AddFirst(measure);
            else if (measure.Name == Measures.Transitions)
                _transitions += (long)measure.Value;
            else if (measure.Name == Measures.Reopens)
                reopens += (long)measure.Value;
            else if (measure.Name == Measures.SolvedAt)
                _solvedAt[(long)measure.Value] = _solvedAt.GetValueOrDefault((long)measure.Value) + 1;
            for (var i = 0; i < _values.Length; i++)
            {
                if (measure.Name == definition.Numbers[i])
                    _values[i] += measure.Value;
            }
        }
        _reopens += reopens;
        _reopened.Add(reopens > 0);
        for (var i = 0; i < _values.Length; i++)
        {
            _sums[i] += _values[i];
            Rank(_greatest[i], _values[i], complaint.Number);
        }
    }

    public IEnumerable<(string Id, FigureValue Value)> Figures() =>
    [
        ("events", new Amount(_changes)),
        ("transitions", new Amount(_transitions)),
        ("reopens", new Amount(_reopens)),
        ("reopened_share", _reopened.Value),
        ("solved_at", new Breakdown([.. _solvedAt.Select(round => new Part($"{round.Key}", new Amount(round.Value)))])),
        ("time_to_state", new Breakdown([.. _firsts.Select(first => Labelled(first.Key[Measures.First.Length..], first.Value))])),
        ("customers_with", new Share(_customers.Values.Count(count => count >= definition.CustomersWith), _customers.Count)),
        ("sums", OfNumbers((name, i) => new Number(_sums[i], RecordedNumbers.IsTime(name)))),
        ("top", OfNumbers((name, i) => new Breakdown(
            [.. _greatest[i].Select(one => new Part(one.Number, new Number(one.Value, RecordedNumbers.IsTime(name))))]))),
    ];

    private void AddFirst(Measure measure)
    {
        if (!_firsts.TryGetValue(measure.Name, out var seconds))
            _firsts[measure.Name] = seconds = [];
        seconds.Add((long)decimal.Floor(measure.Value));
    }

    /// <summary>Of equal ones, those that were received first.</summary>
    private void Rank(List<(decimal Value, string Number)> greatest, decimal value, string number)
    {
        if (value <= 0 || greatest.Count == _top && value <= greatest[^1].Value)
            return;
        var at = greatest.Count;
        while (at > 0 && greatest[at - 1].Value < value)
            at--;
        greatest.Insert(at, (value, number));
        if (greatest.Count > _top)
            greatest.RemoveAt(_top);
    }

    private Breakdown OfNumbers(Func<string, int, FigureValue> valueOf) => new(
        [.. definition.Numbers.Select((name, i) => new Part(name, valueOf(name, i)) { Label = RecordedNumbers.LabelOf(name, rules) })]);

    private static Part Labelled(string state, List<long> seconds) =>
        new(state, Durations.Spread(CollectionsMarshal.AsSpan(seconds))) { Label = RecordedNumbers.StateLabel(state) };
}
