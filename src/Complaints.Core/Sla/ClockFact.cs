using System.Collections.Immutable;
using NodaTime;

namespace Complaints.Core.Sla;

/// <summary>Something that starts, stops or restarts clocks: what is left of an event for the projection. Kept in the order of
/// <see cref="At"/>.</summary>
/// <param name="Kind">A code of <see cref="FactKind"/>.</param>
/// <param name="At">When it happened, which may be earlier than it was recorded.</param>
/// <param name="Subject">What it is about, where a complaint has several: <c>approval/2</c>.</param>
/// <param name="Tag">Of which sort that is, by which a policy tells them apart: <c>proposal</c> for an approval of one.</param>
public sealed record ClockFact(string Kind, Instant At, string? Subject = null, string? Tag = null)
{
    /// <summary>True when nobody works on the complaint any more.</summary>
    internal bool EndsWork => Kind is FactKind.Resolved or FactKind.ValidityDecided;

    /// <summary>True when every clock begins anew with it, in the next round.</summary>
    internal bool BeginsRound => Kind is FactKind.Reopened or FactKind.ReviewRequested;
}

/// <summary>The kinds of facts, named in policies as starts and stops of objectives.</summary>
public static class FactKind
{
    /// <summary>The complaint was received, or our clocks were started on an imported one.</summary>
    public const string Received = "received";

    /// <summary>A letter with a phone number was received.</summary>
    public const string CallbackRequired = "callback-required";

    /// <summary>The receipt was confirmed to the customer.</summary>
    public const string Acknowledged = "acknowledged";

    /// <summary>Somebody answers for it for the first time.</summary>
    public const string Assigned = "assigned";

    /// <summary>A person of ours reached the customer.</summary>
    public const string HumanContact = "human-contact";

    /// <summary>A person of ours reached the customer by phone.</summary>
    public const string PhoneContact = "phone-contact";

    /// <summary>The customer wrote or called.</summary>
    public const string CustomerMessage = "customer-message";

    /// <summary>An inquiry became a complaint.</summary>
    public const string Converted = "converted";

    /// <summary>It was decided whether it is established, whatever follows.</summary>
    public const string ValidityJudged = "validity-judged";

    /// <summary>It ended as not established.</summary>
    public const string ValidityDecided = "validity-decided";

    /// <summary>An approval was asked for.</summary>
    public const string ApprovalRequested = "approval-requested";

    /// <summary>An approval was granted or refused.</summary>
    public const string ApprovalAnswered = "approval-answered";

    /// <summary>A request for approval was taken back, or is not needed any more: nobody answered it.</summary>
    public const string ApprovalCancelled = "approval-cancelled";

    /// <summary>A solution was offered to the customer.</summary>
    public const string ProposalPresented = "proposal-presented";

    /// <summary>It was resolved.</summary>
    public const string Resolved = "resolved";

    /// <summary>The customer was told the result.</summary>
    public const string ResultNotified = "result-notified";

    /// <summary>The customer was reached in a follow-up visit, or it was waived.</summary>
    public const string FollowedUp = "followed-up";

    /// <summary>A task was sent to a department.</summary>
    public const string TaskSent = "task-sent";

    /// <summary>A department signed for its task.</summary>
    public const string TaskSigned = "task-signed";

    /// <summary>A department returned its task, done or not: it has answered, and somebody looks at the answer.</summary>
    public const string TaskReturned = "task-returned";

    /// <summary>A department gave its task back because it is not its own.</summary>
    public const string TaskBounced = "task-bounced";

    /// <summary>It was ruled on a task that was given back.</summary>
    public const string ReturnRuled = "return-ruled";

    /// <summary>An answer stands. Where nobody had to look at it, the department answered by it.</summary>
    public const string TaskAccepted = "task-accepted";

    /// <summary>An answer does not do: the department has the task once more. It begins what <see cref="TaskSent"/> begins, besides what
    /// waits for a signature.</summary>
    public const string TaskSentBack = "task-sent-back";

    /// <summary>A task was cancelled, or went to another department.</summary>
    public const string TaskCancelled = "task-cancelled";

    /// <summary>A new round began: it was taken up again, or a review was asked for.</summary>
    public const string Reopened = "reopened";

    /// <summary>A second-stage review was asked for.</summary>
    public const string ReviewRequested = "review-requested";

    /// <summary>The review that was asked for was granted.</summary>
    public const string ReviewAnswered = "review-answered";

    /// <summary>It was withdrawn or merged.</summary>
    public const string Ended = "ended";

    /// <summary>All of them.</summary>
    public static ImmutableArray<string> All { get; } =
    [
        Received, CallbackRequired, Assigned, Acknowledged, HumanContact, PhoneContact, CustomerMessage, Converted, ValidityJudged,
        ValidityDecided, ApprovalRequested, ApprovalAnswered, ApprovalCancelled, ProposalPresented, Resolved, ResultNotified, FollowedUp,
        TaskSent, TaskSigned, TaskReturned, TaskBounced, ReturnRuled, TaskAccepted, TaskSentBack, TaskCancelled,
        Reopened, ReviewRequested, ReviewAnswered, Ended,
    ];

    /// <summary>What begins the name of a fact that a signal is: <c>signal:cannot-wait</c>.</summary>
    public const string Signal = "signal:";

    /// <summary>True for what a policy may name: one of <see cref="All"/>, or a signal with its code.</summary>
    internal static bool IsKnown(string? kind) =>
        kind is not null && (All.Contains(kind)
            || kind.StartsWith(Signal, StringComparison.Ordinal) && Text.Check("signal", kind[Signal.Length..], Text.Id) is null);

    /// <summary>True for what happens to a department's task, and so has one as its subject.</summary>
    internal static bool IsOfTask(string kind) => kind is TaskSent or TaskSigned or TaskReturned;

    /// <summary>The tags that facts of a kind carry: none, those that are listed, or <c>null</c> for any that a host names.</summary>
    internal static ImmutableArray<string>? TagsOf(string kind) => kind switch
    {
        ApprovalRequested => ApprovalTags,
        TaskSent or TaskSentBack or TaskReturned or TaskBounced or TaskAccepted => null,
        _ => [],
    };

    /// <summary>The tag of an approval of a proposal.</summary>
    public const string OfProposal = "proposal";

    private static readonly ImmutableArray<string> ApprovalTags = [OfProposal];
}
