using System.Buffers;
using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using Complaints.Core.Notifications;
using Complaints.Notifications.Webhooks.Outbound;

namespace Complaints.Notifications.Webhooks.Sms;

/// <summary>Posts <c>{"id","to","text","template"}</c>, signed as Standard Webhooks has it.</summary>
internal sealed class HttpSmsSender(SmsGateway gateway, GuardedConnection connection, TimeProvider time) : ISmsSender, IDisposable
{
    private const int Longest = 1_000;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly GuardedHttp _http = new(connection, gateway.Concurrency, gateway.Timeout, time);
    private readonly WebhookSecret[] _secrets = [.. gateway.Secrets.Select(WebhookSecret.Parse)];
    private readonly Uri _url = new(gateway.Url);

    public async ValueTask<DeliveryResult> SendAsync(ShortMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (!IsNumber(message.To))
            return new DeliveryResult.DeadLetter("sms.number: the number is not one of + and 5 to 15 digits");
        if (message.Text.Length is 0 or > Longest)
            return new DeliveryResult.DeadLetter("sms.text: the text is empty or longer than 1,000 characters");
        using var request = StandardWebhookRequest.Of(
            _url, message.Id.ToString("D"), Body(message), "application/json", _secrets, time.GetUtcNow());
        var reply = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return reply switch
        {
            { IsTaken: true } => DeliveryResult.Delivered,
            { Status: HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.Gone or HttpStatusCode.UnprocessableEntity } =>
                new DeliveryResult.DeadLetter($"the gateway does not take it: {reply.What}"),
            _ => new DeliveryResult.Retry(reply.What, reply.After),
        };
    }

    public void Dispose() => _http.Dispose();

    private static bool IsNumber(string number) =>
        number is ['+', _, ..] && number.Length is >= 6 and <= 16 && !number.AsSpan(1).ContainsAnyExceptInRange('0', '9');

    private static byte[] Body(ShortMessage message)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            writer.WriteString("id"u8, message.Id);
            writer.WriteString("to"u8, message.To);
            writer.WriteString("text"u8, message.Text);
            if (message.Template is { } template)
                writer.WriteString("template"u8, template);
            writer.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }
}
