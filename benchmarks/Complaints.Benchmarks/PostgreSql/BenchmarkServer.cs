using Complaints.PostgreSql.Tests.Server;
using Npgsql;

namespace Complaints.Benchmarks.PostgreSql;

/// <summary>A server of the benchmark's own, durable as a real one (SPEED 7).</summary>
internal static class BenchmarkServer
{
    public static Task<PrivateServer> StartAsync() => PrivateServer.StartAsync("shared_buffers = 1GB", "max_wal_size = 8GB", "checkpoint_timeout = 30min", "autovacuum = off");

    /// <summary>As most hosts write it.</summary>
    public static string PlainConnection(PrivateServer server, string schema) => server.ConnectionString() + $";Search Path={schema}";

    /// <summary>A pool whose statements stay prepared over its users.</summary>
    public static NpgsqlDataSource Source(PrivateServer server, string schema) =>
        NpgsqlDataSource.Create(PlainConnection(server, schema) + ";Max Auto Prepare=100;No Reset On Close=true");

    /// <summary>However long it takes.</summary>
    public static async Task ExecuteAsync(PrivateServer server, string sql)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString() + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }
}
