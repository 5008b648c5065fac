using Complaints.Core;

namespace Complaints.Notifications.Templates;

/// <summary>What speaks against publishing a template or a letterhead, with codes that stay.</summary>
internal static class TemplateRefusals
{
    public static ComplaintError Empty(string path) => new(
        "template.empty", new Label("{path}: is empty; fill it in.", "{path}：为空，请填写。"), ("path", path));

    public static ComplaintError TooLong(string path, int length, int bound) => new(
        "template.too_long",
        new Label("{path}: has {length} characters; shorten it to {bound}.", "{path}：有 {length} 个字符，请缩短到 {bound} 个以内。"),
        ("path", path), ("length", length), ("bound", bound));

    public static ComplaintError Control(string path) => new(
        "template.control",
        new Label("{path}: has a control character or more than one line; remove it.", "{path}：含有控制字符或多行内容，请删除。"),
        ("path", path));

    public static ComplaintError NoPage(string path) => new(
        "template.page",
        new Label("{path}: is no http or https address with {value} in it; write for example https://example.org/cases/{value}.",
            "{path}：不是包含 {value} 的 http 或 https 地址，例如 https://example.org/cases/{value}。"),
        ("path", path), ("value", "{number}"));

    public static ComplaintError Syntax(string path, int line, int column, IEnumerable<string> known) => new(
        "template.syntax",
        new Label(
            "{path}: cannot be read at line {line}, column {column}: a brace or a tag is not closed, or the tag is none of: {known}.",
            "{path}：第 {line} 行第 {column} 列无法解析：括号或标签未闭合，或标签不在以下范围内：{known}。"),
        ("path", path), ("line", line), ("column", column), ("known", known));

    public static ComplaintError Field(string path, string field, string nearest) => new(
        "template.field_unknown",
        new Label("{path}: there is no field '{value}'; did you mean '{nearest}'?", "{path}：没有字段“{value}”，是否应为“{nearest}”？"),
        ("path", path), ("value", field), ("nearest", nearest));

    public static ComplaintError Filter(string path, string filter, string nearest, IEnumerable<string> known) => new(
        "template.filter_unknown",
        new Label("{path}: the filter '{value}' cannot be used; did you mean '{nearest}'? Use one of: {known}.",
            "{path}：不能使用过滤器“{value}”，是否应为“{nearest}”？可用：{known}。"),
        ("path", path), ("value", filter), ("nearest", nearest), ("known", known));

    public static ComplaintError Construct(string path, string what) => new(
        "template.not_allowed",
        new Label("{path}: '{value}' cannot be used in templates; leave it out.", "{path}：模板中不能使用“{value}”，请删除。"),
        ("path", path), ("value", what));

    public static ComplaintError Failed(string path) => new(
        "template.failed",
        new Label("{path}: becomes too long or takes too many steps when it is filled in; make it shorter.",
            "{path}：填充内容时过长或步骤过多，请精简。"),
        ("path", path));

    public static ComplaintError Event(string value, IEnumerable<string> known) => new(
        "template.event_unknown",
        new Label("event: there is no event '{value}'; use one of: {known}.", "event：没有事件“{value}”，请使用：{known}。"),
        ("value", value), ("known", known));

    public static ComplaintError Audience(string value, IEnumerable<string> known) => new(
        "template.audience_unknown",
        new Label("audience: there is no audience '{value}'; use one of: {known}.", "audience：没有接收对象“{value}”，请使用：{known}。"),
        ("value", value), ("known", known));

    public static ComplaintError Personal(string path, string field) => new(
        "template.personal",
        new Label("{path}: the field '{value}' is personal, and subscribers are told nothing personal; leave it out.",
            "{path}：字段“{value}”属于个人信息，不得发送给订阅者，请删除。"),
        ("path", path), ("value", field));
}
