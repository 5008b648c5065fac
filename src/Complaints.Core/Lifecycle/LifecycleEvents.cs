using Complaints.Core.History;
using Complaints.Core.Sla;
using NodaTime;

namespace Complaints.Core.Lifecycle;

/// <summary>The complaint waits for a reason, one more if it waits already.</summary>
/// <param name="Reason">A code of the hold reasons.</param>
/// <param name="ReviewOn">When somebody must look again.</param>
/// <param name="Note">What exactly is waited for.</param>
public sealed record HoldPlaced(string Reason, LocalDate? ReviewOn, Personal<string>? Note) : ComplaintEvent
{
    internal override IEnumerable<IPersonal?> PersonalValues => [Note];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Progress = complaint.Progress with
        {
            State = ComplaintState.OnHold,
            ResumesTo = complaint.Progress.Underlying,
            Holds = complaint.Progress.Holds.Add(new Hold(Reason, moment.OccurredAt, moment.Actor.Id, ReviewOn)),
        },
        Clocks = complaint.Clocks.Paused(Reason, moment.OccurredAt),
    };
}

/// <summary>A reason to wait is gone; with the last one the complaint resumes.</summary>
/// <param name="Reason">The reason that is gone.</param>
/// <param name="To">The state after it: <see cref="ComplaintState.OnHold"/> while others remain.</param>
public sealed record HoldReleased(string Reason, ComplaintState To) : ComplaintEvent
{
    internal override Complaint Apply(Complaint complaint, EventMoment moment)
    {
        var holds = complaint.Progress.Holds.RemoveAll(hold => hold.Reason == Reason);
        return complaint with
        {
            Progress = complaint.Progress with { State = To, Holds = holds, ResumesTo = holds.IsEmpty ? null : complaint.Progress.ResumesTo },
            Clocks = complaint.Clocks.Resumed(Reason, moment.OccurredAt),
        };
    }
}

/// <summary>The customer took the complaint back.</summary>
/// <param name="Reason">Why, in the customer's words.</param>
public sealed record ComplaintWithdrawn(Personal<string> Reason) : ComplaintEvent
{
    internal override IEnumerable<IPersonal?> PersonalValues => [Reason];

    internal override IEnumerable<ClockFact> Facts(EventMoment moment) => [new(FactKind.Ended, moment.OccurredAt)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint.Ended(ComplaintState.Withdrawn, moment);
}

/// <summary>A resolved or closed complaint was taken up again; a new round begins.</summary>
/// <param name="Round">The number of the new round.</param>
/// <param name="Reason">Why.</param>
public sealed record ComplaintReopened(int Round, string Reason) : ComplaintEvent
{
    internal override IEnumerable<ClockFact> Facts(EventMoment moment) => [new(FactKind.Reopened, moment.OccurredAt)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint.NewRound(Round, complaint.Progress.Stage, moment);
}

/// <summary>A second-stage review was granted: somebody who decided nothing in it decides again.</summary>
/// <param name="Round">The number of the new round.</param>
/// <param name="Reviewer">Who reviews.</param>
/// <param name="Reason">Why, if a reason was given; none is needed.</param>
public sealed record ReviewGranted(int Round, string Reviewer, string? Reason) : ComplaintEvent
{
    internal override IEnumerable<ClockFact> Facts(EventMoment moment) => [new(FactKind.Reopened, moment.OccurredAt)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment)
    {
        var next = complaint.NewRound(Round, stage: 2, moment);
        return next with { Responsibility = next.Responsibility with { Owner = Reviewer, Since = moment.OccurredAt } };
    }
}
