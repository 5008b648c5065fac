using System.Collections.Immutable;
using System.Text.Json.Serialization;
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
/// <param name="Reason">Why it changed; at most 500 characters, nothing personal.</param>
public sealed record Classify(
    string? Category = null,
    string? Subcategory = null,
    string? Severity = null,
    string? Urgency = null,
    string? Impact = null,
    ImmutableArray<string>? Risks = null,
    string? Reason = null) : ComplaintCommand
{
    /// <inheritdoc/>
    public override ComplaintTrigger Trigger => ComplaintTrigger.Classify;

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        var table = context.Rules.Priorities.Value;
        var wrong = (Category is null && Subcategory is null ? null : context.Rules.Categories.Value.Check(Category ?? complaint.Judgement.Category, Subcategory))
            ?? (Severity is null ? null : table.Severity.Check("severity", Severity))
            ?? (Urgency is null ? null : table.Urgency.Check("urgency", Urgency))
            ?? (Impact is null ? null : table.Impact.Check("impact", Impact))
            ?? Text.Check("reason", Reason, Text.Short, required: false);
        if (wrong is not null)
            return wrong;
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
            return new("classify.unchanged");
        events.Add(new Classified(next, Reason));
        PolicySelection.Append(events, context.Rules);
        return null;
    }
}

/// <summary>A complaint was judged.</summary>
/// <param name="Judgement">The judgement, whole.</param>
/// <param name="Reason">Why it changed.</param>
public sealed record Classified(Judgement Judgement, string? Reason = null) : ComplaintEvent
{
    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with { Judgement = Judgement };

    /// <summary>The judgement of a draft: what it says, else what a rule suggests, else the defaults.</summary>
    internal static Classified From(IntakeDraft draft, Rulebook rules)
    {
        var table = rules.Priorities.Value;
        var suggestion = draft.Category is null ? rules.ClassificationRules.Value.Suggest(draft) : null;
        var severity = draft.Severity ?? table.Severity.Default;
        var urgency = draft.Urgency ?? suggestion?.Urgency ?? table.Urgency.Default;
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
