using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Complaints.Core.DependencyInjection;
using Complaints.PostgreSql.Tests.Server;
using Complaints.Storage.PostgreSql;
using Microsoft.Extensions.DependencyInjection;

namespace Complaints.PostgreSql.Tests.Wiring;

/// <summary>What the README prints under "Many nodes" is typed as it stands, on an empty server: only the port is this test's, and the words that start tool and host from their packages.</summary>
public sealed partial class ManyNodesTests(ITestOutputHelper output) : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("complaints-nodes-");
    private PrivateServer? _server;

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Many_nodes_as_printed_work_on_an_empty_server_under_a_role_without_rights_on_tables()
    {
        _server = await PrivateServer.StartAsync();
        var (database, init, host) = Commands(_server.Port);

        // The host before the schema is there: told what to do, in one sentence.
        await RunAsync(database);
        File.WriteAllText(Path.Combine(_folder.FullName, "early.key"), Convert.ToBase64String(new byte[32]));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path.Combine(_folder.FullName, "early.key"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        (await RunAsync(host.Replace("complaints.key", "early.key"), exitCode: 4)).ShouldContain("complaints init --role");

        var said = await RunAsync(init);
        said.ShouldContain($"lies in {Path.Combine(_folder.FullName, "complaints.key")}.");
        said.ShouldContain("complaints_app may read and write");
        (await RunAsync(host.Replace("complaints.key", "missing.key"), exitCode: 4)).ShouldContain($"'{Path.Combine(_folder.FullName, "missing.key")}' is missing");
        (await RunAsync(host.Replace(" --key complaints.key", ""), exitCode: 2)).ShouldContain("--key FILE");

        await using (await StartAsync(host))
        await using (await StartAsync(host))
        {
            (await _server.ScalarAsync<bool>("select bool_and(usename = 'complaints_app') from pg_stat_activity where application_name = 'complaints'", "crm")).ShouldBeTrue();
        }
        (await _server.ScalarAsync<long>("select count(*) from complaints.complaint", "crm")).ShouldBeGreaterThanOrEqualTo(6);
        (await RunAsync(init)).ShouldContain($"is {Path.Combine(_folder.FullName, "complaints.key")}.", Case.Sensitive, "again it changes nothing");
    }

    [Theory]
    [InlineData("Data Source=complaints.db")]
    [InlineData("complaints.db")]
    [InlineData("Database=crm;Username=app;Password=secret")]
    public void UsePostgreSql_without_a_server_is_refused_with_one_sentence(string connectionString)
    {
        var error = Should.Throw<ArgumentException>(() => new ServiceCollection().AddComplaints().UsePostgreSql(connectionString));
        error.Message.ShouldContain("UseSqlite");
        error.Message.ShouldNotContain("secret");
        Should.Throw<ArgumentException>(() => new PostgreSqlStore(connectionString)).Message.ShouldBe(error.Message);
    }

    /// <summary>The indented lines of the section.</summary>
    private (string Database, string Init, string Host) Commands(int port)
    {
        var readme = File.ReadAllText(Repository.At("README.md"));
        var from = readme.IndexOf("## Many nodes", StringComparison.Ordinal);
        var lines = readme[from..readme.IndexOf("\n## ", from + 1, StringComparison.Ordinal)].Split('\n').Where(line => line.StartsWith("    ", StringComparison.Ordinal)).Select(line => line.Trim()).ToList();
        lines.Select(line => line.Split(' ')[0]).ShouldBe(["psql", "complaints", "dotnet"], "the section prints these three and no more");
        var host = $"dotnet '{Repository.At("samples", "Complaints.SampleHost", "bin", "Release", "net10.0", "Complaints.SampleHost.dll")}'";
        return (
            lines[0].Replace("psql", $"'{Path.Combine(PostgreSqlBinaries.Folder, "psql")}'").Replace("-h 127.0.0.1", $"-h 127.0.0.1 -p {port}"),
            lines[1].Replace("complaints init", $"dotnet '{System.Reflection.Assembly.Load("Complaints.Cli").Location}' init").Replace("Host=127.0.0.1", $"Host=127.0.0.1;Port={port}"),
            lines[2].Replace("dotnet run --project samples/Complaints.SampleHost --", host).Replace("Host=127.0.0.1", $"Host=127.0.0.1;Port={port}") + " --urls http://127.0.0.1:0 --Demo:Complaints 6");
    }

    /// <summary>Runs a line to its end, as somebody at a shell would, and answers everything that it printed.</summary>
    private async Task<string> RunAsync(string line, int exitCode = 0)
    {
        using var process = Shell(line + " 2>&1");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        var printed = await process.StandardOutput.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        output.WriteLine($"{line}\n{printed}");
        process.ExitCode.ShouldBe(exitCode, printed);
        printed.ShouldNotContain("   at ", Case.Sensitive, "no stack trace at any step");
        return printed;
    }

    private async Task<Node> StartAsync(string line)
    {
        var process = Shell("exec " + line + " 2>&1");
        var said = new System.Text.StringBuilder();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } printed)
        {
            said.AppendLine(printed);
            if (Address().Match(printed) is not { Success: true } match)
                continue;
            using var client = new HttpClient();
            (await client.GetAsync(match.Value, patience.Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
            return new Node(process, said);
        }
        throw new InvalidOperationException($"The host ended before it listened: {said}");
    }

    private Process Shell(string line) =>
        Process.Start(new ProcessStartInfo("sh", ["-c", line]) { RedirectStandardOutput = true, WorkingDirectory = _folder.FullName, Environment = { ["COMPLAINTS_KEY"] = "", ["COMPLAINTS_DB"] = "" } })!;

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Address();

    private sealed class Node(Process process, System.Text.StringBuilder said) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            process.Kill();
            said.Append(await process.StandardOutput.ReadToEndAsync());
            process.Dispose();
            said.ToString().ShouldNotContain("   at ", Case.Sensitive, $"no stack trace while it ran: {said}");
        }
    }
}
