using Complaints.Core;
using Complaints.Core.Intake;
using Complaints.Core.Storage;
using Complaints.PostgreSql.Tests.Server;
using Complaints.Storage.PostgreSql;
using Complaints.Storage.Relational.Migrations;
using Complaints.Testing;

namespace Complaints.PostgreSql.Tests.Schema;

/// <summary>Who may do what: DBAs with a script, hosts without rights on tables, tenants behind a wall, tables in partitions.</summary>
public sealed class RightsTests : IAsyncLifetime
{
    private readonly TestSchema _schema = new();
    private readonly string _role = $"role_{Guid.NewGuid():N}"[..20];
    private PrivateServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await SharedServer.GetAsync();
        await _server.ExecuteAsync($"create role {_role} login");
    }

    public async ValueTask DisposeAsync() => await _schema.DisposeAsync();

    [Fact]
    public async Task A_role_without_rights_on_tables_carries_out_commands()
    {
        await (await _schema.OpenAsync(options => options with { RuntimeRole = _role })).MigrateAsync(default);

        var store = await _schema.OpenAloneAsync(options => options with { Migrate = false }, _role);
        await WorksAsync(store);
        await Should.ThrowAsync<Npgsql.PostgresException>(async () =>
        {
            await using var source = Npgsql.NpgsqlDataSource.Create(_server.ConnectionString(user: _role));
            await using var command = source.CreateCommand($"drop table {_schema.Name}.timer");
            await command.ExecuteNonQueryAsync();
        });
    }

    [Fact]
    public async Task A_role_is_granted_its_rights_on_a_schema_that_is_there_already()
    {
        await (await _schema.OpenAsync()).MigrateAsync(default);
        await (await _schema.OpenAsync(options => options with { RuntimeRole = _role })).MigrateAsync(default);

        await WorksAsync(await _schema.OpenAloneAsync(options => options with { Migrate = false }, _role));
    }

    [Fact]
    public async Task Control_a_role_that_was_given_nothing_is_told_what_to_do()
    {
        await (await _schema.OpenAsync()).MigrateAsync(default);

        var store = await _schema.OpenAloneAsync(options => options with { Migrate = false }, _role);
        var error = await Should.ThrowAsync<StoreException>(async () => await store.CountAsync(TenantId.Default, default));
        error.ShouldNotBeOfType<StoreUnavailableException>();
        error.Message.ShouldContain("42501");
    }

    [Fact]
    public async Task A_role_that_is_not_there_is_named_before_anything_is_made()
    {
        var store = await _schema.OpenAsync(options => options with { RuntimeRole = "nobody_here" });
        (await Should.ThrowAsync<StoreException>(() => store.MigrateAsync(default))).Message.ShouldContain("create role nobody_here");
        (await _server.ScalarAsync<long>($"select count(*) from pg_namespace where nspname = '{_schema.Name}'")).ShouldBe(0);
    }

    [Fact]
    public async Task The_script_for_dbas_makes_the_same_schema()
    {
        var options = new PostgreSqlStoreOptions { Schema = _schema.Name, RuntimeRole = _role, RowLevelSecurity = true };
        await _server.ExecuteAsync(PostgreSqlStore.Script(options));

        var store = await _schema.OpenAloneAsync(shape => shape with { Migrate = false }, _role);
        await WorksAsync(store);
        (await store.LookAsync(default)).RowLevelSecurity.ShouldBeTrue();

        await using var other = new TestSchema();
        await (await other.OpenAsync(shape => shape with { RuntimeRole = _role, RowLevelSecurity = true })).MigrateAsync(default);
        (await ShapeAsync(_schema.Name)).ShouldBe(await ShapeAsync(other.Name));
    }

    [Fact]
    public void The_script_after_a_migration_brings_the_rest()
    {
        var options = new PostgreSqlStoreOptions { Schema = _schema.Name };
        var ours = Migration.EmbeddedIn(typeof(PostgreSqlStore).Assembly);
        var more = new Migration(ours.Count + 1, "more", "create table more (a integer);");

        var script = new SchemaKeeper(options, new PostgreSqlDialect(options), [.. ours, more]).Script(after: ours.Count);

        script.ShouldNotContain("create table complaint");
        script.ShouldContain("create table more");
        PostgreSqlStore.Script(options).ShouldContain("tenant_wall on complaint_state");
    }

    [Fact]
    public async Task With_row_level_security_a_statement_that_forgets_its_tenant_sees_nothing()
    {
        var store = await WalledAsync();
        await WorksAsync(store);
        await using var source = Npgsql.NpgsqlDataSource.Create(_server.ConnectionString(user: _role));

        (await CountAsync(source, "")).ShouldBe(0);
        (await CountAsync(source, "stranger")).ShouldBe(0);
        (await CountAsync(source, "default")).ShouldBe(1);
        (await store.TenantsAsync(default)).ShouldContain(TenantId.Default);

        await (await _schema.OpenAsync(options => options with { RowLevelSecurity = false })).MigrateAsync(default);
        (await CountAsync(source, "")).ShouldBe(1, "switched off");
    }

    [Fact]
    public async Task With_row_level_security_a_tenant_cannot_write_anothers_rows()
    {
        await WorksAsync(await WalledAsync());
        await using var source = Npgsql.NpgsqlDataSource.Create(_server.ConnectionString(user: _role));
        await using var connection = await source.OpenConnectionAsync();
        await using var batch = new Npgsql.NpgsqlBatch(connection);
        batch.BatchCommands.Add(new("select set_config('complaints.tenant', 'stranger', true)"));
        batch.BatchCommands.Add(new($"update {_schema.Name}.complaint set owner = 'thief'"));
        batch.BatchCommands.Add(new($"insert into {_schema.Name}.lookup values ('default', 'h', gen_random_uuid())"));

        (await Should.ThrowAsync<Npgsql.PostgresException>(() => batch.ExecuteNonQueryAsync())).SqlState.ShouldBe("42501");
    }

    [Fact]
    public async Task In_partitions_everything_works_and_a_tenants_rows_lie_in_one()
    {
        var store = await _schema.OpenAsync(options => options with { Partitions = 4, RowLevelSecurity = true });
        await WorksAsync(store);

        (await _server.ScalarAsync<long>($"select count(distinct tableoid) from {_schema.Name}.event")).ShouldBe(1);
        (await _server.ScalarAsync<long>($"select count(*) from pg_inherits where inhparent = '{_schema.Name}.complaint'::regclass")).ShouldBe(4);
        // Each table that the script marks, whatever stands in its comments.
        var marked = Directory.GetFiles(Repository.At("src", "Complaints.Storage.PostgreSql", "schema"), "*.sql")
            .Sum(file => File.ReadAllText(file).Split("/* by tenant */;").Length - 1);
        (await _server.ScalarAsync<long>(
            $"select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace where nspname = '{_schema.Name}' and relkind = 'p'"))
            .ShouldBe(marked);
    }

    private async Task<PostgreSqlStore> WalledAsync()
    {
        await (await _schema.OpenAsync(options => options with { RuntimeRole = _role, RowLevelSecurity = true })).MigrateAsync(default);
        return await _schema.OpenAloneAsync(options => options with { Migrate = false }, _role);
    }

    private static async Task WorksAsync(PostgreSqlStore store)
    {
        var harness = new DeskHarness(StorePorts.Of(store));
        var id = await harness.FileAsync();
        (await harness.Desk.ExecuteAsync(id, new AddNote("a note"))).Value.Version.ShouldBe(2);
        (await store.HistoryAsync(TenantId.Default, id, default)).ShouldNotBeEmpty();
        (await store.ListAsync(TenantId.Default, new ComplaintQuery(), default)).Items.ShouldHaveSingleItem();
    }

    private async Task<long> CountAsync(Npgsql.NpgsqlDataSource source, string tenant)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var batch = new Npgsql.NpgsqlBatch(connection);
        batch.BatchCommands.Add(new($"select set_config('complaints.tenant', '{tenant}', true)"));
        batch.BatchCommands.Add(new($"select count(*) from {_schema.Name}.complaint"));
        await using var row = await batch.ExecuteReaderAsync();
        await row.NextResultAsync();
        await row.ReadAsync();
        return row.GetInt64(0);
    }

    private async Task<string[]?> ShapeAsync(string schema) => await _server.ScalarAsync<string[]>(
        $"""
        select array_agg(line order by line) from (
          select table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' || coalesce(collation_name, '') as line from information_schema.columns where table_schema = '{schema}'
          union all select replace(indexdef, '{schema}', 'x') from pg_indexes where schemaname = '{schema}'
          union all select tablename || ' ' || policyname || ' ' || qual from pg_policies where schemaname = '{schema}'
          union all select relname || relrowsecurity || relforcerowsecurity from pg_class c join pg_namespace n on n.oid = c.relnamespace where nspname = '{schema}' and relkind = 'r'
          union all select table_name || ' ' || grantee || ' ' || privilege_type from information_schema.role_table_grants where table_schema = '{schema}') shape
        """);
}
