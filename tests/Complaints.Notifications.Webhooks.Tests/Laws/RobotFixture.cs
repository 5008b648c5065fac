using System.Text.Json;
using Complaints.Core.Notifications;
using Complaints.Notifications.Webhooks.Robots;
using Complaints.Notifications.Webhooks.Tests.Robots;
using Complaints.Testing.Conformance;
using Microsoft.AspNetCore.Http;

namespace Complaints.Notifications.Webhooks.Tests.Laws;

/// <summary>A robot and a platform that answers HTTP 200 whatever it thinks.</summary>
public abstract class RobotFixture : ReceiverFixture
{
    private readonly Dictionary<RobotKind, (string Taken, string Later, string Never)> _answers = new()
    {
        [RobotKind.DingTalk] = ("""{"errcode":0}""", """{"errcode":130101}""", """{"errcode":310000}"""),
        [RobotKind.Feishu] = ("""{"code":0}""", """{"code":9499}""", """{"code":19001}"""),
        [RobotKind.WeCom] = ("""{"errcode":0}""", """{"errcode":45009}""", """{"errcode":93000}"""),
    };

    public abstract RobotKind Kind { get; }

    /// <summary>A chat has no place for one.</summary>
    public override bool CarriesIds => false;

    protected override IMessageChannel Open(string url) => RobotChannelTests.Robot(Kind, url, robot => robot.PerMinute = 1_000);

    internal override Task AnswerAsync(HttpContext context, Receiver.Request request, ReceiverMood mood)
    {
        var (taken, later, never) = _answers[Kind];
        if (mood != ReceiverMood.Takes)
            return context.Response.WriteAsync(mood == ReceiverMood.RefusesForNow ? later : never);
        using var json = JsonDocument.Parse(request.Body);
        var said = RobotMessageTests.Said(Kind, json.RootElement);
        Take(new ReceivedMessage("", request.Body, said["投诉\n".Length..]));
        return context.Response.WriteAsync(taken);
    }
}

public sealed class DingTalkFixture : RobotFixture
{
    public override RobotKind Kind => RobotKind.DingTalk;
}

public sealed class FeishuFixture : RobotFixture
{
    public override RobotKind Kind => RobotKind.Feishu;
}

public sealed class WeComFixture : RobotFixture
{
    public override RobotKind Kind => RobotKind.WeCom;
}

public sealed class DingTalkArrivalLaws : ChannelArrivalLaws<DingTalkFixture>;

public sealed class DingTalkRefusalLaws : ChannelRefusalLaws<DingTalkFixture>;

public sealed class DingTalkPressureLaws : ChannelPressureLaws<DingTalkFixture>;

public sealed class DingTalkCompliance : ChannelCompliance<DingTalkFixture>;

public sealed class FeishuArrivalLaws : ChannelArrivalLaws<FeishuFixture>;

public sealed class FeishuRefusalLaws : ChannelRefusalLaws<FeishuFixture>;

public sealed class FeishuPressureLaws : ChannelPressureLaws<FeishuFixture>;

public sealed class FeishuCompliance : ChannelCompliance<FeishuFixture>;

public sealed class WeComArrivalLaws : ChannelArrivalLaws<WeComFixture>;

public sealed class WeComRefusalLaws : ChannelRefusalLaws<WeComFixture>;

public sealed class WeComPressureLaws : ChannelPressureLaws<WeComFixture>;

public sealed class WeComCompliance : ChannelCompliance<WeComFixture>;
