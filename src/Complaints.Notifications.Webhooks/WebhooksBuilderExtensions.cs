using System.Diagnostics.CodeAnalysis;
using System.Net;
using Complaints.Core.DependencyInjection;
using Complaints.Core.Notifications;
using Complaints.Notifications.Webhooks.Outbound;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Complaints.Notifications.Webhooks;

/// <summary>Adds receivers over HTTP: <c>services.AddComplaints()….AddWebhook("crm", hook => { hook.Url = …; hook.Secrets.Add(…);
/// })</c>.</summary>
public static class WebhooksBuilderExtensions
{
    /// <summary>Adds an endpoint that gets messages as signed webhooks. What cannot be ends the host's start with a code and what to do
    /// (<see cref="WebhookEndpoint"/>, <see cref="WebhookOptions"/>); a name that is there already, too
    /// (<c>webhook.name_taken</c>).</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The channel's name, 1 to 100 characters; messages that wait for it carry it, so keep it.</param>
    /// <param name="configure">Says where, with which secrets and what.</param>
    public static ComplaintsBuilder AddWebhook(this ComplaintsBuilder builder, string name, Action<WebhookEndpoint> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        builder.AddChannel<WebhookEndpoint, WebhookEndpointCheck>(name, configure, static (provider, name, endpoint, options) =>
            new WebhookChannel(
            name, endpoint, options, provider.GetRequiredService<GuardedConnection>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<WebhookChannel>>()));
        return builder;
    }

    /// <summary>Sets what all webhooks, robots and gateways share. Safe to call twice; every call counts.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Changes the options; those that cannot be are refused when the host starts.</param>
    public static ComplaintsBuilder ConfigureWebhooks(this ComplaintsBuilder builder, Action<WebhookOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.AddShared().Configure(configure);
        return builder;
    }

    internal static void AddChannel<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions,
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TCheck>(
        this ComplaintsBuilder builder, string name, Action<TOptions> configure,
        Func<IServiceProvider, string, TOptions, WebhookOptions, IMessageChannel> make)
        where TOptions : class, new()
        where TCheck : class, IValidateOptions<TOptions>
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(name);
        builder.AddShared();
        var services = builder.Services;
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TOptions>, TCheck>());
        services.AddOptions<TOptions>(name).Configure(configure).ValidateOnStart();
        services.AddSingleton(new ChannelName(name));
        services.AddSingleton(provider => make(
            provider, name, provider.GetRequiredService<IOptionsMonitor<TOptions>>().Get(name),
            provider.GetRequiredService<IOptions<WebhookOptions>>().Value));
    }

    internal static OptionsBuilder<WebhookOptions> AddShared(this ComplaintsBuilder builder)
    {
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<WebhookOptions>, WebhookOptionsCheck>());
        services.TryAddSingleton(provider => new GuardedConnection(provider.GetRequiredService<IOptions<WebhookOptions>>().Value.Guard()));
        return services.AddOptions<WebhookOptions>().ValidateOnStart();
    }

    internal static AddressGuard Guard(this WebhookOptions options) =>
        new([.. options.AllowedNetworks.Select(IPNetwork.Parse)]);
}
