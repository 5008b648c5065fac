using Complaints.Core.Storage;

namespace Complaints.Core.History;

/// <summary>
/// The states that this process has read or written last, so that a complaint which is worked on is not parsed again for every command. A chain head stands for one history and
/// so for one state: what another node has written since has another head and is not found here. Holds sealed values only. Bounded: a complaint has one place, and whoever
/// needs the same place takes it. Thread-safe.
/// </summary>
internal sealed class KnownStates
{
    private const int Places = 8192;
    private readonly Entry?[] _places = new Entry?[Places];

    /// <summary>The state of a row that was loaded, if it is known.</summary>
    public Complaint? Find(TenantId tenant, StoredComplaint stored) =>
        Volatile.Read(ref Place(stored.Id)) is { } entry && entry.State.Id == stored.Id && entry.State.Tenant == tenant && entry.Head.Span.SequenceEqual(stored.Head.Span) ? entry.State : null;

    /// <summary>Keeps a state.</summary>
    /// <param name="state">The state, as it was read: its personal values sealed.</param>
    /// <param name="head">The head of its chain.</param>
    public void Keep(Complaint state, ReadOnlyMemory<byte> head) => Volatile.Write(ref Place(state.Id), new Entry(state, head));

    private ref Entry? Place(ComplaintId id) => ref _places[(uint)id.GetHashCode() % Places];

    private sealed record Entry(Complaint State, ReadOnlyMemory<byte> Head);
}
