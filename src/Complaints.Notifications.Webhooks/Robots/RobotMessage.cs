using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Complaints.Notifications.Webhooks.Robots;

/// <summary>A text as a platform takes it: signed, of its form, and no longer than it allows. The forms are those in which text is text:
/// no markup, and nobody can be mentioned by what a customer wrote.</summary>
internal static class RobotMessage
{
    private const int MostOfBody = 20_000;
    private const int MostOfWeComText = 2_048;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The address to post to: DingTalk signs there.</summary>
    public static Uri Address(RobotEndpoint robot, DateTimeOffset now)
    {
        if (robot.Kind != RobotKind.DingTalk || robot.Secret is not { } secret)
            return new Uri(robot.Url);
        var timestamp = now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{timestamp}\n{secret}"));
        var separator = robot.Url.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        return new Uri($"{robot.Url}{separator}timestamp={timestamp}&sign={Uri.EscapeDataString(Convert.ToBase64String(hash))}");
    }

    /// <summary>The body to post: Feishu signs there.</summary>
    public static byte[] Body(RobotEndpoint robot, RobotText text, DateTimeOffset now)
    {
        var title = text.Title.ReplaceLineEndings(" ");
        var words = string.Join('\n', text.Lines);
        if (robot.Kind == RobotKind.WeCom)
            return Written(robot, title, Cut($"{title}\n{words}", MostOfWeComText), now);
        title = Cut(title, 1_000);
        // Escapes make a body longer than its text: it is cut until it fits, which is once or twice.
        var room = MostOfBody;
        for (; ; )
        {
            var body = Written(robot, title, Cut(words, room), now);
            if (body.Length <= MostOfBody)
                return body;
            var tried = Math.Min(room, Encoding.UTF8.GetByteCount(words));
            room = Math.Max(0, (int)((long)tried * MostOfBody / body.Length) - 16);
        }
    }

    /// <summary>At most so many bytes of UTF-8, without half a character, and with a mark where something is missing.</summary>
    public static string Cut(string text, int most)
    {
        if (Encoding.UTF8.GetByteCount(text) <= most)
            return text;
        const string Mark = "…";
        var (bytes, length) = (Encoding.UTF8.GetByteCount(Mark), 0);
        foreach (var rune in text.EnumerateRunes())
        {
            if (bytes + rune.Utf8SequenceLength > most)
                break;
            bytes += rune.Utf8SequenceLength;
            length += rune.Utf16SequenceLength;
        }
        return string.Concat(text.AsSpan(0, length), Mark);
    }

    private static byte[] Written(RobotEndpoint robot, string title, string words, DateTimeOffset now)
    {
        var buffer = new ArrayBufferWriter<byte>(1_024);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            if (robot.Kind == RobotKind.Feishu)
                WriteFeishu(writer, robot, title, words, now);
            else
                WriteText(writer, robot.Kind == RobotKind.WeCom ? words : $"{title}\n{words}");
            writer.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteText(Utf8JsonWriter writer, string content)
    {
        writer.WriteString("msgtype"u8, "text"u8);
        writer.WriteStartObject("text"u8);
        writer.WriteString("content"u8, content);
        writer.WriteEndObject();
    }

    /// <summary>A post of text elements: in its plain messages Feishu reads <c>&lt;at …&gt;</c>.</summary>
    private static void WriteFeishu(Utf8JsonWriter writer, RobotEndpoint robot, string title, string words, DateTimeOffset now)
    {
        if (robot.Secret is { } secret)
        {
            var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            writer.WriteString("timestamp"u8, timestamp);
            writer.WriteBase64String("sign"u8, HMACSHA256.HashData(Encoding.UTF8.GetBytes($"{timestamp}\n{secret}"), Array.Empty<byte>()));
        }
        writer.WriteString("msg_type"u8, "post"u8);
        writer.WriteStartObject("content"u8);
        writer.WriteStartObject("post"u8);
        // The element is required; the group sees its text in whatever language it is.
        writer.WriteStartObject("zh_cn"u8);
        writer.WriteString("title"u8, title);
        writer.WriteStartArray("content"u8);
        writer.WriteStartArray();
        writer.WriteStartObject();
        writer.WriteString("tag"u8, "text"u8);
        writer.WriteString("text"u8, words);
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
