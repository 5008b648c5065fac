using System.Text;
using Complaints.Core.Notifications;

namespace Complaints.Notifications.Webhooks.Tests;

/// <summary>The library of the specification's authors reads what we send, and we read what it signs.</summary>
public sealed class SpecificationTests : IAsyncLifetime
{
    private SpecificationLibrary _library = null!;

    public async ValueTask InitializeAsync() => _library = await SpecificationLibrary.InstallAsync();

    public ValueTask DisposeAsync()
    {
        _library.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task S145_It_verifies_what_we_send_under_each_secret_and_no_other()
    {
        await using var receiver = await Receiver.StartAsync();
        (await Sender.To(receiver.Url, hook => hook.Secrets.Add(Sender.OtherSecret)).SendAsync()).ShouldBe(DeliveryResult.Delivered);
        var request = receiver.Seen.ShouldHaveSingleItem();
        var body = Encoding.UTF8.GetString(request.Body);
        TestContext.Current.TestOutputHelper!.WriteLine($"R25: judged by {_library.Name}");
        foreach (var (secret, isGenuine) in new[] { (Sender.Secret, true), (Sender.OtherSecret, true), (WebhookSecret.New(), false) })
            (await _library.IsGenuineAsync(secret, request.Headers, body)).ShouldBe(isGenuine);
        (await _library.IsGenuineAsync(Sender.Secret, request.Headers, body + " ")).ShouldBeFalse();
    }

    [Fact]
    public async Task R25_S145_We_verify_what_it_signs_and_nothing_else()
    {
        const string Body = """{"投诉":"宽带断线 📞"}""";
        var at = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var signature = await _library.SignAsync(Sender.Secret, "msg_1", at, Body);
        var verifier = new WebhookVerifier([Sender.Secret]);
        verifier.Verify("msg_1", $"{at}", signature, Encoding.UTF8.GetBytes(Body)).ShouldBe(WebhookVerdict.Genuine);
        verifier.Verify("msg_2", $"{at}", signature, Encoding.UTF8.GetBytes(Body)).ShouldBe(WebhookVerdict.Forged);
    }

    [Theory]
    [MemberData(nameof(SpecificationLibrary.Signed), MemberType = typeof(SpecificationLibrary))]
    public async Task S145_What_it_signed_once_is_what_everybody_signs(string id, long at, string body, string signature)
    {
        SpecificationLibrary.ByHand(Sender.Secret, id, at, body).ShouldBe(signature);
        (await _library.SignAsync(Sender.Secret, id, at, body)).ShouldBe(signature);
        WebhookSecret.Parse(Sender.Secret).Sign(id, at, Encoding.UTF8.GetBytes(body)).ShouldBe(signature);
    }
}
