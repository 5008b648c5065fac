using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;

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

/// <summary>Says of complaints that they are about this improvement.</summary>
/// <param name="Complaints">The complaints, 1 to 100. Errors: <c>link.target_missing</c>, <c>link.exists</c>, <c>link.too_many</c>.</param>
public sealed record LinkComplaints(ImmutableArray<ComplaintId> Complaints) : ImprovementCommand, ICapability<LinkComplaints, Improvement>
{
    /// <summary>The complaints; never <c>default</c>.</summary>
    public ImmutableArray<ComplaintId> Complaints { get; init => field = value.IsDefault ? [] : value; } = Complaints.IsDefault ? []
        : Complaints;

    static Capability ICapability<LinkComplaints, Improvement>.Capability { get; } = new("link-complaints", new("Link complaints", "关联投诉"))
    {
        Roles = [.. Role.Desk, Role.Quality],
        Fields = Field.Of<LinkComplaints>(f => [f.Complaints(command => command.Complaints, Labels.Complaints, CaseLinks.MostAtOnce)]),
        StaysIn = ImprovementTable.GoesOn,
        Refusals = [CaseLinks.Missing, CaseLinks.Exists, CaseLinks.TooMany],
        Commutes = true,
    };

    static LinkComplaints ICapability<LinkComplaints, Improvement>.Example(Occasion occasion) => new([occasion.Other]);

    internal override ImmutableArray<ComplaintId> RefersTo => Complaints;

    internal override ComplaintError? Decide(Improvement improvement, ImprovementContext context, EventSink<Improvement> events) =>
        CaseLinks.Add(Complaints, context, events);
}

/// <summary>Complaints were linked.</summary>
/// <param name="Links">Which, in order.</param>
public sealed record ComplaintsLinked(ImmutableArray<MadeLink> Links) : ImprovementEvent, IHappening<ComplaintsLinked, Improvement>
{
    static EventType IHappening<ComplaintsLinked, Improvement>.EventType { get; } = new("complaints-linked", 1,
        new("Complaints linked", "已关联投诉"));

    internal override IEnumerable<Detail> Details(Rulebook rules) => [new(null, Links.Select(link => link.ComplaintNumber))];

    internal override Improvement ApplyTo(Improvement state, EventMoment moment) => CaseLinks.Changed(state, Links, stands: true, moment);
}

/// <summary>Says of complaints that they are not about this improvement after all.</summary>
/// <param name="Complaints">The complaints, 1 to 100. Error: <c>link.none</c>.</param>
public sealed record UnlinkComplaints(ImmutableArray<ComplaintId> Complaints) : ImprovementCommand, ICapability<UnlinkComplaints,
    Improvement>
{
    /// <summary>The complaints; never <c>default</c>.</summary>
    public ImmutableArray<ComplaintId> Complaints { get; init => field = value.IsDefault ? [] : value; } = Complaints.IsDefault ? []
        : Complaints;

    static Capability ICapability<UnlinkComplaints, Improvement>.Capability { get; } = new("unlink-complaints",
        new("Unlink complaints", "取消关联"))
    {
        Roles = [.. Role.Desk, Role.Quality],
        Fields = Field.Of<UnlinkComplaints>(f => [f.Complaints(command => command.Complaints, Labels.Complaints, CaseLinks.MostAtOnce)]),
        StaysIn = ImprovementTable.GoesOn,
        Refusals = [CaseLinks.None],
        Commutes = true,
    };

    static UnlinkComplaints ICapability<UnlinkComplaints, Improvement>.Example(Occasion occasion) => new([occasion.Other]);

    internal override ComplaintError? Decide(Improvement improvement, ImprovementContext context, EventSink<Improvement> events)
    {
        var links = ImmutableArray.CreateBuilder<MadeLink>(Complaints.Length);
        foreach (var complaint in Complaints.Distinct())
        {
            if (improvement.Complaints.FirstOrDefault(link => link.Complaint == complaint) is not { } link)
                return CaseLinks.None.With(("value", complaint));
            links.Add(new(improvement.LastLink + links.Count + 1, complaint, link.ComplaintNumber));
        }
        events.Add(new ComplaintsUnlinked(links.DrainToImmutable()));
        return null;
    }
}

/// <summary>Complaints left the improvement.</summary>
/// <param name="Links">Which, in order.</param>
public sealed record ComplaintsUnlinked(ImmutableArray<MadeLink> Links) : ImprovementEvent, IHappening<ComplaintsUnlinked, Improvement>
{
    static EventType IHappening<ComplaintsUnlinked, Improvement>.EventType { get; } =
        new("complaints-unlinked", 1, new("Complaints unlinked", "已取消关联"));

    internal override IEnumerable<Detail> Details(Rulebook rules) => [new(null, Links.Select(link => link.ComplaintNumber))];

    internal override Improvement ApplyTo(Improvement state, EventMoment moment) => CaseLinks.Changed(state, Links, stands: false, moment);
}

/// <summary>Notes which complaints' own histories say the same by now. Sent by the desk once the follow-ons were carried out.</summary>
/// <param name="Links">The numbers of the links.</param>
internal sealed record ConfirmLinks(ImmutableArray<int> Links) : ImprovementCommand, ICapability<ConfirmLinks, Improvement>
{
    internal static readonly Refusal Settled = new(
        "link.settled",
        "The complaints say so already.",
        "相关投诉均已记录。");

    static Capability ICapability<ConfirmLinks, Improvement>.Capability { get; } = new("confirm-links",
        new("Note what complaints say", "确认关联"))
    {
        Roles = [],
        Fields = Field.Of<ConfirmLinks>(f => [f.Group(command => command.Links, Labels.Complaints, required: true, check: null)]),
        StaysIn = ImprovementTable.All,
        Refusals = [Settled],
        IsInternal = true,
        Commutes = true,
    };

    static ConfirmLinks ICapability<ConfirmLinks, Improvement>.Example(Occasion occasion) => new([1]);

    internal override ComplaintError? Decide(Improvement improvement, ImprovementContext context, EventSink<Improvement> events)
    {
        ImmutableArray<int> open = [.. improvement.Links.Where(link => !link.IsSettled && Links.Contains(link.Number)).Select(
            link => link.Number)];
        if (open.IsEmpty)
            return Settled.Plain;
        events.Add(new LinksSettled(open));
        return null;
    }
}

/// <summary>The complaints' own histories say the same now. What left the improvement is over.</summary>
/// <param name="Links">The numbers of the links.</param>
public sealed record LinksSettled(ImmutableArray<int> Links) : ImprovementEvent, IHappening<LinksSettled, Improvement>
{
    static EventType IHappening<LinksSettled, Improvement>.EventType { get; } =
        new("links-settled", 1, new("Complaints know of it", "投诉记录已同步"));

    internal override Improvement ApplyTo(Improvement state, EventMoment moment) => state with
    {
        Links =
        [
            .. state.Links.Where(link => link.Stands || !Links.Contains(link.Number))
                .Select(link => Links.Contains(link.Number) ? link with { IsSettled = true } : link),
        ],
    };
}
