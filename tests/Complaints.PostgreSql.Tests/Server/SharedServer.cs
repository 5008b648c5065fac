using System.Collections.Concurrent;
using Complaints.Storage.PostgreSql;
using Npgsql;

namespace Complaints.PostgreSql.Tests.Server;

/// <summary>The one server of this run for everything that does not hurt it; each test has a schema of its own.</summary>
internal static class SharedServer
{
    private static readonly Lazy<Task<PrivateServer>> Server = new(async () =>
    {
        // Whoever takes it down or asks how durable it is has a server of its own: this one need not wait for its disk.
        var server = await PrivateServer.StartAsync("fsync = off");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.End();
        return server;
    });

    private static readonly Lazy<Task<NpgsqlDataSource>> Source = new(async () => NpgsqlDataSource.Create((await GetAsync()).ConnectionString() + ";Max Auto Prepare=100"));

    private static int _schemas;

    public static Task<PrivateServer> GetAsync() => Server.Value;

    /// <summary>One pool for all, as a host would give it to the store.</summary>
    public static Task<NpgsqlDataSource> SourceAsync() => Source.Value;

    /// <summary>The name of a schema that nobody else has.</summary>
    public static string NewSchema() => $"test_{Interlocked.Increment(ref _schemas)}";
}

/// <summary>One schema of the shared server, and the stores that were opened on it.</summary>
internal sealed class TestSchema : IAsyncDisposable
{
    private readonly ConcurrentBag<PostgreSqlStore> _stores = [];

    public string Name { get; init; } = SharedServer.NewSchema();

    /// <summary>A store on the pool that all share.</summary>
    public async Task<PostgreSqlStore> OpenAsync(Func<PostgreSqlStoreOptions, PostgreSqlStoreOptions>? shape = null)
    {
        var store = new PostgreSqlStore(await SharedServer.SourceAsync(), Shape(shape));
        _stores.Add(store);
        return store;
    }

    /// <summary>A store with a pool of its own.</summary>
    public async Task<PostgreSqlStore> OpenAloneAsync(Func<PostgreSqlStoreOptions, PostgreSqlStoreOptions>? shape = null, string user = "postgres", string more = "")
    {
        var store = new PostgreSqlStore((await SharedServer.GetAsync()).ConnectionString(user: user) + more, Shape(shape));
        _stores.Add(store);
        return store;
    }

    private PostgreSqlStoreOptions Shape(Func<PostgreSqlStoreOptions, PostgreSqlStoreOptions>? shape)
    {
        var options = new PostgreSqlStoreOptions { Schema = Name };
        return shape?.Invoke(options) ?? options;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores)
            await store.DisposeAsync();
    }
}
