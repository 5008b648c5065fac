using System.Collections.Immutable;
using Complaints.Core.Definitions;
using Complaints.Core.Sla;

namespace Complaints.Core.Improvements;

/// <summary>What an improvement may be: its texts, the clock of its actions, whom it is told to.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Parts">Its texts.</param>
/// <param name="Actions">What may be done about it; <c>null</c> where nothing is planned, as for a bulletin.</param>
/// <param name="Audiences">To whom it may be published; empty for nobody.</param>
/// <param name="Results">What may come of it.</param>
public sealed record ImprovementKind(
    Label Label, ImmutableArray<ImprovementPart> Parts, ActionTerms? Actions = null, ImmutableArray<CodeItem> Audiences = default,
    ImmutableArray<CodeItem> Results = default)
{
    /// <summary>Its texts; never <c>default</c>.</summary>
    public ImmutableArray<ImprovementPart> Parts { get; init; } = Parts.IsDefault ? [] : Parts;

    /// <summary>To whom it may be published; never <c>default</c>.</summary>
    public ImmutableArray<CodeItem> Audiences { get; init; } = Audiences.IsDefault ? [] : Audiences;

    /// <summary>What may come of it; never <c>default</c>.</summary>
    public ImmutableArray<CodeItem> Results { get; init; } = Results.IsDefault ? [] : Results;

    internal IEnumerable<ComplaintError> Problems()
    {
        if (string.IsNullOrWhiteSpace(Label?.En) || string.IsNullOrWhiteSpace(Label.Zh))
            yield return new("definition.label_missing", ("path", "label"));
        foreach (var problem in CodeListRules.Problems(Parts, "parts").Concat(CodeListRules.Problems(Audiences, "audiences"))
            .Concat(CodeListRules.Problems(Results, "results", mustHaveOne: true)).Concat(Actions?.Problems("actions") ?? []))
            yield return problem;
    }
}

/// <summary>A text of an improvement.</summary>
/// <param name="Code">Its code: <c>cause</c>.</param>
/// <param name="Label">Its name.</param>
/// <param name="Required">Whether it must be written before the improvement is closed.</param>
public sealed record ImprovementPart(string Code, Label Label, bool Required = false) : ICodeItem;

/// <summary>What may be done about an improvement, and what happens when it is late.</summary>
/// <param name="Types">Types of actions.</param>
/// <param name="Warnings">When to remind the owner of an action: <c>48 hours before</c>, <c>80%</c> of the time from planning to the due
/// instant.</param>
/// <param name="Escalations">When to escalate, in order.</param>
public sealed record ActionTerms(
    ImmutableArray<CodeItem> Types, ImmutableArray<string> Warnings = default, ImmutableArray<ActionEscalation> Escalations = default)
{
    /// <summary>Types of actions; never <c>default</c>.</summary>
    public ImmutableArray<CodeItem> Types { get; init; } = Types.IsDefault ? [] : Types;

    /// <summary>When to remind; never <c>default</c>.</summary>
    public ImmutableArray<string> Warnings { get; init; } = Warnings.IsDefault ? [] : Warnings;

    /// <summary>When to escalate; never <c>default</c>.</summary>
    public ImmutableArray<ActionEscalation> Escalations { get; init; } = Escalations.IsDefault ? [] : Escalations;

    internal IEnumerable<ComplaintError> Problems(string path) =>
    [
        .. CodeListRules.Problems(Types, $"{path}.types", mustHaveOne: true),
        .. StepRules.OfWarnings(Warnings, $"{path}.warnings"),
        .. Escalations.SelectMany((rung, i) => StepRules.OfRung(rung.At, rung.Level, $"{path}.escalations[{i}]")),
    ];
}

/// <summary>One rung of the ladder of an action that is late, or will be.</summary>
/// <param name="At">When, relative to the due instant: <c>2 hours before</c>, <c>due</c>, <c>8 working hours after</c>.</param>
/// <param name="Level">The level that the improvement reaches, 1 to 9; it never falls.</param>
/// <param name="Role">The role that is told.</param>
/// <param name="Team">The team that is told.</param>
public sealed record ActionEscalation(string At, int Level, string? Role = null, string? Team = null);
