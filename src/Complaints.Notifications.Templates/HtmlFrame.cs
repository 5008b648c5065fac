using System.Globalization;

namespace Complaints.Notifications.Templates;

/// <summary>The page around what is told: plain tables and inline styles, which is what mail programs understand. No pictures, nothing that
/// is fetched from anywhere.</summary>
internal static class HtmlFrame
{
    /// <summary>A page.</summary>
    /// <param name="body">What is told, as HTML.</param>
    /// <param name="subject">Its subject.</param>
    /// <param name="letterhead">Who writes.</param>
    /// <param name="isChinese">In which language.</param>
    public static string Around(string body, string subject, Letterhead letterhead, bool isChinese)
    {
        var name = Html(letterhead.Name.In(CultureInfo.GetCultureInfo(isChinese ? "zh-CN" : "en")));
        return $"""
            <!DOCTYPE html>
            <html lang="{(isChinese ? "zh-CN" : "en")}">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
            <title>{Html(subject)}</title></head>
            <body style="margin:0;padding:0;background:#eef1f4">
            <table role="presentation" cellpadding="0" cellspacing="0" width="100%" style="background:#eef1f4">
            <tr><td align="center" style="padding:24px 12px">
            <table role="presentation" cellpadding="0" cellspacing="0" width="100%"
             style="max-width:600px;background:#ffffff;border-radius:8px;{Font}">
            <tr><td style="padding:20px 32px;border-bottom:1px solid #e3e8ec;font-size:16px;font-weight:bold;color:#17324d">{name}</td></tr>
            <tr><td style="padding:28px 32px 12px;font-size:15px;line-height:1.65;color:#1f2933">
            {body}</td></tr>
            <tr><td style="padding:16px 32px 24px;border-top:1px solid #e3e8ec;font-size:13px;line-height:1.6;color:#5b6670">
            {Foot(letterhead, isChinese, name)}</td></tr>
            </table></td></tr></table>
            </body>
            </html>
            """;
    }

    private const string Font =
        "font-family:-apple-system,'Segoe UI','PingFang SC','Microsoft YaHei','Noto Sans CJK SC','Noto Sans',Arial,sans-serif";

    private static string Foot(Letterhead letterhead, bool isChinese, string name)
    {
        var lines = new List<string> { name };
        var ways = new[]
        {
            letterhead.Phone is { } phone ? (isChinese ? "电话：" : "Telephone: ") + phone : null,
            letterhead.Email is { } email ? (isChinese ? "邮箱：" : "E-mail: ") + email : null,
        };
        if (ways.OfType<string>().ToArray() is { Length: > 0 } known)
            lines.Add(string.Join(" &nbsp;·&nbsp; ", known.Select(Html)));
        if (letterhead.Hours is { } hours)
            lines.Add(Html(isChinese ? $"服务时间：{hours.Zh}" : $"Hours: {hours.En}"));
        return string.Join("<br>", lines);
    }

    private static string Html(string text) => TextTarget.Html.Encode(text);
}
