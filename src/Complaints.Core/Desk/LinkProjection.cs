using System.Collections.Immutable;
using Complaints.Core.Intake;
using Complaints.Core.Storage;

namespace Complaints.Core;

/// <summary>The links to other cases that a complaint's state tells of.</summary>
internal static class LinkProjection
{
    public static ImmutableArray<LinkRow> Of(Complaint complaint)
    {
        if (complaint is { Receipt.RepeatOf: null, Progress.MergedInto: null, Improvements.IsEmpty: true, Ties.IsEmpty: true })
            return [];
        var links = ImmutableArray.CreateBuilder<LinkRow>();
        if (complaint.Receipt.RepeatOf is { } earlier)
            links.Add(new(AggregateId.Of(earlier), LinkKind.Repeat));
        if (complaint.Progress.MergedInto is { } survivor)
            links.Add(new(AggregateId.Of(survivor), LinkKind.Merged));
        foreach (var improvement in complaint.Improvements)
        {
            if (improvement.Stands)
                links.Add(new(AggregateId.Of(improvement.Id), LinkKind.Improvement));
        }
        foreach (var tie in complaint.Ties)
            links.Add(new(AggregateId.Of(tie.Other), tie.Kind));
        return links.DrainToImmutable();
    }

    /// <summary>What must change so that the links of the state before become those of the state after.</summary>
    public static (ImmutableArray<LinkRow> Set, ImmutableArray<LinkRow> Remove) Difference(Complaint? before, Complaint after)
    {
        var (was, wanted) = (before is null ? [] : Of(before), Of(after));
        return was.IsEmpty && wanted.IsEmpty ? ([], []) : (wanted.RemoveAll(was.Contains), was.RemoveAll(wanted.Contains));
    }
}
