using Complaints.Core;
using Complaints.PostgreSql.Tests.Server;
using Complaints.Storage.PostgreSql;
using Complaints.Storage.Relational.Migrations;
using Complaints.Storage.Tests.Broken;
using Complaints.Testing;
using Complaints.Testing.Laws;

namespace Complaints.PostgreSql.Tests.Schema;

/// <summary>R29: a program that runs, and a newer one that has added to the schema under it, work on one database.</summary>
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
        private readonly PostgreSqlStoreOptions _options = new() { Schema = SharedServer.NewSchema() };
        private PostgreSqlStore _old = null!;
        private PostgreSqlStore _new = null!;

        public async ValueTask<StorePorts> OpenAsync(CancellationToken cancellationToken)
        {
            var ours = Migration.EmbeddedIn(typeof(PostgreSqlStore).Assembly);
            _old = new PostgreSqlStore(await SharedServer.SourceAsync(), _options);
            await _old.CountAsync(TenantId.Default, cancellationToken);
            _new = new PostgreSqlStore(await SharedServer.SourceAsync(), _options, null, null, [.. ours, new(ours.Count + 1, "change", change)]);
            await _new.MigrateAsync(cancellationToken);
            return StorePorts.Of(isOld ? _old : _new);
        }

        public ValueTask<StorePorts> OpenAgainAsync(CancellationToken cancellationToken) => new(StorePorts.Of(isOld ? _new : _old));

        public async ValueTask DisposeAsync()
        {
            await _old.DisposeAsync();
            await _new.DisposeAsync();
        }
    }

    public sealed class OldBesideNew() : Together(Addition, isOld: true);

    public sealed class NewBesideOld() : Together(Addition, isOld: false);

    public sealed class OldBesideRenamed() : Together("alter table complaint rename column title to heading", isOld: true);

    private const string Addition = "alter table complaint add column added text; create index complaint_added on complaint (tenant, added); create table added (a integer)";
}
