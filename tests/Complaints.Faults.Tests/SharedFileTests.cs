using System.Globalization;
using Complaints.Core;
using Complaints.Faults.Tests.Processes;
using Microsoft.Data.Sqlite;

namespace Complaints.Faults.Tests;

/// <summary>R05: one SQLite file, on which a host works, two programs write and a ledger is imported, and all but one are killed again and again.</summary>
public sealed class SharedFileTests(ITestOutputHelper output)
{
    private const int LedgerRows = 400;

    [Fact]
    public async Task R05_programs_that_share_a_file_and_are_killed_lose_nothing_and_turn_nobody_away()
    {
        var (seed, length) = (Environment.TickCount, TimeSpan.FromSeconds(Size.Of(20, 60)));
        await using var ground = Ground.OnSqlite();
        await using var sink = new Sink();
        await ground.FileOverdueAsync(50);
        using var over = new CancellationTokenSource(length);
        await using var steady = Child.Start("client", ground, "--Seed", "1", "--Lanes", "2");
        var clients = KilledClientsAsync(ground, new Random(seed), over.Token);
        var hosts = KilledHostsAsync(ground, sink, new Random(seed + 1), over.Token);
        var (ledgers, rows) = await KilledImportsAsync(ground, new Random(seed + 2), over.Token);
        var (kills, hostKills) = (await clients, await hosts);
        var failures = Answer.Failures(steady).ToList();
        await steady.KillAsync();
        var answers = Answer.All(steady).Concat(kills.Answers).ToList();

        await using (var last = Child.Start("worker", ground, "--Sink", sink.Port))
            await Until.HoldsAsync(async () => (await ground.Store.CountAsync(TenantId.Default, default)).Outbox == 0, "everything is sent");
        var (lost, untold) = (await ground.LostAsync(answers), sink.Untold(answers));
        var twice = (await ground.StepsAsync()).Values.Count(times => times > 1);
        output.WriteLine($"R05: seed {seed}, {length.TotalSeconds} s, {answers.Count:N0} commands answered, {kills.Kills} clients, {hostKills} hosts and {ledgers} imports killed, {rows:N0} rows imported, {lost} lost, {untold} untold, {twice} steps twice, {failures.Count} turned away");
        failures.Concat(kills.Failures).ShouldBeEmpty();
        (lost, untold, twice).ShouldBe((0, 0, 0));
        (await ground.Store.CountAsync(TenantId.Default, default)).Complaints.ShouldBeGreaterThanOrEqualTo(50 + answers.Count(answer => answer.What == "file" && answer.Seed == 1) + rows);
        Integrity(ground).ShouldBe("ok");
    }

    [Fact]
    public async Task R05_control_a_damaged_page_is_seen()
    {
        await using var ground = Ground.OnSqlite();
        await ground.FileOverdueAsync(50);
        await ground.CloseAsync();
        Integrity(ground).ShouldBe("ok");
        await using (var file = new FileStream(ground.Database, FileMode.Open))
        {
            var page = file.Length / 4_096 / 2;
            file.Position = page * 4_096;
            await file.WriteAsync(new byte[4_096 * 4]);
        }
        Integrity(ground).ShouldNotBe("ok");
    }

    private static async Task<(int Kills, List<Answer> Answers, List<string> Failures)> KilledClientsAsync(Ground ground, Random random, CancellationToken over)
    {
        var (kills, from, answers, failures) = (0, 0, new List<Answer>(), new List<string>());
        while (!over.IsCancellationRequested)
        {
            await using var client = Child.Start("client", ground, "--Seed", "5", "--From", $"{from}");
            await client.Ready;
            await Task.Delay(random.Next(200, 2_000));
            await client.KillAsync();
            kills++;
            answers.AddRange(Answer.All(client));
            failures.AddRange(Answer.Failures(client));
            from = Math.Max(0, answers.Select(answer => answer.Number).DefaultIfEmpty(0).Max() - 2);
        }
        return (kills, answers, failures);
    }

    private static async Task<int> KilledHostsAsync(Ground ground, Sink sink, Random random, CancellationToken over)
    {
        var kills = 0;
        for (; !over.IsCancellationRequested; kills++)
        {
            await using var host = Child.Start("worker", ground, "--Sink", sink.Port, "--Work:Lease", "00:00:04", "--Work:SendTimeout", "00:00:02");
            await host.Ready;
            await Task.Delay(random.Next(1_000, 4_000));
            host.Lines.ShouldNotContain(line => line.Contains("[3001]") || line.Contains("[3002]"), "a host finds the file busy");
            await host.KillAsync();
        }
        return kills;
    }

    /// <summary>Each ledger is imported twice: the first is killed, the second takes up what it left.</summary>
    private static async Task<(int Kills, int Rows)> KilledImportsAsync(Ground ground, Random random, CancellationToken over)
    {
        var ledgers = 0;
        for (; !over.IsCancellationRequested; ledgers++)
        {
            var ledger = Ledger(ground, ledgers);
            await using (var killed = Import(ground, ledger))
            {
                await Task.Delay(random.Next(600, 2_000));
                await killed.KillAsync();
            }
            await using var whole = Import(ground, ledger);
            await whole.EndedAsync();
            whole.ExitCode.ShouldBe(0, string.Join(" | ", whole.Lines));
        }
        return (ledgers, ledgers * LedgerRows);
    }

    private static Child Import(Ground ground, string ledger) => Child.Start(
        Repository.At("src", "Complaints.Cli", "bin", "Release", "net10.0", "Complaints.Cli.dll"), [new("COMPLAINTS_DB", ground.Database), new("COMPLAINTS_KEY", ground.KeyFile)], _ => false,
        "import", ledger, "--map", Repository.At("samples", "mappings", "cfpb-2023.json"), "--bad", ledger + ".bad", "--lang", "en");

    private static string Ledger(Ground ground, int number)
    {
        var file = Path.Combine(ground.Folder, $"ledger-{number}.csv");
        const string Head = "Date received,Product,Sub-product,Issue,Sub-issue,Consumer complaint narrative,Company public response,Company,State,ZIP code,Tags,Consumer consent provided?,Submitted via,Date sent to company,Company response to consumer,Timely response?,Consumer disputed?,Complaint ID";
        File.WriteAllLines(file, Enumerable.Range(0, LedgerRows).Select(row => string.Create(
            CultureInfo.InvariantCulture, $"2023-01-02,Mortgage,,Late,,,,BANK,MA,02111,,,Web,2023-01-03,Closed with explanation,Yes,N/A,{number * LedgerRows + row + 1}")).Prepend(Head));
        return file;
    }

    private static string Integrity(Ground ground)
    {
        using var connection = new SqliteConnection($"Data Source={ground.Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "pragma integrity_check";
        try
        {
            return (string)command.ExecuteScalar()!;
        }
        catch (SqliteException e)
        {
            return e.Message;
        }
    }
}
