using Complaints.PostgreSql.Tests.Server;
using Npgsql;

namespace Complaints.Benchmarks.PostgreSql;

/// <summary>A server of the benchmark's own, durable as a real one (SPEED 7).</summary>
internal static class BenchmarkServer
{
    public static Task<PrivateServer> StartAsync() => PrivateServer.StartAsync("shared_buffers = 1GB", "max_wal_size = 8GB", "checkpoint_timeout = 30min", "autovacuum = off");

    /// <summary>A pool whose statements stay prepared over its users.</summary>
    public static NpgsqlDataSource Source(PrivateServer server, string schema) =>
        NpgsqlDataSource.Create(server.ConnectionString() + $";Search Path={schema};Max Auto Prepare=100;No Reset On Close=true");
}
