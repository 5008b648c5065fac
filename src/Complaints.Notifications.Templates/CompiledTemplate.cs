using System.Collections.Immutable;

namespace Complaints.Notifications.Templates;

/// <summary>A template in one language, parsed. Immutable and thread-safe.</summary>
internal sealed class CompiledTemplate
{
    /// <summary>No notice is longer than this in any of its parts.</summary>
    private const int Longest = 200_000;

    private const int LongestSubject = 200;

    private readonly ParsedText _subject;
    private readonly ParsedText _text;
    private readonly ParsedText? _html;
    private readonly ParsedText? _chat;
    private readonly bool _isChinese;

    /// <exception cref="FormatException">It does not parse, or names what there is not.</exception>
    public CompiledTemplate(TemplateText text, bool isChinese)
    {
        _isChinese = isChinese;
        _subject = Parse(text.Subject);
        _text = Parse(text.Text);
        _html = text.Html is null ? null : Parse(text.Html);
        _chat = text.Chat is null ? null : Parse(text.Chat);
        Fields =
        [
            .. new[] { _subject, _text, _html, _chat }.OfType<ParsedText>().SelectMany(part => part.Fields)
                .Distinct(StringComparer.Ordinal),
        ];
    }

    /// <summary>What it names.</summary>
    public ImmutableArray<string> Fields { get; }

    /// <summary>The parts of a text by name, with their bounds in characters.</summary>
    public static IEnumerable<(string Part, string? Value, int Most)> Parts(TemplateText text)
    {
        yield return ("subject", text.Subject, 500);
        yield return ("text", text.Text, 20_000);
        if (text.Html is not null)
            yield return ("html", text.Html, 60_000);
        if (text.Chat is not null)
            yield return ("chat", text.Chat, 8_000);
    }

    /// <summary>Fills it in.</summary>
    /// <param name="values">The values of the fields.</param>
    /// <param name="letterhead">Who writes.</param>
    public async ValueTask<ComposedNotice> ComposeAsync(Func<string, object?> values, Letterhead letterhead)
    {
        var subject = OneLine(await _subject.RenderAsync(TextTarget.Subject, Longest, values).ConfigureAwait(false));
        var text = Tidy(await _text.RenderAsync(TextTarget.Text, Longest, values).ConfigureAwait(false));
        var parts = new TextParts(text, values("link") as string);
        var body = _html is null ? parts.ToHtml() : await _html.RenderAsync(TextTarget.Html, Longest, values).ConfigureAwait(false);
        var chat = _chat is null ? parts.ToMarkdown()
            : Tidy(await _chat.RenderAsync(TextTarget.Chat, Longest, values).ConfigureAwait(false));
        var html = body.Contains("<html", StringComparison.OrdinalIgnoreCase) ? body
            : HtmlFrame.Around(body, subject, letterhead, _isChinese);
        return new ComposedNotice(
            subject, text, html, chat, _isChinese ? "zh-CN" : "en", _isChinese ? letterhead.Name.Zh : letterhead.Name.En);
    }

    private static ParsedText Parse(string text)
    {
        if (!LiquidGrammar.TryParse(text, out var parsed, out var at))
            throw new FormatException($"line {at.Line}, column {at.Column}: it does not parse");
        var names = NamesIn.Of(parsed!);
        var unknown = names.Fields.Where(field => TemplateFields.Find(field) is null)
            .Concat(names.Filters.Except(LiquidGrammar.Filters)).Concat(names.NotAllowed).FirstOrDefault();
        return unknown is null ? new ParsedText(parsed!, names.Fields) : throw new FormatException("it names what there is not");
    }

    /// <summary>One line, whatever was filled in.</summary>
    private static string OneLine(string text)
    {
        var words = TextTarget.Subject.Encode(text).Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var line = string.Join(' ', words);
        if (line.Length <= LongestSubject)
            return line;
        var end = LongestSubject - 1;
        return string.Concat(line.AsSpan(0, char.IsHighSurrogate(line[end - 1]) ? end - 1 : end), "…");
    }

    /// <summary>Tags leave blank lines behind: at most one parts two paragraphs.</summary>
    private static string Tidy(string text)
    {
        var lines = new List<string>();
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd()))
        {
            if (line.Length > 0 || lines is [.., { Length: > 0 }])
                lines.Add(line);
        }
        return string.Join('\n', lines).Trim('\n');
    }
}
