using Complaints.Core.Definitions;
using Complaints.Core.DependencyInjection;
using Complaints.Core.History;
using Complaints.Core.Notifications;
using Complaints.Core.Storage;
using Complaints.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NodaTime;

namespace Complaints.Testing;

/// <summary>Puts a host under test: <c>services.AddComplaints().UseInMemory().AddCaptureChannel(channel)</c>.</summary>
public static class TestingComplaintsBuilderExtensions
{
    /// <summary>
    /// Keeps everything in memory, and the master key of personal data too, whichever key protector was chosen before; a protector that is
    /// chosen after this call counts. The store's time is the host's <see cref="IClock"/>, a <see cref="FakeClock"/> for instance.
    /// Of several stores that are chosen the last counts.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="store">A store that outlives the host, or that two hosts share; <c>null</c> for a new one.</param>
    public static ComplaintsBuilder UseInMemory(this ComplaintsBuilder builder, InMemoryComplaintStore? store = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.Replace(ServiceDescriptor.Singleton(provider =>
            store ?? new InMemoryComplaintStore(provider.GetService<TimeProvider>(), provider.GetRequiredService<IClock>())));
        services.Replace(ServiceDescriptor.Singleton<IComplaintStore>(Chosen));
        services.Replace(ServiceDescriptor.Singleton<IAggregateStore>(Chosen));
        services.Replace(ServiceDescriptor.Singleton<IComplaintReader>(Chosen));
        services.Replace(ServiceDescriptor.Singleton<IComplaintImporter>(Chosen));
        services.Replace(ServiceDescriptor.Singleton<IDefinitionStore>(Chosen));
        services.Replace(ServiceDescriptor.Singleton<ISubjectKeyStore>(Chosen));
        services.Replace(ServiceDescriptor.Singleton<IChainStore>(Chosen));
        services.Replace(ServiceDescriptor.Singleton<ITimerStore>(Chosen));
        services.Replace(ServiceDescriptor.Singleton<IWorkStore>(Chosen));
        services.Replace(ServiceDescriptor.Singleton<ILinkStore>(Chosen));
        services.Replace(ServiceDescriptor.Singleton<ITakingPartStore>(Chosen));
        services.Replace(ServiceDescriptor.Singleton<IOutboxStore>(Chosen));
        services.Replace(ServiceDescriptor.Singleton<IWakeUp>(Chosen));
        KeepKeyInMemory(services);
        return builder;
    }

    /// <summary>Sends messages to a channel that keeps them. Safe to call twice with the same channel.</summary>
    public static ComplaintsBuilder AddCaptureChannel(this ComplaintsBuilder builder, CaptureChannel channel)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(channel);
        var channels = builder.Services.Where(service => service.ServiceType == typeof(IMessageChannel));
        if (!channels.Any(service => ReferenceEquals(service.ImplementationInstance, channel)))
            builder.Services.AddSingleton<IMessageChannel>(channel);
        return builder;
    }

    private static InMemoryComplaintStore Chosen(IServiceProvider provider) => provider.GetRequiredService<InMemoryComplaintStore>();

    /// <summary>
    /// Only as long as this store is the one in use: a host that goes on with <c>UseSqlite</c> must not lose its master key with the
    /// process, because nobody could read its database again.
    /// </summary>
    private static void KeepKeyInMemory(IServiceCollection services)
    {
        var before = services.LastOrDefault(service => service.ServiceType == typeof(IKeyProtector));
        services.Replace(ServiceDescriptor.Singleton(provider =>
            before is not null && provider.GetRequiredService<IComplaintStore>() is not InMemoryComplaintStore
                ? Resolve(provider, before)
                : new FileKeyProtector(DeskHarness.MasterKey)));
    }

    private static IKeyProtector Resolve(IServiceProvider provider, ServiceDescriptor service) => (IKeyProtector)(
        service.ImplementationInstance
        ?? service.ImplementationFactory?.Invoke(provider)
        ?? ActivatorUtilities.CreateInstance(provider, service.ImplementationType!));
}
