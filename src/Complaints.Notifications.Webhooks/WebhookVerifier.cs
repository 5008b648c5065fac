using System.Globalization;
using System.Security.Cryptography;

namespace Complaints.Notifications.Webhooks;

/// <summary>
/// For receivers: whether a webhook comes from whom it should, unaltered and now. A receiver keeps the ids that it has seen for as long as
/// the tolerance, or a message that somebody recorded is taken twice. Safe to use by several threads.
/// </summary>
public sealed class WebhookVerifier
{
    private const int MostSignatures = 20;

    private readonly WebhookSecret[] _secrets;
    private readonly long _tolerance;
    private readonly TimeProvider _time;

    /// <param name="secrets">1 to 4, each <c>whsec_</c> and the Base64 of 24 to 64 bytes: two while one takes the other's place.</param>
    /// <param name="tolerance">How far the sender's clock may be off, 1 s to an hour; five minutes when not given.</param>
    /// <param name="time">The clock; the system's when not given.</param>
    /// <exception cref="FormatException">A secret is none.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no secret, there are too many, or the tolerance is out of bounds.</exception>
    public WebhookVerifier(IEnumerable<string> secrets, TimeSpan? tolerance = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        _secrets = [.. secrets.Take(WebhookEndpoint.MostSecrets + 1).Select(WebhookSecret.Parse)];
        if (_secrets.Length is 0 or > WebhookEndpoint.MostSecrets)
            throw new ArgumentOutOfRangeException(nameof(secrets), $"Give 1 to {WebhookEndpoint.MostSecrets} secrets.");
        var bound = tolerance ?? TimeSpan.FromMinutes(5);
        if (bound < TimeSpan.FromSeconds(1) || bound > TimeSpan.FromHours(1))
            throw new ArgumentOutOfRangeException(nameof(tolerance), bound, "Use 1 s to an hour.");
        (_tolerance, _time) = ((long)bound.TotalSeconds, time ?? TimeProvider.System);
    }

    /// <summary>Judges what came.</summary>
    /// <param name="id">The header <c>webhook-id</c>.</param>
    /// <param name="timestamp">The header <c>webhook-timestamp</c>.</param>
    /// <param name="signatures">The header <c>webhook-signature</c>: one or more, with spaces between them; of the first twenty one must
    /// fit.</param>
    /// <param name="body">The bytes of the body as they came, before anything read or changed them.</param>
    public WebhookVerdict Verify(string? id, string? timestamp, string? signatures, ReadOnlySpan<byte> body)
    {
        if (string.IsNullOrEmpty(id) || string.IsNullOrEmpty(timestamp) || string.IsNullOrEmpty(signatures))
            return WebhookVerdict.HeaderMissing;
        if (id.Length > 256 || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var sent))
            return WebhookVerdict.Malformed;
        var now = _time.GetUtcNow().ToUnixTimeSeconds();
        // Both are at least zero: the difference is always a number.
        if (now - sent > _tolerance)
            return WebhookVerdict.TooOld;
        if (sent - now > _tolerance)
            return WebhookVerdict.TooNew;
        return IsSigned(id, sent, signatures, body) ? WebhookVerdict.Genuine : WebhookVerdict.Forged;
    }

    /// <summary>Every pair is compared, and each in constant time: how long it takes tells nothing of a signature.</summary>
    private bool IsSigned(string id, long sent, string signatures, ReadOnlySpan<byte> body)
    {
        var hashes = new byte[_secrets.Length][];
        for (var i = 0; i < hashes.Length; i++)
            hashes[i] = _secrets[i].Hash(id, sent, body);
        var isSigned = false;
        Span<byte> given = stackalloc byte[SHA256.HashSizeInBytes];
        foreach (var signature in signatures.Split(' ', MostSignatures + 1).Take(MostSignatures))
        {
            if (!signature.StartsWith("v1,", StringComparison.Ordinal)
                || !Convert.TryFromBase64String(signature[3..], given, out var length) || length != given.Length)
                continue;
            foreach (var hash in hashes)
                isSigned |= CryptographicOperations.FixedTimeEquals(hash, given);
        }
        return isSigned;
    }
}

/// <summary>What a <see cref="WebhookVerifier"/> says of what came. Whatever is not genuine is answered with HTTP 400 or 401 and not
/// read.</summary>
public enum WebhookVerdict
{
    /// <summary>It has no id, no timestamp or no signature.</summary>
    HeaderMissing,

    /// <summary>The timestamp is no number of seconds, or the id is longer than 256 characters.</summary>
    Malformed,

    /// <summary>It was sent longer ago than is tolerated: a replay, or a clock that is wrong.</summary>
    TooOld,

    /// <summary>It was sent in the future.</summary>
    TooNew,

    /// <summary>No signature fits the id, the timestamp and the body under any secret.</summary>
    Forged,

    /// <summary>It is what the sender sent.</summary>
    Genuine,
}
