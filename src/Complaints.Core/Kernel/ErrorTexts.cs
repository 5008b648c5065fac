using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;

namespace Complaints.Core;

/// <summary>What the refusals say that belong to no single command, in English and Chinese: what was wrong, where, and what to do. Codes
/// are never renamed.</summary>
internal static class ErrorTexts
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
        ["list.too_long"] = ("'{field}' has {length} entries; it takes at most {bound}.", "“{field}”有 {length} 项，最多 {bound} 项。"),
        ["list.full"] = ("The complaint has {bound} {field} already, and no more are taken; open another complaint for what is new.",
            "该投诉的{field}已达上限 {bound} 项，不能再增加；新的事项请另行登记投诉。"),
        ["time.out_of_range"] = ("'{field}' is {value}, which lies outside 1970 to 2100; correct it.",
            "“{field}”为 {value}，超出 1970 至 2100 年的范围，请更正。"),
        ["clock.out_of_range"] = ("This computer's clock says {value}, which lies outside 1970 to 2100; set it right.",
            "本机时钟为 {value}，超出 1970 至 2100 年的范围，请校正时钟。"),
        ["time.in_future"] = ("'{field}' is {value}, later than now ({bound}); correct it.", "“{field}”为 {value}，晚于当前时间（{bound}），请更正。"),
        ["time.before_receipt"] = ("The event is dated {value}, before it all began ({bound}); give a later instant.",
            "事件时间 {value} 早于受理或发起时间（{bound}），请使用更晚的时间。"),
        ["time.too_far_back"] = ("The event is dated {value}, more than {days} days ago; events may be backdated to {bound}.", "事件时间 {value} 早于 {days} 天前，最早可补录到 {bound}。"),
        ["time.reason_required"] = ("An event in the past needs a reason; fill in why it is recorded late.", "补录过去的事件需要理由，请填写。"),
        ["lifecycle.not_permitted"] = ("'{command}' is not possible in state {state}; possible now: {permitted}.", "状态“{state}”下不能执行“{command}”，当前可执行：{permitted}。"),
        ["authority.role"] = ("'{command}' needs one of the roles {roles}; you act as {value}. Hand over or ask one of them.", "“{command}”需要角色 {roles}，您当前的角色是 {value}，请移交或请有权限的人处理。"),
        ["authority.nobody"] = ("'{command}' is closed to everybody in this tenant; ask an administrator to open it to a role.", "本租户未向任何角色开放“{command}”，请联系管理员开放权限。"),
        ["authority.internal"] = ("'{command}' is done by the system itself and by nobody else.", "“{command}”只由系统执行，不能由人员操作。"),
        ["sequence.length"] = ("A sequence has {value} commands; send 2 to {bound}.", "序列包含 {value} 个命令，请提交 2 到 {bound} 个。"),
        ["sequence.not_allowed"] = ("'{command}' cannot be part of a sequence; send it by itself.", "“{command}”不能放入序列，请单独提交。"),
        ["sequence.part_refused"] = ("Nothing was done, because step {position}, '{command}', was refused:", "未执行任何操作，因为第 {position} 步“{command}”被拒绝："),
        ["command.unknown"] = ("There is no command '{value}'; use one of: {known}.", "没有命令“{value}”，请使用：{known}。"),
        ["command.field_unknown"] = ("'{command}' has no field '{value}'; use: {known}.", "“{command}”没有字段“{value}”，请使用：{known}。"),
        ["command.syntax"] = ("{path}: the value does not fit '{command}'; send a JSON object with the command's fields.", "{path}：该值不适用于“{command}”，请提交包含命令字段的 JSON 对象。"),
        ["permission.internal"] = ("{path}: '{value}' is done by the system itself and cannot be opened to a role; remove it.", "{path}：“{value}”只由系统执行，不能向角色开放，请删除。"),
        ["gate.missing"] = ("Before this, there must be: {value}.", "此前须具备：{value}。"),
        ["signals.circle"] = ("{path}: the signal '{value}' would lead back to its own rule; break the circle.",
            "{path}：预警“{value}”会再次触发本规则，请消除循环。"),
        ["roles.system"] = ("{path}: no role counts as the system; remove it.", "{path}：任何角色都不能等同于系统，请删除。"),
        ["roles.circle"] = ("{path}: '{value}' counts as itself in the end; remove one of the entries.", "{path}：“{value}”最终等同于自身，请删除其中一项。"),
        ["complaint.not_found"] = ("There is no complaint {value} in this tenant; check the id.", "该租户没有投诉 {value}，请检查编号。"),
        ["complaint.exists"] = ("The complaint {value} exists already; use another command.", "投诉 {value} 已存在，请使用其他命令。"),
        ["command.too_large"] = ("The command has {length} KB; it takes at most {bound} KB: say it in several.",
            "命令大小为 {length} KB，最大 {bound} KB，请分多次提交。"),
        ["command.id_reused"] = ("The command id {value} was used for another command; send a new id.", "命令编号 {value} 已用于另一命令，请使用新的编号。"),
        ["person.erased"] = ("The person of the complaint that was picked has been erased: register without picking it.",
            "所选投诉的投诉人个人信息已删除，请不选择该投诉直接登记。"),
        ["person.picked_merged"] = ("Complaint {value}, which was picked, has been merged into another: pick that one.",
            "所选投诉 {value} 已并入其他投诉，请选择并入后的投诉。"),
        ["person.picked_nobody"] = ("Complaint {value}, which was picked, names nobody: register without picking it.",
            "所选投诉 {value} 没有投诉人信息，请不选择该投诉直接登记。"),
        ["history.newer"] = ("The complaint was written by a newer version ({value}) and can only be viewed here; update this program.", "该投诉由更新的版本写入（{value}），此处只能查看，请升级程序。"),
        ["row.unreadable"] = (
            "The row of {value} cannot be read ({part}) and is stepped over: run 'complaints verify', then restore it from a backup.",
            "{value} 的记录无法读取（{part}），已跳过：请运行 complaints verify，并从备份恢复。"),
        ["row.altered"] = ("The row of {value} names another person than its history: nothing is written. "
            + "Run 'complaints verify', then restore it from a backup.",
            "{value} 的记录与其历史中的投诉人不一致，未写入任何内容。请运行 complaints verify，并从备份恢复。"),
        ["state.unreadable"] = ("The stored state of {value} is damaged; its history is used instead, and the next command writes it anew.",
            "{value} 保存的状态已损坏；现改用历史记录，下一个命令会重新写入状态。"),
        ["event.unreadable"] = ("Parts of the history of {value} cannot be read: run 'complaints verify', then restore it from a backup.",
            "{value} 的部分历史记录无法读取：请运行 complaints verify，并从备份恢复。"),
        ["history.unreadable"] = ("{value} cannot be read: its history is damaged. Run 'complaints verify', then restore it from a backup.",
            "{value} 无法读取：历史记录已损坏。请运行 complaints verify，并从备份恢复。"),
        ["definition.unreadable"] = ("The definition {value} cannot be read (at {path}); the version before it holds. Publish it again.",
            "定义 {value} 无法读取（位置：{path}），暂用之前的版本，请重新发布。"),
        ["answer.unreadable"] = (
            "The command {value} was carried out, but what it was answered is damaged: look at the complaint's history.",
            "命令 {value} 已执行，但其答复记录已损坏，请查看投诉的历史记录。"),
        ["key.unreadable"] = (
            "A key of {value} cannot be used: the person's words are not shown, and none are taken. Restore the key from a backup.",
            "{value} 的密钥无法使用：该人员的文字无法显示，也不再接收。请从备份恢复该密钥。"),
        ["complaint.changed"] = ("The complaint is at version {current}, you saw {value}; load it again and repeat.", "投诉已是版本 {current}，您看到的是 {value}，请重新加载后再试。"),
        ["improvement.not_found"] = ("There is no improvement {value} in this tenant; check the id.", "该租户没有整改事项 {value}，请检查编号。"),
        ["improvement.changed"] = ("The improvement is at version {current}, you saw {value}; load it again and repeat.",
            "整改事项已是版本 {current}，您看到的是 {value}，请重新加载后再试。"),
        ["clock.skew"] = ("This host's clock is {value} seconds ahead of the database's (behind when negative); set it right, then repeat.", "本机时钟比数据库快 {value} 秒（负数为慢），请校准后再试。"),
        ["clock.jumped"] = ("{value} complaints were written to by a clock that stood ahead of this one, up to {bound}: until then, what "
            + "happens to them is dated by that. Time limits told as missed that are not over yet: {known}.",
            "有 {value} 件投诉由快于本机的时钟写入，最晚至 {bound}；在此之前，其后续记录均按该时间标注。已误报超时而期限未到的投诉：{known}。"),
        ["keys.file_open"] = (
            "Others than its owner may read or change the master key '{path}' (mode {value}); take that away, for example with chmod 600.",
            "主密钥文件“{path}”的权限（{value}）允许所有者以外的用户读取或修改，请收回权限，例如 chmod 600。"),
        ["keys.file_owner"] = (
            "The master key '{path}' belongs to user {value}: neither the one who runs this program (user {current}), nor root, nor the "
            + "owner of its folder. Look who put it there; if it is the right one, give it to whom it should belong (chown).",
            "主密钥文件“{path}”属于用户 {value}，既不是运行本程序的用户（{current}），也不是 root 或其所在文件夹的所有者。"
            + "请查明是谁放置的；如确属正确，请用 chown 更改所有者。"),
        ["keys.owner_lost"] = ("The new '{path}' could not be given to user {value} and group {known}, to whom the present one belongs, so "
            + "nothing was changed. Repeat it as that user, or as root.",
            "新的“{path}”无法交给当前文件的所有者（用户 {value}、组 {known}），因此未作任何更改。请以该用户或 root 身份重试。"),
        ["keys.tenant_missing"] = (
            "The key of tenant {value} is missing although the tenant has a history: restore it from a backup. A new one would find and prove nothing.",
            "租户 {value} 已有历史记录但缺少其密钥：请从备份恢复。新密钥无法查找或验证任何记录。"),
        ["keys.file_missing"] = ("The master key '{path}' is missing. Use the file that was made with this database, or restore it from a "
            + "backup: without it, personal data cannot be read.",
            "主密钥文件“{path}”不存在。请使用与本数据库一同生成的文件，或从备份恢复：没有它无法读取个人信息。"),
        ["keys.file_line"] = ("Line {line} of '{path}' is no master key of {bound} bytes in base64, or was changed. Restore the file "
            + "from a backup: without it, personal data cannot be read.",
            "“{path}”第 {line} 行不是 {bound} 字节的 base64 主密钥，或已被改动。请从备份恢复该文件：没有它无法读取个人信息。"),
        ["keys.file_empty"] = ("'{path}' holds no master key. Restore it from a backup: without it, personal data cannot be read.",
            "“{path}”中没有主密钥。请从备份恢复：没有它无法读取个人信息。"),
        ["keys.file_size"] = ("'{path}' is larger than {bound} bytes, so it is no file of master keys: name the right one.",
            "“{path}”超过 {bound} 字节，不是主密钥文件，请指定正确的文件。"),
        ["keys.file_full"] = ("'{path}' holds {bound} master keys, and more are not read: retire those that are not needed any more.",
            "“{path}”已有 {bound} 个主密钥，不能再多，请先停用不再需要的主密钥。"),
        ["keys.file_replaced"] = ("'{path}' was replaced by a file that neither holds nor has retired the master key {value}, with which "
            + "this program works. Put the right file back; if it is the right one, start the program again.",
            "“{path}”已被替换，其中既没有本程序正在使用的主密钥 {value}，也没有其停用记录。请放回正确的文件；如确属正确，请重新启动程序。"),
        ["keys.busy"] = ("Another program is changing '{path}'; wait until it has ended, then repeat.", "另一程序正在修改“{path}”，请待其结束后重试。"),
        ["keys.master_unknown"] = ("The key of {owner} is wrapped under the master key {value}, which '{path}' does not hold: it is the "
            + "file of another database, or one from before a rotation. Use the right one, or restore it from a backup.",
            "{owner} 的密钥由主密钥 {value} 加密，而“{path}”中没有该主密钥：这是另一数据库的文件，或更换主密钥之前的文件。请使用正确的文件，或从备份恢复。"),
        ["keys.master_other"] = ("No master key in '{path}' is the one under which the key of {owner} was wrapped: it is the file of "
            + "another database, or the wrapped key was changed. Restore the right file from a backup.",
            "“{path}”中没有用来加密 {owner} 的密钥的主密钥：这是另一数据库的文件，或该密钥已被改动。请从备份恢复正确的文件。"),
        ["keys.wrapped_elsewhere"] = ("The wrapped key of {owner} was changed, or is another person's or tenant's that was moved there; "
            + "restore that row from a backup of the database.",
            "{owner} 的加密密钥已被改动，或是从其他人或其他租户处移来的，请从数据库备份恢复该行。"),
        ["keys.wrapped_format"] = ("The wrapped key of {owner} has a form that this program does not know ({value} bytes): it was damaged, "
            + "or written by a newer program.",
            "{owner} 的加密密钥格式无法识别（{value} 字节）：已损坏，或由更新的程序写入。"),
        ["keys.unproved"] = ("No key of this database is wrapped under the newest master key of '{path}', so nothing shows that it is the "
            + "file of this database; nothing was retired.",
            "本数据库没有任何密钥由“{path}”中最新的主密钥加密，无法确认这是本数据库的文件，未停用任何主密钥。"),
        ["keys.still_used"] = ("{value} keys are still wrapped under older master keys ({known}); run 'complaints keys rotate' first.",
            "仍有 {value} 个密钥由旧主密钥（{known}）加密，请先运行 'complaints keys rotate'。"),
        ["keys.retire_too_soon"] = ("The newest master key was added at {value}, and what began before may still write under an older one; "
            + "retire from {bound} on, or when every program on the database is stopped, with --at-once.",
            "最新的主密钥于 {value} 添加，此前开始的操作仍可能使用旧主密钥，请在 {bound} 之后停用；如已停止所有使用本数据库的程序，可加 --at-once。"),
        ["sweep.failed"] = ("The clocks of the complaint could not be looked at ({value}); the log says why.", "无法检查该投诉的时限（{value}），原因见日志。"),
        ["report.period_empty"] = ("The report's period begins on {value} and ends before {bound}, so no day lies in it; give a later end.",
            "报表期间自 {value} 起，于 {bound} 前结束，不包含任何一天，请使用更晚的结束日期。"),
        ["report.attribute_unknown"] = ("{path}: no complaint has the attribute '{value}'; there are: {known}.",
            "{path}：没有投诉带有属性“{value}”，现有：{known}。"),
        ["report.outcome_unknown"] = (
            "{path}: the outcome '{value}' is neither defined nor does any complaint have it; there are: {known}.",
            "{path}：处理结果“{value}”未定义，也没有投诉使用，现有：{known}。"),
        ["report.category_unknown"] = (
            "{path}: the category '{value}' is neither defined nor does any complaint have it; there are: {known}.",
            "{path}：类别“{value}”未定义，也没有投诉使用，现有：{known}。"),
        ["report.number_unknown"] = ("{path}: '{value}' is no number that is recorded of complaints; use one of: {known}.",
            "{path}：“{value}”不是投诉所记录的数值，请使用：{known}。"),
        ["import.columns"] = ("The row has {value} columns, the header has {expected}; look for a delimiter or a quote that is missing or too many.", "该行有 {value} 列，表头有 {expected} 列，请检查分隔符或引号。"),
        ["import.last_row_cut"] = ("The file ends inside this row (column {value} of {expected}): it was cut off, or a quote is never closed; fetch the file again or close the quote.", "文件在此行中断（第 {value} 列，共 {expected} 列）：文件被截断或引号未闭合，请重新获取文件或补上引号。"),
        ["import.row_too_large"] = ("The row that begins here has more than {bound} MB, so a quote is never closed; nothing behind it was read. Close the quote and import again.", "从此行开始的一行超过 {bound} MB，引号未闭合，其后的内容均未读取，请补上引号后重新导入。"),
        ["import.line_too_long"] = ("The line has more than {bound} MB; it was passed over.", "该行超过 {bound} MB，已跳过。"),
        ["import.expansion"] = (
            "The compressed file unpacks to more than {bound} times its size ({value} MB so far); nothing behind this row was read. "
            + "If that is right, unpack it and import the unpacked file.",
            "压缩文件解压后超过原大小的 {bound} 倍（已达 {value} MB），此行之后未读取。如确属正常，请先解压再导入。"),
        ["import.file_cut"] = ("The compressed file ends too early or is damaged after this row; fetch the file again.", "压缩文件在此行之后中断或损坏，请重新获取文件。"),
        ["import.quotes"] = ("Column '{field}' has a quote out of place; double a quote that belongs to the text.", "列“{field}”的引号位置不对，文本中的引号请写两次。"),
        ["import.encoding"] = ("Column '{field}' has bytes that are not {expected}; name the file's encoding in the mapping.", "列“{field}”含有不属于 {expected} 的字节，请在映射中写明文件编码。"),
        ["import.json"] = ("The line is not a JSON object: {value}", "该行不是 JSON 对象：{value}"),
        ["import.two_readings"] = ("Column '{field}' means different instants by the patterns {known}; name one of them only.",
            "列“{field}”按不同格式（{known}）有不同含义，请只保留其中一种格式。"),
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
        ["definition.version_missing"] = ("The complaint is pinned to {value}, or to a calendar of it, which the store does not have: restore the definitions, or nothing can be decided on it.", "该投诉所用的版本 {value} 或其日历不在库中，请恢复定义后再操作。"),
        ["definition.invalid"] = ("The definition {kind}/{id} was refused; correct what is named here.", "定义 {kind}/{id} 未被接受，请更正以下内容。"),
        ["definition.syntax"] = ("{path}: {value}", "{path}：{value}"),
        ["definition.key_unknown"] = ("{path}: nobody knows '{value}' here; use: {known}.", "{path}：此处没有“{value}”，请使用：{known}。"),
        ["definition.kind_unknown"] = ("There is no kind of definition '{value}'; use one of: {known}.", "没有定义类型“{value}”，请使用：{known}。"),
        ["definition.effective_past"] = (
            "It would hold from {value} on, and it is {now}: give a later instant, or none to let it hold at once.",
            "生效时间为 {value}，现在是 {now}：请指定更晚的时间，或不指定以立即生效。"),
        ["definition.effective_far"] = ("It would hold from {value} on; at most {years} years ahead are taken.",
            "生效时间为 {value}，最多可提前 {years} 年发布。"),
        ["definition.orphans_work"] = ("It would leave {count} pieces of open work of {value} to nobody: hand them over first, or keep it.",
            "“{value}”还有 {count} 项待办，发布后将无人处理：请先移交，或予以保留。"),
        ["definition.one_only"] = ("There is one definition '{kind}'; publish it under the id 'default', '{id}' would never be read.",
            "定义“{kind}”只有一份，请以编号 default 发布，“{id}”不会被使用。"),
        ["definition.duplicate"] = ("{path}: '{value}' stands twice; keep one.", "{path}：“{value}”重复，请保留一个。"),
        ["definition.empty"] = ("{path}: is empty; give at least one entry.", "{path}：为空，请至少给出一项。"),
        ["definition.missing"] = ("{path}: refers to '{value}', which is not defined; use one of: {known}.", "{path}：引用的“{value}”未定义，请使用：{known}。"),
        ["definition.label_missing"] = ("{path}: needs a label in en and zh.", "{path}：需要中英文名称。"),
        ["guide.loop"] = ("{path}: the question '{value}' waits for itself; change a condition.", "{path}：问题“{value}”循环等待自身，请修改条件。"),
        ["organisation.circle"] = ("{path}: the department '{value}' is above itself in the end; change one of the parents.",
            "{path}：部门“{value}”的上级最终是其自身，请修改其中一个上级。"),
        ["routing.too_many"] = ("{path}: there are {value} rows; at most {bound} are taken. Put codes that go to one team into one row.",
            "{path}：共有 {value} 行，最多 {bound} 行，请将分派给同一团队的代码合并为一行。"),
        ["routing.team_unknown"] = ( "{path}: there is no team '{value}' in the organisation; use one of: {known}.",
            "{path}：组织机构中没有团队“{value}”，请使用：{known}。"),
        ["routing.department_unknown"] = ("{path}: there is no department '{value}' in the organisation; use one of: {known}.",
            "{path}：组织机构中没有部门“{value}”，请使用：{known}。"),
        ["staff.deputy_circle"] = ( "{path}: '{value}' stands in for themselves in the end; name another deputy.",
            "{path}：“{value}”最终由其本人代理，请指定其他代理人。"),
        ["staff.absence_backwards"] = ("{path}: the absence ends on {value}, before it begins ({bound}); correct the dates.",
            "{path}：缺勤结束日期 {value} 早于开始日期（{bound}），请更正。"),
        ["reasons.other_missing"] = ("{path}: needs the reason '{value}', which asks for a remark; add it.",
            "{path}：缺少理由“{value}”（须填写说明），请添加。"),
        ["participant.staff_speaks"] = ("{path}: the role '{value}' is the staff's and cannot speak for the customer; leave one of both out.",
            "{path}：角色“{value}”属于内部员工，不能代表客户，请只保留其中一项。"),
        ["calendar.never_open"] = ("The calendar '{value}' never opens; give it a window of working time.", "日历“{value}”没有工作时间，请添加时段。"),
        ["calendar.zone_unknown"] = ("{path}: the zone '{value}' is unknown; use an IANA id such as Asia/Shanghai.", "{path}：时区“{value}”不存在，请使用 IANA 名称，如 Asia/Shanghai。"),
        ["calendar.window_invalid"] = ("{path}: '{value}' is no window; write HH:mm-HH:mm, such as 09:00-18:00 or 22:00-06:00.", "{path}：“{value}”不是有效时段，请写成 HH:mm-HH:mm，如 09:00-18:00 或 22:00-06:00。"),
        ["calendar.date_conflict"] = ("{path}: the date {value} has two rules; keep one.", "{path}：日期 {value} 有两条规则，请保留一条。"),
        ["calendar.date_ambiguous"] = ("{path}: the date {value} has hours and works like a weekday; keep one of the two.", "{path}：日期 {value} 同时规定了时段和参照星期，请保留其一。"),
        ["calendar.date_out_of_range"] = ("{path}: the date {value} lies outside 1970 to 2100; correct it.", "{path}：日期 {value} 超出 1970 至 2100 年的范围，请更正。"),
        ["calendar.combine_and_hours"] = ("{path}: a calendar that is made of others has no hours and dates of its own; remove them, or put them into one more calendar and combine it too.", "{path}：由其他日历组成的日历不能有自己的时段和日期，请删除，或另建一个日历再组合。"),
        ["calendar.combine_too_few"] = ("{path}: names {value} calendars; name two at least.", "{path}：只列出 {value} 个日历，请至少列出两个。"),
        ["calendar.combine_cycle"] = ("{path}: '{value}' is itself made of this calendar; name another one.", "{path}：“{value}”本身由该日历组成，请改用其他日历。"),
        ["calendar.ics_syntax"] = ("Line {line}: '{value}' is no iCalendar content that can be read here; fetch the file again.", "第 {line} 行：“{value}”不是可读取的 iCalendar 内容，请重新获取文件。"),
        ["calendar.ics_unsupported"] = ("Line {line}: '{value}' is not supported for holidays; write all-day events, repeated at most with FREQ=YEARLY.", "第 {line} 行：节假日不支持“{value}”，请使用全天事件，重复规则仅限 FREQ=YEARLY。"),
        ["phone.region_unknown"] = (
            "{path}: '{value}' is no region whose telephone numbers are known; use an ISO 3166 code such as CN or GB.",
            "{path}：“{value}”不是已知电话号码规则的地区，请使用 CN、GB 之类的 ISO 3166 代码。"),
        ["calendar.out_of_range"] = ("{value} lies outside 1970 to 2100.", "{value} 超出 1970 至 2100 年的范围。"),
        ["step.syntax"] = ("{path}: '{value}' is no step; write for example '80%', '2 hours before', 'due' or '5 working days after'.",
            "{path}：“{value}”不是有效步骤，可写 '80%'、'2 hours before'、'due' 或 '5 working days after'。"),
        ["policy.step_member"] = ("{path}: a step of the kind '{kind}' has no '{value}'; an escalation has a role or a team, others a 'to'.",
            "{path}：“{kind}”类步骤不能有“{value}”；升级用 role 或 team 指定对象，其他类型用 to。"),
        ["policy.step_without_task"] = ("{path}: this clock belongs to no department's task, so it has no '{value}'; use another receiver.",
            "{path}：该时限不属于部门协办单，没有“{value}”，请改用其他对象。"),
        ["time.not_in_future"] = ("'{field}' is {value}, not later than now ({bound}); promise a later instant.", "“{field}”为 {value}，不晚于当前时间（{bound}），请使用更晚的时间。"),
        ["limit.syntax"] = ("{path}: '{value}' is no time limit; write for example '8 working hours', '3 working days' or '24 hours'.", "{path}：“{value}”不是有效时限，可写 '8 working hours'、'3 working days' 或 '24 hours'。"),
        ["limit.amount"] = ("{path}, position {position}: '{value}' is no whole number from 1 to 100,000; correct it.", "{path} 第 {position} 位：“{value}”不是 1 到 100,000 的整数，请更正。"),
        ["limit.unit"] = ("{path}, position {position}: the unit '{value}' is unknown; use one of: {known}.", "{path} 第 {position} 位：单位“{value}”不存在，请使用：{known}。"),
        ["limit.option"] = ("{path}, position {position}: the option '{value}' is unknown; use one of: {known}.", "{path} 第 {position} 位：选项“{value}”不存在，请使用：{known}。"),
        ["limit.option_twice"] = ("{path}, position {position}: '{value}' contradicts or repeats an option before it; keep one.", "{path} 第 {position} 位：“{value}”与前面的选项矛盾或重复，请保留其一。"),
        ["limit.option_useless"] = ("{path}, position {position}: '{value}' says something about days, but the limit counts hours or minutes; remove it.", "{path} 第 {position} 位：“{value}”只适用于以天计的时限，请删除。"),
        ["limit.beyond_calendar"] = ("{path}: '{value}' is not reached before 2100 in its calendar; shorten it or name another calendar.", "{path}：时限“{value}”在其日历中到 2100 年仍不能届满，请缩短或指定其他日历。"),
        ["policy.close_on_closed_day"] = ("{path}: '{value}' ends at close of business but may fall on a day that never opens; add 'free last day next working day' or 'free last day previous working day'.", "{path}：“{value}”以营业结束为止，但最后一天可能不营业，请添加 'free last day next working day' 或 'free last day previous working day'。"),
        ["question.syntax"] = ("The question is not a JSON object as expected: {value} Write for example {\"ask\":\"due\",\"start\":\"2026-09-05T10:00\",\"limit\":\"3 working days\"}.", "问题不是有效的 JSON 对象：{value} 可写 {\"ask\":\"due\",\"start\":\"2026-09-05T10:00\",\"limit\":\"3 working days\"}。"),
        ["question.too_long"] = ("The line has more than {bound} KB, which no question has.", "该行超过 {bound} KB，不是有效的问题。"),
        ["question.field"] = ("A question has no field '{field}'; use: {known}.", "问题没有字段“{field}”，请使用：{known}。"),
        ["question.ask"] = ("'{value}' cannot be asked; ask one of: {known}.", "不能询问“{value}”，请使用：{known}。"),
        ["question.instant"] = ("'{field}' is '{value}', which is no instant; write 2026-09-05T10:00:00Z, one with an offset, or a local time of the calendar's zone such as 2026-09-05T10:00.", "“{field}”的值“{value}”不是时间，请写 2026-09-05T10:00:00Z、带时差的时间，或日历所在时区的本地时间，如 2026-09-05T10:00。"),
        ["question.limit_twice"] = ("A question names a limit and a policy; name one of the two.", "问题同时给出了时限和政策，请只用其一。"),
        ["policy.unverified"] = ("{path}: the numbers were not all read in the primary text ({value}); compare them with the text in force and set source.accepted to true, or choose another policy.", "{path}：数字未全部与原文核对（{value}），请与现行文本核对后将 source.accepted 设为 true，或选用其他政策。"),
        ["policy.order_ambiguous"] = ("{path}: the policy '{other}' has the order {value} too and may apply to the same complaints: "
                + "'{first}' would win where both do, and "
                + "only because its id comes first; give this one a lower order to be tried before it, "
                + "or a higher one to be tried after it, or separate the selections.",
            "{path}：政策“{other}”的顺序同为 {value} 且可能适用于同一投诉：两者都适用时仅因编号在前而采用“{first}”。请改用较小的顺序以优先、较大的顺序以靠后，或区分适用范围。"),
        ["policy.never_selected"] = ("{path}: with the order {value} it is never selected, because '{other}' (order {bound}) comes first and takes all of its complaints; give a lower order or another selection.", "{path}：顺序为 {value} 时永远不会被选用，因为“{other}”（顺序 {bound}）在前并涵盖其全部投诉，请使用更小的顺序或修改适用范围。"),
        ["policy.stop_and_cancel"] = ("{path}: {value} both stops the objective and ends it without a verdict; name it once.",
            "{path}：{value} 同时用于停止和取消该目标，请只保留一处。"),
        ["policy.for_matches_nothing"] = (
            "{path}: nothing that starts the objective is of the sort {value}; name another sort, or another start.",
            "{path}：启动该目标的事件都不属于“{value}”，请更换类别或启动事件。"),
        ["policy.pause_contradiction"] = ("{path}: names {value}, but the objective is not pausable; remove the reasons or make it pausable.", "{path}：列出了 {value}，但该目标不可暂停，请删除原因或改为可暂停。"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Every code with its texts.</summary>
    public static IEnumerable<Refusal> All => Texts.Select(text => new Refusal(text.Key, text.Value.En, text.Value.Zh));

    /// <summary>What a code says; <c>null</c> when it is not one of many commands.</summary>
    public static Refusal? Find(string code) => Texts.TryGetValue(code, out var text) ? new(code, text.En, text.Zh) : null;

    /// <summary>A text with its values filled in; a value that is not given stays as its name in braces.</summary>
    public static string Fill(string template, ImmutableArray<(string Name, object? Value)> values, Func<object?, string> say)
    {
        var text = new StringBuilder(template.Length * 2);
        var rest = template.AsSpan();
        for (int open; (open = rest.IndexOf('{')) >= 0;)
        {
            text.Append(rest[..open]);
            var close = open + rest[open..].IndexOf('}');
            if (close < open)
                break;
            text.Append(Find(rest[(open + 1)..close], values) is { } found ? say(found.Value) : rest[open..(close + 1)].ToString());
            rest = rest[(close + 1)..];
        }
        return text.Append(rest).ToString();
    }

    private static (string Name, object? Value)? Find(ReadOnlySpan<char> name, ImmutableArray<(string Name, object? Value)> values)
    {
        foreach (var value in values)
        {
            if (name.SequenceEqual(value.Name))
                return value;
        }
        return null;
    }
}
