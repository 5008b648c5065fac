using System.Collections.Immutable;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;

namespace Complaints.Core.Assignment;

/// <summary>How the tenant is organised, as far as complaints are concerned. Each list may be empty: then its codes are the host's own and
/// are not checked.</summary>
/// <param name="Departments">Departments, such as those which are asked about a case.</param>
/// <param name="Teams">Teams: queues in which cases wait, and whose members take them.</param>
/// <param name="Areas">Areas (片区), such as districts.</param>
/// <param name="Roles">The host's own roles; the library's have their names already.</param>
public sealed record Organisation(
    ImmutableArray<Department> Departments = default, ImmutableArray<Team> Teams = default,
    ImmutableArray<CodeItem> Areas = default, ImmutableArray<CodeItem> Roles = default)
{
    /// <summary>The departments; never <c>default</c>.</summary>
    public ImmutableArray<Department> Departments { get; init => field = Given.Of(value); } = Given.Of(Departments);

    /// <summary>The teams; never <c>default</c>.</summary>
    public ImmutableArray<Team> Teams { get; init => field = Given.Of(value); } = Given.Of(Teams);

    /// <summary>The areas; never <c>default</c>.</summary>
    public ImmutableArray<CodeItem> Areas { get; init => field = Given.Of(value); } = Given.Of(Areas);

    /// <summary>The host's own roles; never <c>default</c>.</summary>
    public ImmutableArray<CodeItem> Roles { get; init => field = Given.Of(value); } = Given.Of(Roles);

    /// <summary>A team for people, or a department that has work as one; one that the organisation does not name is told as it
    /// is.</summary>
    public ICodeItem TeamNamed(string team) => Teams.Any(known => known.Code == team) ? Named(Teams, team) : Named(Departments, team);

    /// <summary>A department for people; one that the organisation does not name is told as it is.</summary>
    public ICodeItem DepartmentNamed(string department) => Named(Departments, department);

    /// <summary>An area for people; one that the organisation does not name is told as it is.</summary>
    public ICodeItem AreaNamed(string area) => Named(Areas, area);

    /// <summary>What is wrong with an area that came in; none is none.</summary>
    internal ComplaintError? CheckArea(Field field, string? area) => string.IsNullOrWhiteSpace(area) ? null
        : Areas.IsEmpty ? Text.Check((object)field, area, Text.Id, required: false)
        : new CodeList<CodeItem>(Areas).Check((object)field, area);

    internal IEnumerable<ComplaintError> Problems() =>
    [
        .. CodeListRules.Problems(Departments, "departments"), .. CodeListRules.Problems(Teams, "teams"),
        .. CodeListRules.Problems(Areas, "areas"), .. CodeListRules.Problems(Roles, "roles"),
        .. Departments.SelectMany((department, i) => Problems(department, $"departments[{i}]")),
        .. Teams.SelectMany((team, i) => Problems(team, $"teams[{i}]")),
    ];

    private IEnumerable<ComplaintError> Problems(Department department, string path)
    {
        if (Text.Check($"{path}.head", department.Head, Text.Id, required: false) is { } bad)
            yield return bad;
        if (Missing(Areas, $"{path}.area", department.Area) is { } area)
            yield return area;
        if (Missing(Departments, $"{path}.parent", department.Parent) is { } parent)
            yield return parent;
        else if (IsAboveItself(department))
            yield return new("organisation.circle", ("path", $"{path}.parent"), ("value", department.Code));
    }

    private IEnumerable<ComplaintError> Problems(Team team, string path)
    {
        if (Text.Check($"{path}.lead", team.Lead, Text.Id, required: false) is { } bad)
            yield return bad;
        if (Missing(Departments, $"{path}.department", team.Department) is { } department)
            yield return department;
        if (Missing(Areas, $"{path}.area", team.Area) is { } area)
            yield return area;
    }

    private bool IsAboveItself(Department department)
    {
        var above = department.Parent;
        for (var steps = 0; above is not null && steps < Departments.Length; steps++)
        {
            if (above == department.Code)
                return true;
            above = Departments.FirstOrDefault(one => one.Code == above)?.Parent;
        }
        return false;
    }

    /// <summary>A code that a list does not have.</summary>
    internal static ComplaintError? Missing<T>(ImmutableArray<T> list, string path, string? code) where T : ICodeItem =>
        code is null || list.Any(item => item.Code == code) ? null
            : new("definition.missing", ("path", path), ("value", CodeText.Shown(code)), ("known", list.Select(item => item.Code)));

    private static ICodeItem Named<T>(ImmutableArray<T> list, string code) where T : class, ICodeItem =>
        (ICodeItem?)list.FirstOrDefault(item => item.Code == code) ?? new CodeItem(code, new(code, code));
}

/// <summary>A department.</summary>
/// <param name="Code">Its code, 1 to 100 characters.</param>
/// <param name="Label">Its name in both languages.</param>
/// <param name="Head">The role of who heads it.</param>
/// <param name="Area">The area that it serves.</param>
/// <param name="Parent">The department above it.</param>
public sealed record Department(string Code, Label Label, string? Head = null, string? Area = null, string? Parent = null) : ICodeItem;

/// <summary>A team.</summary>
/// <param name="Code">Its code, 1 to 100 characters: the team of a complaint.</param>
/// <param name="Label">Its name in both languages.</param>
/// <param name="Department">The department that it belongs to.</param>
/// <param name="Area">The area that it serves.</param>
/// <param name="Lead">Who leads it, by the host's id: gets no work on a case in which somebody of the team is complained about.</param>
public sealed record Team(string Code, Label Label, string? Department = null, string? Area = null, string? Lead = null) : ICodeItem;
