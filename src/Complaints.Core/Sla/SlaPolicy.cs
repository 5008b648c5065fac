using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Complaints.Core.Definitions;
using NodaTime;

namespace Complaints.Core.Sla;

/// <summary>How long things may take (S096, S097): objectives with limits, for the complaints that the selection names.</summary>
/// <param name="Label">Its name in both languages.</param>
/// <param name="Objectives">What is measured.</param>
/// <param name="Order">Policies are tried from the lowest to the highest order, then by id; the first that applies is pinned.</param>
/// <param name="AppliesTo">Which complaints; <c>null</c> for all.</param>
public sealed record SlaPolicy(Label Label, ImmutableArray<PolicyObjective> Objectives, int Order = 100, PolicySelection? AppliesTo = null)
{
    /// <summary>What is measured; never <c>default</c>.</summary>
    public ImmutableArray<PolicyObjective> Objectives { get; init; } = Objectives.IsDefault ? [] : Objectives;

    internal IEnumerable<ComplaintError> Problems()
    {
        if (Objectives.IsEmpty)
            yield return new("definition.empty", ("path", "objectives"));
        for (var i = 0; i < Objectives.Length; i++)
        {
            var objective = Objectives[i];
            if (!Objective.All.Contains(objective.Objective))
                yield return new("definition.missing", ("path", $"objectives[{i}].objective"), ("value", objective.Objective), ("known", string.Join(", ", Objective.All)));
            if (!Sla.TimeLimit.TryParse(objective.Limit, out _))
                yield return new("limit.syntax", ("path", $"objectives[{i}].limit"), ("value", objective.Limit));
            if (Objectives.Take(i).Any(earlier => earlier.Objective == objective.Objective))
                yield return new("definition.duplicate", ("path", $"objectives[{i}].objective"), ("value", objective.Objective));
        }
    }
}

/// <summary>One objective of a policy.</summary>
/// <param name="Objective">A code of <see cref="Sla.Objective"/>.</param>
/// <param name="Limit">How long, as text: <c>8 working hours</c>, <c>3 working days</c>, <c>24 hours</c>, <c>30 days</c>, <c>8 weeks</c>.</param>
/// <param name="Calendar">The calendar's id; <c>null</c> for the tenant's.</param>
/// <param name="Pausable">Whether holds stop it.</param>
public sealed record PolicyObjective(string Objective, string Limit, string? Calendar = null, bool Pausable = true)
{
    /// <summary>The limit, read.</summary>
    [JsonIgnore]
    public TimeLimit TimeLimit { get; } = Sla.TimeLimit.TryParse(Limit, out var limit) ? limit : default;
}

/// <summary>Which complaints a policy applies to; an empty list names all.</summary>
/// <param name="Kinds">Codes of kinds.</param>
/// <param name="Categories">Codes of categories.</param>
/// <param name="Priorities">Codes of priorities.</param>
/// <param name="Channels">Codes of channels.</param>
/// <param name="Tiers">Membership tiers.</param>
public sealed record PolicySelection(
    ImmutableArray<string> Kinds = default,
    ImmutableArray<string> Categories = default,
    ImmutableArray<string> Priorities = default,
    ImmutableArray<string> Channels = default,
    ImmutableArray<string> Tiers = default)
{
    /// <summary>True when the complaint is meant.</summary>
    public bool Matches(Complaint complaint)
    {
        ArgumentNullException.ThrowIfNull(complaint);
        return Names(Kinds, complaint.Receipt.Kind)
            && Names(Categories, complaint.Judgement.Category)
            && Names(Priorities, complaint.Judgement.Priority)
            && Names(Channels, complaint.Receipt.Channel)
            && Names(Tiers, complaint.Receipt.Tier);
    }

    /// <summary>Pins the policy that applies to the state so far, if it is another than before. Complaints without clocks stay without.</summary>
    internal static void Append(EventSink events, Rulebook rules)
    {
        var complaint = events.State;
        if (complaint.Imported is { AdoptedAt: null } || rules.SelectPolicy(complaint) is not { } selected || selected == complaint.Clocks.Policy)
            return;
        events.Add(new PolicyApplied(selected));
    }

    private static bool Names(ImmutableArray<string> list, string? value) => list.IsDefaultOrEmpty || value is not null && list.Contains(value);
}

/// <summary>A policy was pinned to the complaint (T23).</summary>
/// <param name="Policy">Its id and version.</param>
/// <param name="StartFrom">From when the clocks count, if not from the receipt.</param>
public sealed record PolicyApplied(DefinitionRef Policy, Instant? StartFrom = null) : ComplaintEvent
{
    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Clocks = complaint.Clocks with { Policy = Policy, StartFrom = StartFrom ?? complaint.Clocks.StartFrom },
    };
}
