using System.Security.Cryptography;
using System.Text;

namespace Complaints.Core;

/// <summary>Ids that follow from what they stand for: the same parts give the same id on every node and in every attempt (a UUID of version 8, made from a SHA-256).</summary>
public static class DerivedId
{
    /// <summary>The id of some parts, in their order.</summary>
    /// <param name="parts">What it is made of; the first says what kind of thing it is.</param>
    public static Guid Of(params ReadOnlySpan<string> parts)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001f', parts))).AsSpan(0, 16);
        bytes[6] = (byte)(bytes[6] & 0x0f | 0x80);
        bytes[8] = (byte)(bytes[8] & 0x3f | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
