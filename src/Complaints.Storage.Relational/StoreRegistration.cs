using Complaints.Core.Definitions;
using Complaints.Core.DependencyInjection;
using Complaints.Core.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Complaints.Storage.Relational;

/// <summary>Chooses a store for every port; the last choice counts.</summary>
internal static class StoreRegistration
{
    public static ComplaintsBuilder UseStore<T>(this ComplaintsBuilder builder, Func<IServiceProvider, T> store) where T : RelationalStore
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.Replace(ServiceDescriptor.Singleton(store));
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
        // A default of the store that was chosen before is not this one's.
        return builder.UseDefaultKeyFile(null);

        static T Chosen(IServiceProvider provider) => provider.GetRequiredService<T>();
    }
}
