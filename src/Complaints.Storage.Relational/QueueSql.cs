using System.Globalization;
using Complaints.Core;
using Complaints.Core.Lifecycle;
using Complaints.Core.Storage;

namespace Complaints.Storage.Relational;

/// <summary>
/// The statements of a queue: one page behind or before a place (keyset paging), and how many there are. Joined from what the query asks
/// for, so that an index can serve what is asked.
/// </summary>
internal sealed class QueueSql
{
    /// <summary>The due instant; where there is none, a number behind every instant, so that an index keeps those at the end.</summary>
    public const string Due = "coalesce(c.due_at, 9223372036854775807)";

    private static readonly string[] AllStates = Enum.GetNames<ComplaintState>();

    private readonly ISqlDialect _dialect;
    private readonly ComplaintQuery _query;
    private readonly string[] _states;
    private readonly List<string> _conditions = ["c.tenant = @tenant"];
    private readonly Dictionary<string, object?> _values = new(StringComparer.Ordinal);

    public QueueSql(ISqlDialect dialect, TenantId tenant, ComplaintQuery query)
    {
        (_dialect, _query) = (dialect, query);
        _states = query.States.IsDefaultOrEmpty ? [] : [.. query.States.Distinct().Select(state => state.ToString())];
        _values["@tenant"] = tenant.Value;
        WhereEqual("owner", query.Owner);
        WhereEqual("team", query.Team);
        WhereEqual("category", query.Category);
        WhereEqual("priority", query.Priority);
        WhereEqual("channel", query.Channel);
        WhereEqual("area", query.Area);
        WhereEqual("subcategory", query.Subcategory);
        WhereEqual("item_kind", query.ItemKind);
        WhereEqual("item_model", query.ItemModel);
        if (query.ReceivedFrom is { } from)
            Where("c.received_at >= @received_from", ("@received_from", Values.Of(from)));
        // A range instead of a pattern: an index serves it, and % and _ mean themselves.
        if (HasNumber)
        {
            var number = query.NumberStartsWith;
            Where("c.number >= @number_from and c.number < @number_to", ("@number_from", number), ("@number_to", number + "\U0010FFFF"));
        }
        if (query.Lookup is not null)
            Where("c.id in (select complaint from lookup where tenant = @tenant and hash = @lookup)", ("@lookup", query.Lookup));
        if (query.DueBefore is { } due)
            Where($"{Due} < @due", ("@due", Values.Of(due)));
    }

    private bool HasNumber => !string.IsNullOrEmpty(_query.NumberStartsWith);

    private bool IsBackwards => _query.Before is not null;

    /// <summary>By due instant an index knows the order within a state: the first of each state in question, and of those the
    /// first.</summary>
    private bool IsMerged => _query.Order == ComplaintOrder.Due && _states.Length != 1 && _query.Lookup is null && !HasNumber;

    /// <summary>One complaint more than the page takes, in the queue's order, or backwards before a place.</summary>
    public SqlText Page()
    {
        var sort = _query.Order == ComplaintOrder.Due ? Due : "c.received_at";
        var direction = (_query.Order == ComplaintOrder.Newest) == IsBackwards ? "" : " desc";
        var end = $"order by {sort}{direction}, c.id{direction} limit {(_query.Take + 1).ToString(CultureInfo.InvariantCulture)}";
        var conditions = Conditions();
        if ((_query.After ?? _query.Before) is { } place)
        {
            conditions += $"\n  and ({sort}, c.id) {(direction.Length == 0 ? ">" : "<")} (@at, @place)";
            (_values["@at"], _values["@place"]) = (place.At is { } at ? Values.Of(at) : long.MaxValue, place.Complaint.Value);
        }
        var where = IsMerged
            ? "c.tenant = @tenant and " + _dialect.IsOneOfRows("c.id", FirstOfEach(conditions, end))
            : conditions + InStates();
        return Text($"select {ComplaintRow.SummaryColumns} from complaint c\nwhere {where}\n{end}");
    }

    /// <summary>How many there are, and no further than is worth counting.</summary>
    public SqlText Count() =>
        Text($"select count(*) from (select 1 from complaint c where {Conditions()}{InStates()} limit {MatchCount.Most + 1}) counted");

    /// <summary>The values of one of the texts in the order of its parameters.</summary>
    public object?[] ValuesOf(SqlText text) => [.. text.Parameters.Select(name => _values[name])];

    /// <summary>The same of a text that asks for more than a queue, whose other values are given.</summary>
    public object?[] ValuesOf(SqlText text, IReadOnlyDictionary<string, object?> others) =>
        [.. text.Parameters.Select(name => _values.TryGetValue(name, out var own) ? own : others[name])];

    private static SqlText Text(string statement) => new(statement) { IsKept = false };

    private string Conditions() => string.Join("\n  and ", _conditions);

    private string InStates() => _states.Length == 0 ? "" : $"\n  and c.state in ({string.Join(", ", _states.Select(State))})";

    private string FirstOfEach(string conditions, string end)
    {
        var states = _states.Length == 0 ? AllStates : _states;
        return string.Join("\nunion all ", states.Select((state, number) =>
        {
            var where = $"{conditions}\n  and c.state = {State(state, number)}";
            return $"select id from (select c.id from complaint c where {where}\n{end}) of_state{number}";
        }));
    }

    private string State(string state, int number)
    {
        var name = $"@state{number}";
        _values[name] = state;
        return name;
    }

    private void WhereEqual(string column, string? value)
    {
        if (value is not null)
            Where($"c.{column} = @{column}", ("@" + column, value));
    }

    private void Where(string condition, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        _conditions.Add(condition);
        foreach (var (name, value) in values)
            _values[name] = value;
    }
}
