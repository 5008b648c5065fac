using System.Net;
using System.Net.Security;

namespace Complaints.Notifications.Email;

/// <summary>How a connection to the mail server is protected.</summary>
public enum MailSecurity
{
    /// <summary>The connection begins in the clear and must go on encrypted (STARTTLS); a server that does not offer it
    /// gets nothing.</summary>
    StartTls,

    /// <summary>Encrypted from the first byte (SMTPS, usually port 465).</summary>
    Tls,

    /// <summary>In the clear: only to this machine, or where <see cref="EmailOptions.AllowPlainText"/> says so.</summary>
    None,
}

/// <summary>The options of mail; checked when the host starts.</summary>
public sealed class EmailOptions
{
    /// <summary>The mail server. Required.</summary>
    public string Host { get; set; } = "";

    /// <summary>Its port, 1 to 65,535. Default 587.</summary>
    public int Port { get; set; } = 587;

    /// <summary>How the connection is protected. Default <see cref="MailSecurity.StartTls"/>.</summary>
    public MailSecurity Security { get; set; } = MailSecurity.StartTls;

    /// <summary>Whether mail may go to another machine in the clear. Default false.</summary>
    public bool AllowPlainText { get; set; }

    /// <summary>The user at the server; <c>null</c> where it asks for none.</summary>
    public string? User { get; set; }

    /// <summary>The password, where there is no <see cref="Token"/>.</summary>
    public string? Password { get; set; }

    /// <summary>Brings an access token (XOAUTH2) for <see cref="User"/> when a connection is made; <c>null</c> for a password.</summary>
    public Func<CancellationToken, ValueTask<string>>? Token { get; set; }

    /// <summary>The address from which mail is sent, at most 254 characters. Required.</summary>
    public string From { get; set; } = "";

    /// <summary>Where replies go: an address of at most 16 characters before its <c>@</c>, on a server that takes
    /// <c>local+token@domain</c>; the token is put behind <c>+</c>.
    /// <c>null</c> for <see cref="From"/> without a token.</summary>
    public string? ReplyTo { get; set; }

    /// <summary>The secret under which the tokens of reply addresses are made, 32 bytes or more; required with
    /// <see cref="ReplyTo"/>, and the same on every node.</summary>
    public ReadOnlyMemory<byte> ReplyKey { get; set; }

    /// <summary>Secrets of before, whose tokens still count.</summary>
    public IList<ReadOnlyMemory<byte>> EarlierReplyKeys { get; } = [];

    /// <summary>How long one step at the server may take, 1 second to 5 minutes. Default 30 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Judges a certificate in place of the system, for tests.</summary>
    internal RemoteCertificateValidationCallback? Certificates { get; set; }

    /// <summary>What is wrong with them: codes with what to do; empty when they can be used.</summary>
    internal IEnumerable<string> Problems()
    {
        if (string.IsNullOrWhiteSpace(Host) || Host.Length > 253 || Host.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)))
            yield return "mail.host: Host names no mail server; set it, for example to smtp.example.org.";
        if (Port is < 1 or > 65_535)
            yield return $"mail.port: Port is {Port}; use 1 to 65535, usually 587 with StartTls and 465 with Tls.";
        if (MailAddress.Parse(From, null) is not { } from)
            yield return "mail.from: From is no mail address; set it, for example to service@example.org.";
        if (Security == MailSecurity.None && !AllowPlainText && !IsLoopback)
            yield return $"mail.plain: Security is None, and {Host} is another machine; use StartTls or Tls, or set AllowPlainText.";
        if (Security == MailSecurity.None && !IsLoopback && (Password is not null || Token is not null))
            yield return "mail.plain_password: a password or token would go over the network in the clear; use StartTls or Tls.";
        if (User is null != (Password is null && Token is null))
            yield return "mail.user: User goes with Password or Token; set both, or none.";
        if (Password is not null && Token is not null)
            yield return "mail.two_secrets: Password and Token are both set; keep one.";
        if (ReplyTo is not null && (MailAddress.Parse(ReplyTo, null) is not { } reply || reply.Address.Split('@')[0].Length > 16))
            yield return "mail.reply_to: ReplyTo is no mail address with at most 16 characters before its @; correct it.";
        if (ReplyTo is not null && EarlierReplyKeys.Append(ReplyKey).Any(key => key.Length < 32))
            yield return "mail.reply_key: a reply key is shorter than 32 bytes; make one with a random generator.";
        if (Timeout < TimeSpan.FromSeconds(1) || Timeout > TimeSpan.FromMinutes(5))
            yield return $"mail.timeout: Timeout is {Timeout}; use 1 second to 5 minutes.";
    }

    private bool IsLoopback => Host is "localhost" || IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address);
}
