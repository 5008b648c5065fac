using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Complaints.Notifications.Webhooks.Robots;

namespace Complaints.Notifications.Webhooks.Tests.Robots;

public sealed class RobotMessageTests
{
    private const string Secret = "SEC0123456789abcdef";

    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 30, 0, TimeSpan.Zero);

    [Fact]
    public void S145_DingTalk_is_signed_in_the_query()
    {
        var robot = new RobotEndpoint { Kind = RobotKind.DingTalk, Url = "https://oapi.dingtalk.com/robot/send?access_token=t",
            Secret = Secret };
        var query = RobotMessage.Address(robot, Now).Query.TrimStart('?').Split('&').Select(part => part.Split('=', 2))
            .ToDictionary(part => part[0], part => Uri.UnescapeDataString(part[1]));
        query["access_token"].ShouldBe("t");
        query["timestamp"].ShouldBe("1772443800000");
        // As the platform has it: the secret is the key, and stands in what is signed.
        query["sign"].ShouldBe(Hmac(Secret, "1772443800000\n" + Secret));
        RobotMessage.Address(robot, Now).Query.ShouldNotContain("+");
    }

    [Fact]
    public void S145_Feishu_is_signed_in_the_body()
    {
        var robot = new RobotEndpoint { Kind = RobotKind.Feishu, Url = "https://open.feishu.cn/open-apis/bot/v2/hook/t", Secret = Secret };
        RobotMessage.Address(robot, Now).AbsoluteUri.ShouldBe(robot.Url);
        var body = Json(robot, new("标题", ["行"]));
        body.GetProperty("timestamp").GetString().ShouldBe("1772443800");
        // As the platform has it: what others sign is the key, and nothing is signed.
        body.GetProperty("sign").GetString().ShouldBe(Hmac("1772443800\n" + Secret, ""));
    }

    [Theory]
    [InlineData(RobotKind.DingTalk), InlineData(RobotKind.Feishu), InlineData(RobotKind.WeCom)]
    public void S145_R20_Without_a_secret_nothing_is_signed_and_text_stays_text(RobotKind kind)
    {
        var robot = new RobotEndpoint { Kind = kind, Url = "https://example.org/x?key=k" };
        RobotMessage.Address(robot, Now).AbsoluteUri.ShouldBe(robot.Url);
        const string Hostile = "<at user_id=\"all\">所有人</at> **x** [a](http://b) \" \\ \n{{x}}";
        var body = Json(robot, new("a\r\nb", [Hostile]));
        body.TryGetProperty("sign", out _).ShouldBeFalse();
        Said(kind, body).ShouldBe($"a b\n{Hostile}");
        if (kind == RobotKind.Feishu)
            body.GetProperty("msg_type").GetString().ShouldBe("post", "its plain messages read <at>");
        else
            body.GetProperty("msgtype").GetString().ShouldBe("text");
    }

    [Theory]
    [InlineData(RobotKind.DingTalk, 20_000), InlineData(RobotKind.Feishu, 20_000), InlineData(RobotKind.WeCom, 2_048)]
    public void S145_What_is_too_long_is_cut_at_a_whole_character_and_says_so(RobotKind kind, int most)
    {
        var robot = new RobotEndpoint { Kind = kind, Url = "https://example.org/", Secret = kind == RobotKind.WeCom ? null : Secret };
        foreach (var words in new[] { "宽", "📞", "\"", "\n", "\u0001", "x" })
        {
            foreach (var count in new[] { 600, 2_048, 6_000, 19_000, 100_000 })
            {
                var full = string.Concat(Enumerable.Repeat(words, count));
                var bytes = RobotMessage.Body(robot, new("题", [full]), Now);
                var said = Said(kind, JsonDocument.Parse(bytes).RootElement);
                (kind == RobotKind.WeCom ? Encoding.UTF8.GetByteCount(said) : bytes.Length).ShouldBeLessThanOrEqualTo(most);
                if (said == $"题\n{full}")
                    continue;
                said.ShouldEndWith("…");
                $"题\n{full}".ShouldStartWith(said[..^1]);
                said.ShouldNotContain('\uFFFD');
                (kind == RobotKind.WeCom ? Encoding.UTF8.GetByteCount(said) : bytes.Length)
                    .ShouldBeGreaterThan(most / 3, $"no more than needed is cut: {count} of {words[0]:X}");
            }
        }
    }

    [Fact]
    public void S145_What_fits_is_not_cut()
    {
        RobotMessage.Cut(new string('宽', 682) + "xx", 2_048).Length.ShouldBe(684);
        RobotMessage.Cut(new string('宽', 683), 2_048).ShouldBe(new string('宽', 681) + "…");
    }

    /// <summary>Title and lines as the group sees them.</summary>
    public static string Said(RobotKind kind, JsonElement body)
    {
        if (kind != RobotKind.Feishu)
            return body.GetProperty("text").GetProperty("content").GetString()!;
        var post = body.GetProperty("content").GetProperty("post").GetProperty("zh_cn");
        return $"{post.GetProperty("title").GetString()}\n{post.GetProperty("content")[0][0].GetProperty("text").GetString()}";
    }

    private static JsonElement Json(RobotEndpoint robot, RobotText text) =>
        JsonDocument.Parse(RobotMessage.Body(robot, text, Now)).RootElement;

    private static string Hmac(string key, string text) =>
        Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(text)));
}
