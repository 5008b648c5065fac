using System.Data.Common;
using Complaints.Storage.Tests.Laws;
using Complaints.Testing;
using Complaints.Tests.Shared;

namespace Complaints.Storage.Tests.Sqlite;

/// <summary>R35 on SQLite, whose columns hold values of any type.</summary>
public sealed class DamagedRowTests(ITestOutputHelper output)
{
    [Fact]
    public async Task R35_One_damaged_value_in_any_column_keeps_nobody_from_the_rest()
    {
        var (seed, size) = (Environment.TickCount, Environment.GetEnvironmentVariable("COMPLAINTS_FULL") == "1" ? 3_000 : 300);
        await using var database = new DamagedFile();
        var seen = await new DamagedRows(database).WalkAsync(size, seed);
        output.WriteLine($"R35 on SQLite: seed {seed}, {seen}");
        seen.Failures.ShouldBeEmpty($"seed {seed}");
        seen.Named.ShouldBeGreaterThan(0);
        seen.Healed.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task R35_control_a_store_that_ends_at_the_first_damaged_row_fails()
    {
        await using var database = new DamagedFile();
        var seen = await new DamagedRows(database, DamagedRows.Strict).WalkAsync(120, 1);
        output.WriteLine($"R35 control on SQLite: {seen}");
        seen.Failures.ShouldContain(failure => failure.Contains("cannot be read.", StringComparison.Ordinal));
    }

    private sealed class DamagedFile : IRawDatabase, IAsyncDisposable
    {
        private readonly TemporaryDatabase _database = new();
        private byte[] _whole = [];

        public string ColumnsQuery => RawTables.ColumnsQuery;

        public Task<StorePorts> OpenAsync() => Task.FromResult(StorePorts.Of(_database.Open()));

        public Task CloseAsync() => _database.CloseAsync().AsTask();

        public Task<DbConnection> ConnectAsync() => Task.FromResult<DbConnection>(RawTables.Open(_database.File));

        public async Task KeepAsync() => _whole = await File.ReadAllBytesAsync(_database.File);

        public Task RestoreAsync() => File.WriteAllBytesAsync(_database.File, _whole);

        public ValueTask DisposeAsync() => _database.DisposeAsync();
    }
}
