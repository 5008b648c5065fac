using System.Data.Common;
using Complaints.PostgreSql.Tests.Server;
using Complaints.Storage.PostgreSql;
using Complaints.Testing;
using Complaints.Tests.Shared;
using Npgsql;

namespace Complaints.PostgreSql.Tests.Faults;

/// <summary>R35 on PostgreSQL, whose columns hold values of their type only.</summary>
public sealed class DamagedRowTests(ITestOutputHelper output)
{
    [Fact]
    public async Task R35_One_damaged_value_in_any_column_keeps_nobody_from_the_rest_on_PostgreSQL()
    {
        var (seed, size) = (Environment.TickCount, Environment.GetEnvironmentVariable("COMPLAINTS_FULL") == "1" ? 3_000 : 300);
        await using var database = new DamagedSchema();
        var seen = await new DamagedRows(database).WalkAsync(size, seed);
        output.WriteLine($"R35 on PostgreSQL: seed {seed}, {seen}");
        seen.Failures.ShouldBeEmpty($"seed {seed}");
        seen.Named.ShouldBeGreaterThan(0);
        seen.Healed.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task R35_control_a_store_that_ends_at_the_first_damaged_row_fails_on_PostgreSQL()
    {
        await using var database = new DamagedSchema();
        var seen = await new DamagedRows(database, DamagedRows.Strict).WalkAsync(120, 1);
        output.WriteLine($"R35 control on PostgreSQL: {seen}");
        seen.Failures.ShouldContain(failure => failure.Contains("cannot be read.", StringComparison.Ordinal));
    }

    private sealed class DamagedSchema : IRawDatabase, IAsyncDisposable
    {
        private readonly string _schema = SharedServer.NewSchema();
        private readonly List<PostgreSqlStore> _stores = [];

        public string ColumnsQuery =>
            $"""
            select table_name, column_name, data_type, is_nullable = 'YES' from information_schema.columns
            where table_schema = '{_schema}' and table_name not like 'schema%' order by table_name, ordinal_position
            """;

        public async Task<StorePorts> OpenAsync()
        {
            var store = new PostgreSqlStore(await SharedServer.SourceAsync(), new PostgreSqlStoreOptions { Schema = _schema });
            _stores.Add(store);
            return StorePorts.Of(store);
        }

        public async Task CloseAsync()
        {
            foreach (var store in _stores)
                await store.DisposeAsync();
            _stores.Clear();
        }

        public async Task<DbConnection> ConnectAsync()
        {
            var connection = await (await SharedServer.SourceAsync()).OpenConnectionAsync();
            await RunAsync(connection, $"set search_path = {_schema}");
            return connection;
        }

        public Task KeepAsync() => ForEachTableAsync(
            $"create schema {_schema}_whole", $"create table {_schema}_whole.%1$I as table {_schema}.%1$I");

        public Task RestoreAsync() => ForEachTableAsync(
            "", $"delete from {_schema}.%1$I; insert into {_schema}.%1$I select * from {_schema}_whole.%1$I");

        public ValueTask DisposeAsync() => new(CloseAsync());

        private async Task ForEachTableAsync(string first, string each)
        {
            await using var connection = (NpgsqlConnection)await ConnectAsync();
            await RunAsync(connection,
                $"""
                {first};
                do $$
                declare name text;
                begin
                  for name in select tablename from pg_tables where schemaname = '{_schema}' and tablename not like 'schema%' loop
                    execute format('{each}', name);
                  end loop;
                end $$
                """);
        }

        private static async Task RunAsync(NpgsqlConnection connection, string text)
        {
            await using var command = new NpgsqlCommand(text, connection);
            await command.ExecuteNonQueryAsync();
        }
    }
}
