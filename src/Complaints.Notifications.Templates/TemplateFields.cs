using System.Collections.Frozen;
using System.Collections.Immutable;
using Complaints.Core;

namespace Complaints.Notifications.Templates;

/// <summary>All that templates may name; anything else is refused when a template is published. A field about which nothing is known is
/// empty, and false in an <c>if</c>. Instants are told in the tenant's zone.</summary>
public static class TemplateFields
{
    /// <summary>The fields, in the order in which people look for them.</summary>
    public static ImmutableArray<TemplateField> All { get; } =
    [
        Of("number", "The case's number", "工单编号", "2026-000123", "2026-000123"),
        Of("title", "What it is about", "诉求标题", "Parcel a week late", "冰箱送错型号", TemplateField.Customer),
        Of("narrative", "What the customer said", "诉求内容", "The parcel was promised for Monday.", "订的是双门冰箱，送来的是单门。",
            TemplateField.Customer),
        Of("wish", "What the customer wants", "客户期望", "A refund of the postage", "换成双门的", TemplateField.Customer),
        Of("kind", "What kind of case it is", "工单类型", "Complaint", "投诉"),
        Of("category", "Its category", "类别", "Delivery / Late", "配送 / 送错商品"),
        Of("priority", "Its priority", "优先级", "High", "高"),
        Of("state", "Where it stands", "当前状态", "Investigating", "调查中"),
        Of("received", "When it came in", "受理时间", "1 September 2026, 09:30", "2026年9月1日 09:30"),
        Of("resolution_due", "By when it is to be solved", "解决期限", "8 September 2026, 18:00", "2026年9月8日 18:00"),
        Of("agreed_due", "The date that was agreed with the customer", "与客户约定的时间", "10 September 2026, 18:00", "2026年9月10日 18:00"),
        Of("promise_due", "By when what was promised last is to be kept", "最近承诺的兑现时间", "5 September 2026, 12:00", "2026年9月5日 12:00"),
        Of("visit_due", "By when the customer is asked whether all is well", "回访期限", "11 September 2026, 18:00", "2026年9月11日 18:00"),
        Of("next_due", "What of it is due next, by when", "最近到期时间", "2 September 2026, 18:00", "2026年9月2日 18:00"),
        Of("next_due_of", "What it is that is due next", "最近到期事项", "First response", "首次响应"),
        Of("owner", "Who has it", "负责人", "Li Na", "李娜"),
        Of("team", "Which team has it", "负责团队", "After-sales", "售后组"),
        Of("outcome", "How it ended", "处理结果", "Solved", "已解决"),
        Of("explanation", "What the customer is told of the result", "结果说明", "The parcel was held at the depot; the postage is refunded.",
            "经核实系仓库发错货，已安排换货。", TemplateField.Customer),
        Of("referred_to", "The body that is competent instead", "建议联系的机构", "The postal regulator", "市场监督管理部门",
            TemplateField.Customer),
        Of("proposal", "The solution that is offered, or was agreed, in its own words", "方案内容", "We refund the postage within three days.",
            "三个工作日内上门更换双门冰箱，并退还安装费。", TemplateField.Customer),
        Of("remedies", "What it consists of", "补救措施", "Refund\nApology", "换货\n致歉") with { IsList = true },
        Of("salutation", "The address of whoever gets the message", "称呼语", "Dear Ann Smith", "尊敬的王女士", TemplateField.Recipient),
        Of("customer_name", "The customer's name", "客户姓名", "Ann Smith", "王小明", TemplateField.Customer),
        Of("event", "What happened", "发生的事项", "Task sent to a department", "已派发协办单"),
        Of("event_part", "The part of the case that it is about", "所涉事项", "1. Technical", "1. 技术部"),
        Of("event_department", "The department that it concerns", "所涉部门", "Technical", "技术部"),
        Of("event_clock", "The time limit that it concerns", "所涉时限", "Resolution", "解决"),
        Of("event_due", "When what it concerns is due", "所涉事项到期时间", "8 September 2026, 18:00", "2026年9月8日 18:00"),
        Of("event_until", "The new date, where one was asked for or granted", "申请或批准的新时间", "10 September 2026, 18:00", "2026年9月10日 18:00"),
        Of("event_level", "The level that an escalation has reached, or which time it is", "升级级别或次数", "2", "2"),
        Of("event_granted", "True where what was asked for was granted", "是否批准", "yes", "是"),
        Of("link", "The page of the case for whoever gets the message", "工单页面", "https://example.org/cases/2026-000123",
            "https://example.org/cases/2026-000123"),
        Of("sender", "The name under which we write", "我方名称", "Customer Service", "客户服务中心"),
        Of("phone", "Our telephone number", "我方电话", "+86 21 5555 0100", "021-5555 0100"),
        Of("email", "Our mail address", "我方邮箱", "service@example.org", "service@example.org"),
        Of("hours", "When we are there", "服务时间", "Monday to Friday, 9:00 to 18:00", "周一至周五 9:00—18:00"),
    ];

    private static readonly FrozenDictionary<string, TemplateField> ByName =
        All.ToFrozenDictionary(field => field.Name, StringComparer.Ordinal);

    /// <summary>The field of a name; <c>null</c> when there is none.</summary>
    public static TemplateField? Find(string name) => ByName.GetValueOrDefault(name);

    private static TemplateField Of(
        string name, string meaning, string meaningZh, string example, string exampleZh, string? about = null) =>
        new(name, new(meaning, meaningZh), new(example, exampleZh), about);
}
