using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Complaints.SampleHost.Tests;

/// <summary>The sample host as a process of its own on a free port, with a database of its own, and a browser in front of it.</summary>
public sealed class RunningHost : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("complaints-host-");
    private Process? _process;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public string Address { get; private set; } = "";

    public string Database => Path.Combine(_folder.FullName, "demo.db");

    public async ValueTask InitializeAsync()
    {
        await StartAsync();
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium(),
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    /// <summary>A page of a visitor of its own: other cookies than every other page.</summary>
    public async Task<IPage> VisitAsync(string path = "/")
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions { BaseURL = Address });
        context.SetDefaultTimeout(10_000);
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
        if (_browser is not null)
            await _browser.CloseAsync();
        _playwright?.Dispose();
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

    private async Task StartAsync()
    {
        _process = Start("--urls", "http://127.0.0.1:0", "--Database", Database, "--Demo:Complaints", "120", "--Sweep:Seconds", "1");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await _process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            if (Regex.Match(line, @"Open (?<address>http://127\.0\.0\.1:\d+)") is not { Success: true } match)
                continue;
            Address = match.Groups["address"].Value;
            _ = _process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            return;
        }
        throw new InvalidOperationException($"The host did not start. {await _process.StandardError.ReadToEndAsync(CancellationToken.None)}");
    }

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

    private static string Chromium() =>
        new[] { "chromium", "chromium-browser", "google-chrome" }
            .SelectMany(name => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("Chromium is not installed; 'bash tests/run.sh' installs it on Debian.");
}
