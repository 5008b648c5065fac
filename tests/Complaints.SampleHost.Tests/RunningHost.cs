using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Complaints.SampleHost.Tests;

/// <summary>The sample host as a process of its own on a free port, with a database of its own, and a browser in front of it.</summary>
public sealed class RunningHost(Stage stage) : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("complaints-host-");
    private readonly ConcurrentBag<IBrowserContext> _visits = [];
    private Process? _process;

    public string Address { get; private set; } = "";

    public string Database => Path.Combine(_folder.FullName, "demo.db");

    public async ValueTask InitializeAsync()
    {
        await stage.CopyToAsync(Database);
        await StartAsync();
    }

    /// <summary>A page of a visitor of its own: other cookies than every other page.</summary>
    public async Task<IPage> VisitAsync(string path = "/")
    {
        var context = await (await stage.BrowserAsync()).NewContextAsync(new BrowserNewContextOptions { BaseURL = Address });
        _visits.Add(context);
        // Generous, because a loaded machine is slow and not wrong.
        context.SetDefaultTimeout(30_000);
        var page = await context.NewPageAsync();
        await page.GotoAsync(path);
        return page;
    }

    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var visit in _visits)
            await visit.CloseAsync();
        await StopAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>Starts the host with arguments of its own and returns what it printed and its exit code.</summary>
    public static async Task<(int ExitCode, string Error)> TryAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var error = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, await error);
    }

    /// <summary>Starts a host on a database, which it fills with the demo if that is empty, and waits until it is open.</summary>
    internal static async Task<(Process Host, string Address)> OpenAsync(string database)
    {
        var process = Start("--urls", "http://127.0.0.1:0", "--Database", database, "--Demo:Complaints", "120", "--Sweep:Seconds", "1");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            if (Regex.Match(line, @"Open (?<address>http://127\.0\.0\.1:\d+)") is not { Success: true } match)
                continue;
            _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            return (process, match.Groups["address"].Value);
        }
        throw new InvalidOperationException(
            $"The host did not start. {await process.StandardError.ReadToEndAsync(CancellationToken.None)}");
    }

    private async Task StartAsync() => (_process, Address) = await OpenAsync(Database);

    private async Task StopAsync()
    {
        if (_process is not { HasExited: false } process)
            return;
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }

    private static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(typeof(Program).Assembly.Location);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }
}
