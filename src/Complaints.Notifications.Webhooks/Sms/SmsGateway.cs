namespace Complaints.Notifications.Webhooks.Sms;

/// <summary>An SMS gateway, or a small service of the host's before one, that takes signed HTTP.</summary>
public sealed class SmsGateway
{
    /// <summary>Where to post; held to the same rules as <see cref="WebhookEndpoint.Url"/>, with the same codes.</summary>
    public string Url { get; set; } = "";

    /// <summary>1 to 4 secrets under which each request is signed, as <see cref="WebhookEndpoint.Secrets"/>.</summary>
    public IList<string> Secrets { get; } = [];

    /// <summary>How many messages it takes at once from one node, 1 to 1,000; 8 unless set.</summary>
    public int Concurrency { get; set; } = 8;

    /// <summary>How long an answer may take, 100 ms to 2 minutes; 10 s unless set.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);
}
