using Complaints.Core.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Complaints.Notifications.Templates;

/// <summary>Adds the words of messages: <c>services.AddComplaints().AddMessageTemplates()</c>.</summary>
public static class TemplatesComplaintsBuilderExtensions
{
    /// <summary>Makes the host know the definitions <c>template</c> and <c>letterhead</c>, and registers <see cref="NoticeComposer"/>. Safe
    /// to call twice.</summary>
    public static ComplaintsBuilder AddMessageTemplates(this ComplaintsBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddDefinitionKind(TemplateDefinitions.Templates).AddDefinitionKind(TemplateDefinitions.Letterhead);
        builder.Services.TryAddSingleton<NoticeComposer>();
        return builder;
    }
}
