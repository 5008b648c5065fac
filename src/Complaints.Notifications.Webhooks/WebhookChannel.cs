using System.Net;
using Complaints.Core.Notifications;
using Complaints.Core.Storage;
using Complaints.Notifications.Webhooks.Outbound;
using Microsoft.Extensions.Logging;

namespace Complaints.Notifications.Webhooks;

/// <summary>Posts messages to one endpoint: CloudEvents in JSON, signed as Standard Webhooks has it.</summary>
internal sealed partial class WebhookChannel : IMessageChannel, IDisposable
{
    private readonly GuardedHttp _http;
    private readonly ILogger _logger;
    private readonly WebhookSecret[] _secrets;
    private readonly string _source;
    private readonly TimeProvider _time;
    private readonly TopicFilter _topics;
    private readonly Uri _url;
    private int _isGone;

    public WebhookChannel(
        string name, WebhookEndpoint endpoint, WebhookOptions options, GuardedConnection connection, TimeProvider time, ILogger logger)
    {
        (Name, IsOrdered, Concurrency) = (name, endpoint.IsOrdered, endpoint.Concurrency);
        (_url, _source, _time, _logger) = (new Uri(endpoint.Url), options.Source, time, logger);
        _secrets = [.. endpoint.Secrets.Select(WebhookSecret.Parse)];
        _topics = new TopicFilter(endpoint.Topics);
        _http = new GuardedHttp(connection, endpoint.Concurrency, endpoint.Timeout, time);
    }

    public string Name { get; }

    public bool IsOrdered { get; }

    public int Concurrency { get; }

    public bool Takes(string topic) => _topics.Takes(topic);

    public async ValueTask<DeliveryResult> SendAsync(ClaimedMessage message, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _isGone) != 0)
            return Gone;
        byte[] body;
        try
        {
            body = CloudEvent.Write(message, _source);
        }
        catch (FormatException e)
        {
            return new DeliveryResult.DeadLetter(e.Message);
        }
        using var request = StandardWebhookRequest.Of(_url, message.Id.ToString("D"), body, CloudEvent.MediaType, _secrets,
            _time.GetUtcNow());
        var reply = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (reply.IsTaken)
            return DeliveryResult.Delivered;
        if (reply.Status == HttpStatusCode.Gone)
        {
            if (Interlocked.Exchange(ref _isGone, 1) == 0)
                Disabled(_logger, Name);
            return Gone;
        }
        return new DeliveryResult.Retry(reply.What, reply.After);
    }

    public void Dispose() => _http.Dispose();

    private static DeliveryResult.DeadLetter Gone { get; } =
        new("webhook.gone: the endpoint answered HTTP 410 and gets nothing more until it is configured anew and the host restarted");

    [LoggerMessage(EventId = 4001, Level = LogLevel.Warning,
        Message = "The endpoint of webhook {Channel} answered HTTP 410: it is disabled until it is configured anew")]
    private static partial void Disabled(ILogger logger, string channel);
}
