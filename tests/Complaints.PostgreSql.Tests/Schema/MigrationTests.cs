using Complaints.Core;
using Complaints.Core.Intake;
using Complaints.Core.Storage;
using Complaints.PostgreSql.Tests.Server;
using Complaints.Storage.PostgreSql;
using Complaints.Storage.Relational.Migrations;
using Complaints.Testing;

namespace Complaints.PostgreSql.Tests.Schema;

public sealed class MigrationTests : IAsyncLifetime
{
    private static readonly IReadOnlyList<Migration> Ours = Migration.EmbeddedIn(typeof(PostgreSqlStore).Assembly);
    private readonly TestSchema _schema = new();
    private PrivateServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await SharedServer.GetAsync();

    public async ValueTask DisposeAsync() => await _schema.DisposeAsync();

    [Fact]
    public async Task A_new_database_gets_every_migration_with_its_checksum()
    {
        await OpenAsync(Ours);

        (await RowsAsync()).ShouldBe(Ours.Select(migration => $"{migration.Number} {migration.Name} {migration.Checksum}"));
    }

    [Fact]
    public async Task Opening_again_changes_nothing()
    {
        await OpenAsync(Ours);
        var before = await RowsAsync();
        await OpenAsync(Ours);

        (await RowsAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Many_that_start_at_once_migrate_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => OpenAsync(Ours))));

        (await RowsAsync()).Count.ShouldBe(Ours.Count);
    }

    [Fact]
    public async Task R29_a_program_that_runs_goes_on_while_a_newer_one_adds_to_the_schema()
    {
        await using var old = await _schema.OpenAsync();
        var harness = new DeskHarness(StorePorts.Of(old));
        var id = await harness.FileAsync();

        await OpenAsync([.. Ours, new(Ours.Count + 1, "more", "alter table complaint add column added text; create table added (a integer)")]);

        (await harness.Desk.ExecuteAsync(id, new AddNote("still here"))).IsSuccess.ShouldBeTrue();
        (await harness.FileAsync(Drafts.Chinese())).Value.ShouldNotBe(id.Value);
    }

    [Fact]
    public async Task R29_a_file_that_fails_half_way_leaves_nothing_behind()
    {
        await Should.ThrowAsync<StoreException>(() => OpenAsync([.. Ours, new(Ours.Count + 1, "half", "create table half (a integer); create tabel oops (b integer)")]));

        (await RowsAsync()).Count.ShouldBe(Ours.Count);
        (await _server.ScalarAsync<object>($"select to_regclass('{_schema.Name}.half')::text")).ShouldBe(DBNull.Value);
    }

    [Fact]
    public async Task A_newer_database_is_refused_with_one_sentence()
    {
        await OpenAsync([.. Ours, new(Ours.Count + 1, "future", "create table future (a integer)")]);

        var error = await Should.ThrowAsync<StoreException>(() => OpenAsync(Ours));
        error.Message.ShouldBe($"The database has schema {Ours.Count + 1}, this program knows {Ours.Count}: update the program.");
    }

    [Fact]
    public async Task An_older_database_that_may_not_be_changed_is_refused_with_one_sentence()
    {
        await OpenAsync(Ours);

        var error = await Should.ThrowAsync<StoreException>(
            () => OpenAsync([.. Ours, new(Ours.Count + 1, "more", "select 1")], options => options with { Migrate = false }));
        error.Message.ShouldBe(
            $"The database has schema {Ours.Count}, this program needs {Ours.Count + 1}: let its owner bring it up to date first.");
    }

    [Fact]
    public async Task A_migration_that_was_changed_after_it_had_been_applied_is_refused()
    {
        await OpenAsync(Ours);

        var error = await Should.ThrowAsync<StoreException>(() => OpenAsync([Ours[0] with { Sql = Ours[0].Sql + "\n-- harmless" }, .. Ours.Skip(1)]));
        error.Message.ShouldContain("0001_complaints");
    }

    [Theory]
    [InlineData("1 complaints 91c327db3f0f7aea64fd3f1b3df05da286ef6c4d9b46dfc04831dc5acdb0af58", "0001_complaints")]
    [InlineData(
        "1 complaints 91c327db3f0f7aea64fd3f1b3df05da286ef6c4d9b46dfc04831dc5acdb0af58; 2 tenant_wall; 3 own_verdicts; 4 timer_order",
        "0004_timer_order")]
    [InlineData("1 complaints edited; 2 tenant_wall", "0002_tenant_wall")]
    public async Task A_database_of_the_old_numbering_is_refused_with_one_sentence(string migrations, string last)
    {
        await _server.ExecuteAsync(
            $"create schema {_schema.Name}; set search_path = {_schema.Name}; {MigrationRunner.CreateTable}; reset search_path");
        foreach (var part in migrations.Split("; ").Select(migration => migration.Split(' ')))
        {
            await _server.ExecuteAsync(
                $"insert into {_schema.Name}.schema_migration (number, name, checksum) values ({part[0]}, '{part[1]}', '{part.Last()}')");
        }

        var error = await Should.ThrowAsync<StoreException>(() => OpenAsync(Ours));
        error.Message.ShouldBe(
            $"The database was made before the first release (its last migration is {last}) and is not carried over: "
            + "export what you need with the program that made it, and start a new database with this one.");
        (await _server.ScalarAsync<object>($"select to_regclass('{_schema.Name}.complaint')::text")).ShouldBe(DBNull.Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Complaints")]
    [InlineData("1st")]
    [InlineData("a\"; drop schema public; --")]
    public void A_schema_that_is_no_plain_name_is_refused(string name) => Should.Throw<ArgumentException>(() => new PostgreSqlStoreOptions { Schema = name });

    private async Task OpenAsync(IReadOnlyList<Migration> migrations, Func<PostgreSqlStoreOptions, PostgreSqlStoreOptions>? shape = null)
    {
        var options = new PostgreSqlStoreOptions { Schema = _schema.Name };
        await using var store = new PostgreSqlStore(await SharedServer.SourceAsync(), shape?.Invoke(options) ?? options, null, null, migrations);
        await store.MigrateAsync(default);
    }

    private async Task<List<string>> RowsAsync() =>
        [.. (await _server.ScalarAsync<string[]>($"select array_agg(number || ' ' || name || ' ' || checksum order by number) from {_schema.Name}.schema_migration"))!];
}
