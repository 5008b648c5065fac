using Complaints.Core;
using Complaints.Core.Storage;

namespace Complaints.Storage.Relational;

/// <summary>The two statements of a queue: how many there are, and one page. Joined from what the query asks for, so that an index can serve what is asked.</summary>
internal sealed class QueueSql
{
    private readonly List<string> _conditions = [];
    private readonly List<object?> _values = [];

    public QueueSql(ISqlDialect dialect, TenantId tenant, ComplaintQuery query)
    {
        Where("c.tenant = @tenant", tenant.Value);
        if (!query.States.IsDefaultOrEmpty)
        {
            var states = query.States.Distinct().ToList();
            Where($"c.state in ({string.Join(", ", states.Select((_, index) => $"@state{index}"))})", [.. states.Select(state => state.ToString())]);
        }
        WhereEqual("owner", query.Owner);
        WhereEqual("team", query.Team);
        WhereEqual("category", query.Category);
        WhereEqual("priority", query.Priority);
        WhereEqual("channel", query.Channel);
        // A range instead of a pattern: an index serves it, and % and _ mean themselves.
        if (!string.IsNullOrEmpty(query.NumberStartsWith))
            Where("c.number >= @number_from and c.number < @number_to", query.NumberStartsWith, query.NumberStartsWith + "\U0010FFFF");
        if (query.Lookup is not null)
            Where("c.id in (select complaint from lookup where tenant = @tenant and hash = @lookup)", query.Lookup);
        if (query.DueBefore is { } due)
            Where("c.due_at < @due", Relational.Values.Of(due));

        var where = string.Join("\n  and ", _conditions);
        Text = new(
            dialect.BeginRead,
            $"select count(*) from complaint c where {where}",
            $"""
            select {ComplaintRow.SummaryColumns} from complaint c
            where {where}
            order by {OrderBy(query.Order)} limit {query.Take} offset {query.Skip}
            """,
            dialect.EndRead)
        { IsKept = false };
    }

    /// <summary>How many, then the page.</summary>
    public SqlText Text { get; }

    public object?[] Values => [.. _values];

    private static string OrderBy(ComplaintOrder order) => order switch
    {
        ComplaintOrder.Newest => "c.received_at desc, c.id desc",
        ComplaintOrder.Oldest => "c.received_at, c.id",
        _ => "c.due_at is null, c.due_at, c.id",
    };

    private void WhereEqual(string column, string? value)
    {
        if (value is not null)
            Where($"c.{column} = @{column}", value);
    }

    private void Where(string condition, params ReadOnlySpan<object?> values)
    {
        _conditions.Add(condition);
        _values.AddRange(values);
    }
}
