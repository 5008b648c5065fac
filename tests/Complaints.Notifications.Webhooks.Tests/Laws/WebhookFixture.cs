using System.Text.Json;
using Complaints.Core.Notifications;
using Complaints.Testing.Conformance;
using Microsoft.AspNetCore.Http;

namespace Complaints.Notifications.Webhooks.Tests.Laws;

/// <summary>A webhook and a server that answers by its status.</summary>
public class WebhookFixture : ReceiverFixture
{
    public override bool CarriesIds => true;

    protected override IMessageChannel Open(string url) => Sender.To(url);

    internal override Task AnswerAsync(HttpContext context, Receiver.Request request, ReceiverMood mood)
    {
        if (mood != ReceiverMood.Takes)
            return Receiver.StatusAsync(context, mood == ReceiverMood.RefusesForNow ? 503 : 410);
        using var json = JsonDocument.Parse(request.Body);
        var words = json.RootElement.GetProperty("data").GetProperty("words").GetString()!;
        Take(new ReceivedMessage(request.Headers["webhook-id"], request.Body, words));
        return Task.CompletedTask;
    }
}

public sealed class WebhookArrivalLaws : ChannelArrivalLaws<WebhookFixture>;

public sealed class WebhookRefusalLaws : ChannelRefusalLaws<WebhookFixture>;

public sealed class WebhookPressureLaws : ChannelPressureLaws<WebhookFixture>;

public sealed class WebhookCompliance : ChannelCompliance<WebhookFixture>;
