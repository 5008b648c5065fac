using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Complaints.Core;
using Microsoft.Extensions.Options;

namespace Complaints.Notifications.Email;

/// <summary>
/// Reply addresses that cannot be forged: <c>reply+token@example.org</c>. A token names the case and holds an authenticator (HMAC-SHA-256,
/// 96 bits) over tenant, case and the address to which the mail went: it counts for a reply from that address only. It holds no
/// personal data. Thread-safe.
/// </summary>
public sealed class ReplyTokens
{
    private const int CaseBytes = 16;
    private const int MacBytes = 12;

    /// <summary>The characters of a token: with a name of 16 before it, what stands before the @ keeps to the 64 of the wire.</summary>
    private const int TokenLength = ((CaseBytes + MacBytes) * 8 + 4) / 5;

    private readonly EmailOptions _options;

    /// <summary>Tokens under the keys of options.</summary>
    public ReplyTokens(IOptions<EmailOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Value;
    }

    /// <summary>The address for replies to a mail; <c>null</c> where <see cref="EmailOptions.ReplyTo"/> names none.</summary>
    /// <param name="tenant">Whose case.</param>
    /// <param name="complaint">The case.</param>
    /// <param name="address">To whom the mail goes.</param>
    public string? AddressFor(TenantId tenant, ComplaintId complaint, string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (_options.ReplyTo is not { } reply)
            return null;
        Span<byte> token = stackalloc byte[CaseBytes + MacBytes];
        complaint.Value.TryWriteBytes(token, bigEndian: true, out _);
        Mac(_options.ReplyKey.Span, tenant, token[..CaseBytes], address, token[CaseBytes..]);
        var at = reply.LastIndexOf('@');
        return $"{reply[..at]}+{Base32.Write(token)}{reply[at..]}";
    }

    /// <summary>The case that a reply is about; <c>null</c> for an address that is none of ours, a token that is forged or altered, and a
    /// sender to whom it was not given. Compared in constant time.</summary>
    /// <param name="tenant">Whose mailbox it is.</param>
    /// <param name="to">The address to which the reply came.</param>
    /// <param name="from">The address from which it came.</param>
    public ComplaintId? Verify(TenantId tenant, string to, string from)
    {
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(from);
        if (_options.ReplyTo is not { } reply || to.Length > 254 || from.Length > 254)
            return null;
        var at = reply.LastIndexOf('@');
        var (begin, end) = ($"{reply[..at]}+", reply[at..]);
        if (!to.StartsWith(begin, StringComparison.OrdinalIgnoreCase) || !to.EndsWith(end, StringComparison.OrdinalIgnoreCase)
            || to.Length != begin.Length + end.Length + TokenLength)
            return null;
        Span<byte> token = stackalloc byte[CaseBytes + MacBytes];
        if (!Base32.TryRead(to.AsSpan(begin.Length, TokenLength), token))
            return null;
        Span<byte> mac = stackalloc byte[MacBytes];
        var isOurs = false;
        foreach (var key in _options.EarlierReplyKeys.Prepend(_options.ReplyKey))
        {
            Mac(key.Span, tenant, token[..CaseBytes], from, mac);
            isOurs |= CryptographicOperations.FixedTimeEquals(mac, token[CaseBytes..]);
        }
        return isOurs ? new ComplaintId(new Guid(token[..CaseBytes], bigEndian: true)) : null;
    }

    private static void Mac(ReadOnlySpan<byte> key, TenantId tenant, ReadOnlySpan<byte> complaint, string address, Span<byte> mac)
    {
        // Each part with its length, so that no two sets of parts are one text.
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        Span<byte> length = stackalloc byte[4];
        byte[][] parts =
        [
            "complaints-reply-1"u8.ToArray(), Encoding.UTF8.GetBytes(tenant.Value), complaint.ToArray(),
            Encoding.UTF8.GetBytes(MailAddress.Normal(address)),
        ];
        foreach (var part in parts)
        {
            BinaryPrimitives.WriteInt32BigEndian(length, part.Length);
            hash.AppendData(length);
            hash.AppendData(part);
        }
        Span<byte> whole = stackalloc byte[32];
        hash.GetHashAndReset(whole);
        whole[..MacBytes].CopyTo(mac);
    }
}
