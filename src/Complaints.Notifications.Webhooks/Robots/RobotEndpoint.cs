namespace Complaints.Notifications.Webhooks.Robots;

/// <summary>Whose group robot it is.</summary>
public enum RobotKind
{
    /// <summary>DingTalk (钉钉): 20 messages a minute, 20,000 bytes each.</summary>
    DingTalk,

    /// <summary>Feishu (飞书, Lark): 20,000 bytes each.</summary>
    Feishu,

    /// <summary>WeCom (企业微信): 20 messages a minute, 2,048 bytes of text each.</summary>
    WeCom,
}

/// <summary>A robot that speaks in one group, which is a channel of its own.</summary>
public sealed class RobotEndpoint
{
    /// <summary>Whose robot it is; DingTalk's unless set.</summary>
    public RobotKind Kind { get; set; }

    /// <summary>The robot's address as its platform shows it, token or key included; held to the same rules as
    /// <see cref="WebhookEndpoint.Url"/>, with the same codes. It is a secret and stands in no log, trace or reason.</summary>
    public string Url { get; set; } = "";

    /// <summary>The secret with which messages are signed (加签, 签名校验), up to 200 characters; <c>null</c> where the robot does not ask for
    /// signatures. WeCom has none. Refused: <c>robot.secret</c>.</summary>
    public string? Secret { get; set; }

    /// <summary>Topics that it tells, as <see cref="WebhookEndpoint.Topics"/>.</summary>
    public IList<string> Topics { get; } = [];

    /// <summary>The most messages within any minute, 1 to 1,000; 20 unless set. Refused: <c>robot.range</c>.</summary>
    public int PerMinute { get; set; } = 20;

    /// <summary>How long an answer may take, 100 ms to 2 minutes; 10 s unless set. Refused: <c>webhook.range</c>.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);
}
