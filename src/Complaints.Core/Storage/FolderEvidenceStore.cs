using System.Security.Cryptography;
using System.Text;
using Complaints.Core.Contact;

namespace Complaints.Core.Storage;

/// <summary>
/// Keeps evidence in a folder: a folder a tenant, in it a folder a person, in it a file named by complaint and hash. On Unix the files are
/// readable by
/// their owner only. What a desk keeps here is sealed under the person's key. Thread-safe, also between processes.
/// </summary>
public sealed class FolderEvidenceStore : IEvidenceStore
{
    private const string Unfinished = ".part";
    private readonly string _root;

    /// <summary>Evidence in a folder, which is made when the first file comes.</summary>
    /// <param name="folder">The folder; a relative path counts from the current folder of this moment. Nothing else belongs
    /// there.</param>
    public FolderEvidenceStore(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        _root = Path.GetFullPath(folder);
    }

    /// <summary>The folder's full path.</summary>
    public string Folder => _root;

    /// <inheritdoc/>
    public async Task PutAsync(EvidenceKey key, Stream content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        var path = PathOf(key);
        MakeFolder(FolderOf(key.Tenant, key.Person));
        // Each writer has a file of its own: two at once keep the same content, and the last name wins.
        var part = $"{path}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}{Unfinished}";
        try
        {
            var file = new FileStream(part, Private(FileMode.CreateNew, FileAccess.Write));
            await using (file.ConfigureAwait(false))
            {
                await content.CopyToAsync(file, cancellationToken).ConfigureAwait(false);
                file.Flush(flushToDisk: true);
            }
            File.Move(part, path, overwrite: true);
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }

    /// <inheritdoc/>
    public Task<Stream?> OpenAsync(EvidenceKey key, CancellationToken cancellationToken)
    {
        try
        {
            return Task.FromResult<Stream?>(new FileStream(PathOf(key), new FileStreamOptions
            {
                Options = FileOptions.Asynchronous, Share = FileShare.Read | FileShare.Delete,
            }));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
    }

    /// <inheritdoc/>
    public Task<bool> ExistsAsync(EvidenceKey key, CancellationToken cancellationToken) => Task.FromResult(File.Exists(PathOf(key)));

    /// <inheritdoc/>
    public Task DeleteAsync(EvidenceKey key, CancellationToken cancellationToken)
    {
        if (File.Exists(PathOf(key)))
            File.Delete(PathOf(key));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<int> DeleteAllAsync(TenantId tenant, SubjectId person, CancellationToken cancellationToken)
    {
        var folder = new DirectoryInfo(FolderOf(tenant, person));
        if (!folder.Exists)
            return Task.FromResult(0);
        var count = folder.EnumerateFiles().Count(file => !file.Name.EndsWith(Unfinished, StringComparison.Ordinal));
        folder.Delete(recursive: true);
        return Task.FromResult(count);
    }

    /// <summary>No part of a name is taken as it came: the tenant's is hashed, person and complaint are numbers, the hash has only
    /// hexadecimal digits.</summary>
    private string PathOf(EvidenceKey key)
    {
        if (!EvidenceMark.IsHash(key.Sha256))
            throw new ArgumentException("A file of evidence is named by the SHA-256 of its content, 64 hexadecimal digits.", nameof(key));
        return Path.Combine(FolderOf(key.Tenant, key.Person), $"{key.Complaint.Value:N}-{key.Sha256.ToLowerInvariant()}");
    }

    private string FolderOf(TenantId tenant, SubjectId person) => Path.Combine(
        _root, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(tenant.Value))[..16]), person.Value.ToString("N"));

    private static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static FileStreamOptions Private(FileMode mode, FileAccess access)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
