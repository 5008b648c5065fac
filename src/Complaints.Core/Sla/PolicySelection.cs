using System.Collections.Immutable;
using Complaints.Core.Definitions;

namespace Complaints.Core.Sla;

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
        if (complaint.Imported is { AdoptedAt: null } || rules.SelectPolicy(complaint) is not { } selected || selected.Id == complaint.Clocks.Policy?.Id)
            return;
        var kept = complaint.Clocks.Policies.IsEmpty ? null : complaint.Clocks.Policies[^1];
        events.Add(new PolicyApplied(selected, PolicyPin.CalendarsOf(rules.Policy(selected)!, rules, kept)));
    }

    private static bool Names(ImmutableArray<string> list, string? value) => list.IsDefaultOrEmpty || value is not null && list.Contains(value);
}
