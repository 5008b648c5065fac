using System.Collections.Immutable;
using Complaints.Core.Classification;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;

namespace Complaints.Core.Assignment;

/// <summary>Who handles what: ordered rows, of which the first that fits a new case holds, and again the first of those for what was judged
/// once every point is. No row, no assignment.</summary>
/// <param name="Rows">The rows, at most 500. People count them from 1.</param>
/// <param name="Strategy">Who of a team gets it: the code of an <see cref="IAssignmentStrategy"/>.</param>
public sealed record RoutingTable(ImmutableArray<RoutingRow> Rows = default, string Strategy = LeastLoaded.StrategyCode)
{
    /// <summary>The most rows.</summary>
    public const int MostRows = 500;

    /// <summary>The rows; never <c>default</c>.</summary>
    public ImmutableArray<RoutingRow> Rows { get; init => field = Given.Of(value); } = Given.Of(Rows);

    internal IEnumerable<ComplaintError> Problems(Rulebook rules)
    {
        if (Text.Check("strategy", Strategy, Text.Id) is { } bad)
            yield return bad;
        if (Rows.Length > MostRows)
        {
            yield return new("routing.too_many", ("path", "rows"), ("value", Rows.Length), ("bound", MostRows));
            yield break;
        }
        for (var i = 0; i < Rows.Length; i++)
        {
            foreach (var problem in Problems(Rows[i], $"rows[{i}]", rules))
                yield return problem;
        }
    }

    private static IEnumerable<ComplaintError> Problems(RoutingRow row, string path, Rulebook rules)
    {
        var organisation = rules.Organisation;
        foreach (var (name, text) in ((string, string?)[])[("owner", row.Owner), ("skill", row.Skill)])
        {
            if (Text.Check($"{path}.{name}", text, Text.Id, required: false) is { } bad)
                yield return bad;
        }
        if (Text.Check($"{path}.team", row.Team, Text.Id) is { } team)
            yield return team;
        else if (IsUnknown(organisation.Teams, row.Team))
        {
            yield return new("routing.team_unknown", ("path", $"{path}.team"), ("value", CodeText.Shown(row.Team)),
                ("known", organisation.Teams.Select(known => known.Code)));
        }
        if (IsUnknown(organisation.Departments, row.Department))
        {
            yield return new("routing.department_unknown", ("path", $"{path}.department"), ("value", CodeText.Shown(row.Department)),
                ("known", organisation.Departments.Select(known => known.Code)));
        }
        if (Organisation.Missing(HandlingTrack.All, $"{path}.track", row.Track) is { } track)
            yield return track;
        var categories = rules.Categories.Value.Categories;
        var when = row.When;
        foreach (var problem in Missing(rules.Kinds.Items, when.Kind, "kind")
            .Concat(Missing(rules.Channels.Items, when.Channel, "channel")).Concat(Missing(rules.Tiers.Items, when.Tier, "tier"))
            .Concat(Missing(categories, when.Category, "category"))
            .Concat(Missing([.. categories.SelectMany(category => category.Subcategories)], when.Subcategory, "subcategory"))
            .Concat(Missing(rules.Priorities.Value.Priority.Items, when.Priority, "priority"))
            .Concat(Missing(PointValidity.All.Items, when.Finding, "finding"))
            .Concat(organisation.Departments.IsEmpty ? [] : Missing(organisation.Departments, when.Department, "department"))
            .Concat(organisation.Areas.IsEmpty ? [] : Missing(organisation.Areas, when.Area, "area")))
            yield return problem;

        IEnumerable<ComplaintError> Missing<T>(ImmutableArray<T> known, ImmutableArray<string> codes, string name) where T : ICodeItem =>
            codes.Select((code, i) => Organisation.Missing(known, $"{path}.when.{name}[{i}]", code)).OfType<ComplaintError>();
    }

    /// <summary>True for a code that the organisation does not have; where it names none of the sort, none is unknown.</summary>
    private static bool IsUnknown<T>(ImmutableArray<T> known, string? code) where T : ICodeItem =>
        code is not null && !known.IsEmpty && known.All(item => item.Code != code);
}

/// <summary>A row: which cases, and who handles them.</summary>
/// <param name="Team">The team: where it waits until somebody of it has it.</param>
/// <param name="When">Which cases; left out for all.</param>
/// <param name="Department">The department that the team belongs to, for who reads the table.</param>
/// <param name="Owner">One person, by the host's id, where it goes to nobody else; who is away is stood in for by the deputy.</param>
/// <param name="Track">A code of <see cref="HandlingTrack"/>.</param>
/// <param name="Skill">What who of the team gets it must be able to do.</param>
public sealed record RoutingRow(
    string Team, RoutingCondition? When = null, string? Department = null, string? Owner = null, string? Track = null, string? Skill = null)
{
    /// <summary>Which cases; never <c>null</c>.</summary>
    public RoutingCondition When { get; init => field = value ?? RoutingCondition.Any; } = When ?? RoutingCondition.Any;
}

/// <summary>Which cases a row is for. Each member is a list of codes, of which one must fit; a list that is empty or left out fits
/// all.</summary>
public sealed record RoutingCondition
{
    internal static RoutingCondition Any { get; } = new();

    /// <summary>What it is.</summary>
    public ImmutableArray<string> Kind { get; init => field = Given.Of(value); } = [];

    /// <summary>Its category, as it is judged at registration.</summary>
    public ImmutableArray<string> Category { get; init => field = Given.Of(value); } = [];

    /// <summary>Its subcategory.</summary>
    public ImmutableArray<string> Subcategory { get; init => field = Given.Of(value); } = [];

    /// <summary>Its area.</summary>
    public ImmutableArray<string> Area { get; init => field = Given.Of(value); } = [];

    /// <summary>The customer's tier.</summary>
    public ImmutableArray<string> Tier { get; init => field = Given.Of(value); } = [];

    /// <summary>How it came in.</summary>
    public ImmutableArray<string> Channel { get; init => field = Given.Of(value); } = [];

    /// <summary>Its priority.</summary>
    public ImmutableArray<string> Priority { get; init => field = Given.Of(value); } = [];

    /// <summary>What the customer aims at. Taken, and fits nothing yet: no case says so at registration.</summary>
    public ImmutableArray<string> Goal { get; init => field = Given.Of(value); } = [];

    /// <summary>What was noticed. Taken, and fits nothing yet.</summary>
    public ImmutableArray<string> Signal { get; init => field = Given.Of(value); } = [];

    /// <summary>Whether it is established: codes of <see cref="PointValidity"/>. A row that names any is for no new case: it holds once
    /// every point is judged, where one of them is judged so.</summary>
    public ImmutableArray<string> Finding { get; init => field = Given.Of(value); } = [];

    /// <summary>The department that what was judged comes from, of a row that names a <see cref="Finding"/>.</summary>
    public ImmutableArray<string> Department { get; init => field = Given.Of(value); } = [];

    internal bool Fits(RoutingFacts facts) =>
        Goal.IsEmpty && Signal.IsEmpty && HasAny(Finding, facts.Findings) && HasAny(Department, facts.Departments)
        && Has(Area, facts.Area) && Has(Category, facts.Category) && Has(Subcategory, facts.Subcategory) && Has(Kind, facts.Kind)
        && Has(Channel, facts.Channel) && Has(Tier, facts.Tier) && Has(Priority, facts.Priority);

    private static bool HasAny(ImmutableArray<string> wanted, ImmutableArray<string> codes) =>
        wanted.IsEmpty || wanted.Any(codes.Contains);

    private static bool Has(ImmutableArray<string> wanted, string? code)
    {
        foreach (var one in wanted)
        {
            if (one == code)
                return true;
        }
        return wanted.IsEmpty;
    }
}
