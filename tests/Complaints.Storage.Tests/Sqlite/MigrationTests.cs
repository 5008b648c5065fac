using Complaints.Core;
using Complaints.Core.Storage;
using Complaints.Storage.Relational.Migrations;
using Complaints.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Complaints.Storage.Tests.Sqlite;

public sealed class MigrationTests : IDisposable
{
    private static readonly IReadOnlyList<Migration> Ours = Migration.EmbeddedIn(typeof(SqliteStore).Assembly);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("complaints-");

    private string File => Path.Combine(_folder.FullName, "a.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_new_file_gets_every_migration_with_its_checksum()
    {
        await OpenAsync(Ours);

        Rows().ShouldBe(Ours.Select(migration => $"{migration.Number} {migration.Name} {migration.Checksum}"));
    }

    [Fact]
    public async Task Opening_again_changes_nothing()
    {
        await OpenAsync(Ours);
        var before = Rows();
        await OpenAsync(Ours);

        Rows().ShouldBe(before);
    }

    [Fact]
    public async Task R29_a_run_that_failed_between_files_is_taken_up_at_the_next()
    {
        await Should.ThrowAsync<StoreException>(() => OpenAsync([.. Ours, new(Ours.Count + 1, "half", "create table half (a integer); create tabel oops (b integer)")]));
        Rows().Count.ShouldBe(Ours.Count);
        Query("select name from sqlite_master where name = 'half'").ShouldBeEmpty();

        await OpenAsync([.. Ours, new(Ours.Count + 1, "whole", "create table whole (a integer)")]);
        Rows().Count.ShouldBe(Ours.Count + 1);
    }

    [Fact]
    public async Task A_newer_database_is_refused_with_one_sentence()
    {
        await OpenAsync([.. Ours, new(Ours.Count + 1, "future", "create table future (a integer)")]);

        var error = await Should.ThrowAsync<StoreException>(() => OpenAsync(Ours));
        error.Message.ShouldBe($"The database has schema {Ours.Count + 1}, this program knows {Ours.Count}: update the program.");
    }

    [Fact]
    public async Task A_migration_that_was_changed_after_it_had_been_applied_is_refused()
    {
        await OpenAsync(Ours);

        var error = await Should.ThrowAsync<StoreException>(() => OpenAsync([Ours[0] with { Sql = Ours[0].Sql + "\n-- harmless" }, .. Ours.Skip(1)]));
        error.Message.ShouldContain("0001_complaints");
    }

    [Theory]
    [InlineData("1 complaints a886112797e8db16191e926f3c22600365bbbf5c333bafaaced8236069e5dd0b", "0001_complaints")]
    [InlineData(
        "1 complaints a886112797e8db16191e926f3c22600365bbbf5c333bafaaced8236069e5dd0b; 2 outbox_queue; 3 own_verdicts; 4 sweeper",
        "0004_sweeper")]
    [InlineData("1 complaints edited; 2 outbox_queue", "0002_outbox_queue")]
    public async Task A_database_of_the_old_numbering_is_refused_with_one_sentence(string migrations, string last)
    {
        Query($"{MigrationRunner.CreateTable}; select '' where false");
        foreach (var part in migrations.Split("; ").Select(migration => migration.Split(' ')))
            Query($"insert into schema_migration (number, name, checksum) values ({part[0]}, '{part[1]}', '{part.Last()}') returning name");

        var error = await Should.ThrowAsync<StoreException>(() => OpenAsync(Ours));
        error.Message.ShouldBe(
            $"The database was made before the first release (its last migration is {last}) and is not carried over: "
            + "export what you need with the program that made it, and start a new database with this one.");
        Query("select name from sqlite_master where name = 'complaint'").ShouldBeEmpty();
    }

    [Fact]
    public async Task Many_that_start_at_once_migrate_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => OpenAsync(Ours))));

        Rows().Count.ShouldBe(Ours.Count);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_and_left_as_it_is()
    {
        var text = new string('x', 5_000);
        await System.IO.File.WriteAllTextAsync(File, text);

        await Should.ThrowAsync<StoreException>(() => OpenAsync(Ours));
        (await System.IO.File.ReadAllTextAsync(File)).ShouldBe(text);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_told()
    {
        await using var store = new SqliteStore(Path.Combine(_folder.FullName, "missing", "a.db"));

        await Should.ThrowAsync<StoreUnavailableException>(async () => await store.CountAsync(TenantId.Default, default));
    }

    [Fact]
    public void A_database_in_memory_is_refused() => Should.Throw<ArgumentException>(() => new SqliteStore("Data Source=:memory:"));

    private async Task OpenAsync(IReadOnlyList<Migration> schema)
    {
        await using var store = new SqliteStore(new SqliteStoreOptions(File), schema);
        await store.MigrateAsync(default);
    }

    private List<string> Rows() => Query("select number || ' ' || name || ' ' || checksum from schema_migration order by number");

    private List<string> Query(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(reader.GetString(0));
        return rows;
    }
}
