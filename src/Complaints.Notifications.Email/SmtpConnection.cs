using System.Net;
using System.Text;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Complaints.Notifications.Email;

/// <summary>One connection to the mail server, used by one mail after the other, and closed at once when it broke.</summary>
internal sealed class SmtpConnection(EmailOptions options) : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private SmtpClient? _client;

    /// <summary>Sends a mail.</summary>
    /// <exception cref="SmtpCommandException">The server refused it; the connection can be used again.</exception>
    public async Task SendAsync(MimeMessage mail, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var client = await ConnectedAsync(cancellationToken).ConfigureAwait(false);
            // Names before an @ in other scripts need SMTPUTF8; a domain goes as its ASCII form.
            var format = FormatOptions.Default.Clone();
            format.International = client.Capabilities.HasFlag(SmtpCapabilities.UTF8) && IsInternational(mail);
            await client.SendAsync(format, mail, cancellationToken).ConfigureAwait(false);
        }
        catch (SmtpCommandException) when (_client is { IsConnected: true })
        {
            throw;
        }
        catch
        {
            Close();
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_client is { IsConnected: true } client)
        {
            try
            {
                await client.DisconnectAsync(quit: true).ConfigureAwait(false);
            }
            catch (Exception e) when (e is IOException or SmtpProtocolException or SmtpCommandException or OperationCanceledException)
            {
                // It ends here, with or without a farewell.
            }
        }
        Close();
        _turn.Dispose();
    }

    private async Task<SmtpClient> ConnectedAsync(CancellationToken cancellationToken)
    {
        if (_client is { IsConnected: true } kept && await IsAliveAsync(kept, cancellationToken).ConfigureAwait(false))
            return kept;
        Close();
        var client = _client = new SmtpClient
        {
            Timeout = (int)options.Timeout.TotalMilliseconds, ServerCertificateValidationCallback = options.Certificates,
        };
        await client.ConnectAsync(options.Host, options.Port, options.Security switch
        {
            MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
            MailSecurity.StartTls => SecureSocketOptions.StartTls,
            _ => SecureSocketOptions.None,
        }, cancellationToken).ConfigureAwait(false);
        if (options.User is { } user)
        {
            var mechanism = options.Token is { } token
                ? new SaslMechanismOAuth2(user, await token(cancellationToken).ConfigureAwait(false)) : (SaslMechanism?)null;
            if (mechanism is not null)
                await client.AuthenticateAsync(mechanism, cancellationToken).ConfigureAwait(false);
            else
                await client.AuthenticateAsync(Encoding.UTF8, new NetworkCredential(user, options.Password), cancellationToken)
                    .ConfigureAwait(false);
        }
        return client;
    }

    /// <summary>A server may have hung up while nobody wrote.</summary>
    private static async Task<bool> IsAliveAsync(SmtpClient client, CancellationToken cancellationToken)
    {
        try
        {
            await client.NoOpAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (e is IOException or SmtpProtocolException or SmtpCommandException)
        {
            return false;
        }
    }

    private static bool IsInternational(MimeMessage mail) =>
        mail.To.Mailboxes.Concat(mail.From.Mailboxes).Any(box => box.LocalPart.Any(c => c > 0x7f));

    private void Close()
    {
        _client?.Dispose();
        _client = null;
    }
}
