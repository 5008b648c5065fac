using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Complaints.Core.Calendars;

/// <summary>Every published version of a tenant's calendars, for complaints that are pinned to one. The newest are compiled at once, the
/// others when first looked at. Thread-safe.</summary>
internal sealed class CalendarVersions
{
    private readonly FrozenDictionary<DefinitionRef, CalendarDefinition> _definitions;
    private readonly FrozenDictionary<string, DefinitionRef> _newest;
    private readonly ConcurrentDictionary<DefinitionRef, BusinessCalendar> _plain = new();
    private readonly ConcurrentDictionary<string, BusinessCalendar> _combined = new(StringComparer.Ordinal);

    public CalendarVersions(IEnumerable<(DefinitionRef Ref, CalendarDefinition Value)> all, IEnumerable<DefinitionRef> inForce)
    {
        _definitions = all.ToFrozenDictionary(entry => entry.Ref, entry => entry.Value);
        _newest = inForce.ToFrozenDictionary(reference => reference.Id, StringComparer.Ordinal);
        InForce = new CalendarSet(_newest.Select(entry => KeyValuePair.Create(entry.Key, _definitions[entry.Value])));
        foreach (var (id, reference) in _newest.Where(entry => _definitions[entry.Value].Combine is null))
            _plain[reference] = InForce.Calendars[id];
    }

    /// <summary>The version of each id that holds.</summary>
    public CalendarSet InForce { get; }

    public bool Has(DefinitionRef reference) => _definitions.ContainsKey(reference);

    /// <summary>A version, its parts in the versions that are pinned; <c>null</c> if it is not known.</summary>
    public BusinessCalendar? Find(DefinitionRef reference, ImmutableArray<DefinitionRef> pins) =>
        // Apart from the rest, whose lambdas would cost every look-up an allocation: clocks ask here for each of their instants.
        _plain.TryGetValue(reference, out var known) ? known : Compiled(reference, pins);

    private BusinessCalendar? Compiled(DefinitionRef reference, ImmutableArray<DefinitionRef> pins)
    {
        if (!_definitions.TryGetValue(reference, out var definition))
            return null;
        if (definition.Combine is not { } combine)
            return _plain.GetOrAdd(reference, _ => new BusinessCalendar(definition));
        var parts = combine.Calendars.Select(part => pins.FirstOrDefault(pin => pin.Id == part) is { Id: not null } pinned ? pinned : _newest.GetValueOrDefault(part)).ToImmutableArray();
        var key = $"{reference}: {string.Join(", ", pins.Where(pin => pin != reference).Concat(parts).Distinct())}";
        if (_combined.TryGetValue(key, out var known))
            return known;
        var compiled = parts.Select(part => Find(part, pins)).OfType<BusinessCalendar>().ToImmutableArray();
        return compiled.Length < parts.Length ? null : _combined.GetOrAdd(key, _ => BusinessCalendar.Combined(definition.Zone, combine.How, compiled));
    }

    /// <summary>The newest version of an id, then of its parts.</summary>
    public IEnumerable<DefinitionRef> NewestOf(string id) => !_newest.TryGetValue(id, out var newest) ? []
        : _definitions[newest].Combine is { } combine ? [newest, .. combine.Calendars.SelectMany(NewestOf).Distinct()]
        : [newest];

    /// <summary>True when any calendar has gained years of holidays since an older version of it.</summary>
    public bool HaveGrown => _definitions.Keys.Any(IsGrown);

    /// <summary>True when the newest version has gained years of holidays while its zone and weekly hours stayed.</summary>
    public bool IsGrown(DefinitionRef reference) =>
        _newest.TryGetValue(reference.Id, out var newest) && newest != reference && _definitions.TryGetValue(reference, out var older) && _definitions[newest].HasGrownFrom(older);
}
