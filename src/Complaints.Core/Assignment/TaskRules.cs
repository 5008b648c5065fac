using System.Collections.Immutable;
using Complaints.Core.Definitions;
using Complaints.Core.Sla;

namespace Complaints.Core.Assignment;

/// <summary>What departments can be asked, and how often a task may come back.</summary>
/// <param name="Types">The types of tasks, at most 50; a policy's objectives name them in <c>for</c>.</param>
/// <param name="ReturnReasons">Why a department may return a task, at most 50.</param>
/// <param name="MaxReturns">From how many returns on a task has bounced too often, 1 to 100: the signals' counter
/// <c>bounced-tasks</c>.</param>
/// <param name="MaxRedos">From how many failed verifications on a task was done over too often, 1 to 100: the signals' counter
/// <c>redone-tasks</c>.</param>
/// <param name="UrgeGap">How long after a chase nobody chases again, as a limit: <c>4 working hours</c>.</param>
public sealed record TaskRules(
    ImmutableArray<TaskType> Types, ImmutableArray<CodeItem> ReturnReasons, int MaxReturns = 3, int MaxRedos = 3,
    string UrgeGap = "4 working hours")
{
    private const int Most = 50;

    /// <summary>The types; never <c>default</c>.</summary>
    public ImmutableArray<TaskType> Types { get; init; } = Types.IsDefault ? [] : Types;

    /// <summary>The reasons to return a task; never <c>default</c>.</summary>
    public ImmutableArray<CodeItem> ReturnReasons { get; init; } = ReturnReasons.IsDefault ? [] : ReturnReasons;

    /// <summary>The types as a list.</summary>
    internal CodeList<TaskType> TypeList => field ??= new(Types);

    /// <summary>The reasons as a list.</summary>
    internal CodeList<CodeItem> ReasonList => field ??= new(ReturnReasons);

    /// <summary>The gap between two chases, read.</summary>
    internal TimeLimit UrgeTime => TimeLimit.TryParse(UrgeGap, out var gap) ? gap : default;

    internal IEnumerable<ComplaintError> Problems()
    {
        foreach (var problem in CodeListRules.Problems(Types, "types", mustHaveOne: true)
            .Concat(CodeListRules.Problems(ReturnReasons, "returnReasons", mustHaveOne: true)))
            yield return problem;
        foreach (var (path, count) in new[] { ("types", Types.Length), ("returnReasons", ReturnReasons.Length) })
        {
            if (count > Most)
                yield return new("number.out_of_range", ("field", path), ("value", count), ("low", 1), ("high", Most));
        }
        foreach (var (path, value) in new[] { ("maxReturns", MaxReturns), ("maxRedos", MaxRedos) })
        {
            if (value is < 1 or > 100)
                yield return new("number.out_of_range", ("field", path), ("value", value), ("low", 1), ("high", 100));
        }
        if (!TimeLimit.TryParse(UrgeGap, "urgeGap", out _, out var wrong))
            yield return wrong!;
    }
}

/// <summary>A type of tasks.</summary>
/// <param name="Code">Its code: <c>technical</c>.</param>
/// <param name="Label">Its name in both languages.</param>
/// <param name="Filing">Whether the department has to file its result (备案) before it answers.</param>
/// <param name="Verify">Whether somebody has to look at the answer (核验); else it is accepted as it is.</param>
public sealed record TaskType(string Code, Label Label, bool Filing = false, bool Verify = true) : ICodeItem;
