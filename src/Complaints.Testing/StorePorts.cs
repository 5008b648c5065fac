using Complaints.Core.Storage;

namespace Complaints.Testing;

/// <summary>Every port of one store. One object may be all of them.</summary>
/// <param name="Store">Loads and commits.</param>
/// <param name="Reader">Reads for people.</param>
/// <param name="Importer">Writes many.</param>
/// <param name="Definitions">Keeps definitions.</param>
/// <param name="Keys">Keeps wrapped keys.</param>
/// <param name="Chains">Reads whole histories.</param>
/// <param name="Timers">Finds the timers that are due.</param>
/// <param name="Outbox">Hands out messages.</param>
/// <param name="Aggregates">Keeps improvements.</param>
/// <param name="Work">Says what waits for whom.</param>
/// <param name="Links">Says how cases are linked.</param>
/// <param name="Parties">Says who takes part in which complaint.</param>
public sealed record StorePorts(
    IComplaintStore Store, IComplaintReader Reader, IComplaintImporter Importer, IDefinitionStore Definitions, ISubjectKeyStore Keys, IChainStore Chains, ITimerStore Timers,
    IOutboxStore Outbox, IAggregateStore Aggregates, IWorkStore Work, ILinkStore Links,
    ITakingPartStore Parties)
{
    /// <summary>The ports of an object that is all of them.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    public static StorePorts Of<T>(T store)
        where T : IComplaintStore, IComplaintReader, IComplaintImporter, IDefinitionStore, ISubjectKeyStore, IChainStore, ITimerStore,
            IOutboxStore, IAggregateStore, IWorkStore, ILinkStore, ITakingPartStore =>
        new(store, store, store, store, store, store, store, store, store, store, store, store);
}
