using Complaints.Core;
using Complaints.Core.Storage;
using Complaints.Notifications.Templates;
using MimeKit;
using MimeKit.Text;
using NodaTime;

namespace Complaints.Notifications.Email;

/// <summary>Makes a mail of a notice: text and HTML, ids that stay the same in every attempt, one thread for each case.</summary>
internal static class MailWriter
{
    /// <summary>A mail.</summary>
    /// <param name="message">The message: its id is that of the mail.</param>
    /// <param name="notice">What is told.</param>
    /// <param name="from">Who writes.</param>
    /// <param name="to">To whom.</param>
    /// <param name="replyTo">Where replies go; <c>null</c> for the sender.</param>
    /// <param name="now">Its date.</param>
    public static MimeMessage Write(
        ClaimedMessage message, ComposedNotice notice, MailboxAddress from, IEnumerable<MailboxAddress> to,
        MailboxAddress? replyTo, Instant now)
    {
        var mail = new MimeMessage
        {
            Subject = notice.Subject, Date = now.ToDateTimeOffset(), MessageId = IdOf(message.Id, from),
            Body = new MultipartAlternative
            {
                new TextPart(TextFormat.Plain) { Text = notice.Text, ContentTransferEncoding = ContentEncoding.QuotedPrintable },
                new TextPart(TextFormat.Html) { Text = notice.Html, ContentTransferEncoding = ContentEncoding.QuotedPrintable },
            },
        };
        mail.From.Add(from);
        mail.To.AddRange(to);
        if (replyTo is not null)
            mail.ReplyTo.Add(replyTo);
        // Mail programs put together what refers to one mail, though that one was never sent.
        mail.InReplyTo = ThreadOf(message.Complaint, from);
        mail.References.Add(ThreadOf(message.Complaint, from));
        mail.Headers.Add("Content-Language", notice.Language);
        // Machines that answer by themselves do not answer this (RFC 3834).
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        mail.Headers.Add("Precedence", "bulk");
        mail.Headers.Add("X-Auto-Response-Suppress", "All");
        return mail;
    }

    private static string IdOf(Guid message, MailboxAddress from) => $"{message:N}@{Domain(from)}";

    private static string ThreadOf(ComplaintId complaint, MailboxAddress from) => $"case.{complaint.Value:N}@{Domain(from)}";

    private static string Domain(MailboxAddress from)
    {
        var address = MailAddress.Normal(from.Address);
        return address[(address.LastIndexOf('@') + 1)..];
    }
}
