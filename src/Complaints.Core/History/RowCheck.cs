using Complaints.Core.Improvements;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Core.History;

/// <summary>
/// Compares what lies beside a chain with what the chain says: the state on which commands decide, and the columns that queues and reports
/// read. The due instants of our own
/// clocks are left out, because they follow from definitions that may have changed since.
/// </summary>
internal static class RowCheck
{
    public static IEnumerable<string> Differences(Complaint folded, StoredRow row)
    {
        if (row.State.IsEmpty || row.Schema == StateCodec.Schema && !StateCodec.Write(folded).Span.SequenceEqual(row.State.Span))
            yield return "state";
        foreach (var name in Different(Columns(ComplaintSummary.Of(folded, [])), Columns(row.Summary!)))
            yield return name;
        if (!folded.Persons.Skip(1).ToHashSet().SetEquals(row.Persons))
            yield return "participants";
    }

    /// <summary>The same for an improvement; when it must be looked at follows from definitions too.</summary>
    public static IEnumerable<string> Differences(Improvement folded, StoredRow row)
    {
        if (row.State.IsEmpty || row.Schema == StateCodec.Improvements.Schema
            && !StateCodec.Improvements.Write(folded).Span.SequenceEqual(row.State.Span))
            yield return "state";
        if (row.Taken?.For(Improvement.NumberPrefix) != folded.Number)
            yield return "year or serial";
        foreach (var name in Different(Columns(AggregateSummary.Of(folded, null)), Columns(row.Aggregate!)))
            yield return name;
    }

    private static IEnumerable<string> Different(IEnumerable<(string Name, object? Value)> said,
        IEnumerable<(string Name, object? Value)> stored) =>
        said.Zip(stored).Where(pair => !Equals(pair.First.Value, pair.Second.Value)).Select(pair => pair.First.Name);

    private static IEnumerable<(string Name, object? Value)> Columns(AggregateSummary summary) =>
    [
        ("number", summary.Number), ("version", summary.Version), ("kind", summary.Kind), ("status", summary.Status),
            ("owner", summary.Owner),
        ("team", summary.Team), ("subject", summary.Subject), ("title", summary.Title), ("opened_at", At(summary.OpenedAt)),
        ("updated_at", At(summary.UpdatedAt)), ("due_at", At(summary.DueAt)), ("ended_at", At(summary.EndedAt)),
    ];

    private static IEnumerable<(string Name, object? Value)> Columns(ComplaintSummary summary) =>
    [
        ("number", summary.Number), ("version", summary.Version), ("kind", summary.Kind), ("state", summary.State), ("round", summary.Round),
        ("priority", summary.Priority), ("category", summary.Category), ("subcategory", summary.Subcategory), ("channel", summary.Channel), ("entry_point", summary.EntryPoint),
        ("area", summary.Area),
        ("owner", summary.Owner), ("team", summary.Team), ("person", summary.Person), ("title", summary.Title), ("received_at", At(summary.ReceivedAt)), ("updated_at", At(summary.UpdatedAt)),
        ("acknowledged_at", At(summary.AcknowledgedAt)), ("target_at", summary.Imported ? At(summary.TargetAt) : null), ("resolved_at", At(summary.ResolvedAt)), ("closed_at", At(summary.ClosedAt)),
        ("outcome", summary.Outcome), ("unanswered_since", At(summary.UnansweredSince)), ("measures", Measures.Write(summary.Measures)),
        ("source_in_time", summary.SourceInTime),
        ("own_in_time", summary.OwnInTime), ("own_due_at", At(summary.OwnDueAt)),
        ("source", summary.Source), ("imported", summary.Imported),
        ("contradictions", string.Join('\u001f', summary.Contradictions)), ("item_kind", summary.ItemKind),
        ("item_model", summary.ItemModel), ("repeat_of", summary.RepeatOf),
        ("attributes", string.Join('\u001f', summary.Attributes.Select(fact => $"{fact.Key}\u001e{fact.Value}"))),
    ];

    /// <summary>As stores keep it.</summary>
    private static Instant? At(Instant? instant) => Microseconds.Truncate(instant);
}
