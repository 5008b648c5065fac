using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Contact;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Resolution;
using Complaints.Core.Sla;

namespace Complaints.Core.Lifecycle;

/// <summary>What must be there before a step is taken (关卡), as data. What a command itself asks for holds besides.</summary>
/// <param name="Rows">The rows, at most 100; all that apply hold.</param>
public sealed record GateRules(ImmutableArray<GateRow> Rows)
{
    private const int Most = 100;

    /// <summary>The rows; never <c>default</c>.</summary>
    public ImmutableArray<GateRow> Rows { get; init; } = Rows.IsDefault ? [] : Rows;

    internal IEnumerable<ComplaintError> Problems(Rulebook rules)
    {
        if (Rows.Length > Most)
            yield return new("number.out_of_range", ("field", "rows"), ("value", Rows.Length), ("low", 0), ("high", Most));
        for (var i = 0; i < Rows.Length; i++)
        {
            foreach (var problem in Rows[i].Problems($"rows[{i}]", rules))
                yield return problem;
        }
    }

    /// <summary>The commands that the rows name, held against those that there are.</summary>
    internal static DefinitionCheck Against(IReadOnlyList<Capability> commands)
    {
        var known = commands.Where(command => command is { IsInternal: false, IsCreating: false }).Select(command => command.Name)
            .ToHashSet(StringComparer.Ordinal);
        return new(
            LifecycleDefinitions.Gates,
            gates => ((GateRules)gates).Rows.SelectMany((row, i) => known.Contains(row.Before) ? [] : new[]
            {
                new ComplaintError("definition.missing", ("path", $"rows[{i}].before"), ("value", row.Before),
                    ("known", known.Order(StringComparer.Ordinal))),
            }),
            gates => ((GateRules)gates).Rows.Select(row => row.Before).FirstOrDefault(name => !known.Contains(name)) is { } unknown
                ? $"rows: {unknown}"
                : null);
    }
}

/// <summary>One row: before a command, for the complaints that it names, all of its needs.</summary>
/// <param name="Before">The command: <c>start-investigation</c>.</param>
/// <param name="Needs">What must be there: <c>check:understanding</c> for the required items of a checklist,
/// <c>check:understanding/matter</c> for one item, <c>evidence:receipt</c> for evidence of a kind, <c>cause</c>, <c>filing</c> for a filing
/// of the case where a department took part, <c>points-judged</c>, <c>result-notified</c>, <c>no-dissatisfied</c>.</param>
/// <param name="When">For which complaints; <c>null</c> for all.</param>
/// <param name="Outcomes">For which outcomes; none for all, and for complaints that have none yet.</param>
public sealed record GateRow(
    string Before, ImmutableArray<string> Needs, PolicySelection? When = null, ImmutableArray<string> Outcomes = default)
{
    /// <summary>What must be there; never <c>default</c>.</summary>
    public ImmutableArray<string> Needs { get; init; } = Needs.IsDefault ? [] : Needs;

    /// <summary>For which outcomes; never <c>default</c>.</summary>
    public ImmutableArray<string> Outcomes { get; init; } = Outcomes.IsDefault ? [] : Outcomes;

    internal bool AppliesTo(Complaint complaint) =>
        (When?.Matches(complaint) ?? true)
        && (Outcomes.IsEmpty || complaint.Settlement.Outcome is { } outcome && Outcomes.Contains(outcome));

    internal IEnumerable<ComplaintError> Problems(string path, Rulebook rules)
    {
        if (Needs.IsEmpty)
            yield return new("definition.empty", ("path", $"{path}.needs"));
        foreach (var need in Needs.Where(need => GateNeeds.Of(need, rules) is null))
            yield return new("definition.missing", ("path", $"{path}.needs"), ("value", need), ("known", GateNeeds.Known(rules)));
        foreach (var outcome in Outcomes.Where(outcome => !rules.Outcomes.Has(outcome)))
            yield return new("definition.missing", ("path", $"{path}.outcomes"), ("value", outcome), ("known", rules.Outcomes.Known()));
        foreach (var problem in When is null ? [] : PolicyRules.Selected(When, rules, $"{path}.when"))
            yield return problem;
    }
}

/// <summary>Something that a gate may ask for.</summary>
/// <param name="Label">What people call it.</param>
/// <param name="IsMet">Whether a complaint has it.</param>
internal sealed record GateNeed(Label Label, Func<Complaint, bool> IsMet);

/// <summary>What gates may ask for.</summary>
internal static class GateNeeds
{
    private const string Check = "check:";
    private const string Evidence = "evidence:";

    private static readonly ImmutableSortedDictionary<string, GateNeed> Plain = ImmutableSortedDictionary.CreateRange(
        StringComparer.Ordinal, new Dictionary<string, GateNeed>
        {
            ["cause"] = new(new("a cause, or why nothing was investigated", "已查明原因，或说明未调查的理由"),
                static complaint => complaint.Inquiry.Findings.Any(
                    finding => !finding.Causes.IsEmpty || finding.NotInvestigated is not null)),
            ["filing"] = new(new("a filing of the case, because a department took part", "本案备案（有部门协办）"),
                static complaint => complaint.Tasks.All(task => task.Result is null)
                    || complaint.Filings.Any(filing => filing.Task is null)),
            ["no-dissatisfied"] = new(new("no word of dissatisfaction that nobody answered", "客户无未处理的不满意见"),
                static complaint => Close.DissatisfiedAt(complaint) is null),
            ["points-judged"] = new(new("every point judged", "全部诉求点已判定"),
                static complaint => PointRules.NoneLeftBut(complaint, [])),
            ["result-notified"] = new(new("the customer was told the result", "已向客户反馈结果"),
                static complaint => complaint.Settlement.NotifiedAt is not null),
        });

    /// <summary>What can be asked for, for whoever asked for something else.</summary>
    public static IEnumerable<string> Known(Rulebook rules) =>
    [
        .. Plain.Keys, .. rules.Checklists.Items.Select(list => Check + list.Code), .. rules.EvidenceKinds.Items.Select(kind =>
            Evidence + kind.Code),
    ];

    /// <summary>What people call a need.</summary>
    public static Label LabelOf(string need, Rulebook rules) => Of(need, rules)?.Label ?? new(need, need);

    /// <summary>What a need means; <c>null</c> where nobody knows it.</summary>
    public static GateNeed? Of(string need, Rulebook rules)
    {
        if (Plain.TryGetValue(need, out var plain))
            return plain;
        if (need.StartsWith(Evidence, StringComparison.Ordinal))
            return rules.EvidenceKinds.Find(need[Evidence.Length..]) is not { } kind ? null : new(
                new($"evidence: {kind.Label.En}", $"证据：{kind.Label.Zh}"),
                complaint => complaint.Contact.Evidence.Any(mark => mark.Kind == kind.Code));
        if (!need.StartsWith(Check, StringComparison.Ordinal))
            return null;
        var (id, item) = need[Check.Length..].Split('/', 2) is [var first, var second] ? (first, second) : (need[Check.Length..], null);
        if (rules.Checklist(id) is not { } list)
            return null;
        if (item is null)
            return new(list.Label, complaint => list.Items.All(one => !one.Required || complaint.Contact.IsThrough(id, one.Code)));
        return list.Find(item) is not { } named ? null : new(
            new($"{list.Label.En}: {named.Label.En}", $"{list.Label.Zh}：{named.Label.Zh}"),
            complaint => complaint.Contact.IsThrough(id, item));
    }
}

/// <summary>The gates of a tenant, by command; compiled once.</summary>
internal sealed class GateBook(Rulebook rules)
{
    private readonly ILookup<string, (GateRow Row, ImmutableArray<(string Code, GateNeed Need)> Needs)> _rows = rules.Gates.Rows.ToLookup(
        row => row.Before,
        // What an older program does not know it cannot find to be there: the gate stays shut.
        row => (row, row.Needs.Select(need => (need, GateNeeds.Of(need, rules) ?? new(new(need, need), static _ => false)))
            .ToImmutableArray()),
        StringComparer.Ordinal);

    /// <summary>Whether something is missing before any command.</summary>
    public bool IsAnyShut(Complaint complaint) => _rows.Any(gates => Open(complaint, gates.Key) is not null);

    /// <summary>What is missing before a command and not waived: its codes, each once.</summary>
    public ImmutableArray<string> Missing(Complaint complaint, string command) =>
        Open(complaint, command) is { } open ? [.. open.Select(need => need.Code).Distinct(StringComparer.Ordinal)] : [];

    /// <summary>What is missing before a command, all of it; <c>null</c> for nothing. Without gates it allocates nothing.</summary>
    public ComplaintError? Check(Complaint complaint, string command) => Open(complaint, command) is { } open
        ? new("gate.missing", ("value", open.Select(need => need.Need.Label).Distinct()))
        : null;

    private List<(string Code, GateNeed Need)>? Open(Complaint complaint, string command)
    {
        List<(string Code, GateNeed Need)>? open = null;
        foreach (var (row, needs) in _rows[command])
        {
            if (!row.AppliesTo(complaint))
                continue;
            foreach (var need in needs)
            {
                if (!need.Need.IsMet(complaint) && !complaint.Settlement.Waives(command, need.Code))
                    (open ??= []).Add(need);
            }
        }
        return open;
    }
}
