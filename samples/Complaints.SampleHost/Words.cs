using System.Collections.Frozen;

namespace Complaints.SampleHost;

/// <summary>The words of the pages, in English and Chinese, after the glossary.</summary>
internal static class Words
{
    private static readonly FrozenDictionary<string, (string En, string Zh)> All = new Dictionary<string, (string En, string Zh)>(StringComparer.Ordinal)
    {
        ["wrongstate"] = ("Not in state {0}", "“{0}”状态下不可"), ["comma"] = (", ", "、"), ["policy-applied"] = ("Policy applied", "适用时限政策"), ["investigation-started"] = ("Investigation started", "开始调查"),
        ["title"] = ("Complaints", "投诉处理"), ["queue"] = ("Queue", "投诉列表"), ["new"] = ("New complaint", "登记投诉"), ["search"] = ("Search", "查询"), ["all"] = ("all", "全部"),
        ["number"] = ("Number", "编号"), ["state"] = ("State", "状态"), ["priority"] = ("Priority", "优先级"), ["due"] = ("Due", "时限"), ["owner"] = ("Owner", "负责人"),
        ["received"] = ("Received", "受理时间"), ["channel"] = ("Channel", "渠道"), ["category"] = ("Category", "类别"), ["subcategory"] = ("Subcategory", "子类别"), ["kind"] = ("Kind", "类型"),
        ["order"] = ("Sorted by", "排序"), ["order.Due"] = ("due first", "时限优先"), ["order.Newest"] = ("newest first", "最新优先"), ["order.Oldest"] = ("oldest first", "最早优先"),
        ["open"] = ("open", "未结束"), ["find"] = ("Number or phone", "编号或电话"), ["nothing"] = ("No complaint matches.", "没有符合条件的投诉。"), ["previous"] = ("Previous", "上一页"), ["next"] = ("Next", "下一页"),
        ["of"] = ("of", "/"), ["acting"] = ("Acting as", "当前身份"), ["language"] = ("Language", "语言"), ["erased"] = ("(erased)", "（已删除）"), ["nobody"] = ("nobody", "未分配"),
        ["timeline"] = ("Timeline", "处理记录"), ["clocks"] = ("Clocks", "时限"), ["commands"] = ("What can be done", "可执行操作"), ["refused"] = ("Not possible now", "当前不可执行"), ["details"] = ("Details", "详情"),
        ["complainant"] = ("Complainant", "投诉人"), ["contacts"] = ("Contacts", "联系方式"), ["statement"] = ("What the customer says", "投诉内容"), ["wishes"] = ("Desired outcome", "客户诉求"), ["team"] = ("Team", "团队"),
        ["holds"] = ("Waits for", "暂停原因"), ["outcome"] = ("Outcome", "处理结果"), ["similar"] = ("Similar complaints", "相似投诉"), ["proposals"] = ("Proposals", "解决方案"), ["round"] = ("Round", "轮次"),
        ["Duplicate"] = ("probably the same, still open", "疑似重复提交，尚未结束"), ["Repeat"] = ("repeat complaint", "重复投诉"), ["SameCustomer"] = ("another open one of this customer", "该客户另一未结投诉"),
        ["met"] = ("met", "已达成"), ["late"] = ("late", "已超时"), ["running"] = ("running", "计时中"), ["paused"] = ("paused", "已暂停"), ["stopped"] = ("stopped", "停止于"), ["do"] = ("Do it", "执行"), ["register"] = ("Register", "登记"),
        ["done"] = ("Done.", "操作成功。"), ["repeated"] = ("This had been done already.", "该操作此前已执行。"), ["notfound"] = ("There is no such complaint.", "没有这条投诉。"), ["back"] = ("Back to the queue", "返回列表"),
        ["suggested"] = ("suggested by a rule, not confirmed", "规则建议，待确认"), ["none"] = ("none", "无"), ["keep"] = ("keep", "不变"), ["newer"] = ("Written by a newer version; view only.", "由更新版本写入，仅供查看。"),

        ["Registered"] = ("Registered", "已登记"), ["Investigating"] = ("Investigating", "调查中"), ["Proposing"] = ("Proposing", "拟定方案"), ["AwaitingApproval"] = ("Awaiting approval", "待审批"),
        ["AwaitingConsent"] = ("Awaiting consent", "待客户同意"), ["Executing"] = ("Executing", "执行中"), ["OnHold"] = ("On hold", "已暂停"), ["Resolved"] = ("Resolved", "已解决"), ["NotEstablished"] = ("Not established", "不成立"),
        ["Closed"] = ("Closed", "已结案"), ["Withdrawn"] = ("Withdrawn", "已撤回"), ["Merged"] = ("Merged", "已合并"),

        ["acknowledgement"] = ("Acknowledgement", "受理确认"), ["first-response"] = ("First response", "首次响应"), ["callback"] = ("Callback", "回电"), ["resolution"] = ("Resolution", "解决"),
        ["result-notification"] = ("Result notification", "结果反馈"), ["follow-up-visit"] = ("Follow-up visit", "回访"),

        ["Adopt"] = ("Adopt", "接管"), ["Acknowledge"] = ("Acknowledge", "受理确认"), ["Classify"] = ("Classify", "分类定级"), ["HandOver"] = ("Hand over", "移交"), ["AddNote"] = ("Add a note", "添加备注"),
        ["AmendNarrative"] = ("Amend the narrative", "补充投诉内容"), ["RecordInteraction"] = ("Record an interaction", "记录沟通"), ["LinkRepeat"] = ("Link as repeat", "关联重复投诉"), ["ConvertToComplaint"] = ("Convert to a complaint", "转为投诉"),
        ["StartInvestigation"] = ("Start investigation", "开始调查"), ["Propose"] = ("Propose a solution", "提出方案"), ["Present"] = ("Present to the customer", "告知客户方案"), ["RequestApproval"] = ("Request approval", "申请审批"),
        ["Approve"] = ("Approve", "批准"), ["RejectApproval"] = ("Reject approval", "驳回审批"), ["RecallApproval"] = ("Recall the request", "撤回申请"), ["AcceptProposal"] = ("Customer accepts", "客户同意"),
        ["RejectProposal"] = ("Customer rejects", "客户拒绝"), ["LapseConsent"] = ("Let the offer lapse", "方案失效"), ["CompleteRemedy"] = ("Remedy completed", "补救完成"), ["FailRemedy"] = ("Remedy failed", "补救失败"),
        ["Resolve"] = ("Resolve", "解决"), ["DecideNotEstablished"] = ("Decide not established", "判定不成立"), ["NotifyResult"] = ("Notify the result", "结果反馈"), ["ConfirmSolved"] = ("Customer confirms", "客户确认解决"),
        ["Close"] = ("Close", "结案"), ["Reopen"] = ("Reopen", "重启"), ["GrantReview"] = ("Grant a review", "复核"), ["PlaceOnHold"] = ("Place on hold", "暂停"), ["ReleaseHold"] = ("Release the hold", "解除暂停"),
        ["Escalate"] = ("Escalate", "升级"), ["AgreeDeadline"] = ("Agree a deadline", "约定时限"), ["field.Level"] = ("Level", "级别"), ["field.Role"] = ("Role", "角色"), ["field.Due"] = ("Due", "时限"), ["agreed-deadline"] = ("Agreed deadline", "约定时限"),
        ["validity-decision"] = ("Validity decision", "成立判定"), ["next-response"] = ("Next response", "再次响应"), ["progress-update"] = ("Progress update", "进度告知"), ["solution"] = ("Solution", "解决方案"), ["approval"] = ("Approval", "审批"),
        ["Met"] = ("met", "已达成"), ["Breached"] = ("late", "已超时"), ["Cancelled"] = ("cancelled", "已取消"),
        ["clock-settled"] = ("Clock result", "时限结果"), ["clocks-settled"] = ("Clock results", "时限结果"), ["clocks-recalculated"] = ("Clocks recalculated", "时限重算"), ["steps-skipped"] = ("Steps skipped", "略过的步骤"), ["extension-requested"] = ("Extension requested", "申请延期"),
        ["extension-decided"] = ("Extension decided", "延期决定"), ["commitment-made"] = ("Commitment made", "作出承诺"), ["commitment-settled"] = ("Commitment settled", "承诺了结"), ["merged-absorbed"] = ("Merged in", "并入"), ["merge-completed"] = ("Merge completed", "合并完成"),
        ["MakeCommitment"] = ("Make a commitment", "作出承诺"), ["SettleCommitment"] = ("Settle a commitment", "了结承诺"), ["RequestExtension"] = ("Request an extension", "申请延期"), ["DecideExtension"] = ("Decide on an extension", "决定延期"), ["Recalculate"] = ("Recalculate the clocks", "重算时限"),
        ["field.Promise"] = ("What is promised", "承诺内容"), ["field.Commitment"] = ("Commitment", "承诺"), ["field.Kept"] = ("Kept", "已履行"), ["field.Clock"] = ("Clock", "时限"), ["field.Until"] = ("Until", "延至"), ["field.Extension"] = ("Extension", "延期"), ["field.Grant"] = ("Grant", "批准"), ["field.Scope"] = ("Scope", "范围"),
        ["PolicyAndCalendars"] = ("policy and calendars", "政策与日历"), ["GrownCalendars"] = ("calendars with more years only", "仅新增年份的日历"), ["commitment"] = ("Commitment", "承诺"), ["hold"] = ("Hold", "暂停"), ["first-contact"] = ("First contact", "首次联系"), ["sign-for"] = ("Sign-for", "签收"), ["department-return"] = ("Department return", "部门反馈"), ["final-reply"] = ("Final reply", "最终答复"), ["result-corrected"] = ("Result corrected", "结果更正"), ["clock-breached"] = ("Breach", "超时"), ["clock-warned"] = ("Warning", "预警"), ["escalated"] = ("Escalated", "升级"), ["deadline-agreed"] = ("Deadline agreed", "约定时限"),
        ["explain"] = ("explain", "说明"), ["cancelled"] = ("cancelled", "已取消"), ["Withdraw"] = ("Withdraw", "撤回投诉"), ["Merge"] = ("Merge into another", "合并"), ["RecordVisit"] = ("Record a follow-up visit", "记录回访"), ["WaiveFollowUp"] = ("Waive the follow-up", "免除回访"), ["Archive"] = ("Archive", "归档"),

        ["field.Reason"] = ("Reason", "理由"), ["field.Note"] = ("Note", "备注"), ["field.Summary"] = ("Summary", "摘要"), ["field.Comment"] = ("Comment", "意见"), ["field.Outcome"] = ("Outcome", "处理结果"),
        ["field.Channel"] = ("Channel", "渠道"), ["field.Category"] = ("Category", "类别"), ["field.Subcategory"] = ("Subcategory", "子类别"), ["field.Severity"] = ("Severity", "严重程度"), ["field.Urgency"] = ("Urgency", "紧急程度"),
        ["field.Impact"] = ("Impact", "影响范围"), ["field.Risks"] = ("Risks", "风险"), ["field.Owner"] = ("Owner", "负责人"), ["field.Team"] = ("Team", "团队"), ["field.Amendment"] = ("Addition", "补充内容"),
        ["field.Direction"] = ("Direction", "方向"), ["field.ByPerson"] = ("By a person", "人工沟通"), ["field.Reached"] = ("Reached", "已联系到"), ["field.RecordingRef"] = ("Recording", "录音编号"), ["field.Earlier"] = ("Earlier complaint (id)", "更早的投诉（ID）"),
        ["field.Kind"] = ("Kind", "类型"), ["field.Plan"] = ("Plan", "调查计划"), ["field.Remedies"] = ("Remedies", "补救措施"), ["field.Description"] = ("Description", "方案说明"), ["field.EstimatedCost"] = ("Estimated cost", "预计费用"),
        ["field.NeedsConsent"] = ("Customer must agree", "需客户同意"), ["field.NeedsExecution"] = ("Must be carried out", "需要执行"), ["field.Proposal"] = ("Proposal", "方案"), ["field.ConsentGiven"] = ("Customer has agreed", "客户已同意"),
        ["field.Approval"] = ("Approval", "审批"), ["field.Method"] = ("How", "方式"), ["field.EvidenceRef"] = ("Evidence", "证据编号"), ["field.ConfirmedInCall"] = ("Confirmed in the call", "通话中确认解决"), ["field.ReferredTo"] = ("Referred to", "转介单位"),
        ["field.Evidence"] = ("Evidence", "确认方式"), ["field.Reviewer"] = ("Reviewer", "复核人"), ["field.ReviewOn"] = ("Review on", "复查日期"), ["field.Into"] = ("Into (id)", "合并到（ID）"), ["field.Satisfied"] = ("Satisfied", "满意"),
        ["field.FileRef"] = ("File", "档案编号"), ["field.FromReceipt"] = ("Count from the receipt", "从受理时起算"), ["field.Title"] = ("Title", "标题"), ["field.Name"] = ("Customer's name", "客户姓名"), ["field.Phone"] = ("Phone", "电话"),
        ["field.CustomerRef"] = ("Customer reference", "客户编号"), ["field.Narrative"] = ("What happened", "投诉内容"), ["field.DesiredOutcome"] = ("Desired outcome", "客户诉求"), ["yes"] = ("yes", "是"), ["no"] = ("no", "否"),
        ["Inbound"] = ("customer to us", "客户来电"), ["Outbound"] = ("we to the customer", "我方联系"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static string Of(string word, bool chinese) => All.TryGetValue(word, out var text) ? chinese ? text.Zh : text.En : word;

    public static bool Has(string word) => All.ContainsKey(word);
}
