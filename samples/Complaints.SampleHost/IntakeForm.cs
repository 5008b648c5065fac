using System.Collections.Immutable;
using Complaints.Core;
using Complaints.Core.Classification;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using NodaTime;
using NodaTime.Text;

namespace Complaints.SampleHost;

/// <summary>The form of a new complaint: what was typed, and the draft that it makes.</summary>
/// <param name="posted">What was sent; <c>null</c> for an empty form.</param>
/// <param name="rules">The tenant's definitions.</param>
public sealed class IntakeForm(IFormCollection? posted, Rulebook rules)
{
    /// <summary>How many further points the form has room for; more are added on the case's page.</summary>
    public const int Points = 3;

    private static readonly Label DateAndTime = new("a date with a time", "日期和时间");
    private static readonly Label DateOnly = new("a date", "日期");

    /// <summary>What was typed; <c>null</c> for nothing.</summary>
    public string? Typed(string name) =>
        posted?[name].ToString() is { Length: > 0 } value && !string.IsNullOrWhiteSpace(value) ? value : null;

    /// <summary>The codes that were ticked.</summary>
    public IReadOnlyCollection<string> Ticked(string name) => posted is null ? [] : [.. posted[name].OfType<string>()];

    /// <summary>The guide of the chosen category; <c>null</c> where there is none.</summary>
    public Guide? Guide => rules.GuideFor(Category(0), Category(1), Typed("Kind") ?? "complaint");

    /// <summary>True where the guide of the chosen category was seen: until then nothing is registered.</summary>
    public bool IsGuided => Guide is null || Typed("Guided") == Typed("Category");

    /// <summary>True where something beyond the first page was filled in.</summary>
    public bool HasMore => posted?.Keys.Any(name => name.StartsWith("More.", StringComparison.Ordinal) && Typed(name) is not null) == true;

    public static string AnswerName(GuideQuestion question) => $"answer.{question.Code}";

    /// <summary>What was typed as a draft; or what is no date.</summary>
    /// <param name="language">In which to answer.</param>
    public (IntakeDraft? Draft, ComplaintError? Error) Read(string language)
    {
        var (from, wrongFrom) = At("More.IncidentFrom", new("Happened from", "发生时间（起）"));
        var (to, wrongTo) = At("More.IncidentTo", new("Happened until", "发生时间（止）"));
        var (bought, wrongDay) = Day("More.PurchasedOn", new("Bought on", "购买日期"));
        if ((wrongFrom ?? wrongTo ?? wrongDay) is { } wrong)
            return (null, wrong);
        return (new IntakeDraft
        {
            Channel = Typed("Channel") ?? "",
            InteractionKind = Typed("InteractionKind"),
            Kind = Typed("Kind") ?? "complaint",
            Title = Typed("Title") ?? "",
            Area = Typed("Area"),
            Tier = Typed("More.Tier"),
            Category = Category(0),
            Subcategory = Category(1),
            Severity = Typed("Severity"),
            Urgency = Typed("Urgency"),
            Impact = Typed("Impact"),
            Risks = [.. Ticked("Risks")],
            Goals = [.. Ticked("Goals")],
            Language = language,
            IncidentFrom = from,
            IncidentTo = to,
            Complainant = new Complainant(Typed("CustomerName"), Typed("CustomerRef"), Contacts) { AddressAs = Typed("AddressAs") },
            Statement = new Statement(Typed("Narrative"), Typed("DesiredOutcome"), Typed("More.IncidentPlace")),
            Item = Typed("ItemKind") is { } kind
                ? new Item(kind, Typed("ItemRef"), Typed("More.ItemModel")) { Serial = Typed("More.Serial"), PurchasedOn = bought }
                : null,
            Points = [.. Enumerable.Range(1, Points).Where(i => Typed($"More.Point{i}") is not null).Select(i =>
                new DraftPoint(Typed($"More.Point{i}")!, Part($"More.Point{i}.Category", 0), Part($"More.Point{i}.Category", 1)))],
            Answers = [.. (Guide?.Questions ?? []).Where(question => Typed(AnswerName(question)) is not null).Select(question =>
                new GuideAnswer(question.Code, Typed(AnswerName(question))!))],
        }, null);
    }

    private ImmutableArray<ContactPoint> Contacts =>
    [
        .. Typed("Phone") is { } phone ? (ContactPoint[])[new(ContactPoint.Phone, phone)] : [],
        .. Typed("More.Email") is { } email ? (ContactPoint[])[new(ContactPoint.Email, email)] : [],
    ];

    private string? Category(int part) => Part("Category", part);

    private string? Part(string name, int part) => Typed(name)?.Split('/', 2).ElementAtOrDefault(part);

    private (Instant? At, ComplaintError? Error) At(string name, Label label)
    {
        if (Typed(name) is not { } text)
            return default;
        return LocalDateTimePattern.GeneralIso.Parse(text.Length == 16 ? text + ":00" : text) is { Success: true } local
            ? (DateTimeZoneProviders.Tzdb[rules.Settings.Zone].AtLeniently(local.Value).ToInstant(), null)
            : (null, new("text.format", ("field", label), ("value", text), ("expected", DateAndTime)));
    }

    private (LocalDate? On, ComplaintError? Error) Day(string name, Label label)
    {
        if (Typed(name) is not { } text)
            return default;
        return LocalDatePattern.Iso.Parse(text) is { Success: true } day ? (day.Value, null)
            : (null, new("text.format", ("field", label), ("value", text), ("expected", DateOnly)));
    }
}
