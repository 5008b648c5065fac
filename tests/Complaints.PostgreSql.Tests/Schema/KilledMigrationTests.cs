using Complaints.PostgreSql.Tests.Server;
using Complaints.Storage.PostgreSql;
using Complaints.Storage.Relational.Migrations;
using Complaints.Testing;
using Npgsql;

namespace Complaints.PostgreSql.Tests.Schema;

/// <summary>R29: what is left when a session is ended while it brings a schema up to date.</summary>
public sealed class KilledMigrationTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly IReadOnlyList<Migration> Ours = Migration.EmbeddedIn(typeof(PostgreSqlStore).Assembly);
    private readonly TestSchema _schema = new();
    private PrivateServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await SharedServer.GetAsync();

    public async ValueTask DisposeAsync() => await _schema.DisposeAsync();

    [Fact]
    public async Task R29_a_run_killed_after_any_statement_leaves_no_half_file_and_is_taken_up()
    {
        var kills = 0;
        for (var number = 0; number < Ours.Count; number++)
        {
            var before = await EverythingAsync();
            for (var after = 0; after <= SqlFile.Statements(Ours[number].Sql).Count; after++, kills++)
            {
                await KillAsync(number, after);
                (await AppliedAsync(), await EverythingAsync()).ShouldBe((number, before), $"killed after statement {after} of {Ours[number].Name}");
            }
            await MigrateAsync([.. Ours.Take(number + 1)]);
        }

        output.WriteLine($"R29: PostgreSQL, killed after any statement, {kills} kills, no half file");
        kills.ShouldBe(Ours.Sum(migration => SqlFile.Statements(migration.Sql).Count + 1));
        await using var store = await _schema.OpenAsync();
        (await new DeskHarness(StorePorts.Of(store)).FileAsync()).Value.ShouldNotBe(Guid.Empty);
    }

    [Fact]
    public async Task R29_control_a_run_that_commits_each_statement_leaves_half_a_file_that_is_seen_and_cannot_be_taken_up()
    {
        var kills = 0;
        for (var number = 0; number < Ours.Count; number++)
        {
            for (var after = 1; after <= SqlFile.Statements(Ours[number].Sql).Count; after++, kills++)
            {
                await AskAsync<object>($"drop schema if exists {_schema.Name} cascade");
                await MigrateAsync([.. Ours.Take(number)]);
                var before = await EverythingAsync();
                await KillAsync(number, after, $"commit; begin; set local search_path = {_schema.Name}, pg_temp;\n");

                (await EverythingAsync()).ShouldNotBe(before, $"killed after statement {after} of {Ours[number].Name}");
                (await AppliedAsync()).ShouldBe(number);
                await Should.ThrowAsync<PostgresException>(() => MigrateAsync(Ours));
            }
        }
        output.WriteLine($"R29: control on PostgreSQL, each statement committed by itself, {kills} kills, {kills} half files that could not be taken up");
    }

    /// <summary>A run whose session is ended after some statements of a migration.</summary>
    private async Task KillAsync(int number, int after, string afterEach = "")
    {
        var some = SqlFile.Statements(Ours[number].Sql).Take(after).Select(statement => $"{statement};\n{afterEach}");
        var cut = Ours[number] with { Sql = string.Concat(some) + "select pg_terminate_backend(pg_backend_pid())" };
        await Should.ThrowAsync<NpgsqlException>(() => MigrateAsync([.. Ours.Take(number), cut]));
    }

    private async Task MigrateAsync(IReadOnlyList<Migration> migrations)
    {
        await using var connection = new NpgsqlConnection(_server.ConnectionString() + ";Pooling=false");
        await connection.OpenAsync();
        await new MigrationRunner(new PostgreSqlDialect(new PostgreSqlStoreOptions { Schema = _schema.Name }), migrations).RunAsync(connection, default);
    }

    /// <summary>All columns, indexes and policies; there are no rows.</summary>
    private async Task<string> EverythingAsync() => (await AskAsync<string>(
        $"""
        select coalesce(string_agg(thing, E'\n' order by thing), '') from (
          select c.relkind::text || ' ' || c.relname || ' ' || a.attname || ' ' || a.atttypid::regtype || ' ' || a.attnotnull
          from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 where c.relnamespace = to_regnamespace('{_schema.Name}')
          union all select 'policy ' || tablename || ' ' || policyname from pg_policies where schemaname = '{_schema.Name}') s (thing)
        """))!;

    private async Task<int> AppliedAsync() =>
        await AskAsync<bool>($"select to_regclass('{_schema.Name}.schema_migration') is null") ? 0
            : (int)await AskAsync<long>($"select count(*) from {_schema.Name}.schema_migration");

    /// <summary>On a session of the pool: only the one that migrates is ended.</summary>
    private static async Task<T?> AskAsync<T>(string sql)
    {
        await using var command = (await SharedServer.SourceAsync()).CreateCommand(sql);
        return (T?)await command.ExecuteScalarAsync();
    }
}
