using System.Text.Json.Serialization;
using Complaints.Core.Definitions;

namespace Complaints.Notifications.Templates;

/// <summary>What a host can change of what people are told. <c>AddMessageTemplates</c> makes a host know these kinds.</summary>
public static class TemplateDefinitions
{
    /// <summary>Templates (<c>template</c>); many ids. Refused with <c>definition.invalid</c> and details: <c>template.syntax</c>,
    /// <c>template.field_unknown</c>, <c>template.filter_unknown</c>, <c>template.not_allowed</c>, <c>template.empty</c>,
    /// <c>template.too_long</c>, <c>template.control</c>, <c>template.failed</c>, <c>template.personal</c>, <c>template.event_unknown</c>,
    /// <c>template.audience_unknown</c>.</summary>
    public static DefinitionKind<MessageTemplate> Templates { get; } = new("template", TemplateJson.Default, builtIn: null)
    {
        Check = static (template, _, _) => TemplateCheck.Problems(template),
    };

    /// <summary>The letterhead (<c>letterhead</c>); one. Built in: customer service, without telephone and address. Details:
    /// <c>template.empty</c>, <c>template.too_long</c>, <c>template.control</c>, <c>template.page</c>.</summary>
    public static DefinitionKind<Letterhead> Letterhead { get; } = new(
        "letterhead", TemplateJson.Default, """{"name":{"en":"Customer Service","zh":"客户服务中心"}}""")
    {
        Check = static (letterhead, _, _) => letterhead.Problems(),
    };
}

/// <summary>How they are read.</summary>
[JsonSerializable(typeof(MessageTemplate))]
[JsonSerializable(typeof(Letterhead))]
internal sealed partial class TemplateJson : JsonSerializerContext;
