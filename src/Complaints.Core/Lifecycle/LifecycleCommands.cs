using Complaints.Core.Definitions;
using Complaints.Core.History;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;
using NodaTime;

namespace Complaints.Core.Lifecycle;

/// <summary>Waits for a named reason; permitted again while waiting, for another reason.</summary>
/// <param name="Reason">A code of the hold reasons. Errors: <c>code.unknown</c>, <c>hold.already_placed</c>, <c>time.before_resume</c>.</param>
/// <param name="ReviewOn">When somebody must look again.</param>
/// <param name="Note">What exactly is waited for; at most 4,000 characters.</param>
public sealed record PlaceOnHold(string Reason, LocalDate? ReviewOn = null, string? Note = null) : ComplaintCommand
{
    /// <inheritdoc/>
    public override ComplaintTrigger Trigger => ComplaintTrigger.PlaceOnHold;

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (context.Rules.HoldReasons.Check("reason", Reason) is { } unknown)
            return unknown;
        if (complaint.Progress.Holds.Any(hold => hold.Reason == Reason))
            return new("hold.already_placed", ("value", Reason));
        if (Text.Check("note", Note, Text.Long, required: false) is { } bad)
            return bad;
        // A hold that begins earlier than it is written down cannot reach back behind the last resume (X36).
        if (complaint.Clocks.LastResume is { } resumed && context.EffectiveAt < resumed)
            return new("time.before_resume", ("value", context.EffectiveAt), ("bound", resumed));
        events.Add(new HoldPlaced(Reason, ReviewOn, Personal.OfNullable(Note)));
        return null;
    }
}

/// <summary>Releases one reason to wait; the last one resumes the complaint.</summary>
/// <param name="Reason">A reason of the current holds. Error: <c>hold.not_found</c>.</param>
public sealed record ReleaseHold(string Reason) : ComplaintCommand
{
    /// <inheritdoc/>
    public override ComplaintTrigger Trigger => ComplaintTrigger.ReleaseHold;

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        var progress = complaint.Progress;
        if (progress.Holds.FirstOrDefault(candidate => candidate.Reason == Reason) is not { } hold)
            return new("hold.not_found", ("value", Reason), ("known", string.Join(", ", progress.Holds.Select(candidate => candidate.Reason))));
        if (context.EffectiveAt < hold.Since)
            return new("time.before_hold", ("value", context.EffectiveAt), ("bound", hold.Since));
        events.Add(new HoldReleased(Reason, progress.Holds.Length > 1 ? ComplaintState.OnHold : Settlement.StateAfterHold(complaint)));
        return null;
    }
}

/// <summary>The customer takes the complaint back.</summary>
/// <param name="Reason">Why, in the customer's words; 1 to 4,000 characters.</param>
public sealed record Withdraw(string Reason) : ComplaintCommand
{
    /// <inheritdoc/>
    public override ComplaintTrigger Trigger => ComplaintTrigger.Withdraw;

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (Text.Check("reason", Reason, Text.Long) is { } bad)
            return bad;
        events.Add(new ComplaintWithdrawn(Personal.Of(Reason)));
        return null;
    }
}

/// <summary>Takes up again what was resolved or closed. Round + 1; earlier results stay.</summary>
/// <param name="Reason">Why; 1 to 500 characters, nothing personal. Error: <c>reopen.window_over</c>.</param>
public sealed record Reopen(string Reason) : ComplaintCommand
{
    /// <inheritdoc/>
    public override ComplaintTrigger Trigger => ComplaintTrigger.Reopen;

    /// <summary>Closed complaints reopen only inside the window of the tenant's settings.</summary>
    internal static ComplaintError? Precondition(Complaint complaint, DecisionContext context)
    {
        var window = Duration.FromDays(context.Rules.Settings.ReopenWindowDays);
        return complaint is { State: ComplaintState.Closed, Progress.EndedAt: { } closed } && context.Now >= closed + window
            ? new("reopen.window_over", ("value", closed), ("days", context.Rules.Settings.ReopenWindowDays))
            : null;
    }

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (Text.Check("reason", Reason, Text.Short) is { } bad)
            return bad;
        events.Add(new ComplaintReopened(complaint.Progress.Round + 1, Reason));
        return null;
    }
}

/// <summary>Grants a second-stage review of any outcome. No reason need be given.</summary>
/// <param name="Reviewer">Who reviews: somebody who decided nothing in this complaint. Error: <c>review.not_independent</c>.</param>
/// <param name="Reason">Why, if the customer said so; at most 500 characters, nothing personal.</param>
public sealed record GrantReview(string Reviewer, string? Reason = null) : ComplaintCommand
{
    /// <inheritdoc/>
    public override ComplaintTrigger Trigger => ComplaintTrigger.GrantReview;

    internal static ComplaintError? Precondition(Complaint complaint, DecisionContext context) =>
        complaint.Progress.Stage > 1 ? new("review.already_reviewed") : null;

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (Text.Check("reviewer", Reviewer, Text.Id) is { } badReviewer)
            return badReviewer;
        if (complaint.Settlement.Deciders.Contains(Reviewer))
            return new("review.not_independent", ("value", Reviewer));
        if (Text.Check("reason", Reason, Text.Short, required: false) is { } bad)
            return bad;
        events.Add(new ReviewGranted(complaint.Progress.Round + 1, Reviewer, Reason));
        // The second stage may have limits of its own.
        PolicySelection.Append(events, context.Rules);
        return null;
    }
}
