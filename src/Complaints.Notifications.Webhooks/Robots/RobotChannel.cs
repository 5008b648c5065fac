using System.Net.Http.Headers;
using Complaints.Core.Notifications;
using Complaints.Core.Storage;
using Complaints.Notifications.Webhooks.Outbound;
using NodaTime;

namespace Complaints.Notifications.Webhooks.Robots;

/// <summary>Says in a group what happens, by a robot of the group's platform.</summary>
internal sealed class RobotChannel(
    string name, RobotEndpoint robot, IRobotText text, IRobotQuota quota, GuardedConnection connection, TimeProvider time)
    : IMessageChannel, IDisposable
{
    private const int AtOnce = 4;

    private readonly GuardedHttp _http = new(connection, AtOnce, robot.Timeout, time);
    private readonly TopicFilter _topics = new(robot.Topics);

    public string Name => name;

    public bool IsOrdered => false;

    public int Concurrency => AtOnce;

    public bool Takes(string topic) => _topics.Takes(topic);

    public async ValueTask<DeliveryResult> SendAsync(ClaimedMessage message, CancellationToken cancellationToken)
    {
        if (await text.OfAsync(name, message, cancellationToken).ConfigureAwait(false) is not { } words)
            return DeliveryResult.Delivered;
        var wait = await quota.TakeAsync(name, robot.PerMinute, cancellationToken).ConfigureAwait(false);
        if (wait > Duration.Zero)
            return new DeliveryResult.Retry($"the robot says no more than {robot.PerMinute} messages a minute", wait);
        var now = time.GetUtcNow();
        using var request = new HttpRequestMessage(HttpMethod.Post, RobotMessage.Address(robot, now))
        {
            Content = new ByteArrayContent(RobotMessage.Body(robot, words, now)),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        var reply = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return reply.IsTaken ? RobotAnswer.Of(robot.Kind, reply.Body) : new DeliveryResult.Retry(reply.What, reply.After);
    }

    public void Dispose() => _http.Dispose();
}
