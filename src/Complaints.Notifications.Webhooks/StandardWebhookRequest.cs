using System.Globalization;
using System.Net.Http.Headers;

namespace Complaints.Notifications.Webhooks;

/// <summary>A request with the headers of Standard Webhooks.</summary>
internal static class StandardWebhookRequest
{
    private static readonly ProductInfoHeaderValue UserAgent = new("Complaints.Core", null);

    public static HttpRequestMessage Of(Uri url, string id, byte[] body, string mediaType, WebhookSecret[] secrets, DateTimeOffset now)
    {
        var sent = now.ToUnixTimeSeconds();
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(mediaType, "utf-8");
        request.Headers.UserAgent.Add(UserAgent);
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", sent.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", string.Join(' ', secrets.Select(secret => secret.Sign(id, sent, body))));
        return request;
    }
}
