using System.Text;

namespace Complaints.Notifications.Webhooks.Tests;

public sealed class VerifierTests
{
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const long Sent = 1_614_265_330;

    private static readonly byte[] Body = """{"test": 2432232314}"""u8.ToArray();
    private static readonly StandingClock Clock = new(DateTimeOffset.FromUnixTimeSeconds(Sent));
    private static readonly WebhookVerifier Verifier = new([Sender.Secret], time: Clock);

    // The example of the specification's own libraries.
    [Fact]
    public void S145_The_known_example_has_the_known_signature() =>
        WebhookSecret.Parse(Sender.Secret).Sign(Id, Sent, Body).ShouldBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");

    [Fact]
    public void R25_What_is_altered_late_early_or_of_another_is_refused()
    {
        var good = WebhookSecret.Parse(Sender.Secret).Sign(Id, Sent, Body);
        Of().ShouldBe(WebhookVerdict.Genuine);
        Of(id: "msg_q").ShouldBe(WebhookVerdict.Forged);
        Of(timestamp: $"{Sent + 1}").ShouldBe(WebhookVerdict.Forged);
        Of(body: [.. Body, 32]).ShouldBe(WebhookVerdict.Forged);
        Of(signature: WebhookSecret.Parse(Sender.OtherSecret).Sign(Id, Sent, Body)).ShouldBe(WebhookVerdict.Forged);
        Of(signature: good.Replace("v1,", "v2,")).ShouldBe(WebhookVerdict.Forged);
        Of(signature: good[..^4]).ShouldBe(WebhookVerdict.Forged);
        Of(signature: "v1,").ShouldBe(WebhookVerdict.Forged);
        Of(signature: "v1, " + good).ShouldBe(WebhookVerdict.Genuine);
        Of(signature: $"v1a,x v1,!!! {good}").ShouldBe(WebhookVerdict.Genuine);
        Of(signature: string.Concat(Enumerable.Repeat("v1,x ", 20)) + good).ShouldBe(WebhookVerdict.Forged, "only so many are looked at");
        Of(timestamp: $"{Sent - 301}").ShouldBe(WebhookVerdict.TooOld);
        Of(timestamp: $"{Sent + 301}").ShouldBe(WebhookVerdict.TooNew);
        Of(timestamp: "9223372036854775807").ShouldBe(WebhookVerdict.TooNew);
        Of(timestamp: "-5").ShouldBe(WebhookVerdict.Malformed);
        Of(timestamp: " 1614265330").ShouldBe(WebhookVerdict.Malformed);
        Of(timestamp: "1614265330.0").ShouldBe(WebhookVerdict.Malformed);
        Of(id: new string('x', 257)).ShouldBe(WebhookVerdict.Malformed);
        Of(id: "").ShouldBe(WebhookVerdict.HeaderMissing);
        Of(timestamp: "").ShouldBe(WebhookVerdict.HeaderMissing);
        Of(signature: "").ShouldBe(WebhookVerdict.HeaderMissing);

        WebhookVerdict Of(string? id = null, string? timestamp = null, string? signature = null, byte[]? body = null) =>
            Verifier.Verify(id ?? Id, timestamp ?? $"{Sent}", signature ?? good, body ?? Body);
    }

    [Fact]
    public void R25_Both_secrets_are_taken_while_one_is_replaced()
    {
        var verifier = new WebhookVerifier([Sender.OtherSecret, Sender.Secret], time: Clock);
        foreach (var secret in new[] { Sender.Secret, Sender.OtherSecret })
            verifier.Verify(Id, $"{Sent}", WebhookSecret.Parse(secret).Sign(Id, Sent, Body), Body).ShouldBe(WebhookVerdict.Genuine);
        verifier.Verify(Id, $"{Sent}", WebhookSecret.Parse(WebhookSecret.New()).Sign(Id, Sent, Body), Body).ShouldBe(WebhookVerdict.Forged);
    }

    [Fact]
    public void R25_Each_bit_of_the_signature_counts()
    {
        var good = Convert.FromBase64String(WebhookSecret.Parse(Sender.Secret).Sign(Id, Sent, Body)[3..]);
        for (var bit = 0; bit < good.Length * 8; bit++)
        {
            var wrong = good.ToArray();
            wrong[bit / 8] ^= (byte)(1 << bit % 8);
            Verifier.Verify(Id, $"{Sent}", "v1," + Convert.ToBase64String(wrong), Body).ShouldBe(WebhookVerdict.Forged);
        }
    }

    [Fact]
    public void R17_A_secret_says_nothing_of_itself()
    {
        WebhookSecret.Parse(Sender.Secret).ToString().ShouldBe("whsec_…");
        var canary = "whsec_" + Convert.ToBase64String(Encoding.ASCII.GetBytes("CANARYCANARY"));
        Should.Throw<FormatException>(() => WebhookSecret.Parse(canary)).Message.ShouldNotContain(canary[6..]);
    }

    [Fact]
    public void S145_A_new_secret_is_one_and_another_each_time()
    {
        WebhookSecret.Parse(WebhookSecret.New());
        WebhookSecret.New().ShouldNotBe(WebhookSecret.New());
    }
}
