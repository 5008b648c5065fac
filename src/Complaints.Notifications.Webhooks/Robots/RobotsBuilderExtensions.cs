using Complaints.Core.DependencyInjection;
using Complaints.Notifications.Webhooks.Outbound;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Complaints.Notifications.Webhooks.Robots;

/// <summary>Adds group robots: <c>services.AddComplaints()….AddRobot("duty", robot => { robot.Kind = RobotKind.WeCom; robot.Url = …;
/// })</c>.</summary>
public static class RobotsBuilderExtensions
{
    /// <summary>Adds a robot that says in a group what happens, in the words of the host's <see cref="IRobotText"/>. What cannot be ends
    /// the host's start with a code and what to do (<see cref="RobotEndpoint"/>; <c>robot.no_text</c> without words,
    /// <c>webhook.name_taken</c> for a name that is there already).</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The channel's name, 1 to 100 characters; messages that wait for it carry it, so keep it.</param>
    /// <param name="configure">Says whose robot it is, where, and what it tells.</param>
    public static ComplaintsBuilder AddRobot(this ComplaintsBuilder builder, string name, Action<RobotEndpoint> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        builder.AddChannel<RobotEndpoint, RobotCheck>(name, configure, static (provider, name, robot, _) => new RobotChannel(
            name, robot, provider.GetRequiredService<IRobotText>(), provider.GetRequiredService<IRobotQuota>(),
            provider.GetRequiredService<GuardedConnection>(), provider.GetRequiredService<TimeProvider>()));
        builder.Services.TryAddSingleton<IRobotQuota, ProcessQuota>();
        return builder;
    }
}
