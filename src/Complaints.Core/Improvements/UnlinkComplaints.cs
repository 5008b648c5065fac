using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;

namespace Complaints.Core.Improvements;

/// <summary>Says of complaints that they are not about this improvement after all.</summary>
/// <param name="Complaints">The complaints, 1 to 100. Error: <c>link.none</c>.</param>
public sealed record UnlinkComplaints(ImmutableArray<ComplaintId> Complaints) : ImprovementCommand, ICapability<UnlinkComplaints,
    Improvement>
{
    /// <summary>The complaints; never <c>default</c>.</summary>
    public ImmutableArray<ComplaintId> Complaints { get; init => field = Given.Of(value); } = Given.Of(Complaints);

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

    /// <summary>For the numbers by which people know those that are not linked.</summary>
    internal override ImmutableArray<ComplaintId> RefersTo => Complaints;

    internal override ComplaintError? Decide(Improvement improvement, ImprovementContext context, EventSink<Improvement> events)
    {
        var links = ImmutableArray.CreateBuilder<MadeLink>(Complaints.Length);
        foreach (var complaint in Complaints.Distinct())
        {
            if (improvement.Complaints.FirstOrDefault(link => link.Complaint == complaint) is not { } link)
                return CaseLinks.None.With(("value", context.Known.TryGetValue(complaint, out var number) ? number : complaint));
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
