using Complaints.Core.Storage;

namespace Complaints.Core;

/// <summary>
/// The states that this process has read or written last, so that a complaint which is worked on is not parsed again for every command. A
/// chain head stands for one history and
/// so for one state: what another node has written since has another head and is not found here. Holds sealed values only. Bounded:
/// complaints share a row of places by their id,
/// and a new one pushes out the one that was kept longest ago. With a state its projected clocks are kept, and the definitions by which
/// they were projected. Thread-safe.
/// </summary>
internal sealed class KnownStates
{
    private const int Rows = 2048;
    private const int Places = 4;
    private readonly Entry?[] _places = new Entry?[Rows * Places];

    /// <summary>The state of a row that was loaded, if it is known.</summary>
    public Complaint? Find(TenantId tenant, StoredComplaint stored)
    {
        foreach (ref var place in RowOf(stored.Id))
        {
            if (Volatile.Read(ref place) is { } entry && entry.IsOf(tenant, stored.Id) && entry.Head.Span.SequenceEqual(stored.Head.Span))
                return entry.State;
        }
        return null;
    }

    /// <summary>What this process wrote last of a complaint: its state, and the row without the bytes of that; <c>null</c> where it is not
    /// known.</summary>
    public (Complaint State, LoadedComplaint Row)? Expected(TenantId tenant, ComplaintId id)
    {
        foreach (ref var place in RowOf(id))
        {
            if (Volatile.Read(ref place) is { } entry && entry.IsOf(tenant, id))
                return entry.Row is { } row ? (entry.State, row) : null;
        }
        return null;
    }

    /// <summary>Keeps a state.</summary>
    /// <param name="state">The state, as it was read: its personal values sealed.</param>
    /// <param name="head">The head of its chain.</param>
    /// <param name="row">The row, where this process wrote it.</param>
    public void Keep(Complaint state, ReadOnlyMemory<byte> head, LoadedComplaint? row = null)
    {
        // The newest stands first: each moves on by one place, as far as one that is free or was this complaint's. Two at once may lose a state or keep an old one for a while: it is parsed again.
        var moving = new Entry(state, head, row);
        foreach (ref var place in RowOf(state.Id))
        {
            moving = Interlocked.Exchange(ref place, moving);
            if (moving is null || moving.IsOf(state.Tenant, state.Id))
                return;
        }
    }

    private Span<Entry?> RowOf(ComplaintId id) => _places.AsSpan((int)((uint)id.GetHashCode() % Rows) * Places, Places);

    private sealed record Entry(Complaint State, ReadOnlyMemory<byte> Head, LoadedComplaint? Row)
    {
        public bool IsOf(TenantId tenant, ComplaintId id) => State.Id == id && State.Tenant == tenant;
    }
}
