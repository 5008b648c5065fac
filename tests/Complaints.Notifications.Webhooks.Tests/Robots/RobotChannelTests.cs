using System.Text;
using System.Text.Json;
using Complaints.Core;
using Complaints.Core.DependencyInjection;
using Complaints.Core.Notifications;
using Complaints.Core.Storage;
using Complaints.Notifications.Webhooks.Robots;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Complaints.Notifications.Webhooks.Tests.Robots;

public sealed class RobotChannelTests
{
    [Theory]
    [InlineData(RobotKind.DingTalk, """{"errcode":0,"errmsg":"ok"}""", "delivered")]
    [InlineData(RobotKind.DingTalk, """{"errcode":130101,"errmsg":"send too fast"}""", "retry 600")]
    [InlineData(RobotKind.DingTalk, """{"errcode":310000,"errmsg":"sign not match"}""", "dead")]
    [InlineData(RobotKind.DingTalk, """{"errcode":300001,"errmsg":"token is not exist"}""", "dead")]
    [InlineData(RobotKind.DingTalk, """{"errcode":-1,"errmsg":"system busy"}""", "retry")]
    [InlineData(RobotKind.DingTalk, """{"errcode":"0"}""", "retry")]
    [InlineData(RobotKind.DingTalk, """{"code":0}""", "retry")]
    [InlineData(RobotKind.DingTalk, "", "retry")]
    [InlineData(RobotKind.DingTalk, "<html>ok</html>", "retry")]
    [InlineData(RobotKind.DingTalk, """{"errcode":0""", "retry")]
    [InlineData(RobotKind.Feishu, """{"code":0,"msg":"success","data":{}}""", "delivered")]
    [InlineData(RobotKind.Feishu, """{"Extra":null,"StatusCode":0,"StatusMessage":"success"}""", "delivered")]
    [InlineData(RobotKind.Feishu, """{"StatusCode":0,"code":19021,"msg":"sign match fail"}""", "dead")]
    [InlineData(RobotKind.Feishu, """{"code":9499,"msg":"too many request"}""", "retry 60")]
    [InlineData(RobotKind.Feishu, """{"code":11232,"msg":"frequency limited"}""", "retry 60")]
    [InlineData(RobotKind.Feishu, """{"code":19001,"msg":"param invalid: incoming webhook access token invalid"}""", "dead")]
    [InlineData(RobotKind.Feishu, """{"code":19024,"msg":"Key Words Not Found"}""", "dead")]
    [InlineData(RobotKind.WeCom, """{"errcode":0,"errmsg":"ok"}""", "delivered")]
    [InlineData(RobotKind.WeCom, """{"errcode":45009,"errmsg":"api freq out of limit"}""", "retry 60")]
    [InlineData(RobotKind.WeCom, """{"errcode":93000,"errmsg":"invalid webhook url"}""", "dead")]
    [InlineData(RobotKind.WeCom, """{"errcode":-1,"errmsg":"CANARY"}""", "retry")]
    public async Task S145_What_a_platform_means_by_two_hundred_is_understood(RobotKind kind, string reply, string means)
    {
        await using var receiver = await Receiver.StartAsync((context, _) => context.Response.WriteAsync(reply));
        var result = await Robot(kind, receiver.Url).SendAsync();
        (result switch
        {
            DeliveryResult.Sent => "delivered",
            DeliveryResult.DeadLetter => "dead",
            DeliveryResult.Retry { After: { } after } => $"retry {after.TotalSeconds}",
            _ => "retry",
        }).ShouldBe(means);
        result.ToString()!.ShouldNotContain("CANARY");
        receiver.Seen.Count.ShouldBe(1);
    }

    [Fact]
    public async Task S145_A_status_that_is_no_two_hundred_is_tried_again()
    {
        await using var receiver = await Receiver.StartAsync((context, _) => Receiver.StatusAsync(context, 502));
        (await Robot(RobotKind.WeCom, receiver.Url).SendAsync()).ShouldBe(new DeliveryResult.Retry("HTTP 502"));
    }

    [Fact]
    public async Task R16_A_thousand_alerts_never_pass_the_limit_and_are_told_when_to_come_again()
    {
        var clock = new StandingClock(new(2026, 3, 2, 9, 30, 0, TimeSpan.Zero));
        var quota = new ProcessQuota(clock);
        var waiting = new PriorityQueue<int, Instant>(Enumerable.Range(0, 1_000).Select(i => (i, Instant.FromDateTimeOffset(clock.Now))));
        var (sent, attempts) = (new List<Instant>(), new int[1_000]);
        while (waiting.TryDequeue(out var alert, out var at))
        {
            clock.Now = at.ToDateTimeOffset();
            attempts[alert]++;
            var wait = await quota.TakeAsync("duty", 20, CancellationToken.None);
            if (wait == Duration.Zero)
                sent.Add(at);
            else
                waiting.Enqueue(alert, at + wait);
        }
        sent.Count.ShouldBe(1_000, "none is lost");
        for (var i = 20; i < sent.Count; i++)
            (sent[i] - sent[i - 20]).ShouldBeGreaterThanOrEqualTo(Duration.FromMinutes(1));
        (sent[^1] - sent[0]).ShouldBeLessThan(Duration.FromMinutes(55), "nearly as fast as the limit allows");
        attempts.Max().ShouldBeLessThanOrEqualTo(3, "attempts are few: after too many the outbox gives up");
    }

    [Fact]
    public async Task R16_The_channel_asks_before_it_sends()
    {
        await using var receiver = await Receiver.StartAsync((context, _) => context.Response.WriteAsync("""{"errcode":0}"""));
        var channel = Robot(RobotKind.DingTalk, receiver.Url, robot => robot.PerMinute = 3);
        for (var i = 0; i < 3; i++)
            (await channel.SendAsync()).ShouldBe(DeliveryResult.Delivered);
        (await channel.SendAsync()).ShouldBeOfType<DeliveryResult.Retry>().After.ShouldNotBeNull().ShouldBeInclusiveOfAMinute();
        receiver.Seen.Count.ShouldBe(3);
    }

    [Fact]
    public async Task S145_A_message_of_which_the_group_is_told_nothing_is_done_and_takes_no_place()
    {
        await using var receiver = await Receiver.StartAsync();
        (await Robot(RobotKind.DingTalk, receiver.Url, robot => robot.PerMinute = 1, new Words(_ =>
            null)).SendAsync()).ShouldBe(DeliveryResult.Delivered);
        receiver.Seen.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("robot.secret", "x", RobotKind.WeCom, 20, true)]
    [InlineData("robot.secret", "", RobotKind.DingTalk, 20, true)]
    [InlineData("robot.range", null, RobotKind.DingTalk, 0, true)]
    [InlineData("robot.kind", null, (RobotKind)9, 20, true)]
    [InlineData("robot.no_text", null, RobotKind.DingTalk, 20, false)]
    public async Task S145_A_robot_that_cannot_be_is_refused(string code, string? secret, RobotKind kind, int perMinute, bool hasText)
    {
        var host = Host.CreateEmptyApplicationBuilder(new());
        if (hasText)
            host.Services.AddSingleton<IRobotText>(new Words(message => new("x", [])));
        host.Services.AddComplaints().AddRobot("duty", robot =>
        {
            (robot.Kind, robot.Secret, robot.PerMinute) = (kind, secret, perMinute);
            robot.Url = "https://example.org/CANARY";
        });
        var refusal = await Should.ThrowAsync<OptionsValidationException>(() => host.Build().StartAsync());
        refusal.Message.ShouldStartWith($"{code}: robot 'duty': ");
        refusal.Message.ShouldNotContain("CANARY");
    }

    /// <summary>The payload's words below a title.</summary>
    internal sealed class Words(Func<ClaimedMessage, RobotText?> say) : IRobotText
    {
        public static Words OfPayload { get; } = new(message =>
        {
            using var json = JsonDocument.Parse(message.Payload);
            return new("投诉", [json.RootElement.GetProperty("words").GetString()!]);
        });

        public ValueTask<RobotText?> OfAsync(string robot, ClaimedMessage message, CancellationToken cancellationToken) =>
            new(say(message));
    }

    internal static IMessageChannel Robot(RobotKind kind, string url, Action<RobotEndpoint>? configure = null, IRobotText? words = null) =>
        Sender.Services(builder =>
        {
            builder.Services.AddSingleton(words ?? Words.OfPayload);
            builder.AddRobot("duty", robot =>
            {
                (robot.Kind, robot.Url) = (kind, url);
                configure?.Invoke(robot);
            });
        }).GetRequiredService<IMessageChannel>();
}

internal static class Pauses
{
    public static void ShouldBeInclusiveOfAMinute(this Duration pause) => pause.ShouldBeInRange(Duration.FromTicks(1),
        Duration.FromMinutes(1));
}
