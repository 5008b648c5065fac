using NodaTime;

namespace Complaints.Core;

/// <summary>Makes ids at the edge; the core makes none.</summary>
public interface IIdGenerator
{
    /// <summary>A new id, unique everywhere, sorted by time.</summary>
    Guid NewId(Instant now);
}

/// <summary>UUID version 7.</summary>
public sealed class UuidV7Generator : IIdGenerator
{
    /// <inheritdoc/>
    public Guid NewId(Instant now) => Guid.CreateVersion7(now.ToDateTimeOffset());
}
