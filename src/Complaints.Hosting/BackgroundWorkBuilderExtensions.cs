using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using Complaints.Core.DependencyInjection;
using Complaints.Core.Notifications;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Complaints.Hosting;

/// <summary>Adds the background work: <c>services.AddComplaints().UseSqlite("Data Source=complaints.db").AddBackgroundWork()</c>.</summary>
public static class BackgroundWorkBuilderExtensions
{
    /// <summary>Fires clocks, sends messages, keeps house, and adds <see cref="AddStartupCheck"/> and the health checks <c>complaints</c> and <c>complaints-clock</c>. Safe to call twice; the options of every call count.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Changes the options; those that contradict each other are refused when the host starts.</param>
    public static ComplaintsBuilder AddBackgroundWork(this ComplaintsBuilder builder, Action<BackgroundWorkOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        var options = services.AddOptions<BackgroundWorkOptions>().Validate(given => given.Problem() is null, "The options of AddBackgroundWork contradict each other; see BackgroundWorkOptions.").ValidateOnStart();
        if (configure is not null)
            options.Configure(configure);
        builder.AddStartupCheck();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<TenantList>();
        services.TryAddSingleton<ChannelPump>();
        services.TryAddSingleton<Supervisor>();
        services.TryAddSingleton<SweepRecord>();
        services.TryAddSingleton<TimerWatch>();
        services.TryAddSingleton<CheckpointTaker>();
        services.TryAddSingleton<JumpWatch>();
        services.TryAddSingleton<LookupKeeper>();
        services.TryAddSingleton<WorkKeeper>();
        services.TryAddSingleton(provider => new ComplaintsDiagnostics(provider.GetService<IMeterFactory>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, TimerSweeper>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, OutboxDispatcher>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, Housekeeping>());
        if (!services.Any(service => service.ServiceType == typeof(HealthAdded)))
        {
            services.AddSingleton<HealthAdded>();
            services.AddHealthChecks().AddCheck<QueueHealthCheck>("complaints").AddCheck<ClockHealthCheck>("complaints-clock");
        }
        return builder;
    }

    /// <summary>
    /// Looks at everything that the host brings along before it takes requests: a definition that is refused, a master key that does not fit, or a schema that is not ours ends the start
    /// with an exception that says which and why. A database that cannot be reached only makes a warning. <see cref="AddBackgroundWork"/> includes it; a host without background work adds it by itself.
    /// </summary>
    public static ComplaintsBuilder AddStartupCheck(this ComplaintsBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOptions<BackgroundWorkOptions>();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, StartupCheck>());
        return builder;
    }

    /// <summary>Adds a way to send messages.</summary>
    public static ComplaintsBuilder AddMessageChannel<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(this ComplaintsBuilder builder) where T : class, IMessageChannel
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IMessageChannel, T>());
        return builder;
    }

    private sealed class HealthAdded;
}
