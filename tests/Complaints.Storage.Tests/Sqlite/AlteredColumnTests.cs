using Complaints.Core;
using Complaints.Core.Assignment;
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
            (await harness.Desk.ExecuteAsync(ids[i], new HandOver("ben", "desk", "expertise"))).Refusal.ShouldBeNull();
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
        var found = 0;
        var missed = new List<string>();
        var said = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (table, column, type) in RawTables.Columns(_database.File))
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
                    said.Add($"{table}.{column}");
                else
                    missed.Add($"{table}.{column}");
            }
        }
        Console.WriteLine($"R39: {found} altered values found, {said.Count} columns said to be unproven, {missed.Count} missed");
        missed.Distinct().ShouldBeEmpty();
        said.Except(NotProved).ShouldBeEmpty();
        NotProved.Except(said).Except(Sometimes).ShouldBeEmpty("it is proved now");
    }

    [Fact]
    public async Task R39_Each_of_many_complaints_that_were_altered_together_is_named()
    {
        using (var connection = RawTables.Open(_database.File))
        {
            using var command = connection.CreateCommand();
            command.CommandText = "update complaint set due_at = due_at + 1; delete from lookup";
            command.ExecuteNonQuery();
        }

        var found = (await AuditOf(Harness()).VerifyAsync(TenantId.Default)).Findings;

        found.Select(finding => finding.Code).ShouldBe(["row.altered", "row.altered", "row.altered"]);
        found.Select(finding => finding.Of).Distinct().Count().ShouldBe(3);
        found.ShouldAllBe(finding => finding.Message.Contains("due_at, lookup", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("id", "'other'")]
    [InlineData("version", "9")]
    [InlineData("content", "replace(content, '45', '46')")]
    [InlineData("hash", "'x'")]
    [InlineData("published_at", "published_at + 1")]
    [InlineData("published_by", "'somebody'")]
    [InlineData("effective_from", "1700000000000000")]
    public async Task R39_A_definition_that_was_published_under_the_key_is_proved_column_by_column(string column, string value)
    {
        var harness = Harness();
        var (published, refusal) = await harness.Definitions.PublishAsync(TenantId.Default, "repeats", "default",
            """{"windowDays":45}""", new Actor("adam", Role.Administrator), default);
        refusal.ShouldBeNull();
        (await AuditOf(harness).VerifyAsync(TenantId.Default)).Findings.ShouldBeEmpty("the control");

        using (var connection = RawTables.Open(_database.File))
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"update definition set {column} = {value} where kind = 'repeats' and version = {published!.Version}";
            command.ExecuteNonQuery().ShouldBe(1);
        }

        (await AuditOf(Harness()).VerifyAsync(TenantId.Default)).Findings.ShouldHaveSingleItem().Code.ShouldBe("definition.altered");
    }

    /// <summary>Nothing else may pass for intact. What is altered here is also no state that decides, and no checkpoint that is asked
    /// for.</summary>
    private static readonly string[] NotProved =
    [
        // Nobody decides on a state of another schema, and a checkpoint that is moved away is missed by the anchor.
        "aggregate.schema", "complaint_state.schema", "checkpoint.tenant",
        // Published before the tenant had a key.
        "definition.id", "definition.kind", "definition.published_at", "definition.published_by", "definition.effective_from",
        // A number that is taken meets a unique index, and blocks leave gaps.
        "number_block.next", "number_block.tenant", "number_block.year",
        // The order in which a department is shown its cases, and no more.
        "taking_part.received_at",
        // Projections by the definitions of today, which are compared, and repaired where those have changed, by a reconciliation.
        "link.complaint", "link.kind", "link.noun", "link.other", "link.tenant", "work.aggregate", "work.amount", "work.area",
            "work.due_at",
        "work.duty", "work.not_for", "work.noun", "work.person", "work.since", "work.subject", "work.team", "work.tenant", "work.work",
        // What became of a message, and rows that are missing: who delivers takes old ones away.
        "outbox.attempt", "outbox.dead_at", "outbox.delivered_at", "outbox.due_at", "outbox.owner", "outbox.reason", "outbox.tenant",
        .. Sometimes,
    ];

    /// <summary>Whose key lies first is a matter of chance: one of somebody who takes part passes for erased. And so is whether anybody has
    /// swept.</summary>
    private static string[] Sometimes => ["subject_key.tenant", "sweeper.name", "sweeper.owner", "sweeper.until"];

    private static bool Names(string sentence, string table, string column) =>
        sentence.Contains($"{table} (rows that are missing", StringComparison.Ordinal) && column is "tenant" or "id"
        || sentence.Split(' ', ',', '.', ':').Contains(table) && !sentence.Contains($"{table}.", StringComparison.Ordinal)
        || sentence.Contains($"{table}.{column}", StringComparison.Ordinal)
        || table == "complaint" && sentence.EndsWith($"{column}.", StringComparison.Ordinal)
        || table == "complaint" && sentence.Contains($"{column},", StringComparison.Ordinal)
        || table == "checkpoint" && sentence.Contains("no checkpoint", StringComparison.Ordinal)
        || (table, column) is ("complaint_state" or "aggregate", "schema")
            && sentence.Contains("were not compared", StringComparison.Ordinal);

    private bool Alter(string table, string column, string type, int row)
    {
        using var connection = RawTables.Open(_database.File);
        using var command = connection.CreateCommand();
        var other = type switch
        {
            "blob" => "x'0102030405060708090a0b0c0d0e0f10'",
            "text" => "'other'",
            _ => $"coalesce({column}, 1700000000000000) + 1",
        };
        var key = RawColumn.KeyOf(table);
        var keys = $"select {key} from {table} order by {key} limit 1 offset {row}";
        command.CommandText = $"update {table} set {column} = {other} where ({key}) = ({keys})";
        try
        {
            return command.ExecuteNonQuery() == 1;
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    private DeskHarness Harness() => new(StorePorts.Of(_database.Open()), _clock, new UuidV7Generator());

    private static HistoryAudit AuditOf(DeskHarness harness) => new(harness.Ports.Chains, harness.Keys, harness.Clock);
}
