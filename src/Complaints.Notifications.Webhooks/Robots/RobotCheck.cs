using Complaints.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Complaints.Notifications.Webhooks.Robots;

/// <summary>Refuses a robot that cannot be, before the host starts.</summary>
internal sealed class RobotCheck(IOptions<WebhookOptions> shared, IServiceProviderIsService services) : IValidateOptions<RobotEndpoint>
{
    public ValidateOptionsResult Validate(string? name, RobotEndpoint options)
    {
        var faults = Faults(name ?? "", options).Select(fault => fault.At($"robot '{name}'")).ToList();
        return faults.Count > 0 ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
    }

    private IEnumerable<Fault> Faults(string name, RobotEndpoint robot)
    {
        if (WebhookEndpointCheck.NameFault(name) is { } unusable)
            yield return unusable;
        if (!Enum.IsDefined(robot.Kind))
            yield return new("robot.kind", $"{nameof(RobotEndpoint.Kind)} is {robot.Kind}", "use one of DingTalk, Feishu and WeCom");
        if (WebhookEndpointCheck.UrlFault(robot.Url, shared) is { } forbidden)
            yield return forbidden;
        if (robot.Secret is { } secret && (robot.Kind == RobotKind.WeCom || Text.Check("secret", secret, 200) is not null
            || secret.Any(char.IsWhiteSpace)))
            yield return new("robot.secret", "the secret is empty, longer than 200 characters, has blanks, or WeCom, which has none",
                "copy the one that the platform shows where signatures are switched on, or leave it out");
        if (robot.PerMinute is < 1 or > 1_000)
            yield return new("robot.range", $"{nameof(RobotEndpoint.PerMinute)} is {robot.PerMinute}", "use 1 to 1,000");
        foreach (var fault in WebhookEndpointCheck.TopicFaults(robot.Topics).Concat(WebhookEndpointCheck.RangeFaults(1, robot.Timeout)))
            yield return fault;
        if (!services.IsService(typeof(IRobotText)))
            yield return new("robot.no_text", "nobody puts messages into words", $"register an {nameof(IRobotText)}");
    }
}
