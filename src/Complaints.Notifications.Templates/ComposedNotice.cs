namespace Complaints.Notifications.Templates;

/// <summary>A message as people get it, in one language; every channel takes what it can show.</summary>
/// <param name="Subject">One line of at most 200 characters without control characters.</param>
/// <param name="Text">Plain text; lines end with LF.</param>
/// <param name="Html">A whole page for mail; what came from people is encoded.</param>
/// <param name="Chat">Markdown; what came from people is escaped.</param>
/// <param name="Language">Its language: <c>zh-CN</c> or <c>en</c>.</param>
/// <param name="Sender">The name under which the tenant writes.</param>
public sealed record ComposedNotice(string Subject, string Text, string Html, string Chat, string Language, string Sender)
{
    /// <summary>It never prints itself.</summary>
    public override string ToString() => "***";
}
