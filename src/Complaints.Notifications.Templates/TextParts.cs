using System.Text;

namespace Complaints.Notifications.Templates;

/// <summary>A finished plain text as paragraphs, lists and tables, for HTML and for chats. All of it is encoded, the template's words too:
/// they were written as plain text.</summary>
/// <param name="text">The text.</param>
/// <param name="link">The page of the case: a line that says only this is a link. No other line is, whoever wrote it.</param>
internal sealed class TextParts(string text, string? link)
{
    private const int LongestName = 24;
    private const string Bullet = "- ";

    private IEnumerable<string[]> Blocks => text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
        .Select(block => block.Split('\n', StringSplitOptions.RemoveEmptyEntries)).Where(lines => lines.Length > 0);

    public string ToHtml()
    {
        var html = new StringBuilder(text.Length * 2);
        foreach (var lines in Blocks)
        {
            if (Rows(lines) is { } rows)
                Table(html, rows);
            else if (lines.All(line => line.StartsWith(Bullet, StringComparison.Ordinal)))
            {
                html.Append("<ul style=\"margin:0 0 16px;padding-left:22px\">");
                foreach (var line in lines)
                    html.Append("<li>").Append(Html(line[Bullet.Length..])).Append("</li>");
                html.Append("</ul>\n");
            }
            else
                html.Append("<p style=\"margin:0 0 16px\">").AppendJoin("<br>", lines.Select(Line)).Append("</p>\n");
        }
        return html.ToString();
    }

    public string ToMarkdown()
    {
        var chat = new StringBuilder(text.Length * 2);
        foreach (var lines in Blocks)
        {
            if (chat.Length > 0)
                chat.Append("\n\n");
            if (Rows(lines) is { } rows)
                chat.AppendJoin("\n", rows.Select(row => $"- **{Markdown(row.Name)}** {Markdown(row.Value)}"));
            else
            {
                chat.AppendJoin("\n", lines.Select(line => line.StartsWith(Bullet, StringComparison.Ordinal)
                    ? Bullet + Markdown(line[Bullet.Length..]) : line == link ? line : Markdown(line)));
            }
        }
        return chat.ToString();
    }

    private static void Table(StringBuilder html, List<(string Name, string Value)> rows)
    {
        html.Append("<table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" width=\"100%\" style=\"margin:0 0 16px;")
            .Append("background:#f5f7f9;border-radius:6px;border-collapse:separate;padding:4px 0\">");
        foreach (var (name, value) in rows)
        {
            html.Append("<tr><td style=\"padding:5px 12px;color:#5b6670;white-space:nowrap;vertical-align:top;width:1%\">")
                .Append(Html(name)).Append("</td><td style=\"padding:5px 12px 5px 4px;vertical-align:top;word-break:break-word\">")
                .Append(Html(value)).Append("</td></tr>");
        }
        html.Append("</table>\n");
    }

    private string Line(string line) => line == link
        ? $"<a href=\"{Html(line)}\" style=\"color:#0b5cad\">{Html(line)}</a>" : Html(line);

    /// <summary>A paragraph of two lines or more that all read <c>name: value</c>.</summary>
    private List<(string Name, string Value)>? Rows(string[] lines)
    {
        if (lines.Length < 2)
            return null;
        var rows = new List<(string, string)>(lines.Length);
        foreach (var line in lines)
        {
            var colon = line.IndexOfAny([':', '：']);
            if (colon is < 1 or > LongestName || line == link || line.StartsWith(Bullet, StringComparison.Ordinal))
                return null;
            var value = line[(colon + 1)..].Trim();
            if (value.Length == 0)
                return null;
            rows.Add((line[..colon].Trim(), value));
        }
        return rows;
    }

    private static string Html(string line) => TextTarget.Html.Encode(line);

    private static string Markdown(string line) => TextTarget.Chat.Encode(line);
}
