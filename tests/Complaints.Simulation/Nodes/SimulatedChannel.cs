using Complaints.Core.Notifications;
using Complaints.Core.Storage;
using Complaints.Simulation.World;
using NodaTime;

namespace Complaints.Simulation.Nodes;

/// <summary>A node's end of a channel: sending is an await that arrives, is lost, is refused, throws or hangs until it is given up.</summary>
internal sealed class SimulatedChannel(Receiver receiver, Scheduler scheduler, Weather weather, Life node) : IMessageChannel
{
    public string Name => receiver.Name;

    public bool IsOrdered => receiver.IsOrdered;

    public int Concurrency => receiver.Concurrency;

    public bool Takes(string topic) => receiver.Takes(topic);

    public async ValueTask<DeliveryResult> SendAsync(ClaimedMessage message, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<DeliveryResult>();
        using var _ = cancellationToken.Register(() => answer.TrySetCanceled(cancellationToken));
        var fault = weather.Strikes(0.25) ? scheduler.Chance.Next(6) : -1;
        var arrives = scheduler.Between(0.01, weather.Strikes(0.3) ? 28 : 0.5);
        if (fault is not (0 or 1 or 2))
            scheduler.After(arrives, scheduler.Happens(0.5) ? Life.Eternal : node, () => receiver.Take(message));
        switch (fault)
        {
            case 0:
                After(arrives, () => answer.TrySetResult(new DeliveryResult.Retry("busy", scheduler.Happens(0.5) ? scheduler.Between(1, 60) : null)));
                break;
            case 1:
                After(arrives, () => answer.TrySetException(new InvalidOperationException("no route")));
                break;
            case 2:
                After(arrives, () => answer.TrySetResult(new DeliveryResult.DeadLetter("unknown receiver")));
                break;
            case 3:
                // It arrives and nobody says so.
                break;
            case 4:
                After(arrives, () => answer.TrySetException(new InvalidOperationException("connection reset")));
                break;
            default:
                After(arrives, () => answer.TrySetResult(DeliveryResult.Delivered));
                break;
        }
        return await answer.Task.ConfigureAwait(false);
    }

    private void After(Duration delay, Action action) => scheduler.After(delay, node, action);
}
