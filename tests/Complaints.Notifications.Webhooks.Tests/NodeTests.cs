using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Complaints.Core.Notifications;

namespace Complaints.Notifications.Webhooks.Tests;

/// <summary>The library of the specification's authors reads what we send, and we read what it signs.</summary>
public sealed class NodeTests : IAsyncLifetime
{
    private const string Package = "standardwebhooks@1.1.1";
    private readonly string _folder = Directory.CreateTempSubdirectory("standardwebhooks").FullName;

    public async ValueTask InitializeAsync() =>
        await RunAsync("npm", "", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", _folder, Package);

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task S145_It_verifies_what_we_send_under_each_secret_and_no_other()
    {
        await using var receiver = await Receiver.StartAsync();
        (await Sender.To(receiver.Url, hook => hook.Secrets.Add(Sender.OtherSecret)).SendAsync()).ShouldBe(DeliveryResult.Delivered);
        var request = receiver.Seen.ShouldHaveSingleItem();
        var body = Encoding.UTF8.GetString(request.Body);
        const string Verify = """
            const { Webhook } = require("standardwebhooks");
            const { secret, headers, body } = JSON.parse(require("fs").readFileSync(0, "utf8"));
            try { console.log(new Webhook(secret).verify(body, headers).subject); } catch (e) { console.log(e.message); }
            """;
        foreach (var (secret, said) in new[]
        {
            (Sender.Secret, "complaints/2026-000123"), (Sender.OtherSecret, "complaints/2026-000123"),
            (WebhookSecret.New(), "No matching signature found"),
        })
            (await NodeAsync(Verify, new { secret, headers = request.Headers, body })).ShouldBe(said);
        (await NodeAsync(Verify, new { secret = Sender.Secret, headers = request.Headers, body = body + " " })).ShouldBe("No matching signature found");
    }

    [Fact]
    public async Task R25_S145_We_verify_what_it_signs_and_nothing_else()
    {
        const string Sign = """
            const { Webhook } = require("standardwebhooks");
            const { secret, id, body } = JSON.parse(require("fs").readFileSync(0, "utf8"));
            const at = new Date();
            console.log(Math.floor(at.getTime() / 1000) + " " + new Webhook(secret).sign(id, at, body));
            """;
        const string Body = """{"投诉":"宽带断线 📞"}""";
        var said = (await NodeAsync(Sign, new { secret = Sender.Secret, id = "msg_1", body = Body })).Split(' ', 2);
        var verifier = new WebhookVerifier([Sender.Secret]);
        verifier.Verify("msg_1", said[0], said[1], Encoding.UTF8.GetBytes(Body)).ShouldBe(WebhookVerdict.Genuine);
        verifier.Verify("msg_2", said[0], said[1], Encoding.UTF8.GetBytes(Body)).ShouldBe(WebhookVerdict.Forged);
    }

    private Task<string> NodeAsync(string script, object input) => RunAsync("node", JsonSerializer.Serialize(input), "-e", script);

    private async Task<string> RunAsync(string program, string input, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder,
            StandardInputEncoding = new UTF8Encoding(false), StandardOutputEncoding = Encoding.UTF8,
        };
        using var process = Started(start);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, $"{program} failed: {await errors}");
        return said.Trim();
    }

    private static Process Started(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new InvalidOperationException(
                $"This test needs Node.js with npm, and '{start.FileName}' is not on the PATH: install the packages nodejs and npm, then run it again.");
        }
    }
}
