using Complaints.Core.History;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;
using NodaTime;

namespace Complaints.Core.FollowUp;

/// <summary>The follow-up's part of a complaint (回访).</summary>
/// <param name="LastVisitAt">When the customer was last visited or called.</param>
/// <param name="Satisfied">Whether the last effective visit found the customer satisfied.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="ReachedAt">When the customer was first reached.</param>
/// <param name="WaivedAt">When it was decided to do without.</param>
public sealed record FollowUpRecord(Instant? LastVisitAt = null, bool Satisfied = false, int Attempts = 0, Instant? ReachedAt = null, Instant? WaivedAt = null)
{
    /// <summary>Nothing yet.</summary>
    public static FollowUpRecord None { get; } = new();

    /// <summary>True when the visit was done or waived.</summary>
    internal bool IsSettled => ReachedAt is not null || WaivedAt is not null;
}

/// <summary>Records a follow-up visit or call.</summary>
/// <param name="Channel">By which channel.</param>
/// <param name="Reached">Whether the customer was reached; an unreached one is an attempt.</param>
/// <param name="Satisfied">Whether the customer is satisfied; <c>null</c> when not reached or not said.</param>
/// <param name="Comment">What the customer said; at most 4,000 characters.</param>
public sealed record RecordVisit(string Channel, bool Reached = true, bool? Satisfied = null, string? Comment = null) : ComplaintCommand
{
    /// <inheritdoc/>
    public override ComplaintTrigger Trigger => ComplaintTrigger.RecordVisit;

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (!Reached && Satisfied is not null)
            return new("visit.unreached_satisfaction");
        if ((context.Rules.Channels.Check("channel", Channel) ?? Text.Check("comment", Comment, Text.Long, required: false)) is { } wrong)
            return wrong;
        events.Add(new VisitRecorded(Channel, Reached, Satisfied, Personal.OfNullable(Comment)));
        return null;
    }
}

/// <summary>Does without a follow-up visit.</summary>
/// <param name="Reason">Why; 1 to 500 characters, nothing personal.</param>
public sealed record WaiveFollowUp(string Reason) : ComplaintCommand
{
    /// <inheritdoc/>
    public override ComplaintTrigger Trigger => ComplaintTrigger.WaiveFollowUp;

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (Text.Check("reason", Reason, Text.Short) is { } bad)
            return bad;
        events.Add(new FollowUpWaived(Reason));
        return null;
    }
}

/// <summary>Files a finished complaint away (归档). Its follow-up must be done or waived; a withdrawn one needs none.</summary>
/// <param name="FileRef">The host's reference of the paper or electronic file; at most 500 characters.</param>
public sealed record Archive(string? FileRef = null) : ComplaintCommand
{
    /// <inheritdoc/>
    public override ComplaintTrigger Trigger => ComplaintTrigger.Archive;

    internal static ComplaintError? Precondition(Complaint complaint, DecisionContext context)
    {
        if (complaint.Progress.ArchivedAt is { } at)
            return new("archive.already", ("value", at));
        return complaint.State == ComplaintState.Closed && !complaint.FollowUp.IsSettled ? new("archive.follow_up_missing") : null;
    }

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (Text.Check("fileRef", FileRef, Text.Short, required: false) is { } bad)
            return bad;
        events.Add(new ComplaintArchived(FileRef));
        return null;
    }
}

/// <summary>A follow-up visit took place or was tried.</summary>
/// <param name="Channel">By which channel.</param>
/// <param name="Reached">Whether the customer was reached.</param>
/// <param name="Satisfied">Whether the customer is satisfied.</param>
/// <param name="Comment">What the customer said.</param>
public sealed record VisitRecorded(string Channel, bool Reached, bool? Satisfied, Personal<string>? Comment) : ComplaintEvent
{
    internal override IEnumerable<IPersonal?> PersonalValues => [Comment];

    internal override IEnumerable<ClockFact> Facts(EventMoment moment) => Reached ? [new(FactKind.FollowedUp, moment.OccurredAt)] : [];

    internal override Complaint Apply(Complaint complaint, EventMoment moment)
    {
        var before = complaint.FollowUp;
        return complaint with
        {
            FollowUp = before with
            {
                LastVisitAt = moment.OccurredAt,
                Attempts = before.Attempts + 1,
                ReachedAt = before.ReachedAt ?? (Reached ? moment.OccurredAt : null),
                Satisfied = Satisfied ?? before.Satisfied,
            },
        };
    }
}

/// <summary>It was decided to do without a follow-up visit.</summary>
/// <param name="Reason">Why.</param>
public sealed record FollowUpWaived(string Reason) : ComplaintEvent
{
    internal override IEnumerable<ClockFact> Facts(EventMoment moment) => [new(FactKind.FollowedUp, moment.OccurredAt)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) =>
        complaint with { FollowUp = complaint.FollowUp with { WaivedAt = moment.OccurredAt } };
}

/// <summary>The complaint was filed away.</summary>
/// <param name="FileRef">The host's reference of the file.</param>
public sealed record ComplaintArchived(string? FileRef) : ComplaintEvent
{
    internal override Complaint Apply(Complaint complaint, EventMoment moment) =>
        complaint with { Progress = complaint.Progress with { ArchivedAt = moment.OccurredAt } };
}
