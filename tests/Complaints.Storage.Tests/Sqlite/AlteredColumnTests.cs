using Complaints.Core;
using Complaints.Core.Improvements;
using Complaints.Core.Intake;
using Complaints.Storage.Tests.Laws;
using Complaints.Testing;
using Microsoft.Data.Sqlite;

namespace Complaints.Storage.Tests.Sqlite;

/// <summary>Whoever has the database and no key alters one column of one row, before or after the last checkpoint.</summary>
public sealed class AlteredColumnTests : IAsyncLifetime
{
    private readonly TemporaryDatabase _database = new();
    private readonly FakeClock _clock = new();
    private byte[] _whole = [];

    public async ValueTask InitializeAsync()
    {
        var harness = Harness();
        var ids = new List<ComplaintId>();
        for (var i = 0; i < 3; i++)
        {
            ids.Add(await harness.FileAsync(Drafts.English(i) with { ExternalRef = new("legacy", $"s{i}") }));
            (await harness.Desk.ExecuteAsync(ids[i], new AddParticipant("guardian", "Lee"))).Refusal.ShouldBeNull();
        }
        var quality = harness.Desk.For(new Actor("qiu", Role.Quality)).Improvements;
        (await quality.OpenAsync(new OpenImprovement("systemic-issue", "Late parcels", Complaints: [ids[0]]))).Refusal.ShouldBeNull();
        await AuditOf(harness).TakeCheckpointAsync(TenantId.Default);
        foreach (var id in ids)
            (await harness.Desk.ExecuteAsync(id, new AddNote("after the checkpoint"))).Refusal.ShouldBeNull();
        var report = await AuditOf(harness).VerifyAsync(TenantId.Default);
        report.Findings.ShouldBeEmpty("the control");
        report.Unproven.ShouldContain(said => said.En.Contains("3 events are newer", StringComparison.Ordinal));
        await _database.CloseAsync();
        _whole = await File.ReadAllBytesAsync(_database.File);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task R39_Every_altered_column_is_found_or_said_to_be_unproven()
    {
        int found = 0, said = 0;
        var missed = new List<string>();
        foreach (var (table, column, type) in Columns())
        {
            for (var row = 0; row < 2; row++)
            {
                await File.WriteAllBytesAsync(_database.File, _whole);
                if (!Alter(table, column, type, row))
                    continue;
                var report = await AuditOf(Harness()).VerifyAsync(TenantId.Default);
                await _database.CloseAsync();
                if (!report.IsIntact)
                    found++;
                else if (report.Unproven.Any(sentence => Names(sentence.En, table, column)))
                    said++;
                else
                    missed.Add($"{table}.{column}");
            }
        }
        Console.WriteLine($"R39: {found} altered values found, {said} said to be unproven, {missed.Count} missed");
        missed.Distinct().ShouldBeEmpty();
        found.ShouldBeGreaterThan(said);
    }

    private static bool Names(string sentence, string table, string column) =>
        sentence.Split(' ', ',', '.', ':').Contains(table) && !sentence.Contains($"{table}.", StringComparison.Ordinal)
        || sentence.Contains($"{table}.{column}", StringComparison.Ordinal)
        || table == "complaint" && sentence.EndsWith($"{column}.", StringComparison.Ordinal)
        || table == "complaint" && sentence.Contains($"{column},", StringComparison.Ordinal)
        || table == "checkpoint" && sentence.Contains("no checkpoint", StringComparison.Ordinal)
        || (table, column) is ("complaint_state" or "aggregate", "schema")
            && sentence.Contains("were not compared", StringComparison.Ordinal);

    private bool Alter(string table, string column, string type, int row)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        var other = type switch
        {
            "blob" => "x'0102030405060708090a0b0c0d0e0f10'",
            "text" => "'other'",
            _ => $"coalesce({column}, 1700000000000000) + 1",
        };
        var keys = $"select {Key(table)} from {table} order by {Key(table)} limit 1 offset {row}";
        command.CommandText = $"update {table} set {column} = {other} where ({Key(table)}) = ({keys})";
        try
        {
            return command.ExecuteNonQuery() == 1;
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    private static string Key(string table) => table switch
    {
        "complaint" or "aggregate" or "outbox" or "command" => "tenant, id",
        "complaint_state" => "tenant, complaint",
        "event" => "tenant, complaint, version, idx",
        "timer" => "tenant, complaint, clock, purpose",
        "lookup" => "tenant, hash, complaint",
        "number_block" => "tenant, year",
        "definition" => "tenant, kind, id, version",
        "participant" => "tenant, complaint, person",
        "subject_key" => "tenant, subject",
        "checkpoint" => "tenant, sequence",
        _ => "name, owner",
    };

    private List<(string Table, string Column, string Type)> Columns()
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            select m.name, c.name, lower(c.type) from sqlite_master m join pragma_table_info(m.name) c
            where m.type = 'table' and m.name not like 'sqlite_%' and m.name not like 'schema%' order by m.name, c.cid
            """;
        using var row = command.ExecuteReader();
        var columns = new List<(string, string, string)>();
        while (row.Read())
            columns.Add((row.GetString(0), row.GetString(1), row.GetString(2)));
        return columns;
    }

    private DeskHarness Harness() => new(StorePorts.Of(_database.Open()), _clock, new UuidV7Generator());

    private static HistoryAudit AuditOf(DeskHarness harness) => new(harness.Ports.Chains, harness.Keys, harness.Clock);

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={_database.File};Pooling=False");
        connection.Open();
        return connection;
    }
}
