namespace Complaints.Core.Storage;

/// <summary>An event as it is stored: the exact bytes that were hashed.</summary>
/// <param name="Version">The complaint's version.</param>
/// <param name="Index">0, 1, ... within the version.</param>
/// <param name="Body">UTF-8 JSON, never changed.</param>
/// <param name="Hash">SHA-256 over the hash before it and the body.</param>
public sealed record StoredEvent(int Version, int Index, ReadOnlyMemory<byte> Body, ReadOnlyMemory<byte> Hash);
