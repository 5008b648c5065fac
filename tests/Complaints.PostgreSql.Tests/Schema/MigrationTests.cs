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
        await OpenAsync([.. Ours.Take(1)]);

        var error = await Should.ThrowAsync<StoreException>(() => OpenAsync(Ours, options => options with { Migrate = false }));
        error.Message.ShouldBe($"The database has schema 1, this program needs {Ours.Count}: let its owner bring it up to date first.");
    }

    [Fact]
    public async Task A_migration_that_was_changed_after_it_had_been_applied_is_refused()
    {
        await OpenAsync(Ours);

        var error = await Should.ThrowAsync<StoreException>(() => OpenAsync([Ours[0] with { Sql = Ours[0].Sql + "\n-- harmless" }, .. Ours.Skip(1)]));
        error.Message.ShouldContain("0001_complaints");
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
