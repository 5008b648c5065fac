using System.Text.Json;
using System.Text.Json.Nodes;

namespace Complaints.Cli.Tests;

/// <summary>A tenant's settings are shown as they hold, whether somebody wrote them down or not.</summary>
public sealed class EffectiveSettingsTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public async Task Authority_and_permissions_are_shown_where_nobody_set_them()
    {
        await _tool.DoAsync("init");
        var shown = (await _tool.DoAsync("definitions", "show", "tenant", "default")).Json;
        shown.GetProperty("zone").GetString().ShouldBe("Asia/Shanghai");
        shown.GetProperty("authority").GetProperty("supervisor").GetDecimal().ShouldBe(2_000);
        shown.GetProperty("permissions").EnumerateObject().ShouldNotBeEmpty();

        var published = (await _tool.DoAsync("definitions", "show", "tenant", "default", "--as-published")).Json;
        published.TryGetProperty("authority", out _).ShouldBeFalse();
        published.TryGetProperty("permissions", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task What_the_tenant_set_is_shown_and_what_is_shown_may_be_published()
    {
        await _tool.DoAsync("init");
        var settings = JsonNode.Parse((await _tool.DoAsync("definitions", "show", "tenant", "default", "--as-published")).Output)!;
        settings["authority"] = new JsonObject { ["agent"] = 75.5m };
        await _tool.DoAsync("definitions", "publish", "tenant", "default", _tool.Write("a.json", "// with a remark\n" + settings.ToJsonString()));

        var shown = await _tool.DoAsync("definitions", "show", "tenant", "default");
        shown.Json.GetProperty("authority").GetProperty("agent").GetDecimal().ShouldBe(75.5m);
        (await _tool.DoAsync("definitions", "publish", "tenant", "default", _tool.Write("b.json", shown.Output))).Output.ShouldContain("v3");
        JsonElement.DeepEquals((await _tool.DoAsync("definitions", "show", "tenant", "default")).Json, shown.Json).ShouldBeTrue();
        (await _tool.DoAsync("definitions", "show", "tenant", "default", "--version", "1")).Json.GetProperty("authority").GetProperty("agent").GetDecimal().ShouldBe(200);
    }
}
