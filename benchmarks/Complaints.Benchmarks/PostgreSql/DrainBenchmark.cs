using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Complaints.Core;
using Complaints.Core.DependencyInjection;
using Complaints.Core.History;
using Complaints.Core.Notifications;
using Complaints.Core.Storage;
using Complaints.Hosting;
using Complaints.PostgreSql.Tests.Server;
using Complaints.Storage.PostgreSql;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Complaints.Benchmarks.PostgreSql;

/// <summary>A full outbox is emptied by the dispatcher, as a host runs it, to a receiver on the loopback address that answers every message.</summary>
internal static class DrainBenchmark
{
    public static async Task RunAsync(int messages)
    {
        await using var server = await BenchmarkServer.StartAsync();
        var store = new PostgreSqlStore(server.ConnectionString());
        await store.MigrateAsync(default);
        await BenchmarkServer.ExecuteAsync(
            server,
            $$"""
            insert into complaints.outbox (tenant, id, complaint, topic, payload, created_at, due_at)
            select 'default', gen_random_uuid(), gen_random_uuid(), 'complaints.registered.v1', convert_to('{"topic":"complaints.registered.v1","number":"2026-' || lpad(i::text, 6, '0') || '"}', 'UTF8'), i, i
            from generate_series(1, {{messages}}) as i
            """);
        await BenchmarkServer.ExecuteAsync(server, "vacuum analyze");
        await BenchmarkServer.ExecuteAsync(server, "checkpoint");
        using var sink = new LoopbackSink();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddConsole();
        builder.Services.AddSingleton(sink);
        // In memory: nothing is sealed here, and a file would lie where the benchmark was started.
        builder.Services.AddSingleton<IKeyProtector>(new FileKeyProtector(new byte[32]));
        builder.Services.AddComplaints()
            .UsePostgreSql(server.ConnectionString())
            .AddBackgroundWork(options => (options.Tenants, options.ClaimBatch) = ([TenantId.Default], 500))
            .AddMessageChannel<SinkChannel>();
        using var host = builder.Build();
        var before = Memory("VmRSS");
        var watch = Stopwatch.StartNew();
        await host.StartAsync();
        for (var last = 0; sink.Received < messages;)
        {
            await Task.Delay(5_000);
            Rounds.Print($"{watch.Elapsed.TotalSeconds,6:F0} s  {sink.Received,9:N0} delivered  {(sink.Received - last) / 5,6:N0} a second  {Memory("VmRSS") / 1024,4:N0} MB");
            last = sink.Received;
        }
        Rounds.Print($"{messages / watch.Elapsed.TotalSeconds:N0} messages a second (goal 2,000); {sink.Received - messages:N0} of {messages:N0} more than once; memory before {before / 1024:N0} MB, at most {Memory("VmHWM") / 1024:N0} MB (goal 300)");
        await host.StopAsync();
        Rounds.Print($"left in the outbox  {await server.ScalarAsync<long>("select count(*) from complaints.outbox where delivered_at is null"):N0}");
    }

    private static long Memory(string what) => long.Parse(
        File.ReadLines("/proc/self/status").Single(line => line.StartsWith(what + ":", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
}

/// <summary>Receives one byte a message and answers with one.</summary>
internal sealed class LoopbackSink : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private int _received;

    public LoopbackSink()
    {
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Received => Volatile.Read(ref _received);

    public IPEndPoint Address => (IPEndPoint)_listener.LocalEndpoint;

    public void Dispose() => _listener.Stop();

    private async Task AcceptAsync()
    {
        while (true)
            _ = AnswerAsync(await _listener.AcceptTcpClientAsync());
    }

    /// <summary>A message is its length in two bytes and its payload.</summary>
    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            client.NoDelay = true;
            var stream = client.GetStream();
            var buffer = new byte[ushort.MaxValue];
            while (await stream.ReadAtLeastAsync(buffer.AsMemory(0, 2), 2, throwOnEndOfStream: false) == 2)
            {
                await stream.ReadExactlyAsync(buffer.AsMemory(0, buffer[0] << 8 | buffer[1]));
                Interlocked.Increment(ref _received);
                await stream.WriteAsync(buffer.AsMemory(0, 1));
            }
        }
    }
}

/// <summary>Sends each message over a connection of its own choice and waits for the answer.</summary>
internal sealed class SinkChannel(LoopbackSink sink) : IMessageChannel
{
    private ImmutableStack<TcpClient> _idle = [];

    public string Name => "sink";

    public bool IsOrdered => false;

    public int Concurrency => 8;

    public bool Takes(string topic) => true;

    public async ValueTask<DeliveryResult> SendAsync(ClaimedMessage message, CancellationToken cancellationToken)
    {
        if (!ImmutableInterlocked.TryPop(ref _idle, out var client))
        {
            client = new TcpClient { NoDelay = true };
            await client.ConnectAsync(sink.Address, cancellationToken);
        }
        var stream = client.GetStream();
        await stream.WriteAsync((byte[])[(byte)(message.Payload.Length >> 8), (byte)message.Payload.Length, .. message.Payload.Span], cancellationToken);
        await stream.ReadExactlyAsync(new byte[1], cancellationToken);
        ImmutableInterlocked.Push(ref _idle, client);
        return DeliveryResult.Delivered;
    }
}
