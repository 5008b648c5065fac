using Complaints.Core.Notifications;
using Complaints.Testing.Conformance;
using Microsoft.AspNetCore.Http;

namespace Complaints.Notifications.Webhooks.Tests.Laws;

/// <summary>A channel and a real server that behaves as a law wants it to.</summary>
public abstract class ReceiverFixture : IChannelFixture
{
    private readonly List<ReceivedMessage> _taken = [];
    private Receiver? _receiver;
    private IMessageChannel? _channel;
    private ReceiverMood _mood;

    public abstract bool CarriesIds { get; }

    public async ValueTask<IMessageChannel> OpenAsync(CancellationToken cancellationToken)
    {
        _receiver = await Receiver.StartAsync((context, request) => _mood == ReceiverMood.Hangs
            ? Receiver.NeverAsync(context) : AnswerAsync(context, request, _mood));
        return _channel = Open(_receiver.Url);
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

    /// <summary>A channel to the server.</summary>
    protected abstract IMessageChannel Open(string url);

    /// <summary>Answers in a mood in which it answers at all.</summary>
    internal abstract Task AnswerAsync(HttpContext context, Receiver.Request request, ReceiverMood mood);

    protected void Take(ReceivedMessage message)
    {
        lock (_taken)
            _taken.Add(message);
    }
}
