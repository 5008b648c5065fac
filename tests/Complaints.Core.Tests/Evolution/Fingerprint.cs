using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization.Metadata;

namespace Complaints.Core.Tests.Evolution;

/// <summary>
/// A number that says how a type is written: its members in order, theirs, the codes of its enums, and what writes a value that has a
/// converter of its own. It is made from the JSON contexts and from nothing else, so that a trimmed program has the same one.
/// </summary>
internal static class Fingerprint
{
    /// <param name="type">The type.</param>
    /// <param name="number">Told apart besides.</param>
    public static int Of(JsonTypeInfo type, int number)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{number}|{JsonShape.Of(type).ToJsonString()}");
        return BinaryPrimitives.ReadInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text))) & int.MaxValue;
    }
}
