using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Complaints.Notifications.Templates;

/// <summary>For what a text is: what comes from people is encoded for it.</summary>
internal enum TextTarget
{
    /// <summary>A line.</summary>
    Subject,

    /// <summary>Plain text.</summary>
    Text,

    /// <summary>A part of a page.</summary>
    Html,

    /// <summary>Markdown of a chat.</summary>
    Chat,
}

internal static class TextTargets
{
    private static readonly TextEncoder Page = HtmlEncoder.Create(UnicodeRanges.All);
    private static readonly TextEncoder Plain = new MappedEncoder(static c => IsControl(c) && c is not ('\n' or '\t') ? "" : null);
    private static readonly TextEncoder Line = new MappedEncoder(static c => IsControl(c) || IsBreak(c) ? " " : null);
    private static readonly TextEncoder Markdown = new MappedEncoder(Escaped);

    public static TextEncoder Encoder(this TextTarget target) => target switch
    {
        TextTarget.Subject => Line,
        TextTarget.Html => Page,
        TextTarget.Chat => Markdown,
        _ => Plain,
    };

    /// <summary>A whole text encoded for a target.</summary>
    public static string Encode(this TextTarget target, string text) => target.Encoder().Encode(text);

    private static bool IsControl(int c) => c is < 0x20 or (>= 0x7f and < 0xa0);

    private static bool IsBreak(int c) => c is 0x2028 or 0x2029;

    /// <summary>What begins or ends markup in any of the dialects that chats speak; a break would begin a new block.</summary>
    private static string? Escaped(int c) => c switch
    {
        '\\' or '`' or '*' or '_' or '[' or ']' or '#' or '|' or '~' or '!' or '>' => $"\\{(char)c}",
        '<' => "&lt;",
        '&' => "&amp;",
        _ => IsControl(c) || IsBreak(c) ? " " : null,
    };
}

/// <summary>An encoder that puts a text in the place of some characters.</summary>
/// <param name="instead">What stands in the place of a character below U+10000; <c>null</c> for itself.</param>
internal sealed unsafe class MappedEncoder(Func<int, string?> instead) : TextEncoder
{
    public override int MaxOutputCharactersPerInputCharacter => 8;

    public override bool WillEncode(int unicodeScalar) => instead(unicodeScalar) is not null;

    public override int FindFirstCharacterToEncode(char* text, int textLength)
    {
        for (var i = 0; i < textLength; i++)
        {
            if (instead(text[i]) is not null)
                return i;
        }
        return -1;
    }

    public override bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        var room = new Span<char>(buffer, bufferLength);
        numberOfCharactersWritten = 0;
        if (instead(unicodeScalar) is { } text)
        {
            if (!text.TryCopyTo(room))
                return false;
            numberOfCharactersWritten = text.Length;
            return true;
        }
        return new Rune(unicodeScalar).TryEncodeToUtf16(room, out numberOfCharactersWritten);
    }
}
