using System.Collections.Immutable;
using System.Globalization;
using Complaints.Core;
using Complaints.Core.Assignment;
using Complaints.Core.Definitions;
using Complaints.Core.Improvements;
using Complaints.Core.Intake;
using Complaints.Core.Notifications;
using NodaTime;

namespace Complaints.Notifications.Templates;

/// <summary>A case that was read for a message, or why nothing may be told of it.</summary>
/// <param name="Values">The values of the fields, for a scene.</param>
/// <param name="Language">The language of whoever gets it.</param>
internal sealed record OpenedNotice(Func<NoticeScene, FieldValues> Values, string Language)
{
    /// <summary>Why nothing is told; <c>null</c> where it is.</summary>
    public NoticeOutcome? Hindrance { get; init; }

    /// <summary>What whoever gets it is called.</summary>
    public string? Name { get; init; }

    /// <summary>How a customer wants to be addressed; <c>null</c> for the name.</summary>
    public string? AddressAs { get; init; }

    /// <summary>How a customer or a representative is reached.</summary>
    public ImmutableArray<ContactPoint> Contacts { get; init; } = [];

    public static OpenedNotice Hindered(NoticeOutcome hindrance) => new(_ => throw new InvalidOperationException(), "")
    {
        Hindrance = hindrance,
    };
}

/// <summary>Reads the case of one message, and reveals of it what may be told.</summary>
internal sealed class NoticeOpening(
    ComplaintDesk desk, Rulebook rules, TemplateBook book, EventData happened, Addressee to, Purpose purpose, Instant now)
{
    private bool IsForCustomer => to.Audience is Audience.Customer or Audience.Representative;

    public TemplateBook Book => book;

    public TenantId Tenant => desk.Tenant;

    public async ValueTask<OpenedNotice> OfAsync(ComplaintId id, string code, CancellationToken cancellationToken)
    {
        if (await desk.ViewAsync(id, cancellationToken).ConfigureAwait(false) is not { } view)
            return Suppressed(NoticeReasons.NoCase);
        var receipt = view.Complaint.Receipt;
        var partner = to.Audience == Audience.Representative ? Partner(view.Complaint) : null;
        if (to.Audience == Audience.Representative && (partner is null || !partner.MayBeTold(rules, now)))
            return Suppressed(partner is null ? NoticeReasons.NoRecipient : NoticeReasons.NoAuthority);
        var words = IsForCustomer || NamesPersonal(code)
            ? await desk.RevealAsync(view, purpose, cancellationToken).ConfigureAwait(false) : ClearWords.None;
        if (IsForCustomer && words.Of(receipt.Title) is null)
            return Unread(words.IsUnreadable(receipt.Title));
        var card = words.Of(partner?.Card);
        if (partner is not null && card is null)
            return Unread(words.IsUnreadable(partner.Card));
        var complainant = words.Of(receipt.Complainant);
        var names = await NamesAsync(view.Complaint.Responsibility.Owner, cancellationToken).ConfigureAwait(false);
        return new(scene => new CaseFields(scene, view, words, names), IsForCustomer ? receipt.Language ?? OurLanguage : OurLanguage)
        {
            Name = !IsForCustomer ? NameOf(names) : card?.Name ?? complainant?.Name,
            AddressAs = IsForCustomer && card is null ? complainant?.AddressAs : null,
            Contacts = !IsForCustomer ? [] : card is null ? complainant?.Contacts ?? []
                : [.. Points(card)],
        };
    }

    public async ValueTask<OpenedNotice> OfAsync(ImprovementId id, string code, CancellationToken cancellationToken)
    {
        // Nobody outside is told of what is put right inside.
        if (IsForCustomer)
            return Suppressed(NoticeReasons.NoRecipient);
        if (await desk.Improvements.ViewAsync(id, cancellationToken).ConfigureAwait(false) is not { } view)
            return Suppressed(NoticeReasons.NoCase);
        var words = NamesPersonal(code)
            ? await desk.Improvements.RevealAsync(view, purpose, cancellationToken).ConfigureAwait(false) : ClearWords.None;
        var names = await NamesAsync(view.Improvement.Owner, cancellationToken).ConfigureAwait(false);
        return new(scene => new ImprovementFields(scene, view.Improvement, words, names), OurLanguage) { Name = NameOf(names) };
    }

    /// <summary>The scene in a language.</summary>
    public NoticeScene Scene(bool isChinese, OpenedNotice opened)
    {
        var wording = new Wording(
            CultureInfo.GetCultureInfo(isChinese ? "zh-CN" : "en"), DateTimeZoneProviders.Tzdb[rules.Settings.Zone]);
        return new(rules, happened, book.Letterhead, wording, Salutation(wording, opened), !IsForCustomer);
    }

    private string OurLanguage => rules.Settings.Languages[0];

    private Participant? Partner(Complaint complaint) =>
        int.TryParse(to.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? complaint.Participants.FirstOrDefault(participant => participant.Number == number && participant.Card is not null) : null;

    private bool NamesPersonal(string code) =>
        book.Compiled(code, isChinese: true) is { } zh && book.Compiled(code, isChinese: false) is { } en
        && zh.Fields.Concat(en.Fields).Any(field => TemplateFields.Find(field) is { About: TemplateField.Customer });

    private async ValueTask<IReadOnlyDictionary<string, string>> NamesAsync(string? owner, CancellationToken cancellationToken)
    {
        var people = new[] { owner, to.Audience == Audience.Owner ? to.Key : null }.OfType<string>()
            .Distinct(StringComparer.Ordinal).ToArray();
        return people.Length == 0 ? new Dictionary<string, string>(StringComparer.Ordinal)
            : await desk.NamesAsync(people, cancellationToken).ConfigureAwait(false);
    }

    private string? NameOf(IReadOnlyDictionary<string, string> names) =>
        to is { Audience: Audience.Owner, Key: { } key } ? names.GetValueOrDefault(key) : null;

    private string Salutation(Wording wording, OpenedNotice opened)
    {
        var name = opened.AddressAs is { Length: > 0 } wished ? wished : opened.Name;
        if (IsForCustomer)
        {
            return wording.IsChinese ? "尊敬的" + (string.IsNullOrWhiteSpace(name) ? "客户" : name)
                : "Dear " + (string.IsNullOrWhiteSpace(name) ? "customer" : name);
        }
        return name ?? (to.Key is not { } key ? null : to.Audience switch
        {
            Audience.Team => wording.Say(rules.Organisation.TeamNamed(key).Label),
            Audience.Department => wording.Say(rules.Organisation.DepartmentNamed(key).Label),
            Audience.Role => wording.Say(Vocabulary.Role(key).Label),
            _ => null,
        }) ?? wording.Say(new Label("Dear colleague", "同事您好"));
    }

    private static IEnumerable<ContactPoint> Points(ContactCard card) =>
    [
        .. string.IsNullOrWhiteSpace(card.Email) ? [] : (ContactPoint[])[new(ContactPoint.Email, card.Email)],
        .. string.IsNullOrWhiteSpace(card.Phone) ? [] : (ContactPoint[])[new(ContactPoint.Phone, card.Phone)],
    ];

    private static OpenedNotice Suppressed(string reason) => OpenedNotice.Hindered(new NoticeOutcome.Suppressed(reason));

    private static OpenedNotice Unread(bool isDamaged) => isDamaged
        ? OpenedNotice.Hindered(new NoticeOutcome.DeadLetter(
            NoticeReasons.Unreadable, "The key of the person is damaged: repair it, then replay the message."))
        : Suppressed(NoticeReasons.Erased);
}
