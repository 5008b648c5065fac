using Complaints.Core;
using Complaints.Core.Intake;
using Complaints.PostgreSql.Tests.Server;
using Complaints.Storage.PostgreSql;
using Complaints.Testing;

namespace Complaints.PostgreSql.Tests.Faults;

/// <summary>R03: the server goes down under load and comes back.</summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    [Fact]
    public async Task R03_five_crashes_under_load_lose_nothing_that_was_acknowledged()
    {
        await using var server = await PrivateServer.StartAsync();
        await using var store = new PostgreSqlStore(server.ConnectionString());
        var writers = new Writers(store, 6, repeats: true);
        await writers.StartAsync();
        for (var crash = 1; crash <= 5; crash++)
        {
            await Task.Delay(400);
            await server.StopAsync("immediate");
            await server.StartAgainAsync();
            var back = Environment.TickCount64;
            while (writers.LastAt < back && Environment.TickCount64 - back < 10_000)
                await Task.Delay(10);
            (Environment.TickCount64 - back).ShouldBeLessThan(3_000, "usable within three seconds after it is back");
        }
        await writers.StopAsync();

        await writers.ProveAsync();
        output.WriteLine($"{writers.Acknowledged} acknowledged, {writers.Unknown} times unknown and repeated, none lost");
        writers.Acknowledged.ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task R03_control_without_synchronous_commit_acknowledged_commands_are_lost()
    {
        await using var server = await PrivateServer.StartAsync("synchronous_commit = off", "wal_writer_delay = 10s", "wal_writer_flush_after = 100MB", "autovacuum = off");
        await using var store = new PostgreSqlStore(server.ConnectionString());
        var lost = 0;
        for (var attempt = 0; attempt < 5 && lost == 0; attempt++)
        {
            var writers = new Writers(store, 3, repeats: false);
            await writers.StartAsync();
            await server.ExecuteAsync("set synchronous_commit = on; create table if not exists flush (); analyze flush");
            await Task.Delay(150);
            await writers.StopAsync();
            await server.StopAsync("immediate");
            await server.StartAgainAsync();
            lost = await writers.LostAsync();
            output.WriteLine($"{lost} of {writers.Acknowledged} acknowledged commands were lost");
        }

        lost.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task R04_terminated_sessions_are_replaced_and_no_result_is_wrong()
    {
        // Sessions end here and the server does not, so that it can be the one that all share.
        await using var schema = new TestSchema();
        var store = await schema.OpenAloneAsync(more: ";Application Name=victim");
        var writers = new Writers(store, 4, repeats: true);
        await writers.StartAsync();
        var terminated = 0;
        await using var source = Npgsql.NpgsqlDataSource.Create((await SharedServer.GetAsync()).ConnectionString());
        while (terminated < 200)
        {
            await using var kill = source.CreateCommand(
                "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'victim' order by random() limit 1");
            var answered = writers.Acknowledged;
            terminated += await kill.ExecuteScalarAsync() is true ? 1 : 0;
            // Sessions break now and then, and not faster than a slow machine answers: else every attempt of one command is hit.
            for (var waited = 0; waited < 2_000 && writers.Acknowledged < answered + 2; waited += 5)
                await Task.Delay(5);
        }
        await writers.StopAsync();

        await writers.ProveAsync();
        output.WriteLine($"{terminated} sessions terminated, {writers.Acknowledged} commands answered, {writers.Unknown} times a client had to send its command again");
        writers.Unknown.ShouldBeLessThan(10, "nearly all recover without the client");
    }

    [Fact]
    public async Task R18_a_full_disk_is_told_leaves_nothing_half_written_and_work_resumes()
    {
        await using var disk = await SmallDisk.MountAsync(24);
        await using var server = await PrivateServer.StartAsync();
        await server.ExecuteAsync($"create tablespace small location '{disk.Folder}'");
        await server.ExecuteAsync("create database filled tablespace small");
        await using var store = new PostgreSqlStore(server.ConnectionString("filled"));
        var harness = new DeskHarness(StorePorts.Of(store));
        var id = await harness.FileAsync();
        var filler = Path.Combine(disk.Folder, "filler");
        var answered = 1;
        await disk.FillAsync(filler);
        var full = await Should.ThrowAsync<Core.Storage.StoreUnavailableException>(async () =>
        {
            while (answered < 5_000)
                answered = (await harness.Desk.ExecuteAsync(id, new AddNote(new string('x', 3_000)))).Value.Version;
        });

        full.Message.ShouldContain("53100");
        File.Delete(filler);
        (await store.LoadAsync(TenantId.Default, id, default, default)).Complaint!.Version.ShouldBe(answered);
        (await store.HistoryAsync(TenantId.Default, id, default)).Select(stored => stored.Version).Distinct().Count().ShouldBe(answered);
        (await harness.Desk.ExecuteAsync(id, new AddNote("there is room again"))).Value.Version.ShouldBe(answered + 1);
        output.WriteLine($"full after {answered} versions; the next one was written when there was room");
    }
}
