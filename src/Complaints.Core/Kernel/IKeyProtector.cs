namespace Complaints.Core;

/// <summary>Wraps the keys of persons and tenants under a master key that never lies in the database. A port: a key-management service, or
/// <see cref="FileKeyProtector"/>. A wrapped key opens for its owner only, so that one that was moved to another row is found.</summary>
public interface IKeyProtector
{
    /// <summary>Called before the first key is wrapped. A protector that would make a master key where it finds none asks first whether
    /// keys
    /// are there already: then it was lost, and another one opens none of them.</summary>
    /// <param name="hasKeys">Whether the database has wrapped keys.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="MasterKeyException">It was lost.</exception>
    ValueTask PrepareAsync(Func<CancellationToken, ValueTask<bool>> hasKeys, CancellationToken cancellationToken) => default;

    /// <summary>Wraps a key of 32 bytes.</summary>
    /// <param name="owner">Whose key it is; authenticated with it.</param>
    /// <param name="key">32 bytes.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<byte[]> WrapAsync(KeyOwner owner, ReadOnlyMemory<byte> key, CancellationToken cancellationToken);

    /// <summary>Unwraps a key.</summary>
    /// <param name="owner">Whose key it must be.</param>
    /// <param name="wrapped">What <see cref="WrapAsync"/> gave for that owner.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="MasterKeyException">It was wrapped under a master key that is not at hand, or for somebody else, or it was
    /// changed.</exception>
    ValueTask<byte[]> UnwrapAsync(KeyOwner owner, ReadOnlyMemory<byte> wrapped, CancellationToken cancellationToken);
}

/// <summary>Whose key it is.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Subject">The person, or <see cref="SubjectId.Tenant"/> for the tenant's own key.</param>
public readonly record struct KeyOwner(TenantId Tenant, SubjectId Subject)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Tenant}/{Subject}";
}
