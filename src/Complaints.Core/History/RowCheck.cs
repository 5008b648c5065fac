using System.Collections.Immutable;
using Complaints.Core.Improvements;
using Complaints.Core.Storage;

namespace Complaints.Core.History;

/// <summary>
/// Compares what lies beside a chain with what the chain says: the state on which commands decide, and the columns that queues and reports
/// read. The due instants of our own
/// clocks are left out, because they follow from definitions that may have changed since.
/// </summary>
internal static class RowCheck
{
    private static readonly ImmutableArray<Compared<ComplaintSummary>> ComplaintColumns =
    [
        Column("number", static summary => summary.Number), Column("version", static summary => summary.Version),
        Column("kind", static summary => summary.Kind), Column("state", static summary => summary.State),
        Column("round", static summary => summary.Round), Column("priority", static summary => summary.Priority),
        Column("category", static summary => summary.Category), Column("subcategory", static summary => summary.Subcategory),
        Column("channel", static summary => summary.Channel), Column("entry_point", static summary => summary.EntryPoint),
        Column("area", static summary => summary.Area), Column("owner", static summary => summary.Owner),
        Column("team", static summary => summary.Team), Column("person", static summary => summary.Person),
        Column("title", static summary => summary.Title),
        // Instants as stores keep them.
        Column("received_at", static summary => Microseconds.Truncate(summary.ReceivedAt)),
        Column("updated_at", static summary => Microseconds.Truncate(summary.UpdatedAt)),
        Column("acknowledged_at", static summary => Microseconds.Truncate(summary.AcknowledgedAt)),
        Column("target_at", static summary => summary.Imported ? Microseconds.Truncate(summary.TargetAt) : null),
        Column("resolved_at", static summary => Microseconds.Truncate(summary.ResolvedAt)),
        Column("closed_at", static summary => Microseconds.Truncate(summary.ClosedAt)),
        Column("outcome", static summary => summary.Outcome),
        Column("unanswered_since", static summary => Microseconds.Truncate(summary.UnansweredSince)),
        new("measures", static (one, other) => AreSame(one.Measures, other.Measures)),
        Column("source_in_time", static summary => summary.SourceInTime),
        Column("own_in_time", static summary => summary.OwnInTime),
        Column("own_due_at", static summary => Microseconds.Truncate(summary.OwnDueAt)),
        Column("source", static summary => summary.Source), Column("imported", static summary => summary.Imported),
        new("contradictions", static (one, other) => one.Contradictions.AsSpan().SequenceEqual(other.Contradictions.AsSpan())),
        Column("item_kind", static summary => summary.ItemKind), Column("item_model", static summary => summary.ItemModel),
        Column("repeat_of", static summary => summary.RepeatOf),
        new("attributes", static (one, other) => one.Attributes.SequenceEqual(other.Attributes)),
    ];

    private static readonly ImmutableArray<Compared<AggregateSummary>> AggregateColumns =
    [
        Other("number", static summary => summary.Number), Other("version", static summary => summary.Version),
        Other("kind", static summary => summary.Kind), Other("status", static summary => summary.Status),
        Other("owner", static summary => summary.Owner), Other("team", static summary => summary.Team),
        Other("subject", static summary => summary.Subject), Other("title", static summary => summary.Title),
        Other("opened_at", static summary => Microseconds.Truncate(summary.OpenedAt)),
        Other("updated_at", static summary => Microseconds.Truncate(summary.UpdatedAt)),
        Other("due_at", static summary => Microseconds.Truncate(summary.DueAt)),
        Other("ended_at", static summary => Microseconds.Truncate(summary.EndedAt)),
    ];

    public static List<string> Differences(Complaint folded, StoredRow row)
    {
        var different = new List<string>();
        if (row.State.IsEmpty || row.Schema == StateCodec.Schema && !StateCodec.All.IsWritten(folded, row.State.Span))
            different.Add("state");
        Add(ComplaintColumns, ComplaintSummary.Of(folded, []), row.Summary!, different);
        var others = folded.Persons.Skip(1).ToHashSet();
        if (others.Count > 0 || !row.Persons.IsEmpty)
        {
            if (!others.SetEquals(row.Persons))
                different.Add("participants");
        }
        return different;
    }

    /// <summary>The same for an improvement; when it must be looked at follows from definitions too.</summary>
    public static List<string> Differences(Improvement folded, StoredRow row)
    {
        var different = new List<string>();
        if (row.State.IsEmpty || row.Schema == StateCodec.Improvements.Schema
            && !StateCodec.Improvements.IsWritten(folded, row.State.Span))
            different.Add("state");
        if (row.Taken?.For(Improvement.NumberPrefix) != folded.Number)
            different.Add("year or serial");
        Add(AggregateColumns, AggregateSummary.Of(folded, null), row.Aggregate!, different);
        return different;
    }

    private static void Add<T>(ImmutableArray<Compared<T>> columns, T said, T stored, List<string> different)
    {
        foreach (var column in columns)
        {
            if (!column.AreSame(said, stored))
                different.Add(column.Name);
        }
    }

    /// <summary>Numbers are the same where they are written the same.</summary>
    private static bool AreSame(ImmutableArray<Measure> one, ImmutableArray<Measure> other)
    {
        if (one.Length != other.Length)
            return false;
        for (var i = 0; i < one.Length; i++)
        {
            if (one[i] != other[i] || one[i].Value.Scale != other[i].Value.Scale)
                return false;
        }
        return true;
    }

    private static Compared<ComplaintSummary> Column<T>(string name, Func<ComplaintSummary, T> value) => Of(name, value);

    private static Compared<AggregateSummary> Other<T>(string name, Func<AggregateSummary, T> value) => Of(name, value);

    private static Compared<TRow> Of<TRow, T>(string name, Func<TRow, T> value) =>
        new(name, (one, other) => EqualityComparer<T>.Default.Equals(value(one), value(other)));

    /// <summary>A column, and when it is the same in two rows; nothing is boxed, because every proof compares them all.</summary>
    private readonly record struct Compared<T>(string Name, Func<T, T, bool> AreSame);
}
