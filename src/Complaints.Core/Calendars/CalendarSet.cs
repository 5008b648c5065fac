using System.Collections.Immutable;
using NodaTime;

namespace Complaints.Core.Calendars;

/// <summary>The calendars of a tenant by id, compiled; those that are combined come after their parts.</summary>
internal sealed class CalendarSet
{
    private readonly ImmutableSortedDictionary<string, CalendarDefinition> _definitions;
    private readonly Dictionary<string, BusinessCalendar> _compiled = new(StringComparer.Ordinal);

    /// <summary>Compiles them all. What was checked when it was published is not checked again.</summary>
    public CalendarSet(IEnumerable<KeyValuePair<string, CalendarDefinition>> definitions)
    {
        _definitions = definitions.ToImmutableSortedDictionary(StringComparer.Ordinal);
        foreach (var id in _definitions.Keys)
            Compiled(id);
    }

    public IReadOnlyDictionary<string, BusinessCalendar> Calendars => _compiled;

    /// <summary>The sites of a follow-the-sun calendar; <c>null</c> for every other.</summary>
    public FollowTheSun? SitesOf(string id) =>
        _definitions.GetValueOrDefault(id) is { Combine: { How: CombinationKind.FollowTheSun } combine } definition
            ? new FollowTheSun(DateTimeZoneProviders.Tzdb[definition.Zone], [.. combine.Calendars.Select(part => (part, _compiled[part]))])
            : null;

    /// <summary>What would be wrong if a definition took the place of its id.</summary>
    public IEnumerable<ComplaintError> Problems(string id, CalendarDefinition definition)
    {
        var own = definition.Problems().ToList();
        if (own.Count > 0 || definition.Combine is null && !IsPart(id))
            return own;
        var next = _definitions.SetItem(id, definition);
        if (definition.Combine is { } combine && Parts(id, combine, next).ToList() is { Count: > 0 } wrong)
            return wrong;
        var compiled = new CalendarSet(next);
        return next.Where(entry => entry.Value.Combine is not null && Reaches(entry.Key, id, next)
            && !compiled._compiled[entry.Key].Hours.EverOpens())
            .Select(entry => new ComplaintError("calendar.never_open", ("value", entry.Key)));
    }

    private bool IsPart(string id) => _definitions.Values.Any(definition => definition.Combine?.Calendars.Contains(id) ?? false);

    private static IEnumerable<ComplaintError> Parts(string id, CalendarCombination combine, ImmutableSortedDictionary<string, CalendarDefinition> all)
    {
        for (var i = 0; i < combine.Calendars.Length; i++)
        {
            var part = combine.Calendars[i];
            if (!all.ContainsKey(part))
                yield return new("definition.missing", ("path", $"combine.calendars[{i}]"), ("value", part), ("known", string.Join(", ", all.Keys.Where(known => known != id))));
            else if (Reaches(part, id, all))
                yield return new("calendar.combine_cycle", ("path", $"combine.calendars[{i}]"), ("value", part));
        }
    }

    /// <summary>True when a calendar is another one or is made of it.</summary>
    private static bool Reaches(string from, string to, ImmutableSortedDictionary<string, CalendarDefinition> all, int depth = 0) =>
        from == to || depth <= all.Count && all.GetValueOrDefault(from)?.Combine is { } combine && combine.Calendars.Any(part => Reaches(part, to, all, depth + 1));

    private BusinessCalendar Compiled(string id)
    {
        if (_compiled.TryGetValue(id, out var known))
            return known;
        var definition = _definitions[id];
        return _compiled[id] = definition.Combine is { } combine
            ? BusinessCalendar.Combined(definition.Zone, combine.How, [.. combine.Calendars.Select(Compiled)])
            : new BusinessCalendar(definition);
    }
}
