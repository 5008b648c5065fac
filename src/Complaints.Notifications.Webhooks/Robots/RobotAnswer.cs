using System.Globalization;
using System.Text.Json;
using Complaints.Core.Notifications;
using NodaTime;

namespace Complaints.Notifications.Webhooks.Robots;

/// <summary>What a platform's code means: they answer HTTP 200 whatever happened. A code that is not known here is tried again: what is
/// given up by mistake is lost, what is tried again by mistake is given up later.</summary>
internal static class RobotAnswer
{
    /// <summary>Who goes too fast is not heard for ten minutes.</summary>
    private static readonly Duration DingTalkPause = Duration.FromMinutes(10);

    private static readonly Duration Minute = Duration.FromMinutes(1);

    private const string RefusedBySettings = "the robot's security settings refuse it: signature, keywords or the sender's address";

    public static DeliveryResult Of(RobotKind kind, ReadOnlyMemory<byte>? body)
    {
        if (body is not { } bytes || CodeOf(kind, bytes.Span) is not { } code)
            return new DeliveryResult.Retry($"{kind} answered HTTP 200 without a code");
        if (code == 0)
            return DeliveryResult.Delivered;
        var reason = $"{kind} answered {code.ToString(CultureInfo.InvariantCulture)}";
        return (kind, code) switch
        {
            (RobotKind.DingTalk, 130101 or 410100 or 90030) => new DeliveryResult.Retry($"{reason}: too many messages", DingTalkPause),
            (RobotKind.DingTalk, 310000) => new DeliveryResult.DeadLetter($"{reason}: {RefusedBySettings}"),
            (RobotKind.DingTalk, 300001 or 300005 or 400101) => new DeliveryResult.DeadLetter($"{reason}: the token is none"),
            (RobotKind.DingTalk, 400013 or 400102) => new DeliveryResult.DeadLetter($"{reason}: the group or the robot is no longer there"),
            (RobotKind.DingTalk, 40035 or 400105 or 400106 or 430101 or 430102 or 430103 or 430104 or 460101) =>
                new DeliveryResult.DeadLetter($"{reason}: it does not take such a message"),
            (RobotKind.Feishu, 9499 or 11232) => new DeliveryResult.Retry($"{reason}: too many messages", Minute),
            (RobotKind.Feishu, 19001) => new DeliveryResult.DeadLetter($"{reason}: the address is none, or the robot is no longer there"),
            (RobotKind.Feishu, 19002) => new DeliveryResult.DeadLetter($"{reason}: it does not take such a message"),
            (RobotKind.Feishu, 19021 or 19022 or 19024) => new DeliveryResult.DeadLetter($"{reason}: {RefusedBySettings}"),
            (RobotKind.WeCom, 45009 or 45033) => new DeliveryResult.Retry($"{reason}: too many messages", Minute),
            (RobotKind.WeCom, 93000 or 93004 or 93008 or 93017) =>
                new DeliveryResult.DeadLetter($"{reason}: the address is none, or the robot is no longer there"),
            (RobotKind.WeCom, 40008 or 40058 or 44004 or 45002) =>
                new DeliveryResult.DeadLetter($"{reason}: it does not take such a message"),
            _ => new DeliveryResult.Retry(reason),
        };
    }

    private static int? CodeOf(RobotKind kind, ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        int? found = null;
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isCode = kind == RobotKind.Feishu
                    ? reader.ValueTextEquals("code"u8) || found is null && reader.ValueTextEquals("StatusCode"u8)
                    : reader.ValueTextEquals("errcode"u8);
                reader.Read();
                if (isCode && reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var code))
                    found = code;
                reader.Skip();
            }
            return found;
        }
        catch (JsonException)
        {
            // Half a reply tells nothing.
            return null;
        }
    }
}
