using Complaints.Core;
using Complaints.Storage.Sqlite;
using Complaints.Testing.Conformance;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace Complaints.Storage.Tests.Sqlite;

/// <summary>What a dispatcher will read.</summary>
public sealed class OutboxColumnTests
{
    [Fact]
    public async Task T22_A_message_that_must_wait_keeps_its_earliest_instant()
    {
        var folder = Directory.CreateTempSubdirectory("complaints-outbox-");
        var file = Path.Combine(folder.FullName, "outbox.db");
        var samples = new SampleCommits(TenantId.Default);
        var wait = SampleCommits.Start + Duration.FromHours(9);
        await using (var store = new SqliteStore(file))
            await store.CommitAsync(samples.New() with { Outbox = [samples.Message("a"), samples.Message("b") with { NotBefore = wait }] }, default);
        using (var connection = new SqliteConnection($"Data Source={file};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "select topic || ':' || iif(due_at = created_at, 'at once', due_at) from outbox order by topic";
            using var row = command.ExecuteReader();
            var rows = new List<string>();
            while (row.Read())
                rows.Add(row.GetString(0));
            rows.ShouldBe(["a:at once", $"b:{wait.ToUnixTimeTicks() / 10}"]);
        }
        folder.Delete(recursive: true);
    }
}
