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
    private bool IsMerged =>
        _query is { Order: ComplaintOrder.Due, Lookup: null, Parties: null } && _states.Length != 1 && !HasNumber;

    /// <summary>One complaint more than the page takes, in the queue's order, or backwards before a place.</summary>
    public SqlText Page()
    {
        var sort = _query.Order == ComplaintOrder.Due ? Due : "c.received_at";
        var end = End(sort, "c.id");
        var where = IsMerged ? AreAmong(FirstOfEach(Conditions() + Place(sort, "c.id"), end))
            : IsOfParties ? AreAmong(FirstOfEachParty(Conditions() + InStates()))
            : Conditions() + TakenPartIn() + InStates() + Place(sort, "c.id");
        return Text($"select {ComplaintRow.SummaryColumns} from {Complaints}\nwhere {where}\n{end}");
    }

    /// <summary>How many there are, and no further than is worth counting.</summary>
    public SqlText Count() => Text($"select count(*) from (select 1 from {Complaints} where {Conditions()}{TakenPartIn()}{InStates()} "
        + $"limit {MatchCount.Most + 1}) counted");

    /// <summary>The values of one of the texts in the order of its parameters.</summary>
    public object?[] ValuesOf(SqlText text) => [.. text.Parameters.Select(name => _values[name])];

    /// <summary>The same of a text that asks for more than a queue, whose other values are given.</summary>
    public object?[] ValuesOf(SqlText text, IReadOnlyDictionary<string, object?> others) =>
        [.. text.Parameters.Select(name => _values.TryGetValue(name, out var own) ? own : others[name])];

    private static SqlText Text(string statement) => new(statement) { IsKept = false };

    /// <summary>By receipt an index knows the order of the complaints of each party: the first of each, and of those the first.</summary>
    private bool IsOfParties => _query is { Parties.IsEmpty: false } && _query.Order != ComplaintOrder.Due;

    /// <summary>Those of parties are sought by their ids: to walk all by another index, and look at each whose it is, would take as long as
    /// there are complaints.</summary>
    private string Complaints => _query.Parties is null ? "complaint c" : _dialect.SoughtBy("complaint c", "complaint_id");

    private string AreAmong(string select) => "c.tenant = @tenant and " + _dialect.IsOneOfRows("c.id", select);

    private string Direction => (_query.Order == ComplaintOrder.Newest) == IsBackwards ? "" : " desc";

    private string End(string sort, string id) =>
        $"order by {sort}{Direction}, {id}{Direction} limit {(_query.Take + 1).ToString(CultureInfo.InvariantCulture)}";

    private string Place(string sort, string id)
    {
        if ((_query.After ?? _query.Before) is not { } place)
            return "";
        (_values["@at"], _values["@place"]) = (place.At is { } at ? Values.Of(at) : long.MaxValue, place.Complaint.Value);
        return $"\n  and ({sort}, {id}) {(Direction.Length == 0 ? ">" : "<")} (@at, @place)";
    }

    /// <summary>The complaints of parties are few beside all: they are sought one by one.</summary>
    private string TakenPartIn()
    {
        if (_query.Parties is not { } parties)
            return "";
        _values["@parties"] = _dialect.List(parties);
        return "\n  and " + _dialect.IsOneOfRows("c.id", TakingPartSql.Of(_dialect, "@parties"));
    }

    private string FirstOfEachParty(string conditions)
    {
        var (place, end) = (Place("t.received_at", "t.complaint"), End("t.received_at", "t.complaint"));
        return string.Join("\nunion all ", _query.Parties!.Value.Distinct().Select((party, number) =>
        {
            var name = $"@party{number}";
            _values[name] = party;
            return "select complaint from (select t.complaint from taking_part t "
                + "join complaint c on c.tenant = t.tenant and c.id = t.complaint "
                + $"where t.tenant = @tenant and t.party = {name} and {conditions}{place}\n{end}) of_party{number}";
        }));
    }

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
