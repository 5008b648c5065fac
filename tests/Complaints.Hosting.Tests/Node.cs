using Complaints.Core;
using Complaints.Core.DependencyInjection;
using Complaints.Core.Notifications;
using Complaints.Core.Storage;
using Complaints.Storage.Sqlite;
using Complaints.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace Complaints.Hosting.Tests;

/// <summary>One node: a container with the background work on a SQLite file that others may share.</summary>
internal sealed class Node : IAsyncDisposable
{
    private const string AtAnyHour = """{"week":{"monday":["08:00-12:00"]},"topics":[]}""";
    private readonly ServiceProvider _provider;

    public Node(string file, IClock? clock, Action<BackgroundWorkOptions>? configure = null, params IMessageChannel[] channels)
        : this(NullLoggerFactory.Instance, file, clock, configure, channels) { }

    public Node(
        ILoggerFactory loggers, string file, IClock? clock, Action<BackgroundWorkOptions>? configure = null,
            params IMessageChannel[] channels)
    {
        var services = new ServiceCollection();
        services.AddSingleton(loggers);
        services.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        if (clock is not null)
            services.AddSingleton(clock);
        foreach (var channel in channels)
            services.AddSingleton(channel);
        // Messages to customers wait for no hours: the tests run on the machine's clock.
        services.AddComplaints().AddDefinition("contact-hours", "default", AtAnyHour).UseSqlite(file).AddBackgroundWork(options =>
        {
            (options.SweepEvery, options.DispatchEvery) = (TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(20));
            (options.FirstPause, options.LongestPause) = (TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(100));
            configure?.Invoke(options);
        }).AddBackgroundWork();
        _provider = services.BuildServiceProvider();
    }

    public ComplaintDesk Desk => _provider.GetRequiredService<ComplaintDesk>().For(DeskHarness.Agent);

    public IOutboxStore Outbox => _provider.GetRequiredService<IOutboxStore>();

    public Housekeeping Housekeeping => _provider.GetServices<IHostedService>().OfType<Housekeeping>().Single();

    public TimerSweeper Sweeper => _provider.GetServices<IHostedService>().OfType<TimerSweeper>().Single();

    public T Get<T>() where T : notnull => _provider.GetRequiredService<T>();

    public Task<HealthReport> HealthAsync() => _provider.GetRequiredService<HealthCheckService>().CheckHealthAsync();

    public async Task<ComplaintId> FileAsync() => (await Desk.RegisterAsync(Drafts.English(Random.Shared.Next()))).Value.Complaint;

    public async Task StartAsync()
    {
        foreach (var service in _provider.GetServices<IHostedService>())
            await service.StartAsync(default);
    }

    public async Task StopAsync()
    {
        foreach (var service in _provider.GetServices<IHostedService>())
            await service.StopAsync(default);
    }

    public async ValueTask DisposeAsync() => await _provider.DisposeAsync();
}

/// <summary>Keeps what it was given, and does what a test tells it to.</summary>
internal sealed class Sink(string name = "sink", Func<ClaimedMessage, CancellationToken, ValueTask<DeliveryResult>>? answer = null, bool isOrdered = false, Func<string, bool>? takes = null) : IMessageChannel
{
    private readonly List<ClaimedMessage> _attempts = [];

    public string Name => name;

    public bool IsOrdered => isOrdered;

    public int Concurrency => 8;

    public IReadOnlyList<ClaimedMessage> Attempts
    {
        get
        {
            lock (_attempts)
                return [.. _attempts];
        }
    }

    public bool Takes(string topic) => takes?.Invoke(topic) ?? true;

    public ValueTask<DeliveryResult> SendAsync(ClaimedMessage message, CancellationToken cancellationToken)
    {
        lock (_attempts)
            _attempts.Add(message);
        return answer?.Invoke(message, cancellationToken) ?? new(DeliveryResult.Delivered);
    }
}

internal static class Until
{
    /// <summary>Waits until something holds; the bound is generous, because a loaded machine is slow and not wrong.</summary>
    public static async Task HoldsAsync(Func<Task<bool>> condition, string what)
    {
        for (var i = 0; i < 600; i++)
        {
            if (await condition())
                return;
            await Task.Delay(50);
        }
        throw new TimeoutException($"Not within 30 s: {what}");
    }
}
