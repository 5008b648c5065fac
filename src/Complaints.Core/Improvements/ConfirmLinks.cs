using System.Collections.Immutable;
using Complaints.Core.Capabilities;

namespace Complaints.Core.Improvements;

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
