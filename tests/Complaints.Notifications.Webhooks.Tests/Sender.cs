using System.Net;
using Complaints.Core;
using Complaints.Core.DependencyInjection;
using Complaints.Core.Notifications;
using Complaints.Core.Storage;
using Complaints.Notifications.Webhooks.Outbound;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Complaints.Notifications.Webhooks.Tests;

/// <summary>Channels as a host makes them, allowed to go to this machine.</summary>
internal static class Sender
{
    public const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    public const string OtherSecret = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDhzEsRYnHJKo=";

    public static IMessageChannel To(string url, Action<WebhookEndpoint>? configure = null, TimeProvider? time = null) =>
        Services(builder => builder.AddWebhook("crm", hook =>
        {
            hook.Url = url;
            hook.Secrets.Add(Secret);
            configure?.Invoke(hook);
        }), time).GetRequiredService<IMessageChannel>();

    public static ServiceProvider Services(Action<ComplaintsBuilder> add, TimeProvider? time = null, bool allow = true)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        if (time is not null)
            services.AddSingleton(time);
        var builder = services.AddComplaints();
        if (allow)
        {
            builder.ConfigureWebhooks(shared =>
            {
                shared.AllowHttp = true;
                shared.AllowedNetworks.Add("127.0.0.0/8");
            });
        }
        add(builder);
        return services.BuildServiceProvider();
    }

    /// <summary>Without a container, with a resolver of the test's own.</summary>
    public static IMessageChannel Through(
        string url, Func<string, CancellationToken, Task<IPAddress[]>>? resolve, params string[] allowed)
    {
        var options = new WebhookOptions { AllowHttp = true };
        foreach (var network in allowed)
            options.AllowedNetworks.Add(network);
        var endpoint = new WebhookEndpoint { Url = url, Timeout = TimeSpan.FromSeconds(5) };
        endpoint.Secrets.Add(Secret);
        return new WebhookChannel(
            "crm", endpoint, options, new GuardedConnection(options.Guard(), resolve), TimeProvider.System,
            Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
    }

    private const string Resolved =
        """{"topic":"complaints.resolved.v1","complaint":"x","number":"2026-000123","words":"你好"}""";

    public static ClaimedMessage Message(string payload = Resolved) =>
        new(Guid.Parse("0190aaaa-0000-8000-8000-000000000001"), new ComplaintId(Guid.Parse("0190aaaa-0000-7000-8000-000000000002")),
            "complaints.resolved.v1", System.Text.Encoding.UTF8.GetBytes(payload), Instant.FromUtc(2026, 3, 2, 9, 30), 1);

    public static async Task<DeliveryResult> SendAsync(this IMessageChannel channel, string? payload = null) =>
        await channel.SendAsync(payload is null ? Message() : Message(payload), TestContext.Current.CancellationToken);
}

/// <summary>A clock that stands; waiting goes by the real one.</summary>
internal sealed class StandingClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
