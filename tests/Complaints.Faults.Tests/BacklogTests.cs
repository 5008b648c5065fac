using System.Globalization;
using System.Text.RegularExpressions;
using Complaints.Faults.Tests.Processes;
using Complaints.PostgreSql.Tests.Server;

namespace Complaints.Faults.Tests;

/// <summary>R12: an outbox that nobody emptied for long.</summary>
public sealed partial class BacklogTests(ITestOutputHelper output)
{
    private const int LargestMegabytes = 300;

    [Fact]
    public async Task R12_an_outbox_of_a_million_is_claimed_by_its_index_in_bounded_memory()
    {
        var messages = Size.Of(200_000, 1_000_000);
        // The server writes the plan of each statement that it really ran into its log.
        await using var server = await PrivateServer.StartAsync("fsync = off", "max_wal_size = 4GB", "log_statement = none");
        await using var ground = await Ground.OnPostgreSqlAsync(server);
        await using var sink = new Sink();
        await ground.FileOverdueAsync(1);
        await ground.AddMessagesAsync(messages, "sink");
        await ground.ExecuteAsync("analyze complaints.outbox");
        var database = new Npgsql.NpgsqlConnectionStringBuilder(ground.Database).Database;
        await server.ExecuteAsync($"alter database {database} set session_preload_libraries = 'auto_explain'; alter database {database} set auto_explain.log_min_duration = 0; alter database {database} set auto_explain.log_analyze = on; alter database {database} set auto_explain.log_timing = off");
        await using var worker = Child.Start("worker", ground, "--Sink", sink.Port, "--Work:ClaimBatch", "500", "--Concurrency", "50");
        await Until.HoldsAsync(() => sink.Deliveries.Count >= 5_000, "ten claims are sent");
        var megabytes = MegabytesOf(worker);
        await worker.KillAsync();

        var claims = ClaimsOf(await File.ReadAllTextAsync(Path.Combine(server.Folder, "log")));
        var times = claims.Select(claim => claim.Milliseconds).Order().ToList();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"R12: an outbox of {messages:N0}, {claims.Count} claims of 500, median {times[times.Count / 2]:F1} ms, longest {times[^1]:F1} ms, {megabytes} MB at most"));
        claims.Count.ShouldBeGreaterThanOrEqualTo(10);
        claims.ShouldAllBe(claim => claim.Plan.Contains("Index Scan using outbox_due") && !claim.Plan.Contains("Seq Scan on outbox"));
        megabytes.ShouldBeInRange(20, LargestMegabytes);
        ClaimsOf((await ControlAsync(server, ground))).ShouldContain(claim => claim.Plan.Contains("Seq Scan on outbox"), "control: without its index the claim reads everything");
    }

    /// <summary>The same without the index.</summary>
    private static async Task<string> ControlAsync(PrivateServer server, Ground ground)
    {
        var log = Path.Combine(server.Folder, "log");
        var before = new FileInfo(log).Length;
        await ground.ExecuteAsync("drop index complaints.outbox_due; drop index complaints.outbox_order");
        await using var sink = new Sink();
        await using var worker = Child.Start("worker", ground, "--Sink", sink.Port, "--Work:ClaimBatch", "500");
        await Until.HoldsAsync(() => sink.Deliveries.Count > 0, "a message");
        return (await File.ReadAllTextAsync(log))[(int)before..];
    }

    private static int MegabytesOf(Child child) =>
        int.Parse(File.ReadLines($"/proc/{child.Id}/status").Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1_024;

    /// <summary>The claims that took a whole batch.</summary>
    private static List<(double Milliseconds, string Plan)> ClaimsOf(string log) =>
        [.. Claim().Matches(log).Where(match => match.Groups["plan"].Value.Contains("actual rows=500 ")).Select(match => (double.Parse(match.Groups["ms"].Value, CultureInfo.InvariantCulture), match.Groups["plan"].Value))];

    [GeneratedRegex(@"duration: (?<ms>[\d.]+) ms  plan:\s+Query Text: update complaints.outbox set due_at = [^\n]*attempt = case (?<plan>.*?)(?=\n\d{4}-|\z)", RegexOptions.Singleline)]
    private static partial Regex Claim();
}
