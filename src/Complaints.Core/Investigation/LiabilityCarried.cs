using System.Collections.Immutable;
using Complaints.Core.Assignment;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;

namespace Complaints.Core.Investigation;

/// <summary>Whoever answers for what was found in a complaint keeps out of the one that carries it on after a merge, or that was split
/// off (责任随案). On what it rests stays there. Told only to who may record liability, and never outside.</summary>
/// <param name="Number">Its number within this complaint.</param>
/// <param name="Of">The number of the complaint where it was found, for people.</param>
/// <param name="Finding">The number of the finding there.</param>
/// <param name="Party">A code of the parties.</param>
/// <param name="Staff">The member of the staff.</param>
/// <param name="Department">The department.</param>
/// <param name="Measure">What is done: a code.</param>
public sealed record LiabilityCarried(
    int Number, string Of, int Finding, string Party, string Staff, string? Department = null, string? Measure = null)
    : ComplaintEvent, IHappening<LiabilityCarried, Complaint>
{
    static EventType IHappening<LiabilityCarried, Complaint>.EventType { get; } = new("liability-carried", 1,
        new("Liability taken over", "已接管责任认定"))
    {
        ShownTo = RecordLiability.Name,
    };

    /// <summary>Who leads the teams of the member of the staff, and gets no work on the case either.</summary>
    public ImmutableArray<string>? KeptOut { get; init; }

    internal override Subject? Made => Subject.Of("liability", Number);

    /// <summary>Takes over what is not known of a person yet.</summary>
    internal static void Append(Complaint merged, DecisionContext context, EventSink events)
    {
        foreach (var there in merged.Inquiry.Liabilities)
        {
            if (there.Staff is not { } staff || events.State.Inquiry.Liabilities.Any(there.IsKnownBy))
                continue;
            HandedOver.Back([staff, .. there.KeptOut ?? []], context, events);
            events.Add(new LiabilityCarried(events.State.Inquiry.Liabilities.Length + 1, there.Of ?? merged.Number, there.Finding,
                there.Party, staff, there.Department, there.Measure)
            {
                KeptOut = there.KeptOut,
            });
        }
    }

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
    [
        new(Labels.Liability, Number), new(Labels.From, Of), new(Labels.Finding, Finding),
        new(Labels.Fault, rules.Causes.PartyList.Named(Party)),
        new(Labels.Department, Department is null ? null : rules.Organisation.DepartmentNamed(Department)),
        new(Labels.StaffMember, new StaffMember(Staff)),
        new(Labels.Measure, Measure is null ? null : rules.Causes.MeasureList.Named(Measure)),
    ];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Inquiry = complaint.Inquiry with
        {
            Liabilities = complaint.Inquiry.Liabilities.Add(
                new Liability(Number, Finding, Party, Department, Staff, Person: null, Measure) { KeptOut = KeptOut, Of = Of }),
        },
    };
}
