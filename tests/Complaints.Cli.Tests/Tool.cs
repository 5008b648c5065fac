using System.Diagnostics;
using System.Text.Json;
using Complaints.Cli;
using Microsoft.Data.Sqlite;

namespace Complaints.Cli.Tests;

/// <summary>A folder of its own in which the tool is run, as a person would.</summary>
public sealed class Tool : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("complaints-cli-");

    public string this[string name] => Path.Combine(_folder.FullName, name);

    public string Db => this["test.db"];

    public string KeyFile => Db + ".key";

    public string Write(string name, string content)
    {
        File.WriteAllText(this[name], content);
        return this[name];
    }

    public Task<Answer> RunAsync(params string[] arguments) => RunInAsync("en", arguments);

    public Task<Answer> RunInAsync(string language, params string[] arguments) =>
        InHouse.RunAsync(_folder.FullName, Db, In(language, arguments));

    /// <summary>The same in a process of its own, where that is what counts: two at once, or what only a process has.</summary>
    public async Task<Answer> RunAsProcessAsync(string language, params string[] arguments)
    {
        using var process = Start(In(language, arguments));
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync(patience.Token);
        return new Answer(process.ExitCode, await output, await error);
    }

    /// <summary>A process of the tool, to wait for or to kill.</summary>
    public Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ExitCode).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder.FullName,
        };
        start.Environment["COMPLAINTS_DB"] = Db;
        return Process.Start(start)!;
    }

    /// <summary>Runs it and insists that it is done.</summary>
    public async Task<Answer> DoAsync(params string[] arguments)
    {
        var answer = await RunAsync(arguments);
        answer.ExitCode.ShouldBe(ExitCode.Done, $"complaints {string.Join(' ', arguments)}\n{answer.Output}\n{answer.Error}");
        return answer;
    }

    /// <summary>Does to the database what the tool never would.</summary>
    public async Task SqlAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Db};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string[] In(string language, string[] arguments) =>
        arguments is ["--help"] or ["nonsense"] ? arguments : [.. arguments, "--lang", language];
}

/// <summary>What a run answered.</summary>
public sealed record Answer(int ExitCode, string Output, string Error)
{
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;
}
