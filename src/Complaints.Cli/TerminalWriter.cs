using System.Globalization;
using System.Text;

namespace Complaints.Cli;

/// <summary>
/// Everything that the tool says goes through here. A title may hold what moves the cursor, clears the screen or turns a line round
/// (control and bidirectional characters): it is shown as <c>\u001b</c>, which in JSON means the same character.
/// </summary>
internal sealed class TerminalWriter(TextWriter inner) : TextWriter(CultureInfo.InvariantCulture)
{
    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => inner.Write(Visible(value.ToString()));

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    public override void Write(string? value) => inner.Write(Visible(value));

    public override void WriteLine() => inner.WriteLine();

    public override void WriteLine(string? value) => inner.WriteLine(Visible(value));

    public override void Flush() => inner.Flush();

    public override Task FlushAsync() => inner.FlushAsync();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync();
        await base.DisposeAsync();
    }

    /// <summary>The text with what a terminal would obey made visible; tabs and ends of lines stay.</summary>
    public static string? Visible(string? text)
    {
        if (text is null || !text.AsSpan().ContainsAny(Hidden))
            return text;
        var shown = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            var isEndOfLine = text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n';
            if (isEndOfLine || !Hidden.Contains(text[i]))
                shown.Append(text[i]);
            else
                shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[i]:x4}");
        }
        return shown.ToString();
    }

    private static readonly System.Buffers.SearchValues<char> Hidden = System.Buffers.SearchValues.Create(
    [
        .. Between(0x00, 0x08), .. Between(0x0b, 0x1f), .. Between(0x7f, 0x9f),
        '\u061c', '\u200e', '\u200f', .. Between(0x2028, 0x202e), .. Between(0x2066, 0x2069),
    ]);

    private static IEnumerable<char> Between(int first, int last) => Enumerable.Range(first, last - first + 1).Select(code => (char)code);
}
