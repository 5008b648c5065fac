using Complaints.Storage.Relational;
using Complaints.Storage.Relational.Migrations;
using Complaints.Storage.Sqlite;
using Complaints.Storage.Tests.Broken;
using Complaints.Storage.Tests.Laws;

namespace Complaints.Storage.Tests.Sqlite;

/// <summary>R29: an old and a new program work on one file.</summary>
public sealed class OldAndNewTests
{
    [Theory]
    [InlineData(typeof(OldBesideNew))]
    [InlineData(typeof(NewBesideOld))]
    public async Task R29_every_law_holds_for_an_old_and_a_new_program_together(Type fixture) => (await LawsOn.BrokenByAsync(fixture).ToListAsync()).ShouldBeEmpty();

    [Fact]
    public async Task R29_control_a_newer_program_that_renames_a_column_breaks_the_old_one() => (await LawsOn.BrokenByAsync(typeof(OldBesideRenamed)).AnyAsync()).ShouldBeTrue();

    public abstract class OnOneFile(string change, bool isOld) : OldAndNew(change, isOld)
    {
        private static readonly IReadOnlyList<Migration> Ours = Migration.EmbeddedIn(typeof(SqliteStore).Assembly);
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("complaints-");

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            _folder.Delete(recursive: true);
        }

        protected override ValueTask<RelationalStore> OpenAsync(string? migration) =>
            new(new SqliteStore(new SqliteStoreOptions(Path.Combine(_folder.FullName, "complaints.db")), migration is null ? Ours : [.. Ours, new(Ours.Count + 1, "change", migration)]));
    }

    public sealed class OldBesideNew() : OnOneFile(OldAndNew.Addition, isOld: true);

    public sealed class NewBesideOld() : OnOneFile(OldAndNew.Addition, isOld: false);

    public sealed class OldBesideRenamed() : OnOneFile(OldAndNew.Renaming, isOld: true);
}
