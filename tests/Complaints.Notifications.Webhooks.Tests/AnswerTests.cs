using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Complaints.Core.Notifications;
using NodaTime;

namespace Complaints.Notifications.Webhooks.Tests;

/// <summary>What a receiver answers, and what that means.</summary>
public sealed class AnswerTests
{
    [Theory]
    [InlineData(200), InlineData(201), InlineData(202), InlineData(204), InlineData(299)]
    public async Task R14_Two_hundred_is_delivered(int status)
    {
        await using var receiver = await Receiver.StartAsync((context, _) => Receiver.StatusAsync(context, status));
        (await Sender.To(receiver.Url).SendAsync()).ShouldBe(DeliveryResult.Delivered);
    }

    [Theory]
    [InlineData(400), InlineData(401), InlineData(404), InlineData(413), InlineData(429), InlineData(500), InlineData(502), InlineData(503)]
    public async Task R14_Whatever_else_is_tried_again(int status)
    {
        await using var receiver = await Receiver.StartAsync((context, _) => Receiver.StatusAsync(context, status));
        (await Sender.To(receiver.Url).SendAsync()).ShouldBe(new DeliveryResult.Retry($"HTTP {status}"));
        receiver.Seen.Count.ShouldBe(1, "retries live in the outbox");
    }

    [Theory]
    [InlineData(300), InlineData(301), InlineData(302), InlineData(303), InlineData(307), InlineData(308)]
    public async Task R14_R24_A_redirect_fails_and_nobody_goes_there(int status)
    {
        await using var other = await Receiver.StartAsync();
        await using var receiver = await Receiver.StartAsync((context, _) =>
        {
            context.Response.Headers.Location = other.Url;
            return Receiver.StatusAsync(context, status);
        });
        (await Sender.To(receiver.Url).SendAsync()).ShouldBe(new DeliveryResult.Retry($"HTTP {status}"));
        other.Seen.ShouldBeEmpty();
    }

    [Fact]
    public async Task R14_Gone_ends_the_endpoint_until_it_is_configured_anew()
    {
        await using var receiver = await Receiver.StartAsync((context, _) => Receiver.StatusAsync(context, 410));
        var channel = Sender.To(receiver.Url);
        (await channel.SendAsync()).ShouldBeOfType<DeliveryResult.DeadLetter>().Reason.ShouldStartWith("webhook.gone: ");
        receiver.Answer = static (_, _) => Task.CompletedTask;
        (await channel.SendAsync()).ShouldBeOfType<DeliveryResult.DeadLetter>();
        receiver.Seen.Count.ShouldBe(1, "it is left alone");

        (await Sender.To(receiver.Url).SendAsync()).ShouldBe(DeliveryResult.Delivered);
    }

    [Theory]
    [InlineData(429, "7", 7)]
    [InlineData(503, "120", 120)]
    [InlineData(503, "0", 1)]
    [InlineData(429, "2147483647", 86_400)]
    [InlineData(429, "Mon, 02 Mar 2026 09:31:30 GMT", 90)]
    [InlineData(503, "Mon, 02 Mar 2026 09:00:00 GMT", 1)]
    [InlineData(503, "Fri, 02 Mar 2068 09:00:00 GMT", 86_400)]
    [InlineData(429, "soon", null)]
    [InlineData(429, "-7", null)]
    [InlineData(429, "99999999999999999999", null)]
    public async Task R14_When_the_receiver_wants_to_be_asked_again_is_told(int status, string after, int? seconds)
    {
        await using var receiver = await Receiver.StartAsync((context, _) =>
        {
            context.Response.Headers.RetryAfter = after;
            return Receiver.StatusAsync(context, status);
        });
        var clock = new StandingClock(new DateTimeOffset(2026, 3, 2, 9, 30, 0, TimeSpan.Zero));
        (await Sender.To(receiver.Url, time: clock).SendAsync())
            .ShouldBe(new DeliveryResult.Retry($"HTTP {status}", seconds is { } s ? Duration.FromSeconds(s) : null));
    }

    [Fact]
    public async Task R14_A_reply_without_end_is_cut_off_and_what_was_said_counts()
    {
        var cutOff = new TaskCompletionSource<long>();
        await using var receiver = await Receiver.StartAsync(async (context, _) =>
        {
            var (chunk, sent) = (new byte[64 * 1024], 0L);
            try
            {
                while (!context.RequestAborted.IsCancellationRequested)
                {
                    await context.Response.Body.WriteAsync(chunk, context.RequestAborted);
                    sent += chunk.Length;
                }
            }
            catch (Exception e) when (e is OperationCanceledException or IOException)
            {
                // Cut off.
            }
            cutOff.SetResult(sent);
        });
        (await Sender.To(receiver.Url).SendAsync()).ShouldBe(DeliveryResult.Delivered);
        (await cutOff.Task.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBeLessThan(64 * 1024 * 1024);
    }

    [Fact]
    public async Task R14_A_reply_that_stands_still_takes_nothing_back()
    {
        await using var receiver = await Receiver.StartAsync(async (context, _) =>
        {
            await context.Response.Body.WriteAsync(new byte[10], context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Receiver.NeverAsync(context);
        });
        (await Sender.To(receiver.Url, Impatient).SendAsync()).ShouldBe(DeliveryResult.Delivered);
    }

    [Fact]
    public async Task R14_Silence_is_tried_again()
    {
        await using var receiver = await Receiver.StartAsync((context, _) => Receiver.NeverAsync(context));
        (await Sender.To(receiver.Url, Impatient).SendAsync()).ShouldBe(new DeliveryResult.Retry("no answer within 3 s"));
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n")]
    [InlineData("HTTP/1.1 200")]
    [InlineData("HTTP/1.1 999999 X\r\n\r\n")]
    [InlineData("")]
    public async Task R14_What_is_no_http_is_tried_again(string reply)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var answering = Task.Run(async () =>
        {
            using var client = await listener.AcceptTcpClientAsync();
            await client.GetStream().ReadAtLeastAsync(new byte[4096], 1);
            await client.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(reply));
        });
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        (await Sender.To($"http://127.0.0.1:{port}/").SendAsync()).ShouldBeOfType<DeliveryResult.Retry>()
            .Reason.ShouldStartWith("no connection: ");
        await answering;
    }

    [Fact]
    public async Task R14_Headers_without_end_are_tried_again()
    {
        await using var receiver = await Receiver.StartAsync((context, _) =>
        {
            for (var i = 0; i < 100; i++)
                context.Response.Headers[$"x-{i.ToString(CultureInfo.InvariantCulture)}"] = new string('x', 500);
            return Task.CompletedTask;
        });
        (await Sender.To(receiver.Url).SendAsync()).ShouldBeOfType<DeliveryResult.Retry>();
    }

    [Fact]
    public async Task R14_A_receiver_that_fails_again_and_again_is_left_alone_and_another_is_not()
    {
        await using var failing = await Receiver.StartAsync((context, _) => Receiver.StatusAsync(context, 500));
        await using var healthy = await Receiver.StartAsync();
        var (bad, good) = (Sender.To(failing.Url), Sender.To(healthy.Url));
        for (var i = 0; i < 30; i++)
        {
            (await bad.SendAsync()).ShouldBeOfType<DeliveryResult.Retry>();
            (await good.SendAsync()).ShouldBe(DeliveryResult.Delivered);
        }
        failing.Seen.Count.ShouldBe(10);
        (await bad.SendAsync()).ShouldBe(new DeliveryResult.Retry("it failed again and again and is left alone for a while"));
    }

    [Fact]
    public async Task R14_No_more_at_once_than_it_takes()
    {
        var (now, most) = (0, 0);
        await using var receiver = await Receiver.StartAsync(async (_, _) =>
        {
            InterlockedMax(ref most, Interlocked.Increment(ref now));
            await Task.Delay(20);
            Interlocked.Decrement(ref now);
        });
        var channel = Sender.To(receiver.Url, hook => hook.Concurrency = 3);
        (await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => channel.SendAsync()))).ShouldAllBe(result =>
            result == DeliveryResult.Delivered);
        most.ShouldBe(3);
    }

    [Fact]
    public async Task S145_A_token_that_ends_the_attempt_ends_it()
    {
        await using var receiver = await Receiver.StartAsync((context, _) => Receiver.NeverAsync(context));
        using var told = new CancellationTokenSource(200);
        await Should.ThrowAsync<OperationCanceledException>(async () => await Sender.To(receiver.Url).SendAsync(Sender.Message(),
            told.Token));
    }

    private static void Impatient(WebhookEndpoint hook) => hook.Timeout = TimeSpan.FromSeconds(3);

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); value > seen; seen = Volatile.Read(ref most))
        {
            if (Interlocked.CompareExchange(ref most, value, seen) == seen)
                return;
        }
    }
}
