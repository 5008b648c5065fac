using System.Globalization;
using Complaints.Core;
using Complaints.Core.Assignment;
using Complaints.Core.Definitions;
using NodaTime;
using NodaTime.Text;

namespace Complaints.Notifications.Templates;

/// <summary>What is the same whatever a message is about.</summary>
/// <param name="Rules">The tenant's definitions.</param>
/// <param name="Event">What happened.</param>
/// <param name="Letterhead">Who writes.</param>
/// <param name="Wording">In which language and zone.</param>
/// <param name="Salutation">The address of whoever gets it.</param>
/// <param name="IsForStaff">True for our own people.</param>
internal sealed record NoticeScene(
    Rulebook Rules, EventData Event, Letterhead Letterhead, Wording Wording, string Salutation, bool IsForStaff);

/// <summary>The values of fields for one message in one language.</summary>
internal abstract class FieldValues(NoticeScene scene)
{
    private static readonly LocalDateTimePattern Chinese =
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu'年'M'月'd'日' HH:mm");

    private static readonly LocalDateTimePattern English = LocalDateTimePattern.CreateWithInvariantCulture("d MMMM uuuu, HH:mm");

    protected NoticeScene Scene => scene;

    /// <summary>The value of a field: a text, true or false, a list of texts, or <c>null</c>.</summary>
    public object? Of(string name) => name switch
    {
        "salutation" => scene.Salutation,
        "sender" => Say(scene.Letterhead.Name),
        "phone" => scene.Letterhead.Phone,
        "email" => scene.Letterhead.Email,
        "hours" => Say(scene.Letterhead.Hours),
        "event" => Say(Vocabulary.OfEvent(scene.Event.Event)),
        "event_until" => Say(scene.Event.When("until")),
        "event_granted" => scene.Event.Flag("granted"),
        "event_level" => (scene.Event.Number("level") ?? scene.Event.Number("count"))?.ToString(CultureInfo.InvariantCulture),
        "event_clock" => scene.Event.Text("clock") is { } clock ? Say(Vocabulary.Objective(clock)) : null,
        "event_part" => PartInWords,
        "event_due" => Say(scene.Event.When("due") ?? DueOfPart),
        "event_department" => DepartmentOfPart is { } code ? Say(scene.Rules.Organisation.DepartmentNamed(code).Label) : null,
        "link" => Letterhead.Page(scene.IsForStaff ? scene.Letterhead.StaffPage : scene.Letterhead.CasePage, Number),
        "number" => Number,
        _ => Own(name),
    };

    /// <summary>The number for people.</summary>
    protected abstract string Number { get; }

    /// <summary>When the part that the event is about is due.</summary>
    protected abstract Instant? DueOfPart { get; }

    /// <summary>Which department has it.</summary>
    protected virtual string? DepartmentOfPart => scene.Event.Text("department");

    /// <summary>The part in words.</summary>
    protected abstract string? PartInWords { get; }

    /// <summary>The values that only this sort of case has.</summary>
    protected abstract object? Own(string name);

    protected string? Say(Label? label) => label is null ? null : scene.Wording.Say(label);

    /// <summary>An instant as people write it.</summary>
    protected string? Say(Instant? instant) => instant is { } at
        ? (scene.Wording.IsChinese ? Chinese : English).Format(at.InZone(scene.Wording.Zone!).LocalDateTime) : null;
}
