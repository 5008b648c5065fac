using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Complaints.Core.Calendars;
using Complaints.Core.Definitions;
using NodaTime;

namespace Complaints.Core.Sla;

/// <summary>A policy and the calendars that count for a complaint from an instant on, each in one version: what is published later changes
/// no running clock.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="From">From when on it counts; what ended before stays with the policy of its time. The first one counts for everything
/// before it too.</param>
/// <param name="Round">The round in which it was pinned.</param>
/// <param name="Calendars">The tenant's own calendar first, then those that the policy's objectives name.</param>
/// <param name="Recalculated">Whether it took the place of the pins before it, so that <c>neverLater</c> looks no further back.</param>
public sealed record PolicyPin(DefinitionRef Policy, Instant From, int Round, ImmutableArray<DefinitionRef> Calendars,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Recalculated = false)
{
    /// <summary>The calendars; never <c>default</c>.</summary>
    public ImmutableArray<DefinitionRef> Calendars { get; init; } = Calendars.IsDefault ? [] : Calendars;

    /// <inheritdoc/>
    public bool Equals(PolicyPin? other) =>
        other is not null && (Policy, From, Round, Recalculated) == (other.Policy, other.From, other.Round, other.Recalculated) && Calendars.AsSpan().SequenceEqual(other.Calendars.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Policy, From, Round);

    /// <summary>The calendars of a policy, and what they are made of, in the versions that an earlier pin holds, else in the
    /// newest.</summary>
    internal static ImmutableArray<DefinitionRef> CalendarsOf(SlaPolicy policy, Rulebook rules, PolicyPin? kept)
    {
        var ids = policy.Objectives.Select(objective => objective.Calendar).OfType<string>().Prepend(rules.Settings.Calendar);
        return [.. ids.SelectMany(rules.NewestCalendar).Select(newest => kept?.Find(newest.Id) ?? newest).Distinct()];
    }

    /// <summary>The calendar of an objective; one that is not pinned counts in its newest version.</summary>
    internal BusinessCalendar CalendarOf(PolicyObjective objective, Rulebook rules) => objective.Calendar switch
    {
        null when Calendars.Length > 0 => rules.Calendar(Calendars[0], Calendars),
        var id => Find(id ?? rules.Settings.Calendar) is { } pinned ? rules.Calendar(pinned, Calendars) : rules.Calendar(id ?? rules.Settings.Calendar),
    };

    private DefinitionRef? Find(string id)
    {
        foreach (var calendar in Calendars)
        {
            if (calendar.Id == id)
                return calendar;
        }
        return null;
    }
}
