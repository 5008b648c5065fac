using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Sla;

namespace Complaints.Core.Classification;

/// <summary>Judges a complaint, again if need be; every judgement stays in the history. A field left out keeps its value.</summary>
/// <param name="Category">A category of the catalogue. Error: <c>category.unknown</c>.</param>
/// <param name="Subcategory">A subcategory of it.</param>
/// <param name="Severity">A code of the severity scale.</param>
/// <param name="Urgency">A code of the urgency scale.</param>
/// <param name="Impact">A code of the impact scale.</param>
/// <param name="Risks">The risks; <c>null</c> keeps them.</param>
/// <param name="Reason">Why: a code of the tenant's reasons for this command; <c>null</c> for none. Error: <c>code.unknown</c>.</param>
/// <param name="Remark">What is to be said of it, kept sealed; at most 500 characters. Error, where the reason is <c>other</c>:
/// <c>text.required</c>.</param>
public sealed record Classify(
    string? Category = null,
    string? Subcategory = null,
    string? Severity = null,
    string? Urgency = null,
    string? Impact = null,
    ImmutableArray<string>? Risks = null,
    string? Reason = null, string? Remark = null) : ComplaintCommand, ICapability<Classify, Complaint>
{
    private static readonly Refusal Unchanged = new(
        "classify.unchanged",
        "The classification is the same as before.",
        "分类没有变化。");

    static Capability ICapability<Classify, Complaint>.Capability { get; } = new("classify", new("Classify", "分类定级"))
    {
        Roles = Role.Desk,
        Fields = Field.Of<Classify>(f =>
        [
            f.CodeOfRule(command => command.Category, Labels.Category, rules => rules.Categories.Value.Categories, Text.Title),
            f.CodeOfRule(command => command.Subcategory, Labels.Subcategory, rules => rules.Categories.Value.Categories.SelectMany(category => category.Subcategories), Text.Title),
            f.Code(command => command.Severity, Labels.Severity, rules => rules.Priorities.Value.Severity, required: false),
            f.Code(command => command.Urgency, Labels.Urgency, rules => rules.Priorities.Value.Urgency, required: false),
            f.Code(command => command.Impact, Labels.Impact, rules => rules.Priorities.Value.Impact, required: false),
            f.OpenCodes(command => command.Risks, Labels.Risks, _ => Vocabulary.Risks),
            f.Reason(command => command.Reason, "classify", required: false),
            f.Remark(command => command.Remark, command => command.Reason),
        ]),
        StaysIn = States.Codes(States.NotEnded),
        Refusals = [Unchanged],
    };

    static Classify ICapability<Classify, Complaint>.Example(Occasion occasion) => new(Category: "service", Severity: "major");

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        var table = context.Rules.Priorities.Value;
        if ((Category is not null || Subcategory is not null) && context.Rules.Categories.Value.Check(Category ?? complaint.Judgement.Category, Subcategory) is { } unknown)
            return unknown;
        var old = complaint.Judgement;
        var severity = Severity ?? old.Severity;
        var urgency = Urgency ?? old.Urgency;
        var impact = Impact ?? old.Impact;
        var risks = Risks is { IsDefault: false } given ? given : old.Risks;
        var next = new Judgement(
            Category ?? old.Category,
            Category is null && Subcategory is null ? old.Subcategory : Subcategory,
            severity, urgency, impact,
            table.For(severity, urgency, impact, risks),
            risks,
            Category is null ? old.CatalogueVersion : context.Rules.Categories.Version);
        if (next == old)
            return Unchanged.Plain;
        events.Add(new Classified(next, Why.Given(Reason), Personal.OfNullable(Remark)));
        if (GuideFollowed.Reclassified(complaint.Receipt, old, next, context.Rules) is { } required)
            events.Add(required);
        PolicySelection.Append(events, context.Rules);
        return null;
    }
}

/// <summary>A complaint was judged.</summary>
/// <param name="Judgement">The judgement, whole.</param>
/// <param name="Reason">Why: a code of the tenant's reasons.</param>
/// <param name="Remark">What is to be said of it.</param>
public sealed record Classified(Judgement Judgement, string? Reason = null, Personal<string>? Remark = null)
    : ComplaintEvent, IHappening<Classified, Complaint>
{
    static EventType IHappening<Classified, Complaint>.EventType { get; } = new("classified", 2, new("Classified", "已分类定级"))
    {
        Upcasters = [Why.AsRemark],
    };

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
    [
        new(Labels.Category, rules.Categories.Value.Named(Judgement.Category, Judgement.Subcategory)),
        new(Labels.Severity, rules.Priorities.Value.Severity.Named(Judgement.Severity)),
        new(Labels.Urgency, rules.Priorities.Value.Urgency.Named(Judgement.Urgency)),
        new(Labels.Impact, rules.Priorities.Value.Impact.Named(Judgement.Impact)),
        new(Labels.Priority, rules.Priorities.Value.Priority.Named(Judgement.Priority)),
        new(Labels.Risks, Judgement.Risks.Select(Vocabulary.Risk)),
        .. Why.Details(rules, "classify", Reason, Remark),
    ];

    internal override PersonalField[] PersonalValues => [new("remark", Remark)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with { Judgement = Judgement };

    /// <summary>The category of a draft: what it says, else what a rule suggests.</summary>
    internal static (string? Category, string? Subcategory) CategoryOf(IntakeDraft draft, Rulebook rules) => draft.Category is { } said
        ? (said, draft.Subcategory)
        : rules.ClassificationRules.Value.Suggest(draft) is { } suggestion ? (suggestion.Category, suggestion.Subcategory) : default;

    /// <summary>The judgement of a draft: what it says, else what a rule suggests, else the defaults.</summary>
    internal static Classified From(IntakeDraft draft, Rulebook rules)
    {
        var table = rules.Priorities.Value;
        var rule = draft.Category is null || draft.Urgency is null ? rules.ClassificationRules.Value.Suggest(draft) : null;
        var suggestion = draft.Category is null ? rule : null;
        var severity = draft.Severity ?? table.Severity.Default;
        // Words of danger press, whatever category somebody chose.
        var urgency = draft.Urgency ?? rule?.Urgency ?? table.Urgency.Default;
        var impact = draft.Impact ?? table.Impact.Default;
        return new(new Judgement(
            draft.Category ?? suggestion?.Category,
            draft.Category is null ? suggestion?.Subcategory : draft.Subcategory,
            severity, urgency, impact,
            table.For(severity, urgency, impact, draft.Risks),
            draft.Risks,
            rules.Categories.Version,
            Suggested: suggestion is not null));
    }
}
