using Complaints.Core;
using Complaints.Core.DependencyInjection;
using Complaints.Core.Storage;
using Complaints.PostgreSql.Tests.Server;
using Complaints.Storage.PostgreSql;
using Complaints.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Complaints.PostgreSql.Tests;

/// <summary>What the store says of its server, and what it does about a clock that is off.</summary>
public sealed class ServerTests(DurableServer durable) : IClassFixture<DurableServer>, IAsyncDisposable
{
    private readonly TestSchema _schema = new();
    private readonly PrivateServer _server = durable.Server;

    public ValueTask DisposeAsync() => _schema.DisposeAsync();

    [Fact]
    public async Task A_server_that_keeps_what_was_answered_gives_no_warning()
    {
        var log = new CapturedLog();
        await using var store = new PostgreSqlStore(_server.ConnectionString(), new() { Schema = _schema.Name }, SystemClock.Instance, log);
        var seen = await store.LookAsync(default);

        seen.KeepsAcknowledged.ShouldBeTrue();
        seen.IsDegraded.ShouldBeFalse();
        seen.ClockSkew!.Value.TotalSeconds.ShouldBeInRange(-1, 1);
        log.Events.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_synchronous_commit_the_start_warns_once()
    {
        var log = new CapturedLog();
        await using var store = new PostgreSqlStore(_server.ConnectionString() + ";Options=-c synchronous_commit=off", new() { Schema = _schema.Name }, SystemClock.Instance, log);
        await store.MigrateAsync(default);
        await store.LookAsync(default);

        log.Events.ShouldBe([2001]);
    }

    [Fact]
    public async Task A_clock_three_seconds_off_is_degraded_and_works()
    {
        var log = new CapturedLog();
        await using var store = await AtAsync(Duration.FromSeconds(3), log);
        var seen = await store.LookAsync(default);

        seen.IsDegraded.ShouldBeTrue();
        seen.ClockSkew!.Value.TotalSeconds.ShouldBeInRange(2.5, 3.5);
        log.Events.ShouldBe([2002]);
        await new DeskHarness(StorePorts.Of(store)).FileAsync();
    }

    [Theory]
    [InlineData(90)]
    [InlineData(-90)]
    public async Task A_clock_more_than_a_minute_off_is_refused_and_nothing_is_written(int seconds)
    {
        await using var store = await AtAsync(Duration.FromSeconds(seconds), new CapturedLog());
        var error = await Should.ThrowAsync<ClockSkewException>(() => new DeskHarness(StorePorts.Of(store)).FileAsync());

        error.Error.Code.ShouldBe("clock.skew");
        error.Skew.TotalSeconds.ShouldBeInRange(seconds - 2, seconds + 2);
        (await store.CountAsync(TenantId.Default, default)).Complaints.ShouldBe(0);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_unavailable_and_a_database_that_is_not_is_told()
    {
        await using var nowhere = new PostgreSqlStore("Host=127.0.0.1;Port=1;Username=postgres;Timeout=2");
        await Should.ThrowAsync<StoreUnavailableException>(async () => await nowhere.CountAsync(TenantId.Default, default));

        await using var missing = new PostgreSqlStore(_server.ConnectionString("no_such_database"));
        var error = await Should.ThrowAsync<StoreException>(async () => await missing.CountAsync(TenantId.Default, default));
        error.ShouldNotBeOfType<StoreUnavailableException>();
        error.Message.ShouldContain("3D000");

        Should.Throw<ArgumentException>(() => new PostgreSqlStore("Hots=127.0.0.1"));
        Should.Throw<ArgumentException>(() => new PostgreSqlStore(" "));
    }

    [Fact]
    public async Task UsePostgreSql_gives_every_port_the_same_store()
    {
        var services = new ServiceCollection();
        var key = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.key");
        services.AddComplaints().UsePostgreSql(_server.ConnectionString(), new PostgreSqlStoreOptions { Schema = _schema.Name }).UseKeyFile(key);
        await using var provider = services.BuildServiceProvider();

        var filed = await provider.GetRequiredService<ComplaintDesk>().RegisterAsync(Drafts.English());
        filed.IsSuccess.ShouldBeTrue();
        (await provider.GetRequiredService<IComplaintReader>().CountAsync(TenantId.Default, default)).Complaints.ShouldBe(1);
        provider.GetRequiredService<IChainStore>().ShouldBeSameAs(provider.GetRequiredService<PostgreSqlStore>());
        File.Delete(key);
    }

    private Task<PostgreSqlStore> AtAsync(Duration skew, CapturedLog log) =>
        Task.FromResult(new PostgreSqlStore(_server.ConnectionString(), new() { Schema = _schema.Name }, new OffClock(skew), log));

    private sealed class OffClock(Duration skew) : IClock
    {
        public Instant GetCurrentInstant() => SystemClock.Instance.GetCurrentInstant() + skew;
    }
}

/// <summary>Remembers which events were logged.</summary>
internal sealed class CapturedLog : ILogger<PostgreSqlStore>
{
    public List<int> Events { get; } = [];

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Events.Add(eventId.Id);
}

/// <summary>A server as it is installed, which waits for its disk; the one that other tests share does not.</summary>
public sealed class DurableServer : IAsyncLifetime
{
    internal PrivateServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await PrivateServer.StartAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
