using System.Diagnostics;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Complaints.SampleHost.Tests.Stage))]

namespace Complaints.SampleHost.Tests;

/// <summary>What all hosts of this run share, made when the first asks: the files of a host that filled its database with the demo and was
/// told to end, and one browser.</summary>
public sealed class Stage : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("complaints-demo-");
    private readonly Lazy<Task> _filled;
    private readonly Lazy<Task<IBrowser>> _browser;
    private IPlaywright? _playwright;

    public Stage() => (_filled, _browser) = (new(FillAsync), new(LaunchAsync));

    public Task<IBrowser> BrowserAsync() => _browser.Value;

    /// <summary>Gives a host the demo's database and its key, to do with as its tests like.</summary>
    public async Task CopyToAsync(string database)
    {
        await _filled.Value;
        foreach (var file in _folder.GetFiles())
            file.CopyTo(database + file.Name["demo.db".Length..]);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser.IsValueCreated)
            await (await _browser.Value).CloseAsync();
        _playwright?.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task FillAsync()
    {
        var (process, address) = await RunningHost.OpenAsync(Path.Combine(_folder.FullName, "demo.db"));
        // A year of clocks is late until it has swept.
        using var client = new HttpClient { BaseAddress = new Uri(address), Timeout = TimeSpan.FromSeconds(60) };
        var health = "";
        for (var i = 0; i < 600 && health != "Healthy"; i++)
        {
            await Task.Delay(100);
            health = await HealthAsync(client);
        }
        health.ShouldBe("Healthy");
        // Told and not killed: a killed one's leases would keep work from its copies for a minute.
        using var told = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0);
        _folder.GetFiles().Select(file => file.Name).ShouldBe(["demo.db", "demo.db.key"], ignoreOrder: true);
    }

    private static async Task<string> HealthAsync(HttpClient client)
    {
        using var answer = await client.GetAsync("/health");
        return await answer.Content.ReadAsStringAsync();
    }

    private async Task<IBrowser> LaunchAsync()
    {
        _playwright = await Playwright.CreateAsync();
        return await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium(),
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
    }

    private static string Chromium() =>
        new[] { "chromium", "chromium-browser", "google-chrome" }
            .SelectMany(name => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
                .Select(folder => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("Chromium is not installed; 'bash tests/run.sh' installs it on Debian.");
}
