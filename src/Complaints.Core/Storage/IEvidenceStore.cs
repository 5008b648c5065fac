namespace Complaints.Core.Storage;

/// <summary>Keeps the files that are handed in as evidence, as the desk has sealed them. A port of the host's; <see
/// cref="FolderEvidenceStore"/> keeps them in a folder.
/// A file is named by whose it is and by the hash of its content. Thread-safe.</summary>
public interface IEvidenceStore
{
    /// <summary>Keeps a file whole, or nothing of it: where reading <paramref name="content"/> fails, nothing stays.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="content">The content, from where it stands to its end; it need not be seekable.</param>
    /// <param name="cancellationToken">Ends the wait; then nothing stays either.</param>
    Task PutAsync(EvidenceKey key, Stream content, CancellationToken cancellationToken);

    /// <summary>The content of a file; <c>null</c> when there is none. Whoever takes it disposes it.</summary>
    Task<Stream?> OpenAsync(EvidenceKey key, CancellationToken cancellationToken);

    /// <summary>Whether there is such a file.</summary>
    Task<bool> ExistsAsync(EvidenceKey key, CancellationToken cancellationToken);

    /// <summary>Removes a file; nothing where there is none.</summary>
    Task DeleteAsync(EvidenceKey key, CancellationToken cancellationToken);

    /// <summary>Removes all files of a person who is erased.</summary>
    /// <returns>How many there were.</returns>
    Task<int> DeleteAllAsync(TenantId tenant, SubjectId person, CancellationToken cancellationToken);
}

/// <summary>The name of a file of evidence.</summary>
/// <param name="Tenant">Of which tenant.</param>
/// <param name="Person">About whom it is: it goes when the person is erased.</param>
/// <param name="Complaint">Of which complaint.</param>
/// <param name="Sha256">The SHA-256 of its clear content, 64 hexadecimal digits.</param>
public readonly record struct EvidenceKey(TenantId Tenant, SubjectId Person, ComplaintId Complaint, string Sha256);
