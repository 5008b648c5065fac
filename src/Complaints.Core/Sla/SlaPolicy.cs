using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Complaints.Core.Definitions;
using NodaTime;

namespace Complaints.Core.Sla;

/// <summary>How long things may take: objectives with limits, for the complaints that the selection names.</summary>
/// <param name="Label">Its name in both languages.</param>
/// <param name="Objectives">What is measured.</param>
/// <param name="Order">Policies are tried from the lowest to the highest order, then by id; the first that applies is pinned.</param>
/// <param name="AppliesTo">Which complaints; <c>null</c> for all.</param>
/// <param name="Source">Where its numbers come from; <c>null</c> for the host's own.</param>
/// <param name="ReviewWindow">How long after the result the customer may ask for a review, as a limit: <c>30 days</c>; until then a case
/// that was not established stays open, unless the customer accepts. <c>null</c> for the tenant's window of reopening, in which it may be
/// closed.</param>
public sealed record SlaPolicy(
    Label Label, ImmutableArray<PolicyObjective> Objectives, int Order = 100, PolicySelection? AppliesTo = null,
    PolicySource? Source = null, string? ReviewWindow = null)
{
    private ImmutableArray<WalkedObjective> _walked;

    /// <summary>What is measured; never <c>default</c>.</summary>
    public ImmutableArray<PolicyObjective> Objectives { get; init; } = Objectives.IsDefault ? [] : Objectives;

    /// <summary>The window for reviews, read.</summary>
    internal TimeLimit? ReviewTime { get; } = TimeLimit.TryParse(ReviewWindow, out var window) ? window : null;

    /// <summary>Reads a published policy.</summary>
    /// <exception cref="System.Text.Json.JsonException">It is none.</exception>
    public static SlaPolicy Parse(string json) => SlaDefinitions.Policies.Parse(json);

    /// <summary>The policy as a content, to be published.</summary>
    public string ToJson() => SlaDefinitions.Policies.Write(this);

    /// <summary>The objectives as the projection walks them while they are in force.</summary>
    internal ImmutableArray<WalkedObjective> Walked =>
        _walked.IsDefault ? _walked = [.. Objectives.Select(objective => new WalkedObjective(objective))] : _walked;

    internal PolicyObjective? Find(string objective)
    {
        foreach (var candidate in Objectives)
        {
            if (candidate.Objective == objective)
                return candidate;
        }
        return null;
    }

    internal IEnumerable<ComplaintError> Problems()
    {
        if (string.IsNullOrWhiteSpace(Label?.En) || string.IsNullOrWhiteSpace(Label.Zh))
            yield return new("definition.label_missing", ("path", "label"));
        if (ReviewWindow is not null && !TimeLimit.TryParse(ReviewWindow, "reviewWindow", out _, out var wrong))
            yield return wrong!;
        if (Objectives.IsEmpty)
            yield return new("definition.empty", ("path", "objectives"));
        if (Source is { Texts.IsEmpty: true })
            yield return new("definition.empty", ("path", "source.texts"));
        if (Source is { IsUsable: false })
            yield return new("policy.unverified", ("path", "source.verified"), ("value", string.Join("; ", Source.Texts)));
        for (var i = 0; i < Objectives.Length; i++)
        {
            foreach (var problem in Objectives[i].Problems($"objectives[{i}]"))
                yield return problem;
            if (Objectives.Take(i).Any(earlier => earlier.Objective == Objectives[i].Objective))
                yield return new("definition.duplicate", ("path", $"objectives[{i}].objective"), ("value", Objectives[i].Objective));
        }
    }
}

/// <summary>One objective of a policy.</summary>
/// <param name="Objective">A code of <see cref="Sla.Objective"/>, or the host's own with <paramref name="Start"/> and
/// <paramref name="Stop"/>.</param>
/// <param name="Limit">How long, as text: <c>8 working hours</c>, <c>3 working days</c>, <c>24 hours</c>, <c>30 days</c>, <c>8
/// weeks</c>.</param>
/// <param name="Calendar">The calendar's id; <c>null</c> for the tenant's.</param>
/// <param name="Pausable">Whether holds stop it. A statutory limit usually says no.</param>
/// <param name="PausedBy">The hold reasons that stop it; empty for all.</param>
/// <param name="NeverLater">Whether a reclassification can only bring it forward: of all limits of the round the earliest counts.</param>
/// <param name="Start">Facts that start it, from <see cref="FactKind"/>; empty for the objective's own.</param>
/// <param name="Stop">Facts that stop it; empty for the objective's own.</param>
/// <param name="Warnings">When to warn: <c>80%</c>, <c>2 hours before</c>.</param>
/// <param name="Escalations">When to escalate, in order.</param>
/// <param name="Reopening">What a reopening does to it.</param>
/// <param name="CountsInactive">Whether a clock that is carried on counts the time in which the complaint was resolved or closed, as a
/// statutory limit does.</param>
/// <param name="Extensions">How often and how far it may be extended; <c>null</c> for never.</param>
/// <param name="For">Only for what carries one of these tags, such as the sort of an approval or task; empty for all.</param>
/// <param name="Cancel">Facts that end it without a verdict; empty for the objective's own.</param>
/// <param name="Repeats">Whether it starts again in the same round after it ended; <c>null</c> for the objective's own way, which for a
/// host's is once a round.</param>
public sealed record PolicyObjective(
    string Objective,
    string Limit,
    string? Calendar = null,
    bool Pausable = true,
    ImmutableArray<string> PausedBy = default,
    bool NeverLater = false,
    ImmutableArray<string> Start = default,
    ImmutableArray<string> Stop = default,
    ImmutableArray<string> Warnings = default,
    ImmutableArray<EscalationStep> Escalations = default,
    Reopening Reopening = Reopening.NewRound,
    bool CountsInactive = false,
    ExtensionRule? Extensions = null,
    ImmutableArray<string> For = default,
    ImmutableArray<string> Cancel = default,
    bool? Repeats = null)
{
    private readonly ObjectiveRule? _rule = Sla.Objective.RuleOf(Objective);
    private ImmutableArray<(string Id, StepTime Time, EscalationStep? Escalation)> _steps;

    /// <summary>The hold reasons that stop it; never <c>default</c>.</summary>
    public ImmutableArray<string> PausedBy { get; init; } = PausedBy.IsDefault ? [] : PausedBy;

    /// <summary>Facts that start it; never <c>default</c>.</summary>
    public ImmutableArray<string> Start { get; init; } = Start.IsDefault ? [] : Start;

    /// <summary>Facts that stop it; never <c>default</c>.</summary>
    public ImmutableArray<string> Stop { get; init; } = Stop.IsDefault ? [] : Stop;

    /// <summary>The tags that it is for; never <c>default</c>.</summary>
    public ImmutableArray<string> For { get; init; } = For.IsDefault ? [] : For;

    /// <summary>Facts that cancel it; never <c>default</c>.</summary>
    public ImmutableArray<string> Cancel { get; init; } = Cancel.IsDefault ? [] : Cancel;

    /// <summary>When to warn; never <c>default</c>.</summary>
    public ImmutableArray<string> Warnings { get; init; } = Warnings.IsDefault ? [] : Warnings;

    /// <summary>When to escalate; never <c>default</c>.</summary>
    public ImmutableArray<EscalationStep> Escalations { get; init; } = Escalations.IsDefault ? [] : Escalations;

    /// <summary>The limit, read.</summary>
    [JsonIgnore]
    public TimeLimit TimeLimit { get; } = Sla.TimeLimit.TryParse(Limit, out var limit) ? limit : default;

    /// <summary>Its steps, read once: warnings, the breach, escalations. Steps that do not parse are refused when the policy is
    /// published.</summary>
    internal ImmutableArray<(string Id, StepTime Time, EscalationStep? Escalation)> Steps =>
        _steps.IsDefault ? _steps = ReadSteps() : _steps;

    /// <summary>The id of its first clock, which most complaints never leave.</summary>
    internal string FirstClock { get; } = Clock.IdOf(Objective, 1, 1, null);

    internal bool ContinuesRounds => Reopening == Reopening.Continue;

    internal bool IsRepeating => Repeats ?? _rule?.Repeats ?? false;

    internal bool OnlyInWork => _rule is { OnlyInWork: true };

    internal bool Starts(string kind) => Start.IsEmpty ? _rule!.Start.Contains(kind) : Start.Contains(kind);

    /// <summary>A request for a review begins what a reopening begins, too; and a task that has to be done over what a task begins that is
    /// sent, besides what waits for a signature.</summary>
    internal bool Starts(ClockFact fact) =>
        (Starts(fact.Kind) || fact.BeginsRound && Starts(FactKind.Reopened)
            || fact.Kind == FactKind.TaskSentBack && Starts(FactKind.TaskSent) && !Stops(FactKind.TaskSigned))
        && (For.IsEmpty || fact.Tag is { } tag && For.Contains(tag));

    /// <summary>True for what stops it. An answer that nobody has to look at is one, too.</summary>
    internal bool Stops(string kind) =>
        StopsBy(kind) || kind == FactKind.TaskAccepted && StopsBy(FactKind.TaskReturned);

    /// <summary>What the policy names goes before what the objective knows by itself.</summary>
    private bool StopsBy(string kind) =>
        Stop.IsEmpty ? _rule!.Stop.Contains(kind) && !Cancel.Contains(kind) : Stop.Contains(kind);

    /// <summary>True for what ends it without a verdict.</summary>
    internal bool Cancels(string kind) =>
        Cancel.IsEmpty ? _rule is not null && _rule.Cancel.Contains(kind) && !Stop.Contains(kind) : Cancel.Contains(kind);

    internal bool IsPausedBy(string? reason) => PausedBy.IsEmpty || reason is not null && PausedBy.Contains(reason);

    /// <summary>True when something that starts it may carry one of the tags that it is for.</summary>
    private bool MayMatch => (Start.IsEmpty ? _rule?.Start ?? [] : Start)
        .Any(kind => FactKind.TagsOf(kind) is not { } tags || tags.Any(For.Contains));

    /// <summary>True when each of its clocks belongs to a department's task.</summary>
    internal bool IsAboutTasks =>
        (Start.IsEmpty ? _rule?.Start ?? [] : Start) is { IsEmpty: false } starts && starts.All(FactKind.IsOfTask);

    private ImmutableArray<(string Id, StepTime Time, EscalationStep? Escalation)> ReadSteps() =>
    [
        .. Warnings.Select(warning => ($"warn:{warning}", StepTime.Parse(warning), (EscalationStep?)null)),
        (ClockStep.Breach, StepTime.Parse("due"), null),
        .. Escalations.Select((rung, i) => ($"escalate:{i + 1}", StepTime.Parse(rung.At), (EscalationStep?)rung)),
    ];

    internal IEnumerable<ComplaintError> Problems(string path)
    {
        if (_rule is null && (Start.IsEmpty || Stop.IsEmpty))
            yield return new("definition.missing", ("path", $"{path}.objective"), ("value", Objective), ("known", string.Join(", ", Sla.Objective.All)));
        if (!Sla.TimeLimit.TryParse(Limit, $"{path}.limit", out _, out var wrong))
            yield return wrong!;
        foreach (var (name, facts) in new[] { ("start", Start), ("stop", Stop), ("cancel", Cancel) })
        {
            foreach (var fact in facts.Where(fact => !FactKind.IsKnown(fact)))
            {
                yield return new("definition.missing", ("path", $"{path}.{name}"), ("value", fact),
                    ("known", string.Join(", ", FactKind.All.Add($"{FactKind.Signal}…"))));
            }
        }
        foreach (var fact in Stop.Intersect(Cancel))
            yield return new("policy.stop_and_cancel", ("path", $"{path}.cancel"), ("value", fact));
        if (!For.IsEmpty && !MayMatch)
            yield return new("policy.for_matches_nothing", ("path", $"{path}.for"), ("value", string.Join(", ", For)));
        if (!Pausable && !PausedBy.IsEmpty)
            yield return new("policy.pause_contradiction", ("path", $"{path}.pausedBy"), ("value", string.Join(", ", PausedBy)));
        foreach (var problem in StepRules.OfWarnings(Warnings, $"{path}.warnings"))
            yield return problem;
        for (var i = 0; i < Escalations.Length; i++)
        {
            foreach (var problem in Escalations[i].Problems($"{path}.escalations[{i}]", IsAboutTasks))
                yield return problem;
        }
        foreach (var problem in Extensions?.Problems($"{path}.extensions") ?? [])
            yield return problem;
    }
}

/// <summary>What a reopening does to an objective.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Reopening>))]
public enum Reopening
{
    /// <summary>A fresh clock begins; the earlier result stays.</summary>
    NewRound,

    /// <summary>The next clock carries on what the one before had counted; the time in between is inactive.</summary>
    Continue,
}

/// <summary>How often and how far the deadline of an objective may be extended.</summary>
/// <param name="Max">At most so many granted extensions a clock, 1 to 99.</param>
/// <param name="Longest">How far one may reach beyond the deadline before it, as a limit: <c>30 days</c>; <c>null</c> for any
/// length.</param>
public sealed record ExtensionRule(int Max = 1, string? Longest = null)
{
    internal TimeLimit? Bound { get; } = TimeLimit.TryParse(Longest, out var limit) ? limit : null;

    internal IEnumerable<ComplaintError> Problems(string path)
    {
        if (Max is < 1 or > 99)
            yield return new("number.out_of_range", ("field", $"{path}.max"), ("value", Max), ("low", 1), ("high", 99));
        if (Longest is not null && Bound is null)
            yield return new("limit.syntax", ("path", $"{path}.longest"), ("value", Longest));
    }
}
