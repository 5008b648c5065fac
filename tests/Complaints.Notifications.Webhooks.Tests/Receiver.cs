using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Complaints.Notifications.Webhooks.Tests;

/// <summary>A real HTTP server on loopback that behaves as it is told.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private WebApplication? _server;
    private int _port;

    /// <summary>Every request, whatever became of it.</summary>
    public ConcurrentQueue<Request> Seen { get; } = new();

    /// <summary>Answers a request whose body was read.</summary>
    public Func<HttpContext, Request, Task> Answer { get; set; } = static (_, _) => Task.CompletedTask;

    public string Url => $"http://127.0.0.1:{_port}/hook";

    public int Port => _port;

    public static async Task<Receiver> StartAsync(Func<HttpContext, Request, Task>? answer = null)
    {
        var receiver = new Receiver();
        if (answer is not null)
            receiver.Answer = answer;
        await receiver.ListenAsync();
        return receiver;
    }

    public async Task ListenAsync()
    {
        if (_server is not null)
            return;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Limits.MinResponseDataRate = null).UseUrls($"http://127.0.0.1:{_port}");
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(50));
        _server = builder.Build();
        _server.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            var request = new Request(
                context.Request.Path + context.Request.QueryString, body.ToArray(),
                context.Request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString()));
            Seen.Enqueue(request);
            await Answer(context, request);
        });
        await _server.StartAsync();
        _port = new Uri(_server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;
    }

    /// <summary>Nobody listens there any more.</summary>
    public async Task LeaveAsync()
    {
        if (_server is null)
            return;
        await _server.DisposeAsync();
        _server = null;
    }

    public async ValueTask DisposeAsync() => await LeaveAsync();

    public static Task StatusAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    /// <summary>Until the sender has gone.</summary>
    public static async Task NeverAsync(HttpContext context)
    {
        try
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // It has.
        }
    }

    internal sealed record Request(string Path, byte[] Body, IReadOnlyDictionary<string, string> Headers);
}
