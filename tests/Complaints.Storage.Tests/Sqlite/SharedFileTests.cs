using System.Diagnostics;
using Complaints.Core;
using Complaints.Core.History;
using Complaints.Core.Intake;
using Complaints.Core.Storage;
using Complaints.Storage.Sqlite;
using Complaints.Storage.Tests.Laws;
using Complaints.Testing;
using Microsoft.Data.Sqlite;

namespace Complaints.Storage.Tests.Sqlite;

/// <summary>Several programs on one file, and many callers in one.</summary>
public sealed class SharedFileTests
{
    [Fact]
    public async Task R05_two_instances_write_one_file_for_seconds_and_nobody_is_turned_away()
    {
        await using var database = new TemporaryDatabase();
        var until = Stopwatch.StartNew();
        var written = await Task.WhenAll(Enumerable.Range(0, 2).Select(instance => Task.Run(async () =>
        {
            var harness = new DeskHarness(StorePorts.Of(database.Open()), ids: new UuidV7Generator());
            var counts = await Task.WhenAll(Enumerable.Range(0, 4).Select(caller => Task.Run(async () =>
            {
                var count = 0;
                for (; until.Elapsed < TimeSpan.FromSeconds(4); count++)
                    await harness.FileAsync(Drafts.English((instance * 4 + caller) * 100_000 + count));
                return count;
            })));
            return counts.Sum();
        })));

        written.ShouldAllBe(count => count > 0);
        var counts = await database.Open().CountAsync(TenantId.Default, default);
        counts.Complaints.ShouldBe(written.Sum());
        await database.CloseAsync();
        Check(database.File).ShouldBe("ok");
    }

    [Fact]
    public async Task R05_programs_that_start_at_once_on_a_new_file_all_come_up()
    {
        for (var round = 0; round < 40; round++)
        {
            await using var database = new TemporaryDatabase();
            var stores = Enumerable.Range(0, 4).Select(_ => database.Open()).ToArray();
            using var start = new Barrier(stores.Length);
            var counts = await Task.WhenAll(stores.Select(store => Task.Factory.StartNew(() =>
            {
                start.SignalAndWait();
                return store.CountAsync(TenantId.Default, default).AsTask();
            }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));

            counts.ShouldAllBe(count => count.Complaints == 0);
        }
    }

    [Fact]
    public async Task R05_a_command_waits_while_another_program_holds_the_lock_and_is_then_written()
    {
        await using var database = new TemporaryDatabase();
        var harness = new DeskHarness(StorePorts.Of(database.Open()));
        await harness.FileAsync();
        Task<ComplaintId> waiting;
        using (var other = new SqliteConnection($"Data Source={database.File};Pooling=False"))
        {
            other.Open();
            Execute(other, "begin immediate");
            waiting = Task.Run(() => harness.FileAsync(Drafts.Chinese(2)));
            await Task.Delay(500);
            waiting.IsCompleted.ShouldBeFalse();
            Execute(other, "rollback");
        }

        await waiting.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task R10_64_writers_on_one_complaint_lose_no_update()
    {
        await using var database = new TemporaryDatabase();
        var harness = new DeskHarness(StorePorts.Of(database.Open()), ids: new UuidV7Generator());
        var id = await harness.FileAsync();
        var successes = 0;
        var conflicts = new List<ConflictException>();
        await Task.WhenAll(Enumerable.Range(0, 64).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < 3; i++)
            {
                try
                {
                    _ = (await harness.Desk.ExecuteAsync(id, new AddNote($"Note {i} of {writer}"))).Value;
                    Interlocked.Increment(ref successes);
                }
                catch (ConflictException e)
                {
                    lock (conflicts)
                        conflicts.Add(e);
                }
            }
        })));

        var view = (await harness.Desk.ViewAsync(id))!;
        view.Complaint.Version.ShouldBe(1 + successes);
        view.History.Count(recorded => recorded.Event is NoteAdded).ShouldBe(successes);
        (successes + conflicts.Count).ShouldBe(64 * 3);
        conflicts.ShouldAllBe(conflict => conflict.CurrentVersion > conflict.ExpectedVersion);
    }

    [Fact]
    public async Task R09_one_command_id_50_times_at_once_has_one_effect_and_one_answer()
    {
        await using var database = new TemporaryDatabase();
        var harness = new DeskHarness(StorePorts.Of(database.Open()), ids: new UuidV7Generator());
        var id = await harness.FileAsync();
        var options = new CommandOptions { CommandId = new CommandId(Guid.CreateVersion7(DateTimeOffset.UnixEpoch)) };
        var filing = new CommandOptions { CommandId = new CommandId(Guid.CreateVersion7(DateTimeOffset.UnixEpoch)) };

        var noted = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => harness.Desk.ExecuteAsync(id, new AddNote("Once."), options))));
        var filed = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => harness.Desk.RegisterAsync(Drafts.Chinese(7), filing))));

        noted.Select(result => result.Value).Distinct().ShouldHaveSingleItem();
        noted.Count(result => !result.Repeated).ShouldBe(1);
        filed.Select(result => result.Value).Distinct().ShouldHaveSingleItem();
        (await harness.Desk.ViewAsync(id))!.History.Count(recorded => recorded.Event is NoteAdded).ShouldBe(1);
        (await harness.Ports.Reader.CountAsync(TenantId.Default, default)).Complaints.ShouldBe(2);
    }

    [Fact]
    public async Task R18_a_full_disk_is_told_and_nothing_half_written_stays()
    {
        await using var database = new TemporaryDatabase();
        var harness = new DeskHarness(StorePorts.Of(database.Open()));
        await harness.FileAsync();
        await database.CloseAsync();
        var full = new DeskHarness(StorePorts.Of(database.Open(options => options with { LargestPages = 150 })), ids: new UuidV7Generator());

        var filed = 1;
        var error = await Should.ThrowAsync<StoreUnavailableException>(async () =>
        {
            for (; filed < 10_000; filed++)
                await full.FileAsync(Drafts.English(filed));
        });
        error.Message.ShouldContain("full");
        (await full.Ports.Reader.CountAsync(TenantId.Default, default)).Complaints.ShouldBe(filed);
        (await FindingsAsync(database)).ShouldBe(0);
        await database.CloseAsync();
        Check(database.File).ShouldBe("ok");
    }

    [Fact]
    public async Task R18_control_a_writer_without_a_transaction_leaves_half_of_a_command_on_a_full_disk()
    {
        await using var database = new TemporaryDatabase();
        await new DeskHarness(StorePorts.Of(database.Open())).FileAsync();
        await database.CloseAsync();
        using (var connection = new SqliteConnection($"Data Source={database.File};Pooling=False"))
        {
            connection.Open();
            Execute(connection, "pragma max_page_count = 1");
            Execute(connection, "update complaint set version = version + 1");
            Should.Throw<SqliteException>(() => Execute(connection, "insert into event select tenant, complaint, version + 1, idx, hash, zeroblob(5000000) from event limit 1")).SqliteErrorCode.ShouldBe(SQLitePCL.raw.SQLITE_FULL);
        }

        (await FindingsAsync(database)).ShouldBeGreaterThan(0);
    }

    private static async Task<int> FindingsAsync(TemporaryDatabase database)
    {
        var harness = new DeskHarness(StorePorts.Of(database.Open()));
        var audit = new HistoryAudit(harness.Ports.Chains, harness.Keys, harness.Clock);
        return (await audit.VerifyAsync(TenantId.Default)).Findings.Length;
    }

    [Fact]
    public async Task A_command_takes_two_round_trips()
    {
        await using var database = new TemporaryDatabase();
        var store = database.Open();
        var harness = new DeskHarness(StorePorts.Of(store));
        var id = await harness.FileAsync();
        var before = store.RoundTrips;
        await harness.Desk.ExecuteAsync(id, new AddNote("Counted."));
        var noted = store.RoundTrips;
        await harness.FileAsync(Drafts.Chinese(2));

        (noted - before).ShouldBe(2);
        (store.RoundTrips - noted).ShouldBe(2);
    }

    [Fact]
    public async Task X34_X44_A_registration_with_its_guide_and_similar_cases_takes_two()
    {
        await using var database = new TemporaryDatabase();
        var store = database.Open();
        await new CountedIntake(StorePorts.Of(store), () => store.RoundTrips)
            .X34_X44_A_registration_with_its_guide_and_similar_cases_takes_two();
    }

    [Fact]
    public async Task A_case_of_500_events_is_decided_without_its_history()
    {
        await using var database = new TemporaryDatabase();
        var store = database.Open(options => options with { Durability = Durability.Normal });
        await new CountedIntake(StorePorts.Of(store), () => store.RoundTrips).A_case_of_500_events_is_decided_without_its_history();
    }

    internal static string Check(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "pragma integrity_check";
        return (string)command.ExecuteScalar()!;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
