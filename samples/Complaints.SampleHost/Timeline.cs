using System.Globalization;
using Complaints.Core.Assignment;
using Complaints.Core.Classification;
using Complaints.Core.FollowUp;
using Complaints.Core.History;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;

namespace Complaints.SampleHost;

/// <summary>Says in words what happened, for people.</summary>
internal static class Timeline
{
    public static string Title(RecordedEvent entry, Visitor visitor) => entry.Event switch
    {
        ComplaintRegistered => visitor["Registered"],
        Classified => visitor["Classify"],
        HandedOver => visitor["HandOver"],
        ComplaintAcknowledged => visitor["Acknowledge"],
        InteractionRecorded => visitor["RecordInteraction"],
        NoteAdded => visitor["AddNote"],
        NarrativeAmended => visitor["AmendNarrative"],
        ConvertedToComplaint => visitor["ConvertToComplaint"],
        ProposalMade => visitor["Propose"],
        ProposalPresented => visitor["Present"],
        ProposalAccepted => visitor["AcceptProposal"],
        ProposalRejected => visitor["RejectProposal"],
        ApprovalRequested => visitor["RequestApproval"],
        ApprovalGranted => visitor["Approve"],
        ApprovalRejected => visitor["RejectApproval"],
        ComplaintResolved => visitor["Resolved"],
        NotEstablishedDecided => visitor["NotEstablished"],
        ResultNotified => visitor["NotifyResult"],
        SolutionConfirmed => visitor["ConfirmSolved"],
        ComplaintClosed => visitor["Closed"],
        HoldPlaced => visitor["PlaceOnHold"],
        HoldReleased => visitor["ReleaseHold"],
        ComplaintReopened => visitor["Reopen"],
        ReviewGranted => visitor["GrantReview"],
        ComplaintWithdrawn => visitor["Withdrawn"],
        ComplaintMerged => visitor["Merged"],
        RemedyCompleted => visitor["CompleteRemedy"],
        RemedyFailed => visitor["FailRemedy"],
        VisitRecorded => visitor["RecordVisit"],
        FollowUpWaived => visitor["WaiveFollowUp"],
        ComplaintArchived => visitor["Archive"],
        _ => visitor[entry.Type],
    };

    public static string Text(RecordedEvent entry, SubjectKey? key, Visitor visitor) => entry.Event switch
    {
        Classified { Judgement: var judgement } => string.Join(" · ", new[] { judgement.Category, judgement.Subcategory, judgement.Severity, judgement.Urgency, judgement.Priority }.Where(part => !string.IsNullOrEmpty(part))),
        HandedOver over => string.Join(" · ", new[] { over.Owner, over.Team, over.Reason }.Where(part => part is not null)),
        InteractionRecorded talk => $"{talk.Channel} {Clear(talk.Summary, key)}",
        NoteAdded note => Clear(note.Note, key),
        NarrativeAmended amended => Clear(amended.Amendment, key),
        PolicyApplied applied => applied.Policy.ToString(),
        ClocksSettled settled => string.Join(visitor["comma"], settled.Results.Select(result => $"{Clock(result.Clock, visitor)} {visitor[result.Verdict.ToString()]}")),
        ClocksRecalculated recalculated => $"{recalculated.Policy} {recalculated.Reason}",
        StepsSkipped skipped => $"{Clock(skipped.Clock, visitor)} {string.Join(", ", skipped.Steps)}",
        ExtensionRequested requested => $"{Clock(requested.Clock, visitor)} → {requested.Until} {requested.Reason}",
        ExtensionDecided decided => $"{Clock(decided.Clock, visitor)} → {decided.Granted?.ToString() ?? "-"} {decided.Reason}",
        CommitmentMade made => $"{made.Number}. {Clear(made.Promise, key)} → {made.Due}",
        CommitmentSettled settled => $"{settled.Number}. {Clear(settled.Note, key)}",
        MergedAbsorbed absorbed => absorbed.Number,
        ResultCorrected corrected => $"{Clock(corrected.New.Clock, visitor)} {visitor[corrected.Old.Verdict.ToString()]} → {visitor[corrected.New.Verdict.ToString()]}",
        ClockBreached breached => Clock(breached.Clock, visitor),
        ClockWarned warned => $"{Clock(warned.Clock, visitor)} {warned.Step.Split(':')[^1]}",
        ComplaintEscalated escalated => string.Join(" · ", new[] { $"L{escalated.Level}", escalated.Role, escalated.Team, escalated.Reason }.Where(part => part is not null)),
        ProposalMade made => $"{made.Number}. {string.Join(", ", made.Remedies)} {made.EstimatedCost.ToString(CultureInfo.InvariantCulture)} {Clear(made.Description, key)}",
        ProposalRejected rejected => $"{rejected.Proposal}. {Clear(rejected.Reason, key)}",
        ApprovalRejected rejected => rejected.Reason,
        ComplaintResolved resolved => $"{resolved.Outcome} {Clear(resolved.Summary, key)}",
        NotEstablishedDecided decided => $"{decided.Outcome} {Clear(decided.Reason, key)} {decided.ReferredTo}",
        ResultNotified notified => $"{notified.Channel} {Clear(notified.Summary, key)}",
        ComplaintClosed closed => closed.Evidence ?? "",
        HoldPlaced placed => $"{placed.Reason} {Clear(placed.Note, key)}",
        HoldReleased released => released.Reason,
        ComplaintReopened reopened => reopened.Reason,
        ComplaintWithdrawn withdrawn => Clear(withdrawn.Reason, key),
        VisitRecorded visit => $"{visit.Channel} {Clear(visit.Comment, key)}",
        FollowUpWaived waived => waived.Reason,
        _ => "",
    };

    /// <summary>A clock's objective in words.</summary>
    private static string Clock(string id, Visitor visitor) => visitor[id.Split('/')[0]];

    private static string Clear(Personal<string>? value, SubjectKey? key) => value is null ? "" : value.TryReveal(key, out var clear) ? clear : "…";
}
