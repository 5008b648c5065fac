using System.Collections.Immutable;
using Complaints.Core.Capabilities;

namespace Complaints.Core.Sla;

/// <summary>A policy was pinned to the complaint.</summary>
/// <param name="Policy">Its id and version.</param>
/// <param name="Calendars">The calendars that count with it, each in its version, the tenant's own first.</param>
public sealed record PolicyApplied(DefinitionRef Policy, ImmutableArray<DefinitionRef> Calendars = default)
    : ComplaintEvent, IHappening<PolicyApplied, Complaint>
{
    static EventType IHappening<PolicyApplied, Complaint>.EventType { get; } = new("policy-applied", 1, new("Time limits applied", "已适用时限政策"));

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Clocks = complaint.Clocks with
        {
            Policies = complaint.Clocks.Policies.Add(
                new PolicyPin(Policy, moment.OccurredAt, complaint.Progress.ClockRound, Calendars)),
        },
    };
}
