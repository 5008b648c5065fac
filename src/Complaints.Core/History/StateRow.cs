using Complaints.Core.Storage;

namespace Complaints.Core.History;

/// <summary>A row with a state, of any aggregate.</summary>
internal readonly record struct StateRow(Guid Id, int Version, int Schema, ReadOnlyMemory<byte> State, ReadOnlyMemory<byte> Head)
{
    public static StateRow Of(StoredComplaint stored) => new(stored.Id.Value, stored.Version, stored.Schema, stored.State, stored.Head);

    public static StateRow Of(StoredAggregate stored) => new(stored.Id.Value, stored.Version, stored.Schema, stored.State, stored.Head);
}
