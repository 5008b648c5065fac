using Complaints.Core;
using Complaints.Core.DependencyInjection;
using Complaints.Core.Notifications;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Complaints.Notifications.Webhooks.Tests;

/// <summary>What cannot be is refused before a host starts, with a code, where it is and what to do.</summary>
public sealed class ConfigurationTests
{
    [Theory]
    [InlineData("", "webhook.url")]
    [InlineData("/relative", "webhook.url")]
    [InlineData("https://", "webhook.url")]
    [InlineData("https://exa mple.org/", "webhook.url")]
    [InlineData("https://example.org/\r\nHost: other", "webhook.url")]
    [InlineData("https:\\\\example.org", "webhook.url")]
    [InlineData("ftp://example.org/", "webhook.url_scheme")]
    [InlineData("http://example.org/", "webhook.url_scheme")]
    [InlineData("file:///etc/passwd", "webhook.url")]
    [InlineData("gopher://example.org/", "webhook.url_scheme")]
    [InlineData("https://user@example.org/", "webhook.url_user")]
    [InlineData("https://user:password@example.org/", "webhook.url_user")]
    [InlineData("https://example.org/#part", "webhook.url_user")]
    [InlineData("https://10.0.0.1/", "webhook.url_address")]
    [InlineData("https://localhost/", "webhook.url_address")]
    public async Task R24_S145_A_url_that_is_forbidden_is_refused(string url, string code) =>
        (await RefusalAsync(builder => builder.AddWebhook("crm", hook =>
        {
            hook.Url = url;
            hook.Secrets.Add(Sender.Secret);
        }))).ShouldStartWith($"{code}: webhook 'crm': ");

    [Theory]
    [InlineData("webhook.secret_count")]
    [InlineData("webhook.secret_format", "CANARYCANARYCANARYCANARY")]
    [InlineData("webhook.secret_format", "whsec_***CANARY***")]
    [InlineData("webhook.secret_length", "whsec_Q0FOQVJZQ0FOQVJZ")]
    [InlineData("webhook.secret_count", Sender.Secret, Sender.Secret, Sender.Secret, Sender.Secret, Sender.Secret)]
    public async Task S145_Secrets_that_protect_nothing_are_refused_and_not_told(string code, params string[] secrets)
    {
        var refusal = await RefusalAsync(builder => builder.AddWebhook("crm", hook =>
        {
            hook.Url = "https://example.org/";
            secrets.ToList().ForEach(hook.Secrets.Add);
        }));
        refusal.ShouldStartWith($"{code}: webhook 'crm': ");
        foreach (var secret in secrets)
            refusal.ShouldNotContain(secret);
    }

    [Theory]
    [InlineData(23, false), InlineData(24, true), InlineData(64, true), InlineData(65, false)]
    public void S145_A_secret_has_24_to_64_bytes(int length, bool isOne) =>
        (WebhookSecret.TryParse("whsec_" + Convert.ToBase64String(new byte[length]), out _) is null).ShouldBe(isOne);

    [Fact]
    public async Task S145_What_is_out_of_bounds_is_refused()
    {
        (await RefusalAsync(Good(hook => hook.Concurrency = 0))).ShouldStartWith("webhook.range: ");
        (await RefusalAsync(Good(hook => hook.Concurrency = 1001))).ShouldStartWith("webhook.range: ");
        (await RefusalAsync(Good(hook => hook.Timeout = TimeSpan.Zero))).ShouldStartWith("webhook.range: ");
        (await RefusalAsync(Good(hook => hook.Topics.Add(" ")))).ShouldStartWith("webhook.topic: ");
        (await RefusalAsync(Good(hook => hook.Topics.Add(new string('x', 101))))).ShouldStartWith("webhook.topic: ");
        (await RefusalAsync(Good(_ => { }, ""))).ShouldStartWith("webhook.name: ");
        (await RefusalAsync(Good(_ => { }, "two\nlines"))).ShouldStartWith("webhook.name: ");
        (await RefusalAsync(builder => builder.ConfigureWebhooks(shared => shared.Source = "no uri"))).ShouldStartWith("webhook.source: ");
        (await RefusalAsync(builder => builder.ConfigureWebhooks(shared =>
            shared.AllowedNetworks.Add("10.0.0.0/99")))).ShouldStartWith("webhook.network: ");
    }

    [Fact]
    public async Task S145_Two_of_one_name_are_refused() =>
        (await RefusalAsync(builder => Good(_ => { }, "CRM")(Good(_ => { })(builder)))).ShouldStartWith("webhook.name_taken: ");

    [Fact]
    public async Task S145_Control_what_can_be_starts_and_each_endpoint_is_a_channel()
    {
        var host = Host(builder => Good(_ => { }, "erp")(Good(_ => { })(builder)));
        await host.StartAsync();
        host.Services.GetServices<IMessageChannel>().Select(channel => channel.Name).ShouldBe(["crm", "erp"]);
        await host.StopAsync();
    }

    private static Func<ComplaintsBuilder, ComplaintsBuilder> Good(Action<WebhookEndpoint> configure, string name = "crm") =>
        builder => builder.AddWebhook(name, hook =>
        {
            hook.Url = "https://example.org/";
            hook.Secrets.Add(Sender.Secret);
            configure(hook);
        });

    private static IHost Host(Func<ComplaintsBuilder, ComplaintsBuilder> add)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new());
        add(builder.Services.AddComplaints());
        return builder.Build();
    }

    private static async Task<string> RefusalAsync(Func<ComplaintsBuilder, ComplaintsBuilder> add)
    {
        using var host = Host(add);
        return (await Should.ThrowAsync<OptionsValidationException>(() => host.StartAsync())).Message;
    }
}
