using System.Text.Json;
using Complaints.Core.Notifications;
using Complaints.Testing.Conformance;

namespace Complaints.Notifications.Webhooks.Tests.Laws;

/// <summary>A webhook and a real server that behaves as a law wants it to.</summary>
public class WebhookFixture : IChannelFixture
{
    private readonly List<ReceivedMessage> _taken = [];
    private Receiver? _receiver;
    private IMessageChannel? _channel;
    private ReceiverMood _mood;

    public bool CarriesIds => true;

    public async ValueTask<IMessageChannel> OpenAsync(CancellationToken cancellationToken)
    {
        _receiver = await Receiver.StartAsync(AnswerAsync);
        return _channel = Sender.To(_receiver.Url);
    }

    public async ValueTask BecomeAsync(ReceiverMood mood, CancellationToken cancellationToken)
    {
        _mood = mood;
        if (mood == ReceiverMood.IsAbsent)
            await _receiver!.LeaveAsync();
        else
            await _receiver!.ListenAsync();
    }

    public ValueTask<IReadOnlyList<ReceivedMessage>> ReceivedAsync(CancellationToken cancellationToken)
    {
        lock (_taken)
            return new([.. _taken]);
    }

    public async ValueTask DisposeAsync()
    {
        (_channel as IDisposable)?.Dispose();
        if (_receiver is not null)
            await _receiver.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private Task AnswerAsync(Microsoft.AspNetCore.Http.HttpContext context, Receiver.Request request)
    {
        switch (_mood)
        {
            case ReceiverMood.RefusesForNow:
                return Receiver.StatusAsync(context, 503);
            case ReceiverMood.RefusesForEver:
                return Receiver.StatusAsync(context, 410);
            case ReceiverMood.Hangs:
                return Receiver.NeverAsync(context);
        }
        using var json = JsonDocument.Parse(request.Body);
        var words = json.RootElement.GetProperty("data").GetProperty("words").GetString()!;
        lock (_taken)
            _taken.Add(new ReceivedMessage(request.Headers["webhook-id"], request.Body, words));
        return Task.CompletedTask;
    }
}

public sealed class WebhookArrivalLaws : ChannelArrivalLaws<WebhookFixture>;

public sealed class WebhookRefusalLaws : ChannelRefusalLaws<WebhookFixture>;

public sealed class WebhookPressureLaws : ChannelPressureLaws<WebhookFixture>;

public sealed class WebhookCompliance : ChannelCompliance<WebhookFixture>;
