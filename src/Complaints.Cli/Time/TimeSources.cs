using Complaints.Core;
using Complaints.Core.Calendars;
using Complaints.Core.Definitions;
using Complaints.Core.Sla;
using NodaTime;

namespace Complaints.Cli.Time;

/// <summary>Calendars and policies by name: published ones if there is a database, else the built-ins; then presets; then files and JSON. What was read once is kept.</summary>
internal sealed class TimeSources
{
    private readonly List<Definition> _definitions;
    private readonly bool _acceptUnverified;
    private readonly Dictionary<string, (BusinessCalendar? Calendar, ComplaintError? Refusal)> _calendars = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (SlaPolicy? Policy, ComplaintError? Refusal)> _policies = new(StringComparer.Ordinal);
    private readonly Rulebook _rules;

    public TimeSources(IEnumerable<Definition> published, Instant now, bool acceptUnverified)
    {
        _acceptUnverified = acceptUnverified;
        var own = published.ToList();
        own.AddRange(BuiltIns.All.Where(builtIn => !own.Exists(definition => (definition.Kind, definition.Id) == (builtIn.Kind,
            builtIn.Id))));
        var known = own.Select(definition => (definition.Kind, definition.Id)).ToHashSet();
        var presets = CalendarPresets.Ids.Select(id => Given(SharedDefinitions.Calendars.Name, id, CalendarPresets.Json(id)))
            .Concat(PolicyPresets.Ids.Select(id => Given(SlaDefinitions.Policies.Name, id, PolicyPresets.Json(id, acceptUnverified))));
        _definitions =
        [
            .. own.Concat(presets.Where(preset => !known.Contains((preset.Kind, preset.Id))))
                .GroupBy(definition => (definition.Kind, definition.Id))
                .Select(versions => DefinitionTimeline.At(versions, now)).OfType<Definition>(),
        ];
        _rules = Rulebook.From(_definitions);
    }

    public Rulebook Rules => _rules;

    /// <summary>The calendar of a name, a file or a JSON text; the tenant's if none is given.</summary>
    public (BusinessCalendar? Calendar, ComplaintError? Refusal) Calendar(string? name)
    {
        name ??= _rules.Settings.Calendar;
        if (_rules.HasCalendar(name))
            return (_rules.Calendar(name), null);
        if (!_calendars.TryGetValue(name, out var known))
            _calendars[name] = known = ReadCalendar(name);
        return known;
    }

    /// <summary>The policy of a name or a file, and only if it may be used.</summary>
    public (SlaPolicy? Policy, ComplaintError? Refusal) Policy(string name)
    {
        if (!_policies.TryGetValue(name, out var known))
            _policies[name] = known = ReadPolicy(name);
        return known;
    }

    private (BusinessCalendar? Calendar, ComplaintError? Refusal) ReadCalendar(string name)
    {
        if (Content(name) is not { } json)
            return (null, new("definition.missing", ("path", "calendar"), ("value", name), ("known", OrFile(_rules.CalendarIds))));
        if (DefinitionKinds.Check(SharedDefinitions.Calendars.Name, "given", json, _rules) is { } refusal)
            return (null, refusal);
        return (Rulebook.From(_definitions.Append(Given(SharedDefinitions.Calendars.Name, "given", json))).Calendar("given"), null);
    }

    private (SlaPolicy? Policy, ComplaintError? Refusal) ReadPolicy(string name)
    {
        if (_definitions.Find(definition => definition.Kind == SlaDefinitions.Policies.Name && definition.Id == name) is { } found)
        {
            var policy = SlaPolicy.Parse(found.Json);
            return policy.Source is { Verified: false, Accepted: false } source ? (null, new ComplaintError("policy.unverified", ("path", name), ("value", string.Join("; ", source.Texts)))) : (policy, null);
        }
        if (Content(name) is not { } json)
        {
            var known = _definitions.Where(definition => definition.Kind == SlaDefinitions.Policies.Name)
                .Select(definition => definition.Id).Order(StringComparer.Ordinal);
            return (null, new("definition.missing", ("path", "policy"), ("value", name), ("known", OrFile(known))));
        }
        // Alone: whether it would be selected among others is no question here.
        var alone = Rulebook.From(_definitions.Where(definition => definition.Kind != SlaDefinitions.Policies.Name));
        var refused = DefinitionKinds.Check(SlaDefinitions.Policies.Name, "given", json, alone);
        var wrong = refused?.Details.Where(detail => detail.Code is not ("policy.order_ambiguous" or "policy.never_selected") && !(detail.Code == "policy.unverified" && _acceptUnverified)).ToList() ?? [];
        return wrong.Count > 0 ? (null, refused! with { Details = [.. wrong] }) : (SlaPolicy.Parse(json), null);
    }

    private static object[] OrFile(IEnumerable<string> ids) => [.. ids, new Label("a JSON file", "JSON 文件")];

    private static string? Content(string name) => name.TrimStart().StartsWith('{') ? name : File.Exists(name) ? BoundedFile.Read(name) : null;

    private static Definition Given(string kind, string id, string json) => new(TenantId.Default, kind, id, 1, json, default, "given");
}
