namespace Complaints.Notifications.Email;

/// <summary>Bytes as letters and digits of one case (RFC 4648, without padding): mail servers fold the case of addresses.
/// Hand-written: the framework has none, and a package for it would weigh more.</summary>
internal static class Base32
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    public static string Write(ReadOnlySpan<byte> bytes)
    {
        var text = new char[(bytes.Length * 8 + 4) / 5];
        for (var i = 0; i < text.Length; i++)
        {
            var value = 0;
            for (var bit = i * 5; bit < i * 5 + 5; bit++)
                value = value << 1 | (bit / 8 < bytes.Length ? bytes[bit / 8] >> (7 - bit % 8) & 1 : 0);
            text[i] = Alphabet[value];
        }
        return new string(text);
    }

    /// <summary>Reads what <see cref="Write"/> wrote, in any case; false for anything else.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        bytes.Clear();
        if (text.Length != (bytes.Length * 8 + 4) / 5)
            return false;
        for (var i = 0; i < text.Length; i++)
        {
            var value = Alphabet.IndexOf(char.ToLowerInvariant(text[i]), StringComparison.Ordinal);
            if (value < 0)
                return false;
            for (var bit = i * 5; bit < i * 5 + 5; bit++)
            {
                var isSet = value >> (4 - bit % 5) & 1;
                if (bit / 8 < bytes.Length)
                    bytes[bit / 8] |= (byte)(isSet << (7 - bit % 8));
                else if (isSet != 0)
                    return false;
            }
        }
        return true;
    }
}
