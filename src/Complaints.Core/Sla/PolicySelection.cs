using System.Collections.Immutable;
using Complaints.Core.Definitions;

namespace Complaints.Core.Sla;

/// <summary>Which complaints a policy applies to; an empty list names all.</summary>
/// <param name="Kinds">Codes of kinds.</param>
/// <param name="Categories">Codes of categories.</param>
/// <param name="Priorities">Codes of priorities.</param>
/// <param name="Channels">Codes of channels.</param>
/// <param name="Tiers">Membership tiers.</param>
/// <param name="Jurisdictions">Values of the complaint's attribute <c>jurisdiction</c>.</param>
/// <param name="Stages">1, or 2 for a second-stage review.</param>
/// <param name="Attributes">Facts of the host by name, each with the values that are meant.</param>
public sealed record PolicySelection(
    ImmutableArray<string> Kinds = default,
    ImmutableArray<string> Categories = default,
    ImmutableArray<string> Priorities = default,
    ImmutableArray<string> Channels = default,
    ImmutableArray<string> Tiers = default,
    ImmutableArray<string> Jurisdictions = default,
    ImmutableArray<int> Stages = default,
    ImmutableSortedDictionary<string, ImmutableArray<string>>? Attributes = null)
{
    private const string Jurisdiction = "jurisdiction";

    internal static PolicySelection All { get; } = new();

    /// <summary>Codes of kinds; never <c>default</c>.</summary>
    public ImmutableArray<string> Kinds { get; init; } = Kinds.IsDefault ? [] : Kinds;

    /// <summary>Codes of categories; never <c>default</c>.</summary>
    public ImmutableArray<string> Categories { get; init; } = Categories.IsDefault ? [] : Categories;

    /// <summary>Codes of priorities; never <c>default</c>.</summary>
    public ImmutableArray<string> Priorities { get; init; } = Priorities.IsDefault ? [] : Priorities;

    /// <summary>Codes of channels; never <c>default</c>.</summary>
    public ImmutableArray<string> Channels { get; init; } = Channels.IsDefault ? [] : Channels;

    /// <summary>Membership tiers; never <c>default</c>.</summary>
    public ImmutableArray<string> Tiers { get; init; } = Tiers.IsDefault ? [] : Tiers;

    /// <summary>Values of the attribute <c>jurisdiction</c>; never <c>default</c>.</summary>
    public ImmutableArray<string> Jurisdictions { get; init; } = Jurisdictions.IsDefault ? [] : Jurisdictions;

    /// <summary>1, or 2 for a second-stage review; never <c>default</c>.</summary>
    public ImmutableArray<int> Stages { get; init; } = Stages.IsDefault ? [] : Stages;

    /// <summary>Facts of the host by name; never <c>null</c>.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>> Attributes { get; init; } = Attributes ?? ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>True when the complaint is meant.</summary>
    public bool Matches(Complaint complaint)
    {
        ArgumentNullException.ThrowIfNull(complaint);
        return Names(Kinds, complaint.Receipt.Kind)
            && Names(Categories, complaint.Judgement.Category)
            && Names(Priorities, complaint.Judgement.Priority)
            && Names(Channels, complaint.Receipt.Channel)
            && Names(Tiers, complaint.Receipt.Tier)
            && Names(Jurisdictions, complaint.Receipt.Attributes.GetValueOrDefault(Jurisdiction))
            && (Stages.IsDefaultOrEmpty || Stages.Contains(complaint.Progress.ClockStage))
            && (Attributes.IsEmpty || Attributes.All(wanted => Names(wanted.Value, complaint.Receipt.Attributes.GetValueOrDefault(wanted.Key))));
    }

    /// <summary>True when every complaint that the other names is named here too.</summary>
    internal bool Covers(PolicySelection other) =>
        Each(other, (own, theirs) => own.Length == 0 || theirs.Length > 0 && theirs.All(own.Contains));

    /// <summary>True when there may be a complaint that both name.</summary>
    internal bool Overlaps(PolicySelection other) =>
        Each(other, (own, theirs) => own.Length == 0 || theirs.Length == 0 || own.Any(theirs.Contains));

    /// <summary>Pins the policy that applies to the state so far, if it is another than before. Complaints without clocks stay
    /// without.</summary>
    internal static void Append(EventSink events, Rulebook rules)
    {
        var complaint = events.State;
        if (complaint.Imported is { AdoptedAt: null } || rules.SelectPolicy(complaint) is not { } selected || selected.Id == complaint.Clocks.Policy?.Id)
            return;
        var kept = complaint.Clocks.Policies.IsEmpty ? null : complaint.Clocks.Policies[^1];
        events.Add(new PolicyApplied(selected, PolicyPin.CalendarsOf(rules.Policy(selected)!, rules, kept)));
    }

    private bool Each(PolicySelection other, Func<string[], string[], bool> holds) =>
        Dimensions.Keys.Union(other.Dimensions.Keys).All(name => holds(Dimensions.GetValueOrDefault(name, []), other.Dimensions.GetValueOrDefault(name, [])));

    /// <summary>What is asked, by name.</summary>
    private Dictionary<string, string[]> Dimensions
    {
        get
        {
            var asked = new Dictionary<string, string[]>(StringComparer.Ordinal);
            foreach (var (name, values) in new[] { ("kind", Kinds), ("category", Categories), ("priority", Priorities), ("channel", Channels), ("tier", Tiers), ($"@{Jurisdiction}", Jurisdictions) })
                asked[name] = values.IsDefaultOrEmpty ? [] : [.. values];
            asked["stage"] = Stages.IsDefaultOrEmpty ? [] : [.. Stages.Select(stage => stage.ToString(System.Globalization.CultureInfo.InvariantCulture))];
            foreach (var (name, values) in Attributes.Where(entry => !entry.Value.IsDefaultOrEmpty))
                asked[$"@{name}"] = [.. values];
            return asked;
        }
    }

    private static bool Names(ImmutableArray<string> list, string? value) =>
        list.IsDefaultOrEmpty || value is not null && list.Contains(value);
}
