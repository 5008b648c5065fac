using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;

namespace Complaints.Core.Improvements;

/// <summary>Tells an audience of it (通报): departments, quality. A text that names a customer is refused.</summary>
/// <param name="Audience">One of the kind's audiences: <c>departments</c>. Error: <c>publish.no_audience</c>.</param>
/// <param name="Text">What is told; 1 to 4,000 characters, kept sealed. Error: <c>publish.not_redacted</c>.</param>
public sealed record PublishImprovement(string Audience, string Text) : ImprovementCommand, ICapability<PublishImprovement, Improvement>
{
    /// <summary>How often an improvement may be published.</summary>
    private const int Most = 200;

    private static readonly Refusal NoAudience = new(
        "publish.no_audience",
        "An improvement of this kind is not published to '{value}'; possible: {known}.",
        "此类整改不能通报给“{value}”，可用：{known}。");

    private static readonly Refusal NotRedacted = new(
        "publish.not_redacted",
        "The text names somebody of the complaints, or holds a mail address or a telephone number; leave persons out and publish again.",
        "通报内容包含投诉相关人员的姓名，或邮箱、电话，请删除个人信息后再发布。");

    static Capability ICapability<PublishImprovement, Improvement>.Capability { get; } = new("publish-improvement", new("Publish", "通报"))
    {
        Roles = [Role.Manager, Role.Quality],
        Fields = Field.Of<PublishImprovement>(f =>
        [
            f.CodeOfRule(command => command.Audience, Labels.Audience, rules => rules.OfAllImprovementKinds(kind => kind.Audiences),
                Core.Text.Id, required: true),
            f.Text(command => command.Text, Labels.Text, Core.Text.Long),
        ]),
        StaysIn = ImprovementTable.All,
        Refusals = [NoAudience, NotRedacted],
    };

    static PublishImprovement ICapability<PublishImprovement, Improvement>.Example(Occasion occasion) =>
        new("departments", "Parcels of the north depot come late until June.");

    internal override bool NeedsNames => true;

    internal override ComplaintError? Decide(Improvement improvement, ImprovementContext context, EventSink<Improvement> events)
    {
        ImmutableArray<CodeItem> audiences = context.Rules.ImprovementKind(improvement.Kind)?.Audiences ?? [];
        if (audiences.All(audience => audience.Code != Audience))
            return NoAudience.With(("value", CodeText.Shown(Audience)), ("known", audiences));
        if (improvement.Publications.Length >= Most)
            return new("number.out_of_range", ("field", Labels.Publication), ("value", Most + 1), ("low", 1), ("high", Most));
        if (Redaction.NamesSomebody(Text, context.People))
            return NotRedacted.Plain;
        events.Add(new ImprovementPublished(improvement.Publications.Length + 1, Audience, Personal.Of(Text)));
        return null;
    }
}

/// <summary>It was told to an audience.</summary>
/// <param name="Number">1, 2, ... within the improvement.</param>
/// <param name="Audience">To whom.</param>
/// <param name="Text">What was told.</param>
public sealed record ImprovementPublished(int Number, string Audience, Personal<string> Text)
    : ImprovementEvent, IHappening<ImprovementPublished, Improvement>
{
    static EventType IHappening<ImprovementPublished, Improvement>.EventType { get; } = new("improvement-published", 1,
        new("Published", "已通报"))
    {
        Leaves = Leaving.With<ImprovementPublished>(static (writer, published) =>
        {
            writer.WriteNumber("publication"u8, published.Number);
            writer.WriteString("audience"u8, published.Audience);
        }),
    };

    internal override Subject? Made => Subject.Of("publication", Number);

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
    [
        new(Labels.Audience, rules.NamedOfAllImprovementKinds(kind => kind.Audiences, Audience)),
        new(Labels.Text, Text),
    ];

    internal override PersonalField[] PersonalValues => [new("publication", Text)];

    internal override Improvement ApplyTo(Improvement state, EventMoment moment) =>
        state with { Publications = state.Publications.Add(new(Number, Audience, moment.OccurredAt)) };
}
