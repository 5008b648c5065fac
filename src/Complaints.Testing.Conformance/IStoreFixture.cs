namespace Complaints.Testing.Conformance;

/// <summary>Makes the store that the laws are tried on. An author of a store writes one of these and derives a class of one line from each class of laws.</summary>
public interface IStoreFixture : IAsyncDisposable
{
    /// <summary>A store on an empty database of its own.</summary>
    ValueTask<StorePorts> OpenAsync(CancellationToken cancellationToken);

    /// <summary>Another instance on the same data, as another process would open it; a store that lives in one object returns the same.</summary>
    ValueTask<StorePorts> OpenAgainAsync(CancellationToken cancellationToken);
}
