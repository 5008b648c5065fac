using Complaints.Core.DependencyInjection;
using Complaints.Core.Notifications;
using Complaints.Notifications.Webhooks.Outbound;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Complaints.Notifications.Webhooks.Sms;

/// <summary>Chooses the SMS gateway: <c>services.AddComplaints()….UseSmsGateway(gateway => …)</c>.</summary>
public static class SmsBuilderExtensions
{
    /// <summary>Short messages go to a gateway as signed HTTP: <c>POST {"id","to","text","template"}</c> with the headers of Standard
    /// Webhooks. 2xx is taken; 400, 404, 410 and 422 are refused for good; anything else is tried again by the outbox. Safe to call twice;
    /// every call counts. What cannot be ends the host's start (<c>webhook.url</c> and the like).</summary>
    public static ComplaintsBuilder UseSmsGateway(this ComplaintsBuilder builder, Action<SmsGateway> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.AddShared();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SmsGateway>, SmsGatewayCheck>());
        builder.Services.AddOptions<SmsGateway>().Configure(configure).ValidateOnStart();
        builder.Services.Replace(ServiceDescriptor.Singleton<ISmsSender>(provider => new HttpSmsSender(
            provider.GetRequiredService<IOptions<SmsGateway>>().Value, provider.GetRequiredService<GuardedConnection>(),
            provider.GetRequiredService<TimeProvider>())));
        return builder;
    }
}

/// <summary>Refuses a gateway that cannot be, before the host starts.</summary>
internal sealed class SmsGatewayCheck(IOptions<WebhookOptions> shared) : IValidateOptions<SmsGateway>
{
    public ValidateOptionsResult Validate(string? name, SmsGateway options)
    {
        var faults = new[] { WebhookEndpointCheck.UrlFault(options.Url, shared) }.OfType<Fault>()
            .Concat(WebhookEndpointCheck.SecretFaults(options.Secrets))
            .Concat(WebhookEndpointCheck.RangeFaults(options.Concurrency, options.Timeout))
            .Select(fault => fault.At("SMS gateway")).ToList();
        return faults.Count > 0 ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
    }
}
