namespace Complaints.Notifications.Webhooks;

/// <summary>Which topics a receiver gets.</summary>
internal sealed class TopicFilter(IEnumerable<string> topics)
{
    private readonly string[] _topics = [.. topics];

    public bool Takes(string topic) =>
        _topics.Length == 0
        || _topics.Any(wanted => wanted.EndsWith('*') ? topic.AsSpan().StartsWith(wanted.AsSpan(0, wanted.Length - 1)) : topic == wanted);
}
