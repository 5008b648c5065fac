using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;

namespace Complaints.Core.Resolution;

/// <summary>The remedy failed: another solution must be found.</summary>
/// <param name="Reason">Why; 1 to 500 characters, nothing personal.</param>
public sealed record FailRemedy(string Reason) : ComplaintCommand, ICapability<FailRemedy, Complaint>
{
    static Capability ICapability<FailRemedy, Complaint>.Capability { get; } = new("fail-remedy", new("Remedy failed", "补救失败"))
    {
        Roles = Role.Desk,
        Fields = Field.Of<FailRemedy>(f =>
        [
            f.Text(command => command.Reason, Labels.Reason, Text.Short),
        ]),
    };

    static FailRemedy ICapability<FailRemedy, Complaint>.Example(Occasion occasion) => new("Out of stock.");

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        events.Add(new RemedyFailed(Reason));
        return null;
    }
}

/// <summary>The remedy failed.</summary>
/// <param name="Reason">Why.</param>
public sealed record RemedyFailed(string Reason) : ComplaintEvent, IHappening<RemedyFailed, Complaint>
{
    static EventType IHappening<RemedyFailed, Complaint>.EventType { get; } = new("remedy-failed", 1, new("Remedy failed", "补救未成功"));

    internal override IEnumerable<Detail> Details(Rulebook rules) => [new(Labels.Reason, Reason)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint.In(ComplaintState.Proposing) with
    {
        Settlement = complaint.Settlement with { Proposals = complaint.Settlement.Proposals.Executed(ProposalStatus.Failed), Confirmation = null },
    };
}
