using System.Text;

namespace Complaints.Tests.Shared;

/// <summary>A word that stands nowhere else, in two scripts, and is found wherever it stands in the clear.</summary>
internal sealed record CanaryBird(string Latin, string Chinese)
{
    /// <summary>What is typed.</summary>
    public string Word => $"{Latin}-{Chinese}";

    /// <summary>What is typed where only a mail address will do.</summary>
    public string Mail => $"{Latin}@example.org";

    /// <summary>What is typed where only a telephone number will do.</summary>
    public string Phone => "+49 1999 0424242";

    /// <summary>The bytes as which it could stand somewhere, by their encoding; a log writes bytes in hexadecimal digits.</summary>
    private IEnumerable<(string Encoding, byte[] Bytes)> Shapes =>
        from part in new[] { Latin, Latin.ToLowerInvariant(), Chinese, Phone }
        from shape in new[]
        {
            ("utf-8", Encoding.UTF8.GetBytes(part)), ("utf-16", Encoding.Unicode.GetBytes(part)),
            ("utf-16BE", Encoding.BigEndianUnicode.GetBytes(part)),
            ("hex", Encoding.ASCII.GetBytes(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(part)))),
        }
        select shape;

    /// <summary>In which encodings it stands there; empty for nowhere.</summary>
    public IEnumerable<string> FoundIn(byte[] bytes) =>
        Shapes.Where(shape => bytes.AsSpan().IndexOf(shape.Bytes) >= 0).Select(shape => shape.Encoding).Distinct();
}
