using Complaints.Core;
using Complaints.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Complaints.Hosting.Tests;

public sealed class CheckpointTakerTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("complaints-hosting-");

    private string File => Path.Combine(_folder.FullName, "complaints.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task R39_A_host_takes_checkpoints_by_itself_and_what_is_deleted_afterwards_is_missed()
    {
        await using var node = new Node(File, new FakeClock());
        await node.FileAsync();
        var (audit, time) = (node.Get<HistoryAudit>(), new Later());
        var options = new BackgroundWorkOptions { CheckpointEvery = TimeSpan.FromMinutes(5) };
        var taker = new CheckpointTaker(audit, Options.Create(options), time);
        await taker.TakeAsync(TenantId.Default, default);
        (await audit.VerifyAsync(TenantId.Default)).Checkpoints.ShouldBe(0, "the start of a program is no time for it");

        time.Passed = TimeSpan.FromMinutes(6);
        await taker.TakeAsync(TenantId.Default, default);
        await taker.TakeAsync(TenantId.Default, default);

        var report = await audit.VerifyAsync(TenantId.Default);
        (report.Checkpoints, report.Findings.Length).ShouldBe((1, 0));
        DeleteEverything();
        (await audit.VerifyAsync(TenantId.Default)).Findings.ShouldContain(finding => finding.Code == "complaint.missing");
    }

    [Fact]
    public async Task R34_A_tenant_that_has_no_key_gets_none_by_a_checkpoint()
    {
        await using var node = new Node(File, new FakeClock());
        (await node.Get<HistoryAudit>().TakeCheckpointAsync(TenantId.Default)).ShouldBeNull();
        (await node.Get<PersonKeys>().FindAsync(TenantId.Default, SubjectId.Tenant, default)).ShouldBeNull();
    }

    private void DeleteEverything()
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        foreach (var table in new[] { "complaint", "complaint_state", "event", "timer", "outbox", "command", "lookup" })
        {
            command.CommandText = $"delete from {table}";
            command.ExecuteNonQuery();
        }
    }

    private sealed class Later : TimeProvider
    {
        public TimeSpan Passed { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Passed.Ticks;
    }
}
