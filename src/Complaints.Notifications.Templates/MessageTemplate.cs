namespace Complaints.Notifications.Templates;

/// <summary>What people are told of an event, in both languages: a definition of the kind <c>template</c>, many per tenant, by code. One
/// that is published under the code of a built-in one takes its place.</summary>
/// <param name="Zh">The Chinese text.</param>
/// <param name="En">The English text.</param>
/// <param name="Event">The event that it is for, by its stored name such as <c>resolved</c>; <c>null</c> for any.</param>
/// <param name="Audience">Whom it is for, one of <see cref="Core.Audience"/>; <c>null</c> for the staff of any sort. What is
/// for <c>subscriber</c> names no personal field.</param>
public sealed record MessageTemplate(TemplateText Zh, TemplateText En, string? Event = null, string? Audience = null)
{
    /// <summary>The text of a language: Chinese for tags that begin with <c>zh</c>, else English.</summary>
    internal TemplateText In(bool isChinese) => isChinese ? Zh : En;
}

/// <summary>A template in one language. Each part is Liquid with the fields of <see cref="TemplateFields.All"/>.</summary>
/// <param name="Subject">The subject: one line, at most 500 characters.</param>
/// <param name="Text">The text, at most 20,000 characters. A line that is empty parts paragraphs; lines that begin with <c>- </c> are a
/// list; a paragraph of two lines or more that all read <c>name: value</c> is a table where there is room for one.</param>
/// <param name="Html">The same for mail as HTML, at most 60,000 characters; <c>null</c> to make it of the text. One that has no
/// <c>&lt;html&gt;</c> is put in the frame that all have.</param>
/// <param name="Chat">The same for chats as Markdown, at most 8,000 characters; <c>null</c> to make it of the text.</param>
public sealed record TemplateText(string Subject, string Text, string? Html = null, string? Chat = null);
