using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Complaints.PostgreSql.Tests.Server;

namespace Complaints.PostgreSql.Tests.Wiring;

/// <summary>The tool and the sample host work on PostgreSQL with one setting.</summary>
public sealed partial class ToolTests : IAsyncLifetime
{
    private static int _databases;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("complaints-tool-");
    private string _database = "";

    public async ValueTask InitializeAsync()
    {
        var server = await SharedServer.GetAsync();
        var name = $"tool_{Interlocked.Increment(ref _databases)}";
        await server.ExecuteAsync($"create database {name}");
        _database = $"Host=127.0.0.1;Port={server.Port};Database={name};Username=postgres";
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_tool_makes_imports_lists_verifies_and_looks_on_postgresql()
    {
        (await ToolAsync("init", "--script")).ShouldContain("create table complaint (");
        (await ToolAsync("init")).ShouldContain("127.0.0.1/tool_");
        var ledger = Path.Combine(_folder.FullName, "ledger.csv");
        await File.WriteAllTextAsync(ledger, "Date received,Product,Sub-product,Issue,Sub-issue,Consumer complaint narrative,Company public response,Company,State,ZIP code,Tags,Consumer consent provided?,Submitted via,Date sent to company,Company response to consumer,Timely response?,Consumer disputed?,Complaint ID\n2023-01-02,Mortgage,,Late,,,,BANK,MA,02111,,,Web,2023-01-03,Closed with explanation,Yes,N/A,1\n");
        await ToolAsync("import", ledger, "--map", Repository.At("samples", "mappings", "cfpb-2023.json"));
        (await ToolAsync("list", "--json")).ShouldContain("Closed");
        await ToolAsync("verify");
        (await ToolAsync("doctor", exitCode: null)).ShouldContain("PostgreSQL");
    }

    [Fact]
    public async Task Two_hosts_work_on_one_database_and_one_goes_on_when_the_other_is_killed()
    {
        using var first = await HostAsync();
        using var second = await HostAsync();
        using var client = new HttpClient();
        (await client.GetAsync(first.Address)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var before = await client.GetStringAsync(second.Address);

        first.Process.Kill();
        await first.Process.WaitForExitAsync();

        (await client.GetStringAsync(second.Address)).Length.ShouldBeGreaterThan(before.Length / 2);
        (await client.GetAsync($"{second.Address}/health")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<Host> HostAsync()
    {
        var folder = Repository.At("samples", "Complaints.SampleHost", "bin", "Release", "net10.0");
        var start = new ProcessStartInfo("dotnet", [Path.Combine(folder, "Complaints.SampleHost.dll"), "--urls", "http://127.0.0.1:0"]) { RedirectStandardOutput = true, WorkingDirectory = folder };
        start.Environment["Database"] = _database;
        start.Environment["Demo__Complaints"] = "12";
        start.Environment["COMPLAINTS_KEY"] = Path.Combine(_folder.FullName, "shared.key");
        var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            if (Address().Match(line) is { Success: true } match)
            {
                _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return new Host(process, match.Value);
            }
        }
        throw new InvalidOperationException("The host ended before it said where it listens.");
    }

    private async Task<string> ToolAsync(string command, params string[] arguments) => await ToolAsync(command, 0, arguments);

    private async Task<string> ToolAsync(string command, int? exitCode, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [System.Reflection.Assembly.Load("Complaints.Cli").Location, command, .. arguments, "--lang", "en"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder.FullName,
        };
        start.Environment["COMPLAINTS_DB"] = _database;
        start.Environment["COMPLAINTS_KEY"] = Path.Combine(_folder.FullName, "shared.key");
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (exitCode is { } expected)
            process.ExitCode.ShouldBe(expected, $"{command}: {output}{await error}");
        return output;
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Address();

    private sealed record Host(Process Process, string Address) : IDisposable
    {
        public void Dispose()
        {
            if (!Process.HasExited)
                Process.Kill();
            Process.Dispose();
        }
    }
}
