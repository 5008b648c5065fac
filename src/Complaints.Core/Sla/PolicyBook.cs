using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using Complaints.Core.Definitions;
using NodaTime;

namespace Complaints.Core.Sla;

/// <summary>The policies of a rulebook, compiled once: every version, because complaints stay pinned to theirs, and those that hold at an
/// instant in the order in which they are tried. Thread-safe.</summary>
internal sealed class PolicyBook
{
    private readonly Rulebook _rules;
    private readonly FrozenDictionary<DefinitionRef, SlaPolicy> _versions;
    private readonly ImmutableArray<Instant> _changes;
    private readonly ConcurrentDictionary<int, ImmutableArray<(DefinitionRef Ref, SlaPolicy Policy)>> _inForce = new();
    private readonly ConcurrentDictionary<DefinitionRef, PolicyPin> _pins = new();

    public PolicyBook(Rulebook rules)
    {
        _rules = rules;
        _versions = rules.Versions(SlaDefinitions.Policies).ToFrozenDictionary(entry => entry.Ref, entry => entry.Value);
        _changes = [.. rules.Changes(SlaDefinitions.Policies)];
        Current = At(rules.At);
    }

    /// <summary>Those that hold now.</summary>
    public ImmutableArray<(DefinitionRef Ref, SlaPolicy Policy)> Current { get; }

    /// <summary>Those that hold at an instant: between two changes they are the same.</summary>
    private ImmutableArray<(DefinitionRef Ref, SlaPolicy Policy)> At(Instant at)
    {
        var passed = _changes.BinarySearch(at);
        passed = passed < 0 ? ~passed : passed + 1;
        return _inForce.TryGetValue(passed, out var known) ? known : _inForce.GetOrAdd(passed, Tried(at));
    }

    private ImmutableArray<(DefinitionRef Ref, SlaPolicy Policy)> Tried(Instant at) =>
    [
        .. _rules.InForce(SlaDefinitions.Policies, at)
            .Select(reference => (Ref: reference, Policy: _versions[reference]))
            .Where(entry => entry.Policy.Source?.IsUsable ?? true)
            .OrderBy(entry => entry.Policy.Order).ThenBy(entry => entry.Ref.Id, StringComparer.Ordinal),
    ];

    public SlaPolicy? Find(DefinitionRef reference) => _versions.GetValueOrDefault(reference);

    public DefinitionRef? Newest(string id) => Newest(id, _rules.At);

    public DefinitionRef? Newest(string id, Instant at)
    {
        foreach (var (reference, _) in At(at))
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
        // By its receipt: a policy that holds from a date on is for what is received then, whenever that is registered.
        foreach (var (reference, policy) in At(complaint.Receipt.ReceivedAt))
        {
            if (policy.AppliesTo?.Matches(complaint) ?? true)
                return reference;
        }
        return null;
    }
}
