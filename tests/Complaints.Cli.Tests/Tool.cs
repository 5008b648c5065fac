using System.Diagnostics;
using System.Text.Json;
using Complaints.Cli;
using Microsoft.Data.Sqlite;

namespace Complaints.Cli.Tests;

/// <summary>A folder of its own in which the tool is run as a process, as a person would.</summary>
public sealed class Tool : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("complaints-cli-");

    public string this[string name] => Path.Combine(_folder.FullName, name);

    public string Db => this["test.db"];

    public string Write(string name, string content)
    {
        File.WriteAllText(this[name], content);
        return this[name];
    }

    public Task<Answer> RunAsync(params string[] arguments) => RunInAsync("en", arguments);

    public async Task<Answer> RunInAsync(string language, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder.FullName };
        start.ArgumentList.Add(typeof(ExitCode).Assembly.Location);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        if (arguments is not ["--help"] and not ["nonsense"])
        {
            start.ArgumentList.Add("--lang");
            start.ArgumentList.Add(language);
        }
        start.Environment["COMPLAINTS_DB"] = Db;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync(patience.Token);
        return new Answer(process.ExitCode, await output, await error);
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
}

/// <summary>What a run answered.</summary>
public sealed record Answer(int ExitCode, string Output, string Error)
{
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;
}
