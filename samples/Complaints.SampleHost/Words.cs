using System.Collections.Frozen;
using System.Globalization;
using Complaints.Core.Storage;

namespace Complaints.SampleHost;

/// <summary>The pages' own words, in English and Chinese. What the library names (commands, fields, states, events) has its words from there.</summary>
internal static class Words
{
    private static readonly FrozenDictionary<string, (string En, string Zh)> All = new Dictionary<string, (string En, string Zh)>(StringComparer.Ordinal)
    {
        ["wrongstate"] = ("Not in state {0}", "“{0}”状态下不可"),
        ["comma"] = (", ", "、"),
        ["title"] = ("Complaints", "投诉处理"),
        ["queue"] = ("Queue", "投诉列表"),
        ["new"] = ("New complaint", "登记投诉"),
        ["work"] = ("Work", "待办"),
        ["work.all"] = ("All that waits for me", "全部待办"),
        ["work.mine"] = ("Mine", "我的"),
        ["work.teams"] = ("My team's", "本团队"),
        ["work.roles"] = ("By my role", "按角色"),
        ["work.overdue"] = ("Overdue", "已逾期"),
        ["work.unassigned"] = ("Unassigned", "待分派"),
        ["work.approvals"] = ("For my approval", "待我审批"),
        ["work.nothing"] = ("Nothing waits here.", "这里没有待办。"),
        ["work.what"] = ("What is to be done", "待办事项"),
        ["work.whose"] = ("Whose", "归属"),
        ["work.role"] = ("whoever may", "有权限者"),
        ["work.since"] = ("Waits since", "等待自"),
        ["links"] = ("Linked with", "关联"),
        ["search"] = ("Search", "查询"),
        ["all"] = ("all", "全部"),
        ["number"] = ("Number", "编号"),
        ["state"] = ("State", "状态"),
        ["priority"] = ("Priority", "优先级"),
        ["due"] = ("Due", "时限"),
        ["owner"] = ("Owner", "负责人"),
        ["area"] = ("Area", "片区"),
        ["received"] = ("Received", "受理时间"),
        ["channel"] = ("Channel", "渠道"),
        ["category"] = ("Category", "类别"),
        ["kind"] = ("Kind", "类型"),
        ["order"] = ("Sorted by", "排序"),
        ["order.Due"] = ("due first", "时限优先"),
        ["order.Newest"] = ("newest first", "最新优先"),
        ["order.Oldest"] = ("oldest first", "最早优先"),
        ["open"] = ("open", "未结束"),
        ["find.phone"] = (
            "Complaints of the customer with the phone number that you searched for.",
            "所搜索电话号码的客户的投诉。"),
        ["find"] = ("Number or phone", "编号或电话"),
        ["nothing"] = ("No complaint matches.", "没有符合条件的投诉。"),
        ["previous"] = ("Previous", "上一页"),
        ["next"] = ("Next", "下一页"),
        ["first"] = ("First page", "第一页"),
        ["count"] = ("{0} complaints", "共 {0} 条"),
        ["count.one"] = ("1 complaint", "共 1 条"),
        ["count.more"] = ("more than {0} complaints", "超过 {0} 条"),
        ["acting"] = ("Acting as", "当前身份"),
        ["erased"] = ("(erased)", "（已删除）"),
        ["nobody"] = ("nobody", "未分配"),
        ["timeline"] = ("Timeline", "处理记录"),
        ["clocks"] = ("Clocks", "时限"),
        ["commands"] = ("What can be done", "可执行操作"),
        ["refused"] = ("Not possible now", "当前不可执行"),
        ["details"] = ("Details", "详情"),
        ["complainant"] = ("Complainant", "投诉人"),
        ["contacts"] = ("Contacts", "联系方式"),
        ["statement"] = ("What the customer says", "投诉内容"),
        ["wishes"] = ("Desired outcome", "客户诉求"),
        ["holds"] = ("Waits for", "暂停原因"),
        ["outcome"] = ("Outcome", "处理结果"),
        ["similar"] = ("Similar complaints", "相似投诉"),
        ["proposals"] = ("Proposals", "解决方案"),
        ["field.InteractionKind"] = ("How the customer reached us", "客户来访方式"),
        ["notSaid"] = ("not said", "未说明"),
        ["rounds"] = ("Earlier rounds", "此前轮次"),
        ["wrote"] = ("Customer wrote", "客户来信待复"),
        ["review"] = ("Review asked for", "已申请复核"),
        ["satisfied"] = ("satisfied", "满意"),
        ["dissatisfied"] = ("not satisfied", "不满意"),
        ["round"] = ("Round", "轮次"),
        ["met"] = ("met", "已达成"),
        ["late"] = ("late", "已超时"),
        ["running"] = ("running", "计时中"),
        ["paused"] = ("paused", "已暂停"),
        ["stopped"] = ("stopped", "停止于"),
        ["do"] = ("Do it", "执行"),
        ["register"] = ("Register", "登记"),
        ["done"] = ("Done.", "操作成功。"),
        ["leftOut"] = ("Done. The person has been erased: what you wrote about that person was not kept.",
            "操作成功。该人员的个人信息已删除，您填写的有关文字未予保存。"),
        ["repeated"] = ("This had been done already.", "该操作此前已执行。"),
        ["notfound"] = ("There is no such complaint.", "没有这条投诉。"),
        ["unreadable"] = ("cannot be read", "无法读取"),
        ["unreadable.events"] = ("Parts of what happened cannot be read, and are missing below. Tell whoever looks after this system.",
            "部分经过记录无法读取，未在下方显示，请通知系统管理员。"),
        ["unreadable.improvement"] = (
            "This improvement cannot be read: what is stored of it is damaged. Tell whoever looks after this system.",
            "此整改事项的存储内容已损坏，无法读取，请通知系统管理员。"),
        ["unreadable.some"] = ("Some complaints cannot be read. Tell whoever looks after this system; everything else can be worked on.",
            "部分投诉无法读取，请通知系统管理员。其他投诉可照常处理。"),
        ["unreadable.this"] = ("This complaint cannot be read: what is stored of it is damaged. "
                + "Tell whoever looks after this system; everything else can be worked on.",
            "此投诉的存储内容已损坏，无法读取，请通知系统管理员。其他投诉可照常处理。"),
        ["back"] = ("Back to the queue", "返回列表"),
        ["suggested"] = ("suggested by a rule, not confirmed", "规则建议，待确认"),
        ["none"] = ("none", "无"),
        ["explain"] = ("explain", "说明"),
        ["cancelled"] = ("cancelled", "已取消"),
        ["field.Severity"] = ("Severity", "严重程度"),
        ["field.Urgency"] = ("Urgency", "紧急程度"),
        ["field.Impact"] = ("Impact", "影响范围"),
        ["field.Title"] = ("Title", "标题"),
        ["field.Name"] = ("Customer's name", "客户姓名"),
        ["field.Phone"] = ("Phone", "电话"),
        ["field.CustomerRef"] = ("Customer reference", "客户编号"),
        ["field.Narrative"] = ("What happened", "投诉内容"),
        ["field.DesiredOutcome"] = ("Desired outcome", "客户诉求"),
        ["participants"] = ("Participants", "参与人"),
        ["improvements"] = ("Improvements", "整改"),
        ["improvements.none"] = ("No improvement matches.", "没有符合条件的整改事项。"),
        ["improvements.notfound"] = ("There is no such improvement.", "没有这项整改。"),
        ["improvements.back"] = ("Back to the improvements", "返回整改列表"),
        ["improvements.leftOut"] = ("Done. The words of this improvement have been erased: what you wrote was not kept.",
            "操作成功。该整改的文字内容已删除，您填写的文字未予保存。"),
        ["parts"] = ("Parts", "整改内容"),
        ["unwritten"] = ("not written yet", "尚未填写"),
        ["unwritten.needed"] = ("not written yet; needed before it is closed", "尚未填写，关闭前须填写"),
        ["actions"] = ("Actions", "措施"),
        ["action"] = ("Action", "措施"),
        ["finished"] = ("finished", "完成于"),
        ["publications"] = ("Publications", "通报记录"),
        ["linked"] = ("Complaints", "相关投诉"),
        ["team"] = ("Team", "团队"),
        ["level"] = ("Escalation level", "升级级别"),
        ["opened"] = ("Opened", "发起时间"),
        ["closed"] = ("Closed", "关闭时间"),
        ["nextdue"] = ("Next due", "最近时限"),
        ["colon"] = (": ", "："),
        ["system"] = ("the system", "系统"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static string Of(string word, bool chinese) => All.TryGetValue(word, out var text) ? chinese ? text.Zh : text.En : word;

    /// <summary>How many there are, in words.</summary>
    public static string Count(MatchCount count, bool chinese)
    {
        var word = count switch { { IsMore: true } => "count.more", { Count: 1 } => "count.one", _ => "count" };
        return string.Format(CultureInfo.InvariantCulture, Of(word, chinese), count.Count.ToString("N0", CultureInfo.InvariantCulture));
    }

    /// <summary>How many, as it stands behind the name of a list.</summary>
    public static string Total(int count, bool isMore) =>
        (isMore ? "> " : "") + count.ToString("N0", CultureInfo.InvariantCulture);

    public static bool Has(string word) => All.ContainsKey(word);
}
