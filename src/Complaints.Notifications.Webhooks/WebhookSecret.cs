using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Complaints.Notifications.Webhooks;

/// <summary>
/// The secret that a sender of webhooks shares with a receiver, and the signature that it makes, as
/// <see href="https://www.standardwebhooks.com/">Standard Webhooks</see> has them. Safe to use by several threads.
/// </summary>
public sealed class WebhookSecret
{
    /// <summary>The fewest bytes: 24.</summary>
    public const int Shortest = 24;

    /// <summary>The most bytes: 64.</summary>
    public const int Longest = 64;

    private const string Prefix = "whsec_";

    private readonly byte[] _key;

    private WebhookSecret(byte[] key) => _key = key;

    /// <summary>A new one of 32 random bytes, as it is given to the receiver: <c>whsec_</c> and Base64.</summary>
    public static string New() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <summary>Reads <c>whsec_</c> and the Base64 of 24 to 64 bytes.</summary>
    /// <exception cref="FormatException">It is none; the message says why and never repeats it.</exception>
    public static WebhookSecret Parse(string text) =>
        TryParse(text, out var secret) is { } wrong ? throw new FormatException($"{wrong.Code}: {wrong.Message}") : secret!;

    /// <summary>The <c>v1</c> signature of a message: HMAC-SHA256 over <c>id.timestamp.body</c>.</summary>
    /// <param name="id">The message's id, without a dot.</param>
    /// <param name="timestamp">When it is sent, in seconds of the Unix epoch.</param>
    /// <param name="body">The bytes of the body.</param>
    /// <returns><c>v1,</c> and Base64.</returns>
    public string Sign(string id, long timestamp, ReadOnlySpan<byte> body) => "v1," + Convert.ToBase64String(Hash(id, timestamp, body));

    /// <summary>Says nothing of the secret.</summary>
    public override string ToString() => Prefix + "…";

    internal byte[] Hash(string id, long timestamp, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        hash.AppendData(Encoding.UTF8.GetBytes($"{id}.{timestamp.ToString(CultureInfo.InvariantCulture)}."));
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }

    /// <summary>What is wrong with it, or <c>null</c>.</summary>
    internal static Fault? TryParse(string? text, out WebhookSecret? secret)
    {
        secret = null;
        if (text is null || !text.StartsWith(Prefix, StringComparison.Ordinal) || text.Length > 200)
            return new("webhook.secret_format", $"a secret does not begin with {Prefix}",
                $"make one by {nameof(WebhookSecret)}.{nameof(New)}()");
        var encoded = text.AsSpan(Prefix.Length);
        if (!Base64.IsValid(encoded, out var length))
            return new("webhook.secret_format", $"what follows {Prefix} is no Base64",
                $"make one by {nameof(WebhookSecret)}.{nameof(New)}()");
        if (length is < Shortest or > Longest)
            return new("webhook.secret_length", $"a secret has {length} bytes", $"use one of {Shortest} to {Longest} random bytes");
        secret = new WebhookSecret(Convert.FromBase64String(encoded.ToString()));
        return null;
    }
}
