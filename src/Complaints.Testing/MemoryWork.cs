using System.Collections.Immutable;
using Complaints.Core;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Testing;

/// <summary>What waits for whom in memory.</summary>
internal sealed class MemoryWork
{
    private static readonly Comparer<WorkItem> ByDue = Comparer<WorkItem>.Create(
        static (one, other) => Compare(one.Position, other.Position));

    private readonly Dictionary<(AggregateId Of, WorkKey Key), WorkRow> _rows = [];

    public IEnumerable<StoredWork> All => _rows.Select(row => new StoredWork(row.Key.Of, row.Value))
        .OrderBy(stored => stored.Of.Value.ToString("D"), StringComparer.Ordinal).ThenBy(stored => stored.Row.Work, StringComparer.Ordinal)
        .ThenBy(stored => NameOf(stored.Row.Subject), StringComparer.Ordinal);

    public void Change(AggregateId of, ImmutableArray<WorkRow> set, ImmutableArray<WorkKey> remove)
    {
        foreach (var key in remove)
            _rows.Remove((of, key));
        foreach (var row in set)
            Set(of, row);
    }

    /// <summary>What was there keeps the instant since when it waits.</summary>
    public void Set(AggregateId of, WorkRow row)
    {
        var key = (of, new WorkKey(row.Work, row.Subject));
        _rows[key] = _rows.TryGetValue(key, out var known) ? row with { Since = known.Since } : row;
    }

    public void Remove(AggregateId of, WorkRow row) => _rows.Remove((of, new WorkKey(row.Work, row.Subject)));

    /// <summary>What passes a filter, in order, from a place on.</summary>
    public IEnumerable<WorkItem> Passing(WorkFilter filter, Func<AggregateId, WorkRow, WorkItem> item) => _rows
        .Where(row => Passes(row.Value, filter))
        .Select(row => item(row.Key.Of, row.Value))
        .Where(row => filter.After is not { } after || Compare(row.Position, after) > 0)
        .Order(ByDue);

    private static bool Passes(WorkRow row, WorkFilter filter) =>
        filter.Lanes.Any(lane => lane.Kind switch
        {
            WorkLaneKind.Person => row.Person == lane.Key,
            WorkLaneKind.Team => row.Person is null && row.Team == lane.Key,
            WorkLaneKind.Area => row.Area == lane.Key,
            _ => row.Duty == lane.Key && row.Amount <= lane.Authority,
        })
        && (filter.Works.IsEmpty || filter.Works.Contains(row.Work))
        && (filter.Area is null || row.Area == filter.Area)
        && (filter.DueBefore is not { } bound || row.Due < bound)
        && !filter.ExceptNotFor.Any(row.NotFor.Contains);

    private static int Compare(WorkPosition one, WorkPosition other)
    {
        var due = (one.Due ?? Instant.MaxValue).CompareTo(other.Due ?? Instant.MaxValue);
        var of = due != 0 ? due : string.CompareOrdinal(one.Of.ToString("D"), other.Of.ToString("D"));
        var work = of != 0 ? of : string.CompareOrdinal(one.Work, other.Work);
        return work != 0 ? work : string.CompareOrdinal(NameOf(one.Subject), NameOf(other.Subject));
    }

    private static string NameOf(Subject? subject) => subject?.ToString() ?? "";
}
