using System.Globalization;
using System.Net;
using Microsoft.Extensions.Http.Resilience;
using NodaTime;
using Polly;
using Polly.CircuitBreaker;
using Polly.RateLimiting;
using Polly.Timeout;

namespace Complaints.Notifications.Webhooks.Outbound;

/// <summary>
/// HTTP to one receiver that may be anybody's: only to addresses that are allowed, through no proxy, after no redirect, with a bulkhead, a
/// circuit breaker and a timeout of its own, and of a reply no more than a few kilobytes. It tries once: retries live in the outbox.
/// </summary>
internal sealed class GuardedHttp : IDisposable
{
    /// <summary>The most of a reply that is read.</summary>
    public const int MostOfReply = 4 * 1024;

    /// <summary>The longest pause that a receiver may ask for.</summary>
    public static readonly Duration LongestPause = Duration.FromHours(24);

    private readonly HttpMessageInvoker _http;
    private readonly ResiliencePipeline<HttpResponseMessage> _pipeline;
    private readonly TimeProvider _time;
    private readonly TimeSpan _timeout;

    public GuardedHttp(GuardedConnection connection, int concurrency, TimeSpan timeout, TimeProvider time)
    {
        (_time, _timeout) = (time, timeout);
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ConnectCallback = connection.ConnectAsync,
            UseProxy = false,
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            MaxConnectionsPerServer = concurrency,
            MaxResponseHeadersLength = 16,
            MaxResponseDrainSize = 0,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            // Addresses of robots are secrets: none in traces.
            ActivityHeadersPropagator = null,
        });
        var pipeline = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time };
        // Those that wait here are of other tenants; the dispatcher hands out no more than the channel takes.
        pipeline.AddConcurrencyLimiter(concurrency, queueLimit: 1_000);
        pipeline.AddCircuitBreaker(new HttpCircuitBreakerStrategyOptions
        {
            FailureRatio = 0.5, MinimumThroughput = 10, SamplingDuration = TimeSpan.FromSeconds(30),
            BreakDuration = TimeSpan.FromSeconds(15),
        });
        pipeline.AddTimeout(new HttpTimeoutStrategyOptions { Timeout = timeout });
        _pipeline = pipeline.Build();
    }

    /// <summary>Sends once. Never throws but for the caller's own token.</summary>
    public async ValueTask<Reply> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _pipeline.ExecuteAsync(
                static async (state, token) => await AnswerAsync(state._http, state.request, token).ConfigureAwait(false),
                (_http, request), cancellationToken).ConfigureAwait(false);
            var body = response.Content is ReplyContent content ? content.Bytes : default(ReadOnlyMemory<byte>?);
            return new Reply(response.StatusCode, body, $"HTTP {(int)response.StatusCode}", Pause(response));
        }
        catch (BrokenCircuitException)
        {
            // When to ask again is left to the dispatcher, whose pauses grow: the breaker's are short and would use up the attempts.
            return Failed("it failed again and again and is left alone for a while");
        }
        catch (RateLimiterRejectedException)
        {
            return Failed("too many messages wait for it");
        }
        catch (TimeoutRejectedException)
        {
            return Failed($"no answer within {_timeout.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture)} s");
        }
        catch (HttpRequestException e) when (e.InnerException is ForbiddenAddressException)
        {
            return Failed(e.InnerException.Message);
        }
        catch (HttpRequestException e)
        {
            return Failed($"no connection: {e.HttpRequestError}");
        }
        catch (IOException e) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed($"the connection was lost: {e.GetType().Name}");
        }
    }

    public void Dispose() => _http.Dispose();

    private static async Task<HttpResponseMessage> AnswerAsync(HttpMessageInvoker http, HttpRequestMessage request, CancellationToken token)
    {
        var response = await http.SendAsync(request, token).ConfigureAwait(false);
        var bytes = new byte[MostOfReply];
        try
        {
            using var content = response.Content;
            using var stream = await content.ReadAsStreamAsync(token).ConfigureAwait(false);
            var length = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, token).ConfigureAwait(false);
            response.Content = length < bytes.Length ? new ReplyContent(bytes.AsMemory(0, length)) : null;
        }
        catch (Exception e) when (e is IOException or HttpRequestException or OperationCanceledException)
        {
            // The receiver has said what it does; that its reply broke off, or has no end, takes nothing back.
            response.Content = null;
        }
        return response;
    }

    private Duration? Pause(HttpResponseMessage response)
    {
        var asked = response.Headers.RetryAfter switch
        {
            { Delta: { } seconds } => Duration.FromTimeSpan(seconds),
            { Date: { } at } => Duration.FromTimeSpan(at - _time.GetUtcNow()),
            _ => default(Duration?),
        };
        return asked is { } pause ? Duration.Max(Duration.FromSeconds(1), Duration.Min(pause, LongestPause)) : null;
    }

    private static Reply Failed(string why) => new(null, null, why, null);

    private sealed class ReplyContent(ReadOnlyMemory<byte> bytes) : HttpContent
    {
        public ReadOnlyMemory<byte> Bytes => bytes;

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(bytes).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = bytes.Length;
            return true;
        }
    }
}

/// <summary>What a receiver answered.</summary>
/// <param name="Status">Its status; <c>null</c> when there was no answer.</param>
/// <param name="Body">Its reply, <c>null</c> when it is not there as a whole or longer than <see cref="GuardedHttp.MostOfReply"/>.</param>
/// <param name="What">What happened, in one line; nothing that the receiver wrote.</param>
/// <param name="After">When it wants to be asked again.</param>
internal sealed record Reply(HttpStatusCode? Status, ReadOnlyMemory<byte>? Body, string What, Duration? After)
{
    public bool IsTaken => Status is { } status && (int)status is >= 200 and < 300;
}
