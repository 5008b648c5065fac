using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Complaints.Core.Sla;

/// <summary>The objectives that the library knows, each with the facts that start and stop it where a policy names none. A host names
/// others in its policies.</summary>
public static class Objective
{
    /// <summary>受理确认: receipt, or the request for a review, until it is acknowledged or answered.</summary>
    public const string Acknowledgement = "acknowledgement";

    /// <summary>首次响应: receipt until a person first answers.</summary>
    public const string FirstResponse = "first-response";

    /// <summary>首次联系: the first assignment until a person of ours contacts the customer. No built-in policy has it; 7 days are
    /// usual.</summary>
    public const string FirstContact = "first-contact";

    /// <summary>A letter with a phone number until the call.</summary>
    public const string Callback = "callback";

    /// <summary>成立/不成立判定: receipt until it is decided whether it is established.</summary>
    public const string ValidityDecision = "validity-decision";

    /// <summary>The first unanswered message of the customer until a person answers.</summary>
    public const string NextResponse = "next-response";

    /// <summary>Acknowledgement, and again each contact, until the next contact.</summary>
    public const string ProgressUpdate = "progress-update";

    /// <summary>Receipt until a solution is offered.</summary>
    public const string Solution = "solution";

    /// <summary>审批: a request for approval until it is answered.</summary>
    public const string Approval = "approval";

    /// <summary>Receipt until it is resolved.</summary>
    public const string Resolution = "resolution";

    /// <summary>Resolution until the customer is told.</summary>
    public const string ResultNotification = "result-notification";

    /// <summary>Resolution until the follow-up visit.</summary>
    public const string FollowUpVisit = "follow-up-visit";

    /// <summary>签收: a department task until it is signed for.</summary>
    public const string SignFor = "sign-for";

    /// <summary>部门反馈: a department's task until it is answered.</summary>
    public const string DepartmentReturn = "department-return";

    /// <summary>技术方案: the same of a technical task, for a policy that gives it a limit of its own by <c>for</c>.</summary>
    public const string TechnicalSolution = "technical-solution";

    /// <summary>服务处理: the same of a service task.</summary>
    public const string ServiceSolution = "service-solution";

    /// <summary>核验: a department's answer until somebody has looked at it.</summary>
    public const string Verification = "verification";

    /// <summary>退单审定: a task that a department gave back until it is ruled on.</summary>
    public const string ReturnRuling = "return-ruling";

    /// <summary>最终答复: receipt until the customer is told the result.</summary>
    public const string FinalReply = "final-reply";

    /// <summary>What was promised to the customer, until it is resolved. Needs no policy.</summary>
    public const string Agreed = "agreed-deadline";

    /// <summary>承诺: a promise with a date, until it is kept. Needs no policy.</summary>
    public const string Commitment = "commitment";

    /// <summary>步骤: a step with a date, until it is done. Needs no policy.</summary>
    public const string Step = "step";

    /// <summary>协办单: a department's task with a date of its own, until it is answered. Needs no policy.</summary>
    public const string Task = "task";

    /// <summary>How long a hold may last. Needs no policy; the hold reason says it.</summary>
    public const string Hold = "hold";

    /// <summary>What ends a wait for our word although nobody spoke: it is cancelled, never met.</summary>
    private static readonly ImmutableArray<string> Undone = [FactKind.ValidityDecided, FactKind.Resolved];

    /// <summary>A task that bounces is still to be answered.</summary>
    private static readonly ObjectiveRule Answering =
        new([FactKind.TaskSent], [FactKind.TaskReturned], [FactKind.TaskCancelled], Repeats: true);

    private static readonly FrozenDictionary<string, ObjectiveRule> ByName = new Dictionary<string, ObjectiveRule>(StringComparer.Ordinal)
    {
        [Acknowledgement] = new([FactKind.Received, FactKind.ReviewRequested], [FactKind.Acknowledged, FactKind.HumanContact], Undone),
        [FirstResponse] = new([FactKind.Received], [FactKind.HumanContact], Undone),
        [FirstContact] = new([FactKind.Assigned], [FactKind.HumanContact], Undone),
        [Callback] = new([FactKind.CallbackRequired], [FactKind.PhoneContact], Undone),
        [ValidityDecision] = new(
            [FactKind.Received], [FactKind.ValidityJudged, FactKind.ValidityDecided, FactKind.ProposalPresented, FactKind.Resolved]),
        [NextResponse] = new([FactKind.CustomerMessage], [FactKind.HumanContact, FactKind.ResultNotified], Undone, Repeats: true),
        [ProgressUpdate] = new([FactKind.Acknowledged, FactKind.HumanContact], [FactKind.HumanContact], Undone, Repeats: true)
        {
            OnlyInWork = true,
        },
        [Solution] = new(
            [FactKind.Received, FactKind.Reopened], [FactKind.ProposalPresented, FactKind.Resolved], [FactKind.ValidityDecided]),
        [Approval] = new(
            [FactKind.ApprovalRequested], [FactKind.ApprovalAnswered], [FactKind.ApprovalCancelled], Repeats: true),
        [Resolution] = new([FactKind.Received, FactKind.Reopened], [FactKind.ValidityDecided, FactKind.Resolved]),
        [ResultNotification] = new([FactKind.ValidityDecided, FactKind.Resolved], [FactKind.ResultNotified]),
        [FinalReply] = new([FactKind.Received, FactKind.Reopened], [FactKind.ResultNotified]),
        [SignFor] = new([FactKind.TaskSent], [FactKind.TaskSigned, FactKind.TaskReturned, FactKind.TaskBounced], [FactKind.TaskCancelled],
            Repeats: true),
        [DepartmentReturn] = Answering,
        [TechnicalSolution] = Answering,
        [ServiceSolution] = Answering,
        [Verification] = new([FactKind.TaskReturned], [FactKind.TaskAccepted, FactKind.TaskSentBack], [FactKind.TaskCancelled],
            Repeats: true),
        [ReturnRuling] = new([FactKind.TaskBounced], [FactKind.ReturnRuled], [FactKind.TaskCancelled], Repeats: true),
        [FollowUpVisit] = new([FactKind.Resolved], [FactKind.FollowedUp]),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>All that a policy may name without saying how they start and stop.</summary>
    public static ImmutableArray<string> All { get; } = [.. ByName.Keys.Order(StringComparer.Ordinal)];

    internal static ObjectiveRule? RuleOf(string objective) => ByName.GetValueOrDefault(objective);
}

/// <summary>How an objective starts and stops.</summary>
/// <param name="Start">Any of these facts starts it.</param>
/// <param name="Stop">Any of these facts stops it.</param>
/// <param name="Cancel">Any of these facts ends it without a verdict.</param>
/// <param name="Repeats">Whether it starts again in the same round after it stopped; one occurrence is open at a time.</param>
internal sealed record ObjectiveRule(
    ImmutableArray<string> Start, ImmutableArray<string> Stop, ImmutableArray<string> Cancel = default, bool Repeats = false)
{
    public ImmutableArray<string> Cancel { get; } = Cancel.IsDefault ? [] : Cancel;

    /// <summary>Whether it starts only while somebody works on the complaint: not after it was resolved or decided, until a new round
    /// begins.</summary>
    public bool OnlyInWork { get; init; }
}
