using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Complaints.Core;

/// <summary>What every error code says, in English and Chinese: what was wrong, where, and what to do. Codes are never renamed.</summary>
public static partial class ErrorTexts
{
    private static readonly FrozenDictionary<string, (string En, string Zh)> Texts = new Dictionary<string, (string En, string Zh)>(StringComparer.Ordinal)
    {
        ["validation.failed"] = ("The input was not accepted; correct the fields named here.", "输入未被接受，请更正以下字段。"),
        ["text.required"] = ("'{field}' is empty; fill it in.", "“{field}”为空，请填写。"),
        ["text.too_long"] = ("'{field}' has {length} characters; shorten it to {bound}.", "“{field}”有 {length} 个字符，请缩短到 {bound} 个以内。"),
        ["text.control"] = ("'{field}' has the control character {value} at position {position}; remove it.", "“{field}”第 {position} 位是控制字符 {value}，请删除。"),
        ["text.surrogate"] = ("'{field}' has half a character ({value}) at position {position}; send valid Unicode.", "“{field}”第 {position} 位有半个字符（{value}），请使用有效的 Unicode。"),
        ["text.format"] = ("'{field}' has the value {value}, which is not {expected}; correct it or leave it empty.", "“{field}”的值 {value} 不是{expected}，请更正或留空。"),
        ["code.unknown"] = ("'{field}' has the unknown code '{value}'; use one of: {known}.", "“{field}”的代码“{value}”不存在，请使用：{known}。"),
        ["category.unknown"] = ("The category '{value}' is not in the catalogue; use one of: {known}.", "类别“{value}”不在目录中，请使用：{known}。"),
        ["number.out_of_range"] = ("'{field}' is {value}; use a number from {low} to {high}.", "“{field}”为 {value}，请使用 {low} 到 {high} 之间的数。"),
        ["complainant.required"] = ("A {kind} needs a complainant with a name, a customer reference or a contact point; ask for one.", "“{kind}”需要投诉人的姓名、客户编号或联系方式，请询问。"),
        ["time.in_future"] = ("'{field}' is {value}, later than now ({bound}); correct it.", "“{field}”为 {value}，晚于当前时间（{bound}），请更正。"),
        ["time.before_receipt"] = ("The event is dated {value}, before the receipt ({bound}); give a later instant.", "事件时间 {value} 早于受理时间（{bound}），请使用更晚的时间。"),
        ["time.too_far_back"] = ("The event is dated {value}, more than {days} days ago; events may be backdated to {bound}.", "事件时间 {value} 早于 {days} 天前，最早可补录到 {bound}。"),
        ["time.before_hold"] = ("The hold began at {bound}; it cannot be released at {value}.", "暂停自 {bound} 开始，不能在 {value} 解除。"),
        ["time.reason_required"] = ("An event in the past needs a reason; fill in why it is recorded late.", "补录过去的事件需要理由，请填写。"),
        ["lifecycle.not_permitted"] = ("'{trigger}' is not possible in state {state}; possible now: {permitted}.", "状态“{state}”下不能执行“{trigger}”，当前可执行：{permitted}。"),
        ["authority.role"] = ("'{trigger}' needs one of the roles {roles}; you act as {value}. Hand over or ask one of them.", "“{trigger}”需要角色 {roles}，您当前的角色是 {value}，请移交或请有权限的人处理。"),
        ["complaint.not_found"] = ("There is no complaint {value} in this tenant; check the id.", "该租户没有投诉 {value}，请检查编号。"),
        ["complaint.exists"] = ("The complaint {value} exists already; use another command.", "投诉 {value} 已存在，请使用其他命令。"),
        ["command.id_reused"] = ("The command id {value} was used for another command; send a new id.", "命令编号 {value} 已用于另一命令，请使用新的编号。"),
        ["person.erased"] = ("The person was erased: nothing personal can be added to this complaint. Leave the text empty.", "该投诉人的个人信息已删除，不能再添加个人信息，请将文本留空。"),
        ["history.newer"] = ("The complaint was written by a newer version ({value}) and can only be viewed here; update this program.", "该投诉由更新的版本写入（{value}），此处只能查看，请升级程序。"),
        ["complaint.changed"] = ("The complaint is at version {current}, you saw {value}; load it again and repeat.", "投诉已是版本 {current}，您看到的是 {value}，请重新加载后再试。"),
        ["clock.skew"] = ("This host's clock is {value} seconds ahead of the database's (behind when negative); set it right, then repeat.", "本机时钟比数据库快 {value} 秒（负数为慢），请校准后再试。"),
        ["hold.already_placed"] = ("The complaint waits for '{value}' already.", "该投诉已因“{value}”暂停。"),
        ["hold.not_found"] = ("The complaint does not wait for '{value}'; it waits for: {known}.", "该投诉未因“{value}”暂停，当前原因：{known}。"),
        ["merge.self"] = ("A complaint cannot be merged into itself; name another.", "投诉不能与自身合并，请指定另一投诉。"),
        ["merge.target_missing"] = ("The complaint {value} was not found; name one of this tenant.", "未找到投诉 {value}，请指定本租户的投诉。"),
        ["merge.target_ended"] = ("The complaint {value} is {state}; merge into one that is still open.", "投诉 {value} 已是“{state}”，请合并到未结束的投诉。"),
        ["reopen.window_over"] = ("The complaint was closed at {value}, more than {days} days ago; grant a review or register a new one.", "该投诉于 {value} 结案，已超过 {days} 天，请申请复核或重新登记。"),
        ["review.already_reviewed"] = ("The complaint has been reviewed; a second-stage review is final.", "该投诉已复核，复核结论为最终结论。"),
        ["review.not_independent"] = ("'{value}' decided something in this complaint; name somebody who did not.", "“{value}”参与过该投诉的决定，请指定未参与的人。"),
        ["assignment.nobody"] = ("A hand-over needs an owner or a team; name one.", "移交需要指定负责人或团队。"),
        ["assignment.unchanged"] = ("The complaint is with {value} already; name another owner or team.", "该投诉已由 {value} 负责，请指定其他负责人或团队。"),
        ["acknowledge.already"] = ("The receipt was acknowledged at {value}.", "已于 {value} 确认受理。"),
        ["kind.not_inquiry"] = ("Only an inquiry becomes a complaint; this is a {value}.", "只有咨询可以转为投诉，当前类型为“{value}”。"),
        ["classify.unchanged"] = ("The classification is the same as before.", "分类没有变化。"),
        ["repeat.self"] = ("A complaint cannot repeat itself; name an earlier one.", "投诉不能重复自身，请指定更早的投诉。"),
        ["repeat.target_missing"] = ("The complaint {value} was not found; name an earlier one of this tenant.", "未找到投诉 {value}，请指定本租户更早的投诉。"),
        ["repeat.not_earlier"] = ("The complaint {value} was received later; name an earlier one.", "投诉 {value} 的受理时间更晚，请指定更早的投诉。"),
        ["proposal.not_found"] = ("There is no proposal {value}; there are: {known}.", "没有方案 {value}，现有：{known}。"),
        ["proposal.wrong_state"] = ("Proposal {value} is {state}; it must be {expected}.", "方案 {value} 的状态是 {state}，应为 {expected}。"),
        ["proposal.nothing"] = ("A proposal needs at least one remedy or a text.", "方案至少需要一项补救措施或说明。"),
        ["proposal.needs_approval"] = ("Proposal {value} exceeds your authority; ask for approval first.", "方案 {value} 超出您的权限，请先申请审批。"),
        ["approval.none_pending"] = ("No approval is pending.", "没有待审批事项。"),
        ["approval.not_found"] = ("There is no pending approval {value}; pending: {known}.", "没有待审批事项 {value}，待审批：{known}。"),
        ["approval.own_request"] = ("'{value}' proposed or asked for this and cannot decide it; somebody else must.", "“{value}”是提出人或申请人，不能审批，请由他人审批。"),
        ["approval.not_requester"] = ("Only '{value}', who asked, can recall the request.", "只有申请人“{value}”可以撤回申请。"),
        ["resolve.open_work"] = ("The complaint cannot be resolved while work is open: {open}. Finish it or take it back with a reason.", "尚有未完成事项，不能解决：{open}。请先完成或说明理由撤回。"),
        ["close.unconfirmed"] = ("The customer has not confirmed that it is solved; record the confirmation, a satisfied visit, or wait {days} days after the result notification.", "客户尚未确认解决，请记录确认、满意的回访，或在结果反馈后等待 {days} 天。"),
        ["close.answer_missing"] = ("The decision has not been answered to the customer; notify the result first.", "尚未向客户答复结论，请先反馈结果。"),
        ["close.follow_up_missing"] = ("The policy asks for a follow-up visit before closing; record or waive it.", "按规定结案前需要回访，请记录回访或说明免除理由。"),
        ["archive.already"] = ("The complaint was archived at {value}.", "该投诉已于 {value} 归档。"),
        ["archive.follow_up_missing"] = ("The follow-up has neither been done nor waived; do one of them first.", "尚未回访也未免除回访，请先处理。"),
        ["visit.unreached_satisfaction"] = ("A customer who was not reached has no satisfaction; leave it empty.", "未联系到客户时不能填写满意度，请留空。"),
        ["solved.already_confirmed"] = ("The customer confirmed at {value}.", "客户已于 {value} 确认解决。"),
        ["import.not_imported"] = ("The complaint was not imported; its clocks run already.", "该投诉不是导入的，时限已在计算。"),
        ["import.already_adopted"] = ("The complaint was adopted at {value}.", "该投诉已于 {value} 接管。"),
        ["import.columns"] = ("The row has {value} columns, the header has {expected}; look for a delimiter or a quote that is missing or too many.", "该行有 {value} 列，表头有 {expected} 列，请检查分隔符或引号。"),
        ["import.last_row_cut"] = ("The file ends inside this row (column {value} of {expected}): it was cut off, or a quote is never closed; fetch the file again or close the quote.", "文件在此行中断（第 {value} 列，共 {expected} 列）：文件被截断或引号未闭合，请重新获取文件或补上引号。"),
        ["import.row_too_large"] = ("The row that begins here has more than {bound} MB, so a quote is never closed; nothing behind it was read. Close the quote and import again.", "从此行开始的一行超过 {bound} MB，引号未闭合，其后的内容均未读取，请补上引号后重新导入。"),
        ["import.file_cut"] = ("The compressed file ends too early or is damaged after this row; fetch the file again.", "压缩文件在此行之后中断或损坏，请重新获取文件。"),
        ["import.quotes"] = ("Column '{field}' has a quote out of place; double a quote that belongs to the text.", "列“{field}”的引号位置不对，文本中的引号请写两次。"),
        ["import.encoding"] = ("Column '{field}' has bytes that are not {expected}; name the file's encoding in the mapping.", "列“{field}”含有不属于 {expected} 的字节，请在映射中写明文件编码。"),
        ["import.json"] = ("The line is not a JSON object: {value}", "该行不是 JSON 对象：{value}"),
        ["import.instant"] = ("Column '{field}' fits none of the patterns {known}; correct it or add a pattern.", "列“{field}”不符合任何格式 {known}，请更正或添加格式。"),
        ["import.unmapped"] = ("Column '{field}' has a value that is not in its map ({known}); add it or say what to do with unmapped values.", "列“{field}”的值不在对照表中（{known}），请添加或规定如何处理。"),
        ["import.required"] = ("Nothing in this row gives '{field}' (column '{column}'); fill it in or map a constant.", "该行没有“{field}”（列“{column}”），请填写或设定常量。"),
        ["import.duplicate_id"] = ("The id stands already in line {value}; the first row counts.", "该编号在第 {value} 行已出现，以第一行为准。"),
        ["import.case_refused"] = ("The row belongs to a case with a bad row in line {value}; correct that one and import again.", "该行所属案件的第 {value} 行有误，请更正后重新导入。"),
        ["mapping.invalid"] = ("The mapping was refused; correct what is named here.", "映射文件未被接受，请更正以下内容。"),
        ["mapping.syntax"] = ("The mapping is not valid JSON: {value}", "映射文件不是有效的 JSON：{value}"),
        ["mapping.unknown_key"] = ("{path}: there is no key '{value}'; did you mean '{nearest}'?", "{path}：没有键“{value}”，是否应为“{nearest}”？"),
        ["mapping.duplicate_key"] = ("{path}: the key '{value}' stands twice; keep one.", "{path}：键“{value}”重复，请保留一个。"),
        ["mapping.missing_key"] = ("{path}: the key '{value}' is missing; add it.", "{path}：缺少键“{value}”，请添加。"),
        ["mapping.type"] = ("{path}: needs {expected}.", "{path}：应为 {expected}。"),
        ["mapping.value"] = ("{path}: '{value}' is not possible; did you mean '{nearest}'? Possible: {known}.", "{path}：不能使用“{value}”，是否应为“{nearest}”？可用：{known}。"),
        ["mapping.pattern"] = ("{path}: '{value}' is no date pattern: {reason}", "{path}：“{value}”不是日期格式：{reason}"),
        ["mapping.column_missing"] = ("The file has no column '{value}', which {path} names; did you mean '{nearest}'?", "文件没有 {path} 所用的列“{value}”，是否应为“{nearest}”？"),
        ["definition.invalid"] = ("The definition {kind}/{id} was refused; correct what is named here.", "定义 {kind}/{id} 未被接受，请更正以下内容。"),
        ["definition.syntax"] = ("{path}: {value}", "{path}：{value}"),
        ["definition.kind_unknown"] = ("There is no kind of definition '{value}'; use one of: {known}.", "没有定义类型“{value}”，请使用：{known}。"),
        ["definition.duplicate"] = ("{path}: '{value}' stands twice; keep one.", "{path}：“{value}”重复，请保留一个。"),
        ["definition.empty"] = ("{path}: is empty; give at least one entry.", "{path}：为空，请至少给出一项。"),
        ["definition.missing"] = ("{path}: refers to '{value}', which is not defined; use one of: {known}.", "{path}：引用的“{value}”未定义，请使用：{known}。"),
        ["definition.label_missing"] = ("{path}: needs a label in en and zh.", "{path}：需要中英文名称。"),
        ["calendar.never_open"] = ("The calendar '{value}' never opens; give it a window of working time.", "日历“{value}”没有工作时间，请添加时段。"),
        ["calendar.zone_unknown"] = ("{path}: the zone '{value}' is unknown; use an IANA id such as Asia/Shanghai.", "{path}：时区“{value}”不存在，请使用 IANA 名称，如 Asia/Shanghai。"),
        ["calendar.window_invalid"] = ("{path}: '{value}' is no window; write HH:mm-HH:mm with two different times, such as 09:00-18:00 or 22:00-06:00.", "{path}：“{value}”不是有效时段，请写成 HH:mm-HH:mm 且起止不同，如 09:00-18:00 或 22:00-06:00。"),
        ["calendar.date_conflict"] = ("{path}: the date {value} has two rules; keep one.", "{path}：日期 {value} 有两条规则，请保留一条。"),
        ["calendar.date_ambiguous"] = ("{path}: the date {value} has hours and works like a weekday; keep one of the two.", "{path}：日期 {value} 同时规定了时段和参照星期，请保留其一。"),
        ["calendar.date_out_of_range"] = ("{path}: the date {value} lies outside 1970 to 2100; correct it.", "{path}：日期 {value} 超出 1970 至 2100 年的范围，请更正。"),
        ["calendar.ics_syntax"] = ("Line {line}: '{value}' is no iCalendar content that can be read here; fetch the file again.", "第 {line} 行：“{value}”不是可读取的 iCalendar 内容，请重新获取文件。"),
        ["calendar.ics_unsupported"] = ("Line {line}: '{value}' is not supported for holidays; write all-day events, repeated at most with FREQ=YEARLY.", "第 {line} 行：节假日不支持“{value}”，请使用全天事件，重复规则仅限 FREQ=YEARLY。"),
        ["calendar.out_of_range"] = ("{value} lies outside 1970 to 2100.", "{value} 超出 1970 至 2100 年的范围。"),
        ["step.syntax"] = ("{path}: '{value}' is no step; write for example '80%', '2 hours before', 'due' or '4 working hours after'.", "{path}：“{value}”不是有效步骤，可写 '80%'、'2 hours before'、'due' 或 '4 working hours after'。"),
        ["clocks.nothing_due"] = ("No step of a clock is due at {value}.", "{value} 时没有到期的时限步骤。"),
        ["escalate.level"] = ("The level {value} is not above the present one ({bound}); use a higher one, up to 9.", "级别 {value} 不高于当前级别（{bound}），请使用更高的级别，最高为 9。"),
        ["time.not_in_future"] = ("'{field}' is {value}, not later than now ({bound}); promise a later instant.", "“{field}”为 {value}，不晚于当前时间（{bound}），请使用更晚的时间。"),
        ["limit.syntax"] = ("{path}: '{value}' is no time limit; write for example '8 working hours', '3 working days' or '24 hours'.", "{path}：“{value}”不是有效时限，可写 '8 working hours'、'3 working days' 或 '24 hours'。"),
        ["limit.amount"] = ("{path}, position {position}: '{value}' is no whole number from 1 to 100,000; correct it.", "{path} 第 {position} 位：“{value}”不是 1 到 100,000 的整数，请更正。"),
        ["limit.unit"] = ("{path}, position {position}: the unit '{value}' is unknown; use one of: {known}.", "{path} 第 {position} 位：单位“{value}”不存在，请使用：{known}。"),
        ["limit.option"] = ("{path}, position {position}: the option '{value}' is unknown; use one of: {known}.", "{path} 第 {position} 位：选项“{value}”不存在，请使用：{known}。"),
        ["limit.option_twice"] = ("{path}, position {position}: '{value}' contradicts or repeats an option before it; keep one.", "{path} 第 {position} 位：“{value}”与前面的选项矛盾或重复，请保留其一。"),
        ["limit.option_useless"] = ("{path}, position {position}: '{value}' says something about days, but the limit counts hours or minutes; remove it.", "{path} 第 {position} 位：“{value}”只适用于以天计的时限，请删除。"),
        ["limit.beyond_calendar"] = ("{path}: '{value}' is not reached before 2100 in its calendar; shorten it or name another calendar.", "{path}：时限“{value}”在其日历中到 2100 年仍不能届满，请缩短或指定其他日历。"),
        ["policy.close_on_closed_day"] = ("{path}: '{value}' ends at close of business but may fall on a day that never opens; add 'free last day next working day' or 'free last day previous working day'.", "{path}：“{value}”以营业结束为止，但最后一天可能不营业，请添加 'free last day next working day' 或 'free last day previous working day'。"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Every code that this library can answer with.</summary>
    public static ImmutableArray<string> All { get; } = [.. Texts.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The text of a code with its values filled in; the code itself if it is unknown.</summary>
    internal static string For(string code, CultureInfo culture, ImmutableDictionary<string, string> data)
    {
        if (!Texts.TryGetValue(code, out var text))
            return code;
        var template = culture.TwoLetterISOLanguageName == "zh" ? text.Zh : text.En;
        return Placeholder().Replace(template, match => data.GetValueOrDefault(match.Groups["name"].Value, match.Value));
    }

    [GeneratedRegex(@"\{(?<name>\w+)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
