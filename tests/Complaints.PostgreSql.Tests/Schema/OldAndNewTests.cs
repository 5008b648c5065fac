using Complaints.PostgreSql.Tests.Server;
using Complaints.Storage.PostgreSql;
using Complaints.Storage.Relational;
using Complaints.Storage.Relational.Migrations;
using Complaints.Storage.Tests.Broken;
using Complaints.Storage.Tests.Laws;

namespace Complaints.PostgreSql.Tests.Schema;

/// <summary>R29: an old and a new program work on one database.</summary>
public sealed class OldAndNewTests
{
    [Theory]
    [InlineData(typeof(OldBesideNew))]
    [InlineData(typeof(NewBesideOld))]
    public async Task R29_every_law_holds_for_an_old_and_a_new_program_together(Type fixture) => (await LawsOn.BrokenByAsync(fixture).ToListAsync()).ShouldBeEmpty();

    [Fact]
    public async Task R29_control_a_newer_program_that_renames_a_column_breaks_the_old_one() => (await LawsOn.BrokenByAsync(typeof(OldBesideRenamed)).AnyAsync()).ShouldBeTrue();

    private const string WithoutAddition = "alter table complaint drop column added; drop table added";
    private const string WithoutRenaming = "alter table complaint rename column heading to title";

    public abstract class InOneSchema(string change, string undo, bool isOld) : OldAndNew(change, isOld)
    {
        private static readonly IReadOnlyList<Migration> Ours = Migration.EmbeddedIn(typeof(PostgreSqlStore).Assembly);
        private readonly PostgreSqlStoreOptions _options = new() { Schema = EmptySchemas.Take(typeof(InOneSchema)) };

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            await EmptySchemas.GiveBackAsync(
                typeof(InOneSchema), _options.Schema, $"{undo}; delete from schema_migration where name = 'change'");
        }

        protected override async ValueTask<RelationalStore> OpenAsync(string? migration) =>
            new PostgreSqlStore(await SharedServer.SourceAsync(), _options, null, null, migration is null ? Ours : [.. Ours, new(Ours.Count + 1, "change", migration)]);
    }

    public sealed class OldBesideNew() : InOneSchema(OldAndNew.Addition, WithoutAddition, isOld: true);

    public sealed class NewBesideOld() : InOneSchema(OldAndNew.Addition, WithoutAddition, isOld: false);

    public sealed class OldBesideRenamed() : InOneSchema(OldAndNew.Renaming, WithoutRenaming, isOld: true);
}
