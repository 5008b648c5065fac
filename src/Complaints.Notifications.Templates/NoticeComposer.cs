using Complaints.Core;
using Complaints.Core.Intake;
using Complaints.Core.Notifications;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Notifications.Templates;

/// <summary>
/// Makes of a message what people are told: reads its case through the desk as the actor <c>notifier</c>, for the purpose
/// <c>notification</c>, and fills in the template that the message names. Words of a customer are revealed only where the message goes to
/// that customer or a representative, or its template names a personal field. Thread-safe.
/// </summary>
public sealed class NoticeComposer
{
    private static readonly Actor Notifier = new("notifier", Role.System);
    private static readonly Purpose Notification = new("notification");

    private readonly ComplaintDesk _desk;
    private readonly DefinitionLibrary _definitions;
    private readonly IClock _clock;

    /// <summary>A composer over a desk.</summary>
    public NoticeComposer(ComplaintDesk desk, DefinitionLibrary definitions, IClock clock) =>
        (_desk, _definitions, _clock) = (desk, definitions, clock);

    /// <summary>Composes a message.</summary>
    /// <param name="message">A message with <see cref="ClaimedMessage.To"/> and <see cref="ClaimedMessage.Template"/>.</param>
    /// <param name="language">A language tag; <c>null</c> for the customer's own where it goes to the customer or a representative,
    /// else the tenant's first.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="StoreException">The case could not be read: try again later.</exception>
    public async ValueTask<NoticeOutcome> ComposeAsync(
        ClaimedMessage message, string? language = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message is not { To: { } to, Template: { } code } || EventData.Of(message) is not { } happened)
            return Dead(NoticeReasons.NotForPeople, "It names no addressee or no template, or its payload is none of this library's.");
        var rules = await _definitions.RulesAsync(happened.Tenant, cancellationToken).ConfigureAwait(false);
        var book = TemplateBook.Of(rules);
        if (Unusable(book, code) is { } unusable)
            return unusable;
        var desk = _desk.For(Notifier, happened.Tenant);
        var opening = new NoticeOpening(desk, rules, book, happened, to, Notification, _clock.GetCurrentInstant());
        OpenedNotice opened;
        if (happened.Improvement is { } improvement)
            opened = await opening.OfAsync(improvement, code, cancellationToken).ConfigureAwait(false);
        else
            opened = await opening.OfAsync(message.Complaint, code, cancellationToken).ConfigureAwait(false);
        return await FillAsync(code, language, opened, opening).ConfigureAwait(false);
    }

    private static async ValueTask<NoticeOutcome> FillAsync(string code, string? language, OpenedNotice opened, NoticeOpening opening)
    {
        if (opened.Hindrance is { } hindrance)
            return hindrance;
        try
        {
            var isChinese = TemplatePreview.IsChinese(language ?? opened.Language);
            var compiled = opening.Book.Compiled(code, isChinese)!;
            var notice = await compiled.ComposeAsync(opened.Values(opening.Scene(isChinese, opened)).Of, opening.Book.Letterhead)
                .ConfigureAwait(false);
            return new NoticeOutcome.Composed(notice, new NoticeRecipient(opening.Tenant, opened.Name, opened.Contacts));
        }
        catch (Exception e) when (TemplateFault.Is(e))
        {
            // Its message may hold what was filled in.
            return Dead(NoticeReasons.TemplateFailed,
                $"The template '{code}' failed ({e.GetType().Name}): too many steps, too long, or not readable. Publish it anew.");
        }
    }

    /// <summary>Parses both languages once; what was published past the checks may not parse.</summary>
    private static NoticeOutcome.DeadLetter? Unusable(TemplateBook book, string code)
    {
        try
        {
            return book.Compiled(code, isChinese: true) is not null && book.Compiled(code, isChinese: false) is not null ? null
                : Dead(NoticeReasons.TemplateUnknown, $"There is no template '{code}': publish one under that code, or name another.");
        }
        catch (FormatException e)
        {
            return Dead(NoticeReasons.TemplateFailed, $"The template '{code}' cannot be read: {e.Message}. Publish it anew.");
        }
    }

    private static NoticeOutcome.DeadLetter Dead(string code, string message) => new(code, message);
}
