using System.Collections.Immutable;
using Complaints.Core.Capabilities;

namespace Complaints.Core.Improvements;

/// <summary>
/// How complaints come to an improvement and leave it. The improvement's own history decides; each complaint's says the same once the
/// follow-on was carried out there, which a sweep guarantees. Links are numbered, so that an older one that comes late changes nothing.
/// </summary>
internal static class CaseLinks
{
    /// <summary>How many complaints one command may name.</summary>
    public const int MostAtOnce = 100;

    /// <summary>How many complaints an improvement may have.</summary>
    public const int Most = 2_000;

    public static readonly Refusal Missing = new(
        "link.target_missing",
        "There is no complaint {value} in this tenant; nothing was linked. Check the number.",
        "该租户没有投诉 {value}，未关联任何投诉，请检查编号。");

    public static readonly Refusal Exists = new(
        "link.exists",
        "The complaint {value} is linked already; leave it out.",
        "投诉 {value} 已关联，请勿重复关联。");

    public static readonly Refusal None = new(
        "link.none",
        "The complaint {value} is not linked to this improvement.",
        "投诉 {value} 未与该整改事项关联。");

    public static readonly Refusal TooMany = new(
        "link.too_many",
        "An improvement has at most {bound} complaints; this would be {value}. Open another one.",
        "一项整改最多关联 {bound} 件投诉，当前将达到 {value} 件，请另行发起整改。");

    /// <summary>Links complaints, all or none.</summary>
    public static ComplaintError? Add(ImmutableArray<ComplaintId> complaints, ImprovementContext context, EventSink<Improvement> events)
    {
        var state = events.State;
        var links = ImmutableArray.CreateBuilder<MadeLink>(complaints.Length);
        var taken = state.Complaints.ToDictionary(link => link.Complaint, link => link.ComplaintNumber);
        foreach (var complaint in complaints.Distinct())
        {
            if (!context.Known.TryGetValue(complaint, out var number))
                return Missing.With(("value", complaint));
            if (!taken.TryAdd(complaint, number))
                return Exists.With(("value", number));
            links.Add(new(state.LastLink + links.Count + 1, complaint, number));
        }
        if (taken.Count > Most)
            return TooMany.With(("value", taken.Count), ("bound", Most));
        events.Add(new ComplaintsLinked(links.DrainToImmutable()));
        return null;
    }

    /// <summary>The state with other links; a complaint has one, its newest.</summary>
    public static Improvement Changed(Improvement state, ImmutableArray<MadeLink> made, bool stands, EventMoment moment) => state with
    {
        LastLink = made[^1].Number,
        Links =
        [
            .. state.Links.Where(link => made.All(other => other.Complaint != link.Complaint)),
            .. made.Select(link => new CaseLink(link.Number, link.Complaint, link.ComplaintNumber, stands, moment.RecordedAt)),
        ],
    };
}

/// <summary>A link as it was made or removed.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Complaint">The complaint.</param>
/// <param name="ComplaintNumber">Its number for people.</param>
public sealed record MadeLink(int Number, ComplaintId Complaint, string ComplaintNumber);
