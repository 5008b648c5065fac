using System.Collections.Frozen;
using System.Collections.Immutable;
using Complaints.Core.Assignment;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Improvements;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;

namespace Complaints.Core;

/// <summary>
/// What the library's own codes are called in English and Chinese: pages, messages, the command line and reports say the same words. The
/// words of a command and of its fields stand with the
/// command, those of a tenant's codes in its definitions.
/// </summary>
public static class Vocabulary
{
    private static readonly FrozenDictionary<Enum, Label> Codes = new Dictionary<Enum, Label>
    {
        [ComplaintState.Registered] = new("Registered", "已登记"),
        [ComplaintState.Investigating] = new("Investigating", "调查中"),
        [ComplaintState.Proposing] = new("Proposing", "拟定方案"),
        [ComplaintState.AwaitingApproval] = new("Awaiting approval", "待审批"),
        [ComplaintState.AwaitingConsent] = new("Awaiting consent", "待客户同意"),
        [ComplaintState.Executing] = new("Executing", "执行中"),
        [ComplaintState.OnHold] = new("On hold", "已暂停"),
        [ComplaintState.Resolved] = new("Resolved", "已解决"),
        [ComplaintState.NotEstablished] = new("Not established", "不成立"),
        [ComplaintState.Closed] = new("Closed", "已结案"),
        [ComplaintState.Withdrawn] = new("Withdrawn", "已撤回"),
        [ComplaintState.Merged] = new("Merged", "已合并"),
        [ImprovementStatus.Open] = new("Open", "待处理"),
        [ImprovementStatus.Executing] = new("In progress", "整改中"),
        [ImprovementStatus.Closed] = new("Closed", "已关闭"),
        [ProposalStatus.Drafted] = new("drafted", "拟定"),
        [ProposalStatus.Approved] = new("approved", "已批准"),
        [ProposalStatus.Presented] = new("before the customer", "待客户答复"),
        [ProposalStatus.Accepted] = new("accepted", "已同意"),
        [ProposalStatus.Rejected] = new("rejected", "已拒绝"),
        [ProposalStatus.Superseded] = new("superseded", "已被取代"),
        [ProposalStatus.Executed] = new("carried out", "已执行"),
        [ProposalStatus.Failed] = new("failed", "未成功"),
        [ApprovalStatus.Pending] = new("awaiting approval", "待审批"),
        [ApprovalStatus.Approved] = new("approved", "已批准"),
        [ApprovalStatus.Rejected] = new("refused", "已驳回"),
        [ApprovalStatus.Recalled] = new("recalled", "已撤回"),
        [DepartmentTaskStatus.Sent] = new("to be signed for", "待签收"),
        [DepartmentTaskStatus.Signed] = new("in hand", "办理中"),
        [DepartmentTaskStatus.Returned] = new("returned, to be ruled on", "已退单，待审定"),
        [DepartmentTaskStatus.Answered] = new("answered, to be verified", "已反馈，待核验"),
        [DepartmentTaskStatus.Accepted] = new("accepted", "已办结"),
        [DepartmentTaskStatus.Cancelled] = new("cancelled", "已撤销"),
        [TaskStanding.None] = new("no task is open", "无待办协办单"),
        [TaskStanding.Answered] = new("answered", "已反馈"),
        [TaskStanding.Waiting] = new("at work", "办理中"),
        [TaskStanding.DueToday] = new("due today", "今日到期"),
        [TaskStanding.Overdue] = new("overdue", "已超时"),
        [TaskTurn.None] = new("always", "无"),
        [TaskTurn.Upheld] = new("the department is right", "同意退单"),
        [TaskTurn.Forced] = new("by force", "强制指派"),
        [TaskTurn.Redirected] = new("to another department", "改派其他部门"),
        [TaskTurn.ToVerify] = new("the answer is verified", "须核验"),
        [TaskTurn.AsItIs] = new("the answer is taken as it is", "无须核验"),
        [TaskTurn.Passed] = new("passed", "通过"),
        [TaskTurn.Failed] = new("not passed", "未通过"),
        [ExtensionStatus.Pending] = new("awaiting a decision", "待决定"),
        [ExtensionStatus.Granted] = new("granted", "已批准"),
        [ExtensionStatus.Denied] = new("denied", "未批准"),
        [Direction.Inbound] = new("they to us", "对方联系我方"),
        [Direction.Outbound] = new("we to them", "我方联系对方"),
        [RecalculationScope.PolicyAndCalendars] = new("policy and calendars", "政策与日历"),
        [RecalculationScope.GrownCalendars] = new("calendars with more years only", "仅新增年份的日历"),
        [ClockVerdict.Met] = new("met", "已达成"),
        [ClockVerdict.Breached] = new("late", "已超时"),
        [ClockVerdict.Cancelled] = new("cancelled", "已取消"),
        [ReviewFinding.Confirmed] = new("the review confirmed the result", "复核维持原结论"),
        [ReviewFinding.Changed] = new("the review changed the result", "复核变更原结论"),
        [StepFate.Fired] = new("sent", "已发送"),
        [StepFate.Superseded] = new("superseded", "已被取代"),
        [StepFate.NotApplicable] = new("not applicable", "不适用"),
        [Likeness.Duplicate] = new("probably the same, still open", "疑似重复提交，尚未结束"),
        [Likeness.Repeat] = new("repeat complaint", "重复投诉"),
        [Likeness.SameCustomer] = new("another open one of this customer", "该客户另一未结投诉"),
        [Likeness.SameContact] = new("another customer's, reached in the same way", "联系方式相同的其他客户"),
        [Circumstances.None] = new("none", "无"),
        [Circumstances.ConsentGiven] = new("the customer has agreed", "客户已同意"),
        [Circumstances.NothingToAgree] = new("nothing to agree", "无需客户同意"),
        [Circumstances.NothingToExecute] = new("nothing to carry out", "无需执行"),
        [Circumstances.AnotherPresented] = new("another offer is before the customer", "另有方案待客户答复"),
        [Circumstances.AnotherPending] = new("another approval is pending", "另有审批待处理"),
        [Circumstances.AnotherHold] = new("another reason to wait remains", "另有暂停原因"),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, Label> Objectives = new Dictionary<string, Label>(StringComparer.Ordinal)
    {
        [Sla.Objective.Acknowledgement] = new("Acknowledgement", "受理确认"),
        [Sla.Objective.FirstResponse] = new("First response", "首次响应"),
        [Sla.Objective.FirstContact] = new("First contact", "首次联系"),
        [Sla.Objective.Callback] = new("Callback", "回电"),
        [Sla.Objective.ValidityDecision] = new("Validity decision", "成立判定"),
        [Sla.Objective.NextResponse] = new("Next response", "再次响应"),
        [Sla.Objective.ProgressUpdate] = new("Progress update", "进度告知"),
        [Sla.Objective.Solution] = new("Solution", "解决方案"),
        [Sla.Objective.Approval] = new("Approval", "审批"),
        [Sla.Objective.Resolution] = new("Resolution", "解决"),
        [Sla.Objective.ResultNotification] = new("Result notification", "结果反馈"),
        [Sla.Objective.FollowUpVisit] = new("Follow-up visit", "回访"),
        [Sla.Objective.SignFor] = new("Sign-for", "签收"),
        [Sla.Objective.DepartmentReturn] = new("Department return", "部门反馈"),
        [Sla.Objective.TechnicalSolution] = new("Technical solution", "技术方案"),
        [Sla.Objective.ServiceSolution] = new("Service solution", "服务处理"),
        [Sla.Objective.Verification] = new("Verification", "核验"),
        [Sla.Objective.ReturnRuling] = new("Ruling on a return", "退单审定"),
        [Sla.Objective.FinalReply] = new("Final reply", "最终答复"),
        [Sla.Objective.Agreed] = new("Agreed deadline", "约定时限"),
        [Sla.Objective.Commitment] = new("Commitment", "承诺"),
        [Sla.Objective.Step] = new("Step", "步骤"),
        [Sla.Objective.Task] = new("Task's own date", "协办单约定时间"),
        [Sla.Objective.Hold] = new("Hold", "暂停"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, Label> Subjects = new Dictionary<string, Label>(StringComparer.Ordinal)
    {
        ["proposal"] = Labels.Proposal,
        ["approval"] = Labels.Approval,
        ["evidence"] = new("Evidence", "证据"),
        ["department"] = Labels.Department,
        ["extension"] = Labels.Extension,
        ["commitment"] = Labels.Commitment,
        ["action"] = Labels.Measure,
        ["publication"] = Labels.Publication,
        ["participant"] = new("Participant", "参与人"),
        ["point"] = Labels.Point,
        ["step"] = Labels.Step,
        ["task"] = Labels.Task,
        ["filing"] = new("Filing", "备案"),
        ["finding"] = Labels.Finding,
        ["liability"] = Labels.Liability,
        ["signal"] = Labels.Signal,
        ["hold"] = Labels.Hold,
        ["clock"] = Labels.Clock,
        ["agreed-deadline"] = new("Agreed deadline", "约定时限"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, Label> Evidences = new Dictionary<string, Label>(StringComparer.Ordinal)
    {
        [Confirmation.ByConsent] = new("the customer agreed", "客户同意方案"),
        [Confirmation.InCall] = new("said in the call", "通话中确认"),
        [Confirmation.BySatisfiedVisit] = new("satisfied when visited", "回访满意"),
        [Confirmation.BySilence] = new("no objection after the answer", "答复后无异议"),
        [Confirmation.BySource] = new("closed in its source", "来源系统已结案"),
        ["mail"] = new("by mail", "邮件确认"),
        ["signature"] = new("by signature", "签字确认"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What is said of words about somebody who was erased.</summary>
    internal static readonly Label Erased = new("(erased)", "（已删除）");

    /// <summary>The roles that the library knows.</summary>
    public static ImmutableArray<CodeItem> Roles => RoleWords.All;

    /// <summary>The risks that the library knows; a host may name others.</summary>
    public static ImmutableArray<CodeItem> Risks { get; } =
    [
        new("media", new("media", "媒体曝光")), new("legal", new("legal", "法律")), new("safety", new("safety", "安全")),
        new("regulator", new("regulator", "监管")), new("churn", new("churn", "客户流失")),
    ];

    /// <summary>What a code of the library's own lists is called.</summary>
    public static Label Of(Enum code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return Codes.TryGetValue(code, out var label) ? label : new(code.ToString(), code.ToString());
    }

    /// <summary>What a command is called; <c>null</c> when there is none of that name.</summary>
    public static Label? Of(CommandName command) =>
        command.Value is { } name
            ? ComplaintRooms.Current.Catalogue.FindCommand(name)?.Capability.Label ?? ImprovementRooms.Current.Catalogue.FindCommand(
                name)?.Capability.Label
            : null;

    /// <summary>What happened, in the past tense; <c>null</c> for an event of a newer program.</summary>
    public static Label? OfEvent(string type) =>
        ComplaintRooms.Current.Catalogue.FindEvent(type)?.Type.Label ?? ImprovementRooms.Current.Catalogue.FindEvent(type)?.Type.Label;

    /// <summary>What a role is called; a host's own has its code.</summary>
    public static ICodeItem Role(string role) => RoleWords.Of(role);

    /// <summary>What a risk is called; a host's own has its code.</summary>
    public static ICodeItem Risk(string risk) => Risks.FirstOrDefault(item => item.Code == risk) ?? new CodeItem(risk, new(risk, risk));

    /// <summary>The sorts of work that may wait for somebody, with what they are called.</summary>
    public static ImmutableArray<CodeItem> Works => AllWorks.Value;

    // Not before the rooms are put together, which use these words.
    private static readonly Lazy<ImmutableArray<CodeItem>> AllWorks = new(() =>
    [
        .. ComplaintRooms.Current.Catalogue.WorkKinds.Select(kind => new CodeItem(kind.Name, kind.Label)),
        .. ImprovementRooms.Current.Catalogue.WorkKinds.Select(kind => new CodeItem(kind.Name, kind.Label)),
        new(WorkDuties.Unreadable, new("Repair an unreadable case", "修复无法读取的记录")),
    ]);

    /// <summary>A sort of work; one of a newer program has its code.</summary>
    public static ICodeItem Work(string work) => Works.FirstOrDefault(item => item.Code == work) ?? new CodeItem(work, new(work, work));

    /// <summary>What an objective, or the clock of one such as <c>resolution/1</c>, is called; a host's own has its code.</summary>
    public static Label Objective(string objective)
    {
        ArgumentNullException.ThrowIfNull(objective);
        var code = objective.Split('/')[0];
        return Objectives.TryGetValue(code, out var label) ? label : new(code, code);
    }

    /// <summary>A clock by its id, for messages.</summary>
    internal static CodeItem ClockItem(string clock) => new(clock, Objective(clock));

    /// <summary>How a customer confirmed; a host's own has its code.</summary>
    public static Label Evidence(string evidence) => Evidences.TryGetValue(evidence, out var label) ? label : new(evidence, evidence);

    /// <summary>What a kind of <see cref="Subject"/> is called.</summary>
    public static Label SubjectKind(string kind) => Subjects.TryGetValue(kind, out var label) ? label : new(kind, kind);
}
