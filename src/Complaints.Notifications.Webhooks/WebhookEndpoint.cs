namespace Complaints.Notifications.Webhooks;

/// <summary>One receiver of webhooks, which is a channel of its own.</summary>
public sealed class WebhookEndpoint
{
    internal const int MostSecrets = 4;

    /// <summary>Where to post: an absolute <c>https</c> address of a public host, up to 2,000 characters, without user, password and
    /// fragment. Refused: <c>webhook.url</c>, <c>webhook.url_scheme</c>, <c>webhook.url_user</c>, <c>webhook.url_address</c>.</summary>
    public string Url { get; set; } = "";

    /// <summary>1 to 4 secrets, each <c>whsec_</c> and the Base64 of 24 to 64 bytes (<see cref="WebhookSecret.New"/>). Every message is
    /// signed under each: while one takes the other's place both stand here. Refused: <c>webhook.secret_count</c>,
    /// <c>webhook.secret_format</c>, <c>webhook.secret_length</c>.</summary>
    public IList<string> Secrets { get; } = [];

    /// <summary>Topics that it gets, such as <c>complaints.resolved.v1</c>; one that ends with <c>*</c> stands for all that begin so.
    /// Empty for all. At most 200. Refused: <c>webhook.topic</c>.</summary>
    public IList<string> Topics { get; } = [];

    /// <summary>How many messages it takes at once from one node, 1 to 1,000; 8 unless set. Refused: <c>webhook.range</c>.</summary>
    public int Concurrency { get; set; } = 8;

    /// <summary>Whether the messages of one complaint come one after the other; false unless set.</summary>
    public bool IsOrdered { get; set; }

    /// <summary>How long an answer may take, 100 ms to 2 minutes; 15 s unless set. Keep it below the background work's <c>SendTimeout</c>.
    /// Refused: <c>webhook.range</c>.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);
}
