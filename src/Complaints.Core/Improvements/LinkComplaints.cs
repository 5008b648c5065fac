using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;

namespace Complaints.Core.Improvements;

/// <summary>Says of complaints that they are about this improvement.</summary>
/// <param name="Complaints">The complaints, 1 to 100. Errors: <c>link.target_missing</c>, <c>link.exists</c>, <c>link.too_many</c>.</param>
public sealed record LinkComplaints(ImmutableArray<ComplaintId> Complaints) : ImprovementCommand, ICapability<LinkComplaints, Improvement>
{
    /// <summary>The complaints; never <c>default</c>.</summary>
    public ImmutableArray<ComplaintId> Complaints { get; init => field = Given.Of(value); } = Given.Of(Complaints);

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
