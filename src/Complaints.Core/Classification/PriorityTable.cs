using System.Collections.Immutable;
using Complaints.Core.Definitions;

namespace Complaints.Core.Classification;

/// <summary>
/// Severity x urgency x impact -> priority, as a table that a host changes. Each scale is ordered from the highest to the lowest; the first
/// row that
/// matches wins.
/// </summary>
/// <param name="Severity">The scale of severity; its last entry but one, or its only one, is the default.</param>
/// <param name="Urgency">The scale of urgency: 紧急 > 一般 > 普通.</param>
/// <param name="Impact">The scale of impact: systemic > several > single.</param>
/// <param name="Priority">The scale of priorities.</param>
/// <param name="Rows">The table.</param>
/// <param name="RaisingRisks">Risks that raise the priority by one step.</param>
public sealed record PriorityTable(
    CodeList<CodeItem> Severity,
    CodeList<CodeItem> Urgency,
    CodeList<CodeItem> Impact,
    CodeList<CodeItem> Priority,
    ImmutableArray<PriorityRow> Rows,
    ImmutableArray<string> RaisingRisks = default)
{
    /// <summary>Risks that raise the priority; never <c>default</c>.</summary>
    public ImmutableArray<string> RaisingRisks { get; init; } = RaisingRisks.IsDefault ? [] : RaisingRisks;

    /// <summary>The priority of a judgement.</summary>
    public string For(string severity, string urgency, string impact, ImmutableArray<string> risks)
    {
        var priority = Priority.Default;
        foreach (var row in Rows)
        {
            if (row.Matches(severity, urgency, impact))
            {
                priority = row.Priority;
                break;
            }
        }
        return risks.Any(RaisingRisks.Contains) ? Priority.OneHigher(priority) : priority;
    }

    internal IEnumerable<ComplaintError> Problems()
    {
        foreach (var (name, scale) in new[] { ("severity", Severity), ("urgency", Urgency), ("impact", Impact), ("priority", Priority) })
        {
            foreach (var problem in CodeListRules.Problems(scale.Items, name, mustHaveOne: true))
                yield return problem;
        }
        for (var i = 0; i < Rows.Length; i++)
        {
            var row = Rows[i];
            var path = $"rows[{i}]";
            if (!Priority.Has(row.Priority))
                yield return Missing($"{path}.priority", row.Priority, Priority);
            if (row.Severity is not null && !Severity.Has(row.Severity))
                yield return Missing($"{path}.severity", row.Severity, Severity);
            if (row.Urgency is not null && !Urgency.Has(row.Urgency))
                yield return Missing($"{path}.urgency", row.Urgency, Urgency);
            if (row.Impact is not null && !Impact.Has(row.Impact))
                yield return Missing($"{path}.impact", row.Impact, Impact);
        }
    }

    private static ComplaintError Missing(string path, string value, CodeList<CodeItem> scale) =>
        new("definition.missing", ("path", path), ("value", value), ("known", scale.Known()));
}

/// <summary>One row; an entry left out matches anything.</summary>
/// <param name="Priority">The priority that follows.</param>
/// <param name="Severity">The severity to match.</param>
/// <param name="Urgency">The urgency to match.</param>
/// <param name="Impact">The impact to match.</param>
public sealed record PriorityRow(string Priority, string? Severity = null, string? Urgency = null, string? Impact = null)
{
    internal bool Matches(string severity, string urgency, string impact) =>
        (Severity is null || Severity == severity) && (Urgency is null || Urgency == urgency) && (Impact is null || Impact == impact);
}
