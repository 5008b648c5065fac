using System.Collections.Immutable;
using Complaints.Core.Definitions;

namespace Complaints.Core.Assignment;

/// <summary>In which order a queue is worked on: points for what a case is, and points for each working day that it waits. A case has the
/// sum of them; without any, queues go by due instant alone.</summary>
/// <param name="Rows">What counts how much, at most 100.</param>
/// <param name="Days">What each working day of waiting counts, one entry for each <see cref="ScoreDays.Since"/>.</param>
public sealed record QueueScoring(ImmutableArray<ScoreRow> Rows = default, ImmutableArray<ScoreDays> Days = default)
{
    /// <summary>The most rows, and the most values of one.</summary>
    public const int MostRows = 100;

    /// <summary>The most points of a row or of a day, above and below zero.</summary>
    public const int MostPoints = 1_000;

    /// <summary>The most working days that may be counted: about a year.</summary>
    public const int MostDays = 250;

    /// <summary>What counts how much; never <c>default</c>.</summary>
    public ImmutableArray<ScoreRow> Rows { get; init => field = Given.Of(value); } = Given.Of(Rows);

    /// <summary>What each working day counts; never <c>default</c>.</summary>
    public ImmutableArray<ScoreDays> Days { get; init => field = Given.Of(value); } = Given.Of(Days);

    internal IEnumerable<ComplaintError> Problems(Rulebook rules)
    {
        foreach (var (path, length, bound) in new[] { ("rows", Rows.Length, MostRows), ("days", Days.Length, QueueAge.All.Length) })
        {
            if (length > bound)
            {
                // What is beyond all bounds is not looked at.
                yield return TooLong(path, length, bound);
                yield break;
            }
        }
        var seen = new HashSet<(string Attribute, string? Value)>();
        for (var i = 0; i < Rows.Length; i++)
        {
            foreach (var problem in Problems(Rows[i], $"rows[{i}]", rules, seen))
                yield return problem;
        }
        for (var i = 0; i < Days.Length; i++)
        {
            foreach (var problem in Problems(Days[i], $"days[{i}]", seen))
                yield return problem;
        }
    }

    private static IEnumerable<ComplaintError> Problems(
        ScoreRow row, string path, Rulebook rules, HashSet<(string Attribute, string? Value)> seen)
    {
        if (OutOfRange($"{path}.points", row.Points, -MostPoints, MostPoints) is { } points)
            yield return points;
        if (QueueAttribute.Find(row.Attribute) is not { } attribute)
        {
            yield return Missing($"{path}.attribute", row.Attribute, QueueAttribute.All.Select(known => known.Code));
            yield break;
        }
        if (attribute.Codes is not { } codes)
        {
            // It is so or it is not: there is nothing to list.
            if (!row.Values.IsEmpty)
                yield return TooLong($"{path}.values", row.Values.Length, 0);
            else if (!seen.Add((row.Attribute, null)))
                yield return new("definition.duplicate", ("path", $"{path}.attribute"), ("value", row.Attribute));
            yield break;
        }
        if (row.Values.IsEmpty)
            yield return new("definition.empty", ("path", $"{path}.values"));
        if (row.Values.Length > MostRows)
        {
            yield return TooLong($"{path}.values", row.Values.Length, MostRows);
            yield break;
        }
        var known = codes(rules);
        for (var i = 0; i < row.Values.Length; i++)
        {
            var (value, at) = (row.Values[i], $"{path}.values[{i}]");
            if (Text.Check(at, value, Text.Id) is { } bad)
                yield return bad;
            // Where the tenant names no areas, they are the host's own.
            else if (!known.IsEmpty && known.All(item => item.Code != value))
                yield return Missing(at, value, known.Select(item => item.Code));
            else if (!seen.Add((row.Attribute, value)))
                yield return new("definition.duplicate", ("path", at), ("value", CodeText.Shown(value)));
        }
    }

    private static IEnumerable<ComplaintError> Problems(
        ScoreDays days, string path, HashSet<(string Attribute, string? Value)> seen)
    {
        if (OutOfRange($"{path}.points", days.Points, -MostPoints, MostPoints) is { } points)
            yield return points;
        if (OutOfRange($"{path}.maxDays", days.MaxDays, 1, MostDays) is { } most)
            yield return most;
        if (QueueAge.Find(days.Since) is null)
            yield return Missing($"{path}.since", days.Since, QueueAge.All.Select(known => known.Code));
        else if (!seen.Add(("since", days.Since)))
            yield return new("definition.duplicate", ("path", $"{path}.since"), ("value", days.Since));
    }

    private static ComplaintError Missing(string path, string value, IEnumerable<string> known) =>
        new("definition.missing", ("path", path), ("value", CodeText.Shown(value)), ("known", known));

    private static ComplaintError TooLong(string path, int length, int bound) =>
        new("list.too_long", ("field", path), ("length", length), ("bound", bound));

    private static ComplaintError? OutOfRange(string path, int value, int low, int high) => value >= low && value <= high ? null
        : new("number.out_of_range", ("field", path), ("value", value), ("low", low), ("high", high));
}

/// <summary>What a case is, and how much that counts.</summary>
/// <param name="Attribute">What is looked at. With values: <c>kind</c>, <c>category</c>, <c>subcategory</c>, <c>channel</c>,
/// <c>entry-point</c>, <c>area</c>, <c>priority</c>, <c>state</c>. Without: <c>customer-wrote</c>, <c>chased</c>, <c>repeat</c>,
/// <c>reopened</c>, <c>past-due</c>.</param>
/// <param name="Points">The points, -1,000 to 1,000.</param>
/// <param name="Values">The codes for which they are given, 1 to 100, each in one row of its attribute only.</param>
public sealed record ScoreRow(string Attribute, int Points, ImmutableArray<string> Values = default)
{
    /// <summary>The codes; never <c>default</c>.</summary>
    public ImmutableArray<string> Values { get; init => field = Given.Of(value); } = Given.Of(Values);
}

/// <summary>What each working day of waiting counts.</summary>
/// <param name="Since">From when on: <c>received</c>; <c>customer-wrote</c>, while there is no answer; <c>past-due</c>, of the earliest
/// time limit that is running. The date on which it begins does not count, today does from midnight on.</param>
/// <param name="Points">The points of a working day, -1,000 to 1,000.</param>
/// <param name="MaxDays">How many working days are counted at most, 1 to 250.</param>
public sealed record ScoreDays(string Since, int Points, int MaxDays);
