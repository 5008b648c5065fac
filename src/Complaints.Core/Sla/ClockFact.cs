using System.Collections.Immutable;
using NodaTime;

namespace Complaints.Core.Sla;

/// <summary>Something that starts, stops or restarts clocks: what is left of an event for the projection. Kept in the order of
/// <see cref="At"/>.</summary>
/// <param name="Kind">A code of <see cref="FactKind"/>.</param>
/// <param name="At">When it happened, which may be earlier than it was recorded.</param>
/// <param name="Subject">What it is about, where a complaint has several: <c>approval/2</c>.</param>
public sealed record ClockFact(string Kind, Instant At, string? Subject = null);

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

    /// <summary>The complaint was decided as not established.</summary>
    public const string ValidityDecided = "validity-decided";

    /// <summary>An approval was asked for.</summary>
    public const string ApprovalRequested = "approval-requested";

    /// <summary>An approval was granted, refused or recalled.</summary>
    public const string ApprovalAnswered = "approval-answered";

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

    /// <summary>A department returned its task, done or not.</summary>
    public const string TaskReturned = "task-returned";

    /// <summary>A new round began.</summary>
    public const string Reopened = "reopened";

    /// <summary>It was withdrawn or merged.</summary>
    public const string Ended = "ended";

    /// <summary>All of them.</summary>
    public static ImmutableArray<string> All { get; } =
    [
        Received, CallbackRequired, Assigned, Acknowledged, HumanContact, PhoneContact, CustomerMessage, Converted, ValidityDecided, ApprovalRequested, ApprovalAnswered, ProposalPresented,
        Resolved, ResultNotified, FollowedUp, TaskSent, TaskSigned, TaskReturned, Reopened, Ended,
    ];
}
