using Complaints.PostgreSql.Tests.Server;
using Complaints.Storage.Tests.Laws;

namespace Complaints.PostgreSql.Tests.Schema;

/// <summary>The columns that the program knows are those of a migrated database, in both directions.</summary>
public sealed class ColumnTests : IAsyncLifetime
{
    private readonly TestSchema _schema = new();
    private PrivateServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await SharedServer.GetAsync();
        await (await _schema.OpenAsync()).MigrateAsync(default);
    }

    public async ValueTask DisposeAsync() => await _schema.DisposeAsync();

    [Fact]
    public async Task The_columns_of_the_program_are_those_of_the_database() => (await InTheDatabaseAsync()).ShouldBe(Known);

    [Theory]
    [InlineData("alter table {0}.complaint add column added text")]
    [InlineData("alter table {0}.complaint_state add column added integer")]
    [InlineData("alter table {0}.complaint drop column outcome")]
    [InlineData("alter table {0}.complaint rename column title to heading")]
    [InlineData("alter table {0}.complaint alter column outcome set not null")]
    [InlineData("alter table {0}.complaint alter column due_at type integer")]
    public async Task Control_a_column_more_or_less_or_of_another_kind_is_seen(string change)
    {
        await _server.ExecuteAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, change, _schema.Name));

        (await InTheDatabaseAsync()).ShouldNotBe(Known);
    }

    private static IReadOnlyList<string> Known => KnownColumns.Lines(kind => kind switch
    {
        "Text" => "text",
        "Id" => "uuid",
        "Bytes" => "bytea",
        "Instant" => "bigint",
        _ => "integer",
    });

    private async Task<List<string>> InTheDatabaseAsync() =>
    [
        .. (await _server.ScalarAsync<string[]>(
            $"""
            select array_agg(table_name || ';' || column_name || ';' || data_type || ';' || is_nullable)
            from information_schema.columns where table_schema = '{_schema.Name}' and table_name in ('complaint', 'complaint_state')
            """))!.Select(line => line.Split(';'))
            .Select(part => KnownColumns.Line(part[0], part[1], part[2], part[3] == "YES")).Order(StringComparer.Ordinal),
    ];
}
