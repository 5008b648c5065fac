using System.Net.Sockets;
using Complaints.Core;
using Complaints.Core.Intake;
using Complaints.Core.Notifications;
using Complaints.Core.Storage;
using Complaints.Notifications.Templates;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;
using NodaTime;

namespace Complaints.Notifications.Email;

/// <summary>
/// Sends by mail what goes to people: to customers and representatives at the first mail address that the case has, to our own people at
/// the addresses of <see cref="IStaffAddresses"/>. A message that goes to a system and not to people is none of its business, and done. The
/// reasons of what was not sent begin with a code of <see cref="MailReasons"/> or <see cref="NoticeReasons"/>, and name nobody.
/// </summary>
public sealed class EmailChannel : IMessageChannel, IAsyncDisposable
{
    private const int MostAddresses = 50;

    private readonly NoticeComposer _composer;
    private readonly IStaffAddresses _staff;
    private readonly ReplyTokens _tokens;
    private readonly IClock _clock;
    private readonly EmailOptions _options;
    private readonly SmtpConnection _connection;

    /// <summary>A channel; <c>AddEmail</c> makes it.</summary>
    public EmailChannel(
        NoticeComposer composer, IStaffAddresses staff, ReplyTokens tokens, IClock clock, IOptions<EmailOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_composer, _staff, _tokens, _clock, _options) = (composer, staff, tokens, clock, options.Value);
        _connection = new SmtpConnection(_options);
    }

    /// <inheritdoc/>
    /// <remarks><c>email</c>.</remarks>
    public string Name => "email";

    /// <inheritdoc/>
    /// <remarks>False: a mailbox that is full keeps nobody else's mail back.</remarks>
    public bool IsOrdered => false;

    /// <inheritdoc/>
    /// <remarks>4: they are composed beside each other and sent one after the other, over one connection.</remarks>
    public int Concurrency => 4;

    /// <inheritdoc/>
    public bool Takes(string topic) => true;

    /// <inheritdoc/>
    public async ValueTask<DeliveryResult> SendAsync(ClaimedMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.To is not { } to)
            return DeliveryResult.Delivered;
        switch (await _composer.ComposeAsync(message, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            case NoticeOutcome.Suppressed suppressed:
                return new DeliveryResult.DeadLetter(suppressed.Reason);
            case NoticeOutcome.DeadLetter dead:
                return new DeliveryResult.DeadLetter($"{dead.Code}: {dead.Message}");
            case NoticeOutcome.Composed composed:
                var (boxes, wrong) = await BoxesAsync(to, composed.Recipient, cancellationToken).ConfigureAwait(false);
                return wrong is null ? await SendAsync(message, to, composed, boxes, cancellationToken).ConfigureAwait(false)
                    : new DeliveryResult.DeadLetter(wrong);
            case var other:
                throw new InvalidOperationException($"Composing comes to nothing like {other.GetType().Name}.");
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private async ValueTask<(MailboxAddress[] Boxes, string? Wrong)> BoxesAsync(
        Addressee to, NoticeRecipient recipient, CancellationToken cancellationToken)
    {
        var isCustomer = to.Audience is Audience.Customer or Audience.Representative;
        IEnumerable<string> found = isCustomer
            ? recipient.Contacts.Where(contact => contact.Kind == ContactPoint.Email).Select(contact => contact.Value).Take(1)
            : await _staff.FindAsync(recipient.Tenant, to, cancellationToken).ConfigureAwait(false);
        var boxes = found.Select(address => MailAddress.Parse(address, recipient.Name)).ToArray();
        if (boxes.Length > MostAddresses)
            return ([], $"{MailReasons.TooManyAddresses}: {boxes.Length}");
        return boxes.Length == 0 ? ([], isCustomer ? MailReasons.NoContact : MailReasons.NoStaffAddress)
            : boxes.Any(box => box is null) ? ([], MailReasons.AddressInvalid) : ([.. boxes.OfType<MailboxAddress>()], null);
    }

    private async ValueTask<DeliveryResult> SendAsync(
        ClaimedMessage message, Addressee to, NoticeOutcome.Composed composed, MailboxAddress[] boxes, CancellationToken cancellationToken)
    {
        var isCustomer = to.Audience is Audience.Customer or Audience.Representative;
        var reply = isCustomer ? _tokens.AddressFor(composed.Recipient.Tenant, message.Complaint, boxes[0].Address) : null;
        var from = MailAddress.Parse(_options.From, composed.Notice.Sender)!;
        using var mail = MailWriter.Write(
            message, composed.Notice, from, boxes, MailAddress.Parse(reply, composed.Notice.Sender), _clock.GetCurrentInstant());
        try
        {
            await _connection.SendAsync(mail, cancellationToken).ConfigureAwait(false);
            return DeliveryResult.Delivered;
        }
        catch (SmtpCommandException e)
        {
            return Answer(e);
        }
        catch (Exception e) when (e is AuthenticationException or ServiceNotAuthenticatedException)
        {
            return new DeliveryResult.Retry(MailReasons.NotAuthenticated);
        }
        catch (Exception e) when (e is SslHandshakeException or NotSupportedException)
        {
            return new DeliveryResult.Retry(MailReasons.Insecure);
        }
        catch (Exception e) when (e is IOException or SocketException or ProtocolException or ServiceNotConnectedException
            or TimeoutException)
        {
            return new DeliveryResult.Retry($"{MailReasons.Unreachable}: {e.GetType().Name}");
        }
    }

    /// <summary>What the server said, without its words: they may repeat an address.</summary>
    private static DeliveryResult Answer(SmtpCommandException refused)
    {
        var status = (int)refused.StatusCode;
        if (status is 530 or 534 or 535 or 538)
            return new DeliveryResult.Retry($"{MailReasons.NotAuthenticated}: {status}");
        if (status < 500)
            return new DeliveryResult.Retry($"{MailReasons.Later}: {status}");
        return refused.ErrorCode switch
        {
            SmtpErrorCode.RecipientNotAccepted => new DeliveryResult.DeadLetter($"{MailReasons.RecipientRefused}: {status}"),
            // One setting is wrong, and every mail is refused: none of them is bad.
            SmtpErrorCode.SenderNotAccepted => new DeliveryResult.Retry($"{MailReasons.SenderRefused}: {status}"),
            _ => new DeliveryResult.DeadLetter($"{MailReasons.MessageRefused}: {status}"),
        };
    }
}
