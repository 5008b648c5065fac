using Complaints.Core;
using Complaints.Core.Definitions;
using Complaints.Core.DependencyInjection;
using Complaints.Storage.PostgreSql;
using Complaints.Storage.Sqlite;
using Complaints.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Complaints.Faults.Tests.Roles;

/// <summary>
/// A process that a test starts and ends: <c>dotnet Complaints.Faults.Tests.dll --Role worker --Database ...</c>. It goes when its input is closed, so that none
/// outlives its test. Without a role the same program runs the tests, as the test runner starts it.
/// </summary>
internal static class Program
{
    public static Task<int> Main(string[] arguments) =>
        arguments is ["--Role", "starter"] ? Starter.RunAsync()
        : arguments is ["--Role", ..] ? PlayAsync(arguments)
        : Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(arguments);

    private static async Task<int> PlayAsync(string[] arguments)
    {
        var builder = Host.CreateApplicationBuilder(arguments);
        builder.Logging.ClearProviders().AddSimpleConsole(options => options.SingleLine = true).SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddHostedService<EndOfInput>().AddHealthChecks();
        var complaints = builder.Services.AddComplaints();
        var database = builder.Configuration["Database"]!;
        _ = PostgreSqlStore.IsConnectionString(database) ? complaints.UsePostgreSql(database) : complaints.UseSqlite(database);
        complaints.UseKeyFile(builder.Configuration["KeyFile"]!);
        if (builder.Configuration.GetValue<bool>("GapFree"))
            complaints.AddDefinition(SharedDefinitions.Tenant.Name, "default", DeskHarness.GapFreeSettings);
        switch (builder.Configuration["Role"])
        {
            case "worker":
                Worker.Add(complaints, builder.Configuration);
                break;
            case "client":
                builder.Services.AddHostedService<Client>();
                break;
            case "linker":
                builder.Services.AddHostedService<Linker>();
                break;
            case var unknown:
                Console.Error.WriteLine($"There is no role '{unknown}'.");
                return 2;
        }
        using var host = builder.Build();
        var lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
        lifetime.ApplicationStarted.Register(() => Said.Line("ready"));
        await host.RunAsync();
        return 0;
    }
}

/// <summary>What the test that started this process may rely on, a line at a time.</summary>
internal static class Said
{
    private static readonly Lock Gate = new();

    public static void Line(string text)
    {
        lock (Gate)
        {
            Console.Out.WriteLine(text);
            Console.Out.Flush();
        }
    }
}

/// <summary>What the test asks, a line at a time; when its end is closed, this process goes.</summary>
internal sealed class EndOfInput(HealthCheckService health) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        // A thread of its own: a console is read without a way to stop waiting.
        new Thread(Listen) { IsBackground = true }.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Listen()
    {
        while (Console.In.ReadLine() is { } question)
        {
            var report = health.CheckHealthAsync().GetAwaiter().GetResult();
            Said.Line($"{question} {report.Status} {string.Join("; ", report.Entries.Values.Select(entry => entry.Description))}");
        }
        Environment.Exit(3);
    }
}
