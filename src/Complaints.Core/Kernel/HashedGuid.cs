using System.Security.Cryptography;
using System.Text;

namespace Complaints.Core;

/// <summary>Ids that are derived from what they are about, so that everybody who works them out comes to the same one.</summary>
internal static class HashedGuid
{
    public static Guid Of(params ReadOnlySpan<string> parts)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001f', parts))).AsSpan(0, 16);
        // Version 8 of a UUID: made from a hash.
        bytes[6] = (byte)(bytes[6] & 0x0f | 0x80);
        bytes[8] = (byte)(bytes[8] & 0x3f | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
