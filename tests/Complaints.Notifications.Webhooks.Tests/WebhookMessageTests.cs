using System.Text;
using System.Text.Json;
using Complaints.Core.Notifications;

namespace Complaints.Notifications.Webhooks.Tests;

public sealed class WebhookMessageTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_772_443_800);

    [Fact]
    public async Task S145_A_message_arrives_as_a_cloud_event()
    {
        await using var receiver = await Receiver.StartAsync();
        (await Sender.To(receiver.Url).SendAsync()).ShouldBe(DeliveryResult.Delivered);

        var request = receiver.Seen.ShouldHaveSingleItem();
        request.Headers["content-type"].ShouldBe("application/cloudevents+json; charset=utf-8");
        Encoding.UTF8.GetString(request.Body).ShouldBe("""
            {"specversion":"1.0","id":"0190aaaa-0000-8000-8000-000000000001","source":"/complaints","type":"complaints.resolved.v1",
            "subject":"complaints/2026-000123","time":"2026-03-02T09:30:00Z","datacontenttype":"application/json",
            "data":{"topic":"complaints.resolved.v1","complaint":"x","number":"2026-000123","words":"你好"}}
            """.ReplaceLineEndings(""));
    }

    [Theory]
    [InlineData("""{"complaint":"x","number":"2026-1","improvement":"y"}""", "complaints/2026-1")]
    [InlineData("""{"improvement":"y","number":"2026-7","complaint":"x"}""", "improvements/2026-7")]
    [InlineData("""{"deep":{"number":"no"},"number":7}""", "complaints/0190aaaa-0000-7000-8000-000000000002")]
    [InlineData("{}", "complaints/0190aaaa-0000-7000-8000-000000000002")]
    public void S145_The_subject_names_what_it_is_about(string payload, string subject) =>
        CloudEvent.SubjectOf(Sender.Message(payload)).ShouldBe(subject);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{\"a\":1")]
    [InlineData("{} {}")]
    [InlineData("{\"a\":1,}")]
    public async Task R11_A_payload_that_is_no_object_is_given_up_and_sent_to_nobody(string payload)
    {
        await using var receiver = await Receiver.StartAsync();
        (await Sender.To(receiver.Url).SendAsync(payload)).ShouldBeOfType<DeliveryResult.DeadLetter>();
        receiver.Seen.ShouldBeEmpty();
    }

    [Fact]
    public async Task S145_It_is_signed_as_the_receiver_verifies_it_under_every_secret_while_one_is_replaced()
    {
        var clock = new StandingClock(Now);
        await using var receiver = await Receiver.StartAsync();
        (await Sender.To(receiver.Url, hook => hook.Secrets.Add(Sender.OtherSecret), clock).SendAsync()).ShouldBe(DeliveryResult.Delivered);

        var request = receiver.Seen.ShouldHaveSingleItem();
        request.Headers["webhook-id"].ShouldBe("0190aaaa-0000-8000-8000-000000000001");
        request.Headers["webhook-timestamp"].ShouldBe("1772443800");
        request.Headers["webhook-signature"].Split(' ').Length.ShouldBe(2);
        foreach (var secret in new[] { Sender.Secret, Sender.OtherSecret })
            Verdict(request, new WebhookVerifier([secret], time: clock)).ShouldBe(WebhookVerdict.Genuine);
        Verdict(request, new WebhookVerifier([WebhookSecret.New()], time: clock)).ShouldBe(WebhookVerdict.Forged);
    }

    [Fact]
    public async Task S145_A_later_attempt_has_its_own_time_and_the_same_id_and_body()
    {
        var clock = new StandingClock(Now);
        await using var receiver = await Receiver.StartAsync();
        var channel = Sender.To(receiver.Url, time: clock);
        await channel.SendAsync();
        clock.Now += TimeSpan.FromHours(3);
        await channel.SendAsync();

        var (first, second) = (receiver.Seen.First(), receiver.Seen.Last());
        second.Headers["webhook-id"].ShouldBe(first.Headers["webhook-id"]);
        second.Body.ShouldBe(first.Body);
        second.Headers["webhook-timestamp"].ShouldBe("1772454600");
        Verdict(second, new WebhookVerifier([Sender.Secret], time: clock)).ShouldBe(WebhookVerdict.Genuine);
        Verdict(first, new WebhookVerifier([Sender.Secret], time: clock)).ShouldBe(WebhookVerdict.TooOld);
    }

    [Theory]
    [InlineData(new string[0], "complaints.closed.v1", true)]
    [InlineData(new[] { "complaints.closed.v1" }, "complaints.closed.v1", true)]
    [InlineData(new[] { "complaints.closed.v1" }, "complaints.closed.v2", false)]
    [InlineData(new[] { "x", "complaints.clo*" }, "complaints.closed.v2", true)]
    [InlineData(new[] { "complaints.clo*" }, "complaints.resolved.v1", false)]
    public void S145_An_endpoint_gets_the_topics_that_it_wants(string[] topics, string topic, bool takes) =>
        Sender.To("https://example.org/", hook => topics.ToList().ForEach(hook.Topics.Add)).Takes(topic).ShouldBe(takes);

    [Fact]
    public async Task S145_What_it_sends_is_valid_json_whatever_the_source_is()
    {
        await using var receiver = await Receiver.StartAsync();
        var services = Sender.Services(builder => builder.AddWebhook("crm", hook =>
        {
            hook.Url = receiver.Url;
            hook.Secrets.Add(Sender.Secret);
        }).ConfigureWebhooks(shared => shared.Source = "urn:example:a'b"));
        await ((IMessageChannel)services.GetService(typeof(IMessageChannel))!).SendAsync();
        using var json = JsonDocument.Parse(receiver.Seen.ShouldHaveSingleItem().Body);
        json.RootElement.GetProperty("source").GetString().ShouldBe("urn:example:a'b");
    }

    private static WebhookVerdict Verdict(Receiver.Request request, WebhookVerifier verifier) => verifier.Verify(
        request.Headers["webhook-id"], request.Headers["webhook-timestamp"], request.Headers["webhook-signature"], request.Body);
}
