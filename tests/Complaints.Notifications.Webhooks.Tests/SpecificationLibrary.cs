using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Complaints.Notifications.Webhooks.Tests;

/// <summary>
/// The library of the specification's authors (npm's <c>standardwebhooks</c>), run by Node.js; where the registry cannot be reached, the
/// scheme written down once more, which is held to what that library signed (<see cref="Signed"/>).
/// </summary>
internal sealed class SpecificationLibrary : IDisposable
{
    private const string Package = "standardwebhooks@1.1.1";

    private const string VerifyScript = """
        const { Webhook } = require("standardwebhooks");
        const { secret, headers, body } = JSON.parse(require("fs").readFileSync(0, "utf8"));
        try { new Webhook(secret).verify(body, headers); console.log("genuine"); } catch (e) { console.log(e.message); }
        """;

    private const string SignScript = """
        const { Webhook } = require("standardwebhooks");
        const { secret, id, at, body } = JSON.parse(require("fs").readFileSync(0, "utf8"));
        console.log(new Webhook(secret).sign(id, new Date(at * 1000), body));
        """;

    private readonly string _folder;
    private readonly bool _isThere;

    private SpecificationLibrary(string folder, bool isThere) => (_folder, _isThere) = (folder, isThere);

    /// <summary>Which of the two judges.</summary>
    public string Name => _isThere ? $"npm's {Package}" : "the scheme written down once more: npm's registry was not reached";

    /// <summary>What version 1.1.1 of it signed, under <see cref="Sender.Secret"/>.</summary>
    public static TheoryData<string, long, string, string> Signed { get; } = new()
    {
        { "msg_1", 1767225600, """{"投诉":"宽带断线 📞"}""", "v1,lMj/YHSXzD0nEKKRHrk7Ez0zghfU5pbQCz8kHAVT7yM=" },
        { "0190b6a2-1c1f-8000-8000-000000000001", 1767225601, "{}", "v1,66cOEgQhRxJ5Yxis+ZKdjnOZuuFekQdma7cSdZCg+vg=" },
        { "msg.2", 4102444800, "", "v1,GQEoMXX7f4WjSk8Ms5s+HB0wA3/+lYX732TVFaKukmg=" },
    };

    public static async Task<SpecificationLibrary> InstallAsync()
    {
        var folder = Directory.CreateTempSubdirectory("standardwebhooks").FullName;
        var (code, _) = await RunAsync(
            folder, "npm", "", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--fetch-retries=0", "--prefix", folder, Package);
        return new(folder, code == 0);
    }

    public async Task<bool> IsGenuineAsync(string secret, IReadOnlyDictionary<string, string> headers, string body)
    {
        if (_isThere)
            return await NodeAsync(VerifyScript, new { secret, headers, body }) == "genuine";
        var signature = ByHand(secret, headers["webhook-id"], long.Parse(headers["webhook-timestamp"]), body);
        return headers["webhook-signature"].Split(' ').Contains(signature);
    }

    public async Task<string> SignAsync(string secret, string id, long at, string body) => _isThere
        ? await NodeAsync(SignScript, new { secret, id, at, body })
        : ByHand(secret, id, at, body);

    /// <summary>The scheme: HMAC-SHA256 over id, instant and body with dots between them.</summary>
    public static string ByHand(string secret, string id, long at, string body) => "v1," + Convert.ToBase64String(HMACSHA256.HashData(
        Convert.FromBase64String(secret["whsec_".Length..]), Encoding.UTF8.GetBytes($"{id}.{at}.{body}")));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<string> NodeAsync(string script, object input)
    {
        var (code, said) = await RunAsync(_folder, "node", JsonSerializer.Serialize(input), "-e", script);
        code.ShouldBe(0, said);
        return said.Trim();
    }

    private static async Task<(int Code, string Said)> RunAsync(string folder, string program, string input, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder,
            StandardInputEncoding = new UTF8Encoding(false), StandardOutputEncoding = Encoding.UTF8,
        };
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return (-1, e.Message);
        }
        using (process)
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            var errors = process.StandardError.ReadToEndAsync();
            var said = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return (process.ExitCode, process.ExitCode == 0 ? said : await errors);
        }
    }
}
