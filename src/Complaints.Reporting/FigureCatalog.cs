using System.Collections.Immutable;

namespace Complaints.Reporting;

/// <summary>Every figure that this version computes, with what it means. Durations are elapsed time between instants in whole seconds, unless a figure says wall clock.</summary>
public static class FigureCatalog
{
    /// <summary>All of them, in the order of a report.</summary>
    public static ImmutableArray<FigureDefinition> All { get; } =
    [
        new("rows", "Complaints", "投诉数", "Complaints received in the period.", "期间内收到的投诉。", "complaints"),
        new("first_received", "First receipt", "最早受理", "The earliest receipt.", "最早的受理时间。", "instant"),
        new("last_received", "Last receipt", "最晚受理", "The latest receipt.", "最晚的受理时间。", "instant"),
        new("last_closed", "Last closure", "最晚结案", "The latest closure.", "最晚的结案时间。", "instant"),
        new("per_month", "Received by month", "每月受理", "Complaints by the month of their receipt in the report's zone.", "按报表时区的受理月份统计。", "complaints"),
        new("closed_per_month", "Closed by month", "每月结案", "Closed complaints by the month of their closure in the report's zone.", "按报表时区的结案月份统计。", "complaints"),
        new("per_category", "By category", "按类别", "Complaints by category; empty for unclassified ones.", "按类别统计，空为未分类。", "complaints"),
        new("per_subcategory", "By subcategory", "按子类别", "Complaints by subcategory; empty for those without one.", "按子类别统计，空为没有子类别。", "complaints"),
        new("per_channel", "By channel", "按渠道", "Complaints by channel.", "按渠道统计。", "complaints"),
        new("per_month_channel", "By month and channel", "按月份和渠道", "Complaints by the month of receipt, then by channel.", "按受理月份再按渠道统计。", "complaints"),
        new("per_category_channel", "By category and channel", "按类别和渠道", "Complaints by category, then by channel.", "按类别再按渠道统计。", "complaints"),
        new("per_attribute", "By attribute", "按属性", "Complaints by each attribute that was asked for; those without it are left out here and counted under missing.", "按所选属性统计，没有该属性的见“缺失”。", "complaints"),
        new("per_outcome", "By outcome", "按结果", "Complaints by how they ended; empty where nothing is known.", "按处理结果统计，空为未知。", "complaints"),
        new("per_state", "By state", "按状态", "Complaints by where they stand.", "按当前状态统计。", "complaints"),
        new("outcome_groups", "Outcome groups", "结果分组", "For each group of the report's definition: its outcomes among those it names.", "报表定义中各组结果所占的比例。", "complaints"),
        new("resolution_rate", "Resolution rate", "解决率", "By cohort: those that are Resolved or Closed now, over all received in the period. Decided by the state, not by a date.", "同期解决率：期间内收到的投诉中，现为“已解决”或“已结案”的比例，以状态为准。", "complaints"),
        new("time_to_close", "Time to close", "结案用时", "From receipt to closure, over closed complaints with an instant of closure.", "从受理到结案的时间，仅含有结案时间的已结案投诉。", "s"),
        new("time_to_close_by_category", "Time to close by category", "各类别结案用时", "Time to close, by category.", "按类别统计的结案用时。", "s"),
        new("time_to_close_by_channel", "Time to close by channel", "各渠道结案用时", "Time to close, by channel.", "按渠道统计的结案用时。", "s"),
        new("with_target", "With a deadline", "有时限", "Complaints with a deadline for their resolution, the source's or our own.", "有解决时限的投诉（来源系统的或本系统的）。", "complaints"),
        new("closed_after_due", "Closed after the deadline", "超时结案", "Closed later than the deadline (strictly), over closed complaints that have a deadline.", "结案晚于时限（严格）者，占有时限的已结案投诉的比例。", "complaints"),
        new("closed_after_due_by_category", "Closed after the deadline by category", "各类别超时结案", "Closed after the deadline, by category.", "按类别统计的超时结案。", "complaints"),
        new("closed_after_due_by_channel", "Closed after the deadline by channel", "各渠道超时结案", "Closed after the deadline, by channel.", "按渠道统计的超时结案。", "complaints"),
        new("closed_after_due_by_month", "Closed after the deadline by month", "各月超时结案", "Closed after the deadline, by the month of receipt.", "按受理月份统计的超时结案。", "complaints"),
        new("overdue_by", "Overdue by", "超时时长", "From the deadline to the closure, over those closed after the deadline.", "超时结案者从时限到结案的时间。", "s"),
        new("source_verdict", "Source's verdict", "来源判定", "The source's own verdict on imported complaints: inTime, late, none.", "来源系统对导入投诉的判定：inTime、late、none。", "complaints"),
        new("verdict_by_dates", "Verdict against the dates", "判定与日期对照", "The source's verdict, then what the dates say: noDue, stillOpen, inTime, late, closedUndated.", "来源判定与日期对照：noDue、stillOpen、inTime、late、closedUndated。", "complaints"),
        new("verdict_by_state", "Verdict by state", "判定与状态", "The source's verdict, then where the complaint stands.", "来源判定与当前状态对照。", "complaints"),
        new("untimely_share", "Untimely share", "不及时率", "Those that the source calls late, over those with a verdict.", "来源判定为超时者，占有判定者的比例。", "complaints"),
        new("untimely_share_by_category", "Untimely share by category", "各类别不及时率", "Untimely share, by category.", "按类别统计的不及时率。", "complaints"),
        new("untimely_share_by_year", "Untimely share by year", "各年不及时率", "Untimely share, by the year of receipt.", "按受理年份统计的不及时率。", "complaints"),
        new("own_verdict", "Our own verdict", "本系统判定", "What our own clocks said about imported complaints, recorded at the import by the policy that it named: inTime, late, undecided (the source gives no end), none.", "导入时按指定政策由本系统时限得出并记录的判定：inTime、late、undecided（来源未给出结束时间）、none。", "complaints"),
        new("verdict_by_own", "Source's verdict against ours", "来源判定与本系统判定", "The source's verdict, then ours.", "来源判定与本系统判定对照。", "complaints"),
        new("verdict_differs", "Verdicts that differ", "判定不一致", "Those on which the source and our own clocks disagree, over those with both verdicts.", "来源与本系统判定不一致者，占两者均有判定者的比例。", "complaints"),
        new("verdict_differs_by_category", "Verdicts that differ by category", "各类别判定不一致", "Verdicts that differ, by category.", "按类别统计的判定不一致。", "complaints"),
        new("time_to_acknowledge", "Time to acknowledge", "受理确认用时", "From receipt to acknowledgement, or the source's first action; negative where the source says so.", "从受理到确认（或来源系统的首次处理）的时间，来源矛盾时可为负。", "s"),
        new("acknowledged_later", "Acknowledged later than received", "晚于受理确认", "Complaints whose acknowledgement is later than their receipt (strictly).", "确认时间严格晚于受理时间的投诉。", "complaints"),
        new("closed_at_receipt", "Closed at the instant of receipt", "受理即结案", "Closed complaints whose closure is the very instant of their receipt.", "结案时间与受理时间相同的投诉。", "complaints"),
        new("due_at_receipt", "Due at the instant of receipt", "受理即到期", "Complaints whose deadline is the very instant of their receipt.", "时限与受理时间相同的投诉。", "complaints"),
        new("closed_undated", "Closed without an instant", "结案时间缺失", "Closed complaints whose source does not say when.", "来源未给出结案时间的已结案投诉。", "complaints"),
        new("backlog", "Backlog", "积压", "As of the instant asked for, whatever the period: received before it and not ended before it; overdue when the deadline lies before it. Those that ended nobody knows when are left out.", "截至所选时刻（不限期间）：此前受理且尚未结束的投诉；时限早于该时刻者为超时。结束时间未知者不计。", "complaints"),
        new("repeat_rate", "Repeat rate", "重复投诉率", "Received at most the window after an earlier complaint of the same customer (an equal reference, else an equal number or address) about the same matter as both stand now, or with the same repeat key of an import; over those of which both are known. Complaints before the period count as earlier ones.", "与同一客户（客户编号相同，否则电话或邮箱相同）就同一事项（按现有分类）的更早投诉，或与导入时重复键相同的更早投诉，间隔不超过窗口者，占客户与事项均已知的投诉的比例；期间之前的投诉可作为更早投诉。", "complaints"),
        new("contradictions", "Contradictions", "来源矛盾", "Imported complaints whose source says what cannot be true, by what it says. Kept as they are.", "来源数据自相矛盾的导入投诉，按类型统计，保持原样。", "complaints"),
        new("missing", "Missing", "缺失", "Complaints without: target, verdict, repeatKey, category, subcategory, outcome, acknowledgement, or an attribute that was asked for.", "缺少以下内容的投诉：时限、判定、重复键、类别、子类别、结果、确认或所选属性。", "complaints"),
        new("wall_clock.time_to_close", "Time to close by the wall clock", "结案用时（钟面）", "For comparison only: local closure minus local receipt in the report's zone, as if clocks never changed.", "仅供对照：报表时区的当地结案时间减当地受理时间，不计夏令时变更。", "s"),
        new("wall_clock.time_to_close_by_category", "Time to close by the wall clock, by category", "各类别结案用时（钟面）", "For comparison only: the same by category.", "仅供对照：按类别统计。", "s"),
        new("wall_clock.time_to_close_by_channel", "Time to close by the wall clock, by channel", "各渠道结案用时（钟面）", "For comparison only: the same by channel.", "仅供对照：按渠道统计。", "s"),
        new("wall_clock.overdue_by", "Overdue by, by the wall clock", "超时时长（钟面）", "For comparison only: local closure minus local deadline, over those closed after it by the wall clock.", "仅供对照：当地结案时间减当地时限。", "s"),
        new("wall_clock.repeat_rate", "Repeat rate by the wall clock", "重复投诉率（钟面）", "For comparison only: the window is measured between local times.", "仅供对照：以当地时间计算间隔。", "complaints"),
    ];

    internal static FigureDefinition Of(string id) => All.First(definition => definition.Id == id);
}
