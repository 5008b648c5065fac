using System.Text.Json;
using Complaints.Core.Notifications;
using Complaints.Core.Storage;

namespace Complaints.SampleHost;

/// <summary>A channel that writes what it is given into the log: the place to see what a channel of your own will get.</summary>
internal sealed partial class LogChannel(ILogger<LogChannel> logger) : IMessageChannel
{
    public string Name => "log";

    public bool IsOrdered => true;

    public int Concurrency => 16;

    public bool Takes(string topic) => true;

    public ValueTask<DeliveryResult> SendAsync(ClaimedMessage message, CancellationToken cancellationToken)
    {
        using var payload = JsonDocument.Parse(message.Payload);
        Written(logger, message.Topic, payload.RootElement.GetProperty("number").GetString()!, message.Id);
        return new(DeliveryResult.Delivered);
    }

    [LoggerMessage(EventId = 2001, Level = LogLevel.Information, Message = "{Topic} {Number} (message {Id})")]
    private static partial void Written(ILogger logger, string topic, string number, Guid id);
}
