using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using Complaints.Core.Definitions;

namespace Complaints.Core.Sla;

/// <summary>The policies of a rulebook, compiled once: every version, because complaints stay pinned to theirs, and the newest in the order
/// in which they are tried. Thread-safe.</summary>
internal sealed class PolicyBook
{
    private readonly Rulebook _rules;
    private readonly FrozenDictionary<DefinitionRef, SlaPolicy> _versions;
    private readonly ConcurrentDictionary<DefinitionRef, PolicyPin> _pins = new();

    public PolicyBook(Rulebook rules)
    {
        _rules = rules;
        _versions = rules.Versions(SlaDefinitions.Policies).ToFrozenDictionary(entry => entry.Ref, entry => entry.Value);
        Current =
        [
            .. _versions
                .GroupBy(entry => entry.Key.Id, StringComparer.Ordinal)
                .Select(versions => versions.MaxBy(entry => entry.Key.Version))
                .Where(entry => entry.Value.Source?.IsUsable ?? true)
                .OrderBy(entry => entry.Value.Order).ThenBy(entry => entry.Key.Id, StringComparer.Ordinal)
                .Select(entry => (entry.Key, entry.Value)),
        ];
    }

    public ImmutableArray<(DefinitionRef Ref, SlaPolicy Policy)> Current { get; }

    public SlaPolicy? Find(DefinitionRef reference) => _versions.GetValueOrDefault(reference);

    public DefinitionRef? Newest(string id)
    {
        foreach (var (reference, _) in Current)
        {
            if (reference.Id == id)
                return reference;
        }
        return null;
    }

    public PolicyPin? PinOf(string policy) => Newest(policy) is { } newest
        ? _pins.GetOrAdd(newest, static (reference, book) => book.Pinned(reference), this)
        : null;

    private PolicyPin Pinned(DefinitionRef reference) =>
        new(reference, default, 1, PolicyPin.CalendarsOf(Find(reference)!, _rules, kept: null));

    public bool Knows(ClockRecord clocks)
    {
        foreach (var pin in clocks.Policies)
        {
            if (!_versions.ContainsKey(pin.Policy))
                return false;
            foreach (var calendar in pin.Calendars)
            {
                if (!_rules.HasCalendar(calendar))
                    return false;
            }
        }
        return true;
    }

    public DefinitionRef? Select(Complaint complaint)
    {
        foreach (var (reference, policy) in Current)
        {
            if (policy.AppliesTo?.Matches(complaint) ?? true)
                return reference;
        }
        return null;
    }
}
