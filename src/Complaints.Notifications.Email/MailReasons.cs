namespace Complaints.Notifications.Email;

/// <summary>Why a mail was not sent: the text with which the reason of a dead letter or a retry begins, up to the colon. The codes are
/// stable; those of <see cref="Templates.NoticeReasons"/> come too.</summary>
public static class MailReasons
{
    /// <summary>The customer or representative has told no mail address.</summary>
    public const string NoContact = "mail.no_contact";

    /// <summary>Nobody knows an address of the addressee among our own people.</summary>
    public const string NoStaffAddress = "mail.no_staff_address";

    /// <summary>The addressee has more than 50 addresses: nobody is left out in silence.</summary>
    public const string TooManyAddresses = "mail.too_many_addresses";

    /// <summary>What is kept as an address is none: more than 254 characters, a line break, several addresses.</summary>
    public const string AddressInvalid = "mail.address_invalid";

    /// <summary>The server will never take mail for the recipient.</summary>
    public const string RecipientRefused = "mail.recipient_refused";

    /// <summary>The server will never take mail from our sender.</summary>
    public const string SenderRefused = "mail.sender_refused";

    /// <summary>The server will never take this mail.</summary>
    public const string MessageRefused = "mail.message_refused";

    /// <summary>The server asked to come back later.</summary>
    public const string Later = "mail.later";

    /// <summary>The server was not reached, or the connection broke.</summary>
    public const string Unreachable = "mail.unreachable";

    /// <summary>The server does not offer the protection that is asked for, or its certificate does not hold.</summary>
    public const string Insecure = "mail.insecure";

    /// <summary>The server did not accept user and password or token.</summary>
    public const string NotAuthenticated = "mail.not_authenticated";
}
