using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;

namespace Complaints.Core.Intake;

/// <summary>Appends to what the customer said. The original is never changed.</summary>
/// <param name="Amendment">1 to 20,000 characters.</param>
public sealed record AmendNarrative(string Amendment) : ComplaintCommand, ICapability<AmendNarrative, Complaint>
{
    static Capability ICapability<AmendNarrative, Complaint>.Capability { get; } = new("amend-narrative", new("Amend the narrative", "补充投诉内容"))
    {
        Roles = Role.Desk,
        Fields = Field.Of<AmendNarrative>(f =>
        [
            f.Text(command => command.Amendment, Labels.Amendment, Text.Narrative),
        ]),
        StaysIn = States.Codes(States.NotEnded),
        Commutes = true,
    };

    static AmendNarrative ICapability<AmendNarrative, Complaint>.Example(Occasion occasion) => new("还少了一个抽屉。");

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        events.Add(new NarrativeAmended(Personal.Of(Amendment)));
        return null;
    }
}

/// <summary>Something was appended to what the customer said; the original stays.</summary>
/// <param name="Amendment">The addition.</param>
public sealed record NarrativeAmended(Personal<string> Amendment) : ComplaintEvent, IHappening<NarrativeAmended, Complaint>
{
    static EventType IHappening<NarrativeAmended, Complaint>.EventType { get; } = new("narrative-amended", 1, new("Narrative amended", "已补充投诉内容"));

    internal override IEnumerable<Detail> Details(Rulebook rules) => [new(null, Amendment)];

    internal override PersonalField[] PersonalValues => [new("amendment", Amendment)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint;
}
