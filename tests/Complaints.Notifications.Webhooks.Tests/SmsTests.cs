using System.Text;
using Complaints.Core;
using Complaints.Core.DependencyInjection;
using Complaints.Core.Notifications;
using Complaints.Notifications.Webhooks.Sms;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Complaints.Notifications.Webhooks.Tests;

public sealed class SmsTests
{
    private static readonly ShortMessage Message = new(Guid.Parse("0190aaaa-0000-8000-8000-000000000001"), "+8613800138000", "您的投诉已办结",
        "SMS_1");

    [Fact]
    public async Task S145_A_short_message_arrives_signed_with_its_id()
    {
        await using var receiver = await Receiver.StartAsync();
        (await SendAsync(receiver.Url, Message)).ShouldBe(DeliveryResult.Delivered);
        var request = receiver.Seen.ShouldHaveSingleItem();
        Encoding.UTF8.GetString(request.Body).ShouldBe(
            """{"id":"0190aaaa-0000-8000-8000-000000000001","to":"+8613800138000","text":"您的投诉已办结","template":"SMS_1"}""");
        new WebhookVerifier([Sender.Secret]).Verify(
            request.Headers["webhook-id"], request.Headers["webhook-timestamp"], request.Headers["webhook-signature"], request.Body)
            .ShouldBe(WebhookVerdict.Genuine);
        request.Headers["webhook-id"].ShouldBe("0190aaaa-0000-8000-8000-000000000001");
    }

    [Theory]
    [InlineData(202, "Sent"), InlineData(422, "DeadLetter"), InlineData(400, "DeadLetter"), InlineData(401, "Retry"), InlineData(503,
        "Retry")]
    [InlineData(302, "Retry")]
    public async Task S145_What_the_gateway_answers_counts(int status, string result)
    {
        await using var receiver = await Receiver.StartAsync((context, _) => Receiver.StatusAsync(context, status));
        (await SendAsync(receiver.Url, Message)).GetType().Name.ShouldBe(result);
    }

    [Theory]
    [InlineData("13800138000"), InlineData("+"), InlineData("+1234"), InlineData("+12345678901234567"), InlineData("+8613800138000\r\n"),
        InlineData("+86１３800")]
    public async Task S145_R17_What_is_no_number_goes_nowhere_and_is_not_repeated(string number)
    {
        await using var receiver = await Receiver.StartAsync();
        var refused = (await SendAsync(receiver.Url, Message with { To = number })).ShouldBeOfType<DeliveryResult.DeadLetter>();
        refused.Reason.ShouldStartWith("sms.number: ");
        if (number.Length > 1)
            refused.Reason.ShouldNotContain(number);
        Message.ToString().ShouldNotContain("138");
        receiver.Seen.ShouldBeEmpty();
    }

    [Fact]
    public async Task S145_A_gateway_that_cannot_be_is_refused()
    {
        var host = Host.CreateEmptyApplicationBuilder(new());
        host.Services.AddComplaints().UseSmsGateway(gateway => gateway.Url = "http://127.0.0.1/");
        (await Should.ThrowAsync<OptionsValidationException>(() => host.Build().StartAsync())).Failures
            .Select(failure => failure.Split(':')[0]).ShouldBe(["webhook.url_scheme", "webhook.secret_count"]);
    }

    private static async Task<DeliveryResult> SendAsync(string url, ShortMessage message) =>
        await Sender.Services(builder => builder.UseSmsGateway(gateway =>
        {
            gateway.Url = url;
            gateway.Secrets.Add(Sender.Secret);
        })).GetRequiredService<ISmsSender>().SendAsync(message, TestContext.Current.CancellationToken);
}
