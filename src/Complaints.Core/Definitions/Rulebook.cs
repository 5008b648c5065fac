using System.Collections.Frozen;
using System.Collections.Immutable;
using Complaints.Core.Calendars;
using Complaints.Core.Classification;
using Complaints.Core.Intake;
using Complaints.Core.Sla;

namespace Complaints.Core.Definitions;

/// <summary>
/// The definitions of one tenant that are in force, read and compiled once. Immutable and thread-safe: a decision takes one and sees no
/// other. Policies are kept in
/// every version, because complaints stay pinned to theirs.
/// </summary>
public sealed class Rulebook
{
    private readonly FrozenDictionary<DefinitionRef, SlaPolicy> _policies;
    private readonly ImmutableArray<(DefinitionRef Ref, SlaPolicy Policy)> _current;
    private readonly CalendarVersions _calendars;
    private readonly System.Collections.Concurrent.ConcurrentDictionary<DefinitionRef, PolicyPin> _pins = new();

    private Lifecycle.Permissions? _permissions;

    private Rulebook(DefinitionReader read)
    {
        Settings = read.One<TenantSettings>(DefinitionKinds.Tenant).Value;
        Channels = read.One<CodeList<CodeItem>>(DefinitionKinds.Channels).Value;
        Kinds = read.One<CodeList<CaseKind>>(DefinitionKinds.CaseKinds).Value;
        Outcomes = read.One<CodeList<CodeItem>>(DefinitionKinds.Outcomes).Value;
        HoldReasons = read.One<CodeList<HoldReason>>(DefinitionKinds.HoldReasons).Value;
        Remedies = read.One<CodeList<CodeItem>>(DefinitionKinds.Remedies).Value;
        Categories = read.One<CategoryCatalogue>(DefinitionKinds.Categories);
        Priorities = read.One<PriorityTable>(DefinitionKinds.Priorities);
        ClassificationRules = read.One<ClassificationRules>(DefinitionKinds.ClassificationRules);
        Repeats = read.One<RepeatRule>(DefinitionKinds.Repeats);
        ContactHours = read.One<FollowUp.ContactHours>(DefinitionKinds.ContactHours).Value;
        _policies = read.AllVersions<SlaPolicy>(DefinitionKinds.Policy).ToFrozenDictionary(entry => entry.Ref, entry => entry.Value);
        _current = [.. _policies
            .GroupBy(entry => entry.Key.Id, StringComparer.Ordinal)
            .Select(versions => versions.MaxBy(entry => entry.Key.Version))
            .Where(entry => entry.Value.Source?.IsUsable ?? true)
            .OrderBy(entry => entry.Value.Order).ThenBy(entry => entry.Key.Id, StringComparer.Ordinal)
            .Select(entry => (entry.Key, entry.Value))];
        _calendars = new CalendarVersions(read.AllVersions<CalendarDefinition>(DefinitionKinds.Calendar));
        IntakeValidator = new IntakeValidator(this);
    }

    /// <summary>What the library brings along: a call centre in China, in Chinese and English.</summary>
    public static Rulebook BuiltIn { get; } = From([]);

    /// <summary>Zone, languages, currency and numbers.</summary>
    public TenantSettings Settings { get; }

    /// <summary>How complaints come in.</summary>
    public CodeList<CodeItem> Channels { get; }

    /// <summary>What a case may be.</summary>
    public CodeList<CaseKind> Kinds { get; }

    /// <summary>How a complaint may end.</summary>
    public CodeList<CodeItem> Outcomes { get; }

    /// <summary>Why a complaint may wait.</summary>
    public CodeList<HoldReason> HoldReasons { get; }

    /// <summary>What may be offered.</summary>
    public CodeList<CodeItem> Remedies { get; }

    /// <summary>The category tree.</summary>
    public Versioned<CategoryCatalogue> Categories { get; }

    /// <summary>Severity x urgency x impact -> priority.</summary>
    public Versioned<PriorityTable> Priorities { get; }

    /// <summary>Rules that suggest a classification.</summary>
    public Versioned<ClassificationRules> ClassificationRules { get; }

    /// <summary>What counts as a repeat complaint.</summary>
    public Versioned<RepeatRule> Repeats { get; }

    /// <summary>When customers may be contacted.</summary>
    public FollowUp.ContactHours ContactHours { get; }

    /// <summary>Who may do what; compiled once for a catalogue.</summary>
    internal Lifecycle.Permissions PermissionsFor(Capabilities.Catalogue<Complaint> catalogue) =>
        _permissions is { } known && ReferenceEquals(known.Catalogue, catalogue) ? known : _permissions = new(catalogue, Settings);

    /// <summary>The roles that may send a command in this tenant, those that count as others included; empty when nobody may, or there is
    /// no such command.</summary>
    public ImmutableArray<string> RolesFor(Capabilities.CommandName command) =>
        ComplaintRooms.Current.Catalogue.FindCommand(command.Value) is { } known ? PermissionsFor(ComplaintRooms.Current.Catalogue).RolesOf(known) : [];

    /// <summary>Checks drafts that are to be registered against these definitions.</summary>
    public IntakeValidator IntakeValidator { get; }

    /// <summary>The ids of the calendars.</summary>
    public IEnumerable<string> CalendarIds => CalendarSet.Calendars.Keys.Order(StringComparer.Ordinal);

    /// <summary>A rulebook of published definitions; what is not published is taken from the built-ins.</summary>
    /// <param name="definitions">Any versions of any kinds, all of one tenant.</param>
    /// <exception cref="FormatException">A definition does not parse; published ones always do.</exception>
    public static Rulebook From(IEnumerable<Definition> definitions) => new(new DefinitionReader(definitions));

    /// <summary>A policy in the version that a complaint is pinned to; <c>null</c> if it is not known here.</summary>
    public SlaPolicy? Policy(DefinitionRef reference) => _policies.GetValueOrDefault(reference);

    /// <summary>A calendar in its newest version; the tenant's default, or any, where there is none of that id.</summary>
    public BusinessCalendar Calendar(string id) =>
        CalendarSet.Calendars.TryGetValue(id, out var own) || CalendarSet.Calendars.TryGetValue(Settings.Calendar, out own) ? own : CalendarSet.Calendars.Values.First();

    /// <summary>A calendar in the version that a complaint is pinned to, with its parts in theirs; the newest of its id if that version is
    /// not known here.</summary>
    /// <param name="reference">The calendar.</param>
    /// <param name="pins">The versions that its parts have; a part that is not named has its newest.</param>
    internal BusinessCalendar Calendar(DefinitionRef reference, ImmutableArray<DefinitionRef> pins) =>
        _calendars.Find(reference, pins) ?? Calendar(reference.Id);

    /// <summary>The newest version of a calendar and of what it is made of; empty if none of that id is published.</summary>
    internal IEnumerable<DefinitionRef> NewestCalendar(string id) => _calendars.NewestOf(id);

    /// <summary>True when a newer version of a calendar has the same zone and weekly hours and holidays of more years.</summary>
    internal bool IsGrown(DefinitionRef reference) => _calendars.IsGrown(reference);

    /// <summary>The newest version of a policy; <c>null</c> if none of that id is published.</summary>
    internal DefinitionRef? NewestPolicy(string id)
    {
        foreach (var (reference, _) in _current)
        {
            if (reference.Id == id)
                return reference;
        }
        return null;
    }

    /// <summary>The newest version of every policy, in the order in which they are tried.</summary>
    internal ImmutableArray<(DefinitionRef Ref, SlaPolicy Policy)> CurrentPolicies => _current;

    /// <summary>The sites of a calendar that follows the sun, to ask who is at work; <c>null</c> for every other.</summary>
    public FollowTheSun? SitesOf(string calendar) => CalendarSet.SitesOf(calendar);

    internal CalendarSet CalendarSet => _calendars.InForce;

    /// <summary>The newest version of a policy with its calendars, for what has no complaint that was pinned to it; <c>null</c> if none of
    /// that id is published.</summary>
    internal PolicyPin? PinOf(string policy) => NewestPolicy(policy) is { } newest
        ? _pins.GetOrAdd(newest, static (reference, rules) => new PolicyPin(reference, default, 1, PolicyPin.CalendarsOf(rules.Policy(reference)!, rules, kept: null)), this)
        : null;

    /// <summary>True when a calendar of that id is published.</summary>
    public bool HasCalendar(string id) => CalendarSet.Calendars.ContainsKey(id);

    /// <summary>True when every version that the clocks are pinned to is known here. Without them nothing may be decided: the clocks would
    /// seem to be gone.</summary>
    internal bool Knows(ClockRecord clocks)
    {
        foreach (var pin in clocks.Policies)
        {
            if (!_policies.ContainsKey(pin.Policy))
                return false;
            foreach (var calendar in pin.Calendars)
            {
                if (!_calendars.Has(calendar))
                    return false;
            }
        }
        return true;
    }

    /// <summary>The policy that applies to a complaint now; <c>null</c> if none does.</summary>
    public DefinitionRef? SelectPolicy(Complaint complaint)
    {
        foreach (var (reference, policy) in _current)
        {
            if (policy.AppliesTo?.Matches(complaint) ?? true)
                return reference;
        }
        return null;
    }
}
