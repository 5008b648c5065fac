using System.Net;
using Complaints.Core;
using Complaints.Notifications.Webhooks.Outbound;
using Microsoft.Extensions.Options;

namespace Complaints.Notifications.Webhooks;

/// <summary>The name of a channel that a host added with this package.</summary>
internal sealed record ChannelName(string Value);

/// <summary>Refuses what the channels of this package have in common, before the host starts.</summary>
internal sealed class WebhookOptionsCheck(IEnumerable<ChannelName> names) : IValidateOptions<WebhookOptions>
{
    private const int MostNetworks = 100;

    public ValidateOptionsResult Validate(string? name, WebhookOptions options)
    {
        var faults = Faults(options).Select(fault => fault.At("webhooks")).Concat(Twice()).ToList();
        return faults.Count > 0 ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
    }

    private static IEnumerable<Fault> Faults(WebhookOptions options)
    {
        if (options.Source.Length is 0 or > 200 || !Uri.IsWellFormedUriString(options.Source, UriKind.RelativeOrAbsolute))
            yield return new("webhook.source", "the source is no URI reference of 1 to 200 characters", "give one such as /complaints");
        if (options.AllowedNetworks.Count > MostNetworks)
            yield return new("webhook.network", $"{options.AllowedNetworks.Count} networks are allowed", $"allow at most {MostNetworks}");
        foreach (var network in options.AllowedNetworks.Where(network => !IPNetwork.TryParse(network, out _)))
            yield return new("webhook.network", $"'{Shown(network)}' is no network",
                "write the first address and the length: 10.20.0.0/16");
    }

    private IEnumerable<string> Twice() =>
        names.GroupBy(name => name.Value, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1)
            .Select(group => new Fault("webhook.name_taken", "several channels have the name", "give each its own")
                .At($"webhook '{Shown(group.Key)}'"));

    private static string Shown(string? text) => text is null ? "" : text.Length > 100 ? text[..100] : text;
}

/// <summary>Refuses an endpoint that cannot be, before the host starts.</summary>
internal sealed class WebhookEndpointCheck(IOptions<WebhookOptions> shared) : IValidateOptions<WebhookEndpoint>
{
    private const int MostTopics = 200;

    public ValidateOptionsResult Validate(string? name, WebhookEndpoint options)
    {
        var faults = Faults(name ?? "", options).Select(fault => fault.At($"webhook '{name}'")).ToList();
        return faults.Count > 0 ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
    }

    private IEnumerable<Fault> Faults(string name, WebhookEndpoint endpoint)
    {
        if (NameFault(name) is { } unusable)
            yield return unusable;
        if (UrlFault(endpoint.Url, shared) is { } forbidden)
            yield return forbidden;
        foreach (var fault in SecretFaults(endpoint.Secrets))
            yield return fault;
        foreach (var fault in TopicFaults(endpoint.Topics).Concat(RangeFaults(endpoint.Concurrency, endpoint.Timeout)))
            yield return fault;
    }

    public static Fault? UrlFault(string url, IOptions<WebhookOptions> shared)
    {
        try
        {
            return UrlCheck.Of(url, shared.Value.AllowHttp, shared.Value.Guard());
        }
        catch (OptionsValidationException)
        {
            // What all share is refused by itself.
            return null;
        }
    }

    /// <summary>The same for every channel of this package.</summary>
    public static Fault? NameFault(string name) =>
        Text.Check("name", name, Text.Id) is null && !name.Any(char.IsControl) ? null
            : new("webhook.name", "the name is empty, longer than 100 characters or not one line", "choose a short one and keep it");

    public static IEnumerable<Fault> SecretFaults(IList<string> secrets)
    {
        if (secrets.Count is 0 or > WebhookEndpoint.MostSecrets)
            yield return new("webhook.secret_count", $"there are {secrets.Count} secrets",
                $"give 1 to {WebhookEndpoint.MostSecrets}: two while one takes the other's place");
        foreach (var fault in secrets.Select(secret => WebhookSecret.TryParse(secret, out _)).OfType<Fault>())
            yield return fault;
    }

    public static IEnumerable<Fault> TopicFaults(IList<string> topics)
    {
        if (topics.Count > MostTopics || topics.Any(topic => Text.Check("topic", topic, Text.Id) is not null))
            yield return new("webhook.topic", "a topic is empty or longer than 100 characters, or there are more than 200",
                "name topics such as complaints.resolved.v1, or complaints.* for all");
    }

    public static IEnumerable<Fault> RangeFaults(int concurrency, TimeSpan timeout)
    {
        if (concurrency is < 1 or > 1_000)
            yield return new("webhook.range", $"{nameof(WebhookEndpoint.Concurrency)} is {concurrency}", "use 1 to 1,000");
        if (timeout < TimeSpan.FromMilliseconds(100) || timeout > TimeSpan.FromMinutes(2))
            yield return new("webhook.range", $"{nameof(WebhookEndpoint.Timeout)} is {timeout}", "use 100 ms to 2 minutes");
    }
}
