using Complaints.Core;
using Complaints.Storage.Relational.Migrations;
using Complaints.Storage.Sqlite;
using Complaints.Storage.Tests.Broken;
using Complaints.Testing;
using Complaints.Testing.Laws;

namespace Complaints.Storage.Tests.Sqlite;

/// <summary>R29: a program that runs, and a newer one that has added to the schema under it, work on one file.</summary>
public sealed class OldAndNewTests
{
    [Theory]
    [InlineData(typeof(OldBesideNew))]
    [InlineData(typeof(NewBesideOld))]
    public async Task R29_every_law_holds_for_an_old_and_a_new_program_together(Type fixture) => (await LawsOn.BrokenByAsync(fixture)).ShouldBeEmpty();

    [Fact]
    public async Task R29_control_a_newer_program_that_renames_a_column_breaks_the_old_one() => (await LawsOn.BrokenByAsync(typeof(OldBesideRenamed))).ShouldNotBeEmpty();

    /// <summary>Opens the old program's store, lets the newer one change the schema, and goes on with either.</summary>
    public abstract class Together(string change, bool isOld) : IStoreFixture
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("complaints-");
        private SqliteStore _old = null!;
        private SqliteStore _new = null!;

        public async ValueTask<StorePorts> OpenAsync(CancellationToken cancellationToken)
        {
            var ours = Migration.EmbeddedIn(typeof(SqliteStore).Assembly);
            var options = new SqliteStoreOptions(Path.Combine(_folder.FullName, "complaints.db"));
            _old = new SqliteStore(options);
            await _old.CountAsync(TenantId.Default, cancellationToken);
            _new = new SqliteStore(options, [.. ours, new(ours.Count + 1, "change", change)]);
            await _new.MigrateAsync(cancellationToken);
            return StorePorts.Of(isOld ? _old : _new);
        }

        public ValueTask<StorePorts> OpenAgainAsync(CancellationToken cancellationToken) => new(StorePorts.Of(isOld ? _new : _old));

        public async ValueTask DisposeAsync()
        {
            await _old.DisposeAsync();
            await _new.DisposeAsync();
            _folder.Delete(recursive: true);
        }
    }

    public sealed class OldBesideNew() : Together(Addition, isOld: true);

    public sealed class NewBesideOld() : Together(Addition, isOld: false);

    public sealed class OldBesideRenamed() : Together("alter table complaint rename column title to heading", isOld: true);

    private const string Addition = "alter table complaint add column added text; create index complaint_added on complaint (tenant, added); create table added (a integer)";
}
