using System.Collections.Immutable;
using Complaints.Core;
using Complaints.Core.Intake;

namespace Complaints.Notifications.Templates;

/// <summary>What came of composing a message: a value, never an exception, so that a bad one costs the others nothing.</summary>
public abstract record NoticeOutcome
{
    private NoticeOutcome() { }

    /// <summary>There it is.</summary>
    /// <param name="Notice">What is told.</param>
    /// <param name="Recipient">To whom.</param>
    public sealed record Composed(ComposedNotice Notice, NoticeRecipient Recipient) : NoticeOutcome;

    /// <summary>Nothing may be told to this addressee; somebody of ours should look after it.</summary>
    /// <param name="Reason">One of <see cref="NoticeReasons"/>.</param>
    public sealed record Suppressed(string Reason) : NoticeOutcome;

    /// <summary>It cannot be composed, and trying again does not help.</summary>
    /// <param name="Code">One of <see cref="NoticeReasons"/>.</param>
    /// <param name="Message">What is wrong and what to do; nothing personal.</param>
    public sealed record DeadLetter(string Code, string Message) : NoticeOutcome;
}

/// <summary>Who gets a message.</summary>
/// <param name="Tenant">Whose case it is about.</param>
/// <param name="Name">What the person is called; <c>null</c> where that is not known, or it is no person.</param>
/// <param name="Contacts">How a customer or a representative is reached, in the order in which they were told; empty for our own
/// people, whose addresses are the host's.</param>
public sealed record NoticeRecipient(TenantId Tenant, string? Name, ImmutableArray<ContactPoint> Contacts)
{
    /// <summary>It never prints itself.</summary>
    public override string ToString() => "***";
}

/// <summary>Why a message was not composed. The codes are stable.</summary>
public static class NoticeReasons
{
    /// <summary>The person was erased.</summary>
    public const string Erased = "notice.erased";

    /// <summary>The representative has no letter of authority that holds, or takes no part any more.</summary>
    public const string NoAuthority = "notice.no_authority";

    /// <summary>The case has no such participant.</summary>
    public const string NoRecipient = "notice.no_recipient";

    /// <summary>The tenant has no such case.</summary>
    public const string NoCase = "notice.no_case";

    /// <summary>The message names no addressee or no template, or its payload cannot be read.</summary>
    public const string NotForPeople = "notice.not_for_people";

    /// <summary>The key of the person is damaged: what is told of them cannot be read until it is repaired.</summary>
    public const string Unreadable = "notice.unreadable";

    /// <summary>There is no template of that code.</summary>
    public const string TemplateUnknown = "template.unknown";

    /// <summary>The template failed: too many steps, too long, or what is published cannot be read.</summary>
    public const string TemplateFailed = "template.failed";
}
