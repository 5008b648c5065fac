using Complaints.Storage.Sqlite;
using Complaints.Testing;
using Complaints.Testing.Conformance;

namespace Complaints.Storage.Tests.Laws;

/// <summary>The store in memory.</summary>
public sealed class MemoryFixture : IStoreFixture
{
    private readonly StorePorts _ports = StorePorts.Of(new InMemoryComplaintStore());

    public ValueTask<StorePorts> OpenAsync(CancellationToken cancellationToken) => new(_ports);

    public ValueTask<StorePorts> OpenAgainAsync(CancellationToken cancellationToken) => new(_ports);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>SQLite on a real file in a folder of its own.</summary>
public sealed class SqliteFixture : IStoreFixture
{
    private readonly TemporaryDatabase _database = new();

    public ValueTask<StorePorts> OpenAsync(CancellationToken cancellationToken) => new(StorePorts.Of(_database.Open()));

    public ValueTask<StorePorts> OpenAgainAsync(CancellationToken cancellationToken) => OpenAsync(cancellationToken);

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}

/// <summary>A folder for one database, and the stores that were opened on it.</summary>
internal sealed class TemporaryDatabase : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("complaints-");
    private readonly List<SqliteStore> _stores = [];

    public string File => Path.Combine(_folder.FullName, "complaints.db");

    public SqliteStore Open(Func<SqliteStoreOptions, SqliteStoreOptions>? shape = null)
    {
        var options = new SqliteStoreOptions($"Data Source={File}");
        var store = new SqliteStore(shape?.Invoke(options) ?? options);
        _stores.Add(store);
        return store;
    }

    public async ValueTask CloseAsync()
    {
        foreach (var store in _stores)
            await store.DisposeAsync();
        _stores.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _folder.Delete(recursive: true);
    }
}
