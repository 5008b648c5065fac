using Complaints.Core.DependencyInjection;
using Complaints.Core.Notifications;
using Complaints.Notifications.Templates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Complaints.Notifications.Email;

/// <summary>Adds mail: <c>services.AddComplaints().AddEmail(mail => mail.Host = "smtp.example.org")</c>.</summary>
public static class EmailComplaintsBuilderExtensions
{
    /// <summary>Adds <see cref="EmailChannel"/> with the built-in templates, and makes the host know the definition
    /// <c>mail-addresses</c>. Options that cannot be used end the host's start with an <see cref="OptionsValidationException"/> whose
    /// failures begin with codes such as <c>mail.host</c> and say what to do. Safe to call twice; the options of every call
    /// count.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets the options; <see cref="EmailOptions.Host"/> and <see cref="EmailOptions.From"/> are required.</param>
    public static ComplaintsBuilder AddEmail(this ComplaintsBuilder builder, Action<EmailOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.AddMessageTemplates().AddDefinitionKind(MailAddresses.Kind);
        var services = builder.Services;
        services.AddOptions<EmailOptions>().Configure(configure).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<EmailOptions>, EmailOptionsCheck>());
        services.TryAddSingleton<IStaffAddresses, DefinedAddresses>();
        services.TryAddSingleton<ReplyTokens>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IMessageChannel, EmailChannel>());
        return builder;
    }
}

/// <summary>Asks the options what is wrong with them.</summary>
internal sealed class EmailOptionsCheck : IValidateOptions<EmailOptions>
{
    public ValidateOptionsResult Validate(string? name, EmailOptions options) =>
        options.Problems().ToList() is { Count: > 0 } problems ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;
}
