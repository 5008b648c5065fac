using System.Collections.Immutable;
using System.Collections.Frozen;
using Complaints.Core.Definitions;

namespace Complaints.Core.Assignment;

/// <summary>The staff, for a tenant whose host has no directory of its own.</summary>
/// <param name="People">The people.</param>
public sealed record StaffList(ImmutableArray<StaffCard> People = default)
{
    /// <summary>The people; never <c>default</c>.</summary>
    public ImmutableArray<StaffCard> People { get; init => field = Given.Of(value); } = Given.Of(People);

    internal IEnumerable<ComplaintError> Problems(Organisation organisation)
    {
        var byId = new Dictionary<string, StaffCard>(StringComparer.Ordinal);
        for (var i = 0; i < People.Length; i++)
        {
            if (Text.Check($"people[{i}].id", People[i].Id, Text.Id) is { } bad)
                yield return bad;
            else if (!byId.TryAdd(People[i].Id, People[i]))
                yield return new("definition.duplicate", ("path", $"people[{i}].id"), ("value", People[i].Id));
        }
        for (var i = 0; i < People.Length; i++)
        {
            foreach (var problem in Problems(People[i], $"people[{i}]", byId, organisation))
                yield return problem;
        }
    }

    private static IEnumerable<ComplaintError> Problems(
        StaffCard person, string path, Dictionary<string, StaffCard> byId, Organisation organisation)
    {
        if (Text.Check($"{path}.name", person.Name, Text.Id, required: false) is { } name)
            yield return name;
        foreach (var (list, codes) in ((string, ImmutableArray<string>)[])[("skills", person.Skills), ("roles", person.Roles)])
        {
            foreach (var bad in codes.Select((code, i) => Text.Check($"{path}.{list}[{i}]", code, Text.Id)).OfType<ComplaintError>())
                yield return bad;
        }
        for (var i = 0; i < person.Teams.Length; i++)
        {
            var wrong = organisation.Teams.IsEmpty ? Text.Check($"{path}.teams[{i}]", person.Teams[i], Text.Id)
                : Organisation.Missing(organisation.Teams, $"{path}.teams[{i}]", person.Teams[i]);
            if (wrong is not null)
                yield return wrong;
        }
        for (var i = 0; i < person.Absences.Length; i++)
        {
            if (person.Absences[i] is { } absence && absence.Until < absence.From)
                yield return new("staff.absence_backwards", ("path", $"{path}.absent[{i}]"), ("value", absence.Until),
                    ("bound", absence.From));
        }
        if (person.Deputy is not { } deputy)
            yield break;
        if (!byId.ContainsKey(deputy))
            yield return new("definition.missing", ("path", $"{path}.deputy"), ("value", CodeText.Shown(deputy)), ("known", byId.Keys));
        else if (StandsInForThemselves(person, byId))
            yield return new("staff.deputy_circle", ("path", $"{path}.deputy"), ("value", person.Id));
    }

    private static bool StandsInForThemselves(StaffCard person, Dictionary<string, StaffCard> byId)
    {
        var deputy = person.Deputy;
        for (var steps = 0; deputy is not null && steps < byId.Count; steps++)
        {
            if (deputy == person.Id)
                return true;
            deputy = byId.GetValueOrDefault(deputy)?.Deputy;
        }
        return false;
    }
}

/// <summary>The list by id, by team and by role.</summary>
internal sealed class StaffIndex(StaffList list)
{
    private readonly FrozenDictionary<string, StaffCard> _byId = list.People.ToFrozenDictionary(card => card.Id, StringComparer.Ordinal);
    private readonly ILookup<string, StaffCard> _byTeam = By(list, card => card.Teams);
    private readonly ILookup<string, StaffCard> _byRole = By(list, card => card.Roles);

    private readonly ILookup<string?, StaffCard> _byDeputy =
        list.People.Where(card => card.Deputy is not null).ToLookup(card => card.Deputy, StringComparer.Ordinal);

    public bool IsEmpty => _byId.Count == 0;

    public StaffCard? Find(string id) => _byId.GetValueOrDefault(id);

    public IReadOnlyList<StaffCard> In(string team) => [.. _byTeam[team]];

    public IReadOnlyList<StaffCard> As(string role) => [.. _byRole[role]];

    public IReadOnlyList<StaffCard> DeputisedBy(string deputy) => [.. _byDeputy[deputy]];

    private static ILookup<string, StaffCard> By(StaffList list, Func<StaffCard, ImmutableArray<string>> codes) => list.People
        .SelectMany(card => codes(card).Distinct(StringComparer.Ordinal).Select(code => (code, card)))
        .ToLookup(pair => pair.code, pair => pair.card, StringComparer.Ordinal);
}
