using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using Complaints.Core.Calendars;
using Complaints.Core.Definitions;
using NodaTime;

namespace Complaints.Core.Assignment;

/// <summary>A <see cref="QueueScoring"/> compiled: every part that there can be is made once, with its words, and cases share them.
/// Immutable and thread-safe.</summary>
internal sealed class QueuePlan
{
    private readonly ImmutableArray<(QueueAttribute Attribute, FrozenDictionary<string, ScorePart> Parts)> _rows;

    /// <summary>The part of one working day comes first, that of the bound last.</summary>
    private readonly ImmutableArray<(QueueAge Age, ImmutableArray<ScorePart> Parts)> _days;

    public QueuePlan(Rulebook rules)
    {
        var scoring = rules.QueueScoring.Value;
        // What a newer program published may name what this one does not know: it counts nothing.
        _rows =
        [
            .. scoring.Rows.Where(row => row.Points != 0).GroupBy(row => row.Attribute)
                .Select(group => (Attribute: QueueAttribute.Find(group.Key), Rows: group))
                .Where(found => found.Attribute is not null)
                .Select(found => (found.Attribute!, PartsOf(found.Attribute!, found.Rows, rules))),
        ];
        _days =
        [
            .. scoring.Days.Where(days => days.Points != 0)
                .Select(days => (Age: QueueAge.Find(days.Since), Rule: days))
                .Where(found => found.Age is not null)
                .Select(found => (found.Age!, PartsOf(found.Age!, found.Rule))),
        ];
        MostDays = _days.IsEmpty ? 0 : _days.Max(days => days.Parts.Length);
    }

    /// <summary>The most working days that make a difference.</summary>
    public int MostDays { get; }

    public QueueScore Score(in QueueFacts facts, PassedWorkingDays passed, Instant now)
    {
        var parts = ImmutableArray.CreateBuilder<ScorePart>(_rows.Length + _days.Length);
        var (points, isIncomplete) = (0, false);
        foreach (var (attribute, known) in _rows)
        {
            if (IsDamaged(facts, attribute.Column))
                isIncomplete = true;
            else if (attribute.Of(in facts, now) is { } value && known.TryGetValue(value, out var part))
                Add(part);
        }
        foreach (var (age, known) in _days)
        {
            if (IsDamaged(facts, age.Column))
                isIncomplete = true;
            else if (age.Of(in facts, now) is { } since && Math.Min(passed.Since(since), known.Length) is > 0 and var count)
                Add(known[count - 1]);
        }
        return new(points, parts.DrainToImmutable(), isIncomplete);

        void Add(ScorePart part)
        {
            points += part.Points;
            parts.Add(part);
        }
    }

    private static bool IsDamaged(in QueueFacts facts, string column) => !facts.Unreadable.IsEmpty && facts.Unreadable.Contains(column);

    private static FrozenDictionary<string, ScorePart> PartsOf(QueueAttribute attribute, IEnumerable<ScoreRow> rows, Rulebook rules)
    {
        if (attribute.Codes is not { } codes)
        {
            return rows.Take(1).ToFrozenDictionary(
                _ => QueueAttribute.Yes, row => new ScorePart(attribute.Code, null, attribute.Label, row.Points), StringComparer.Ordinal);
        }
        var labels = codes(rules).DistinctBy(item => item.Code).ToDictionary(item => item.Code, item => item.Label, StringComparer.Ordinal);
        return rows.SelectMany(row => row.Values.Select(value => (Value: value, row.Points))).DistinctBy(entry => entry.Value)
            .ToFrozenDictionary(entry => entry.Value, entry => new ScorePart(
                attribute.Code, entry.Value, Named(attribute.Label, labels.GetValueOrDefault(entry.Value) ?? new(entry.Value, entry.Value)),
                entry.Points), StringComparer.Ordinal);
    }

    private static ImmutableArray<ScorePart> PartsOf(QueueAge age, ScoreDays days)
    {
        var bound = Math.Clamp(days.MaxDays, 0, QueueScoring.MostDays);
        return
        [
            .. Enumerable.Range(1, bound).Select(count =>
                new ScorePart(age.Code, null, Counted(age, days.Points, count, count == bound), count * days.Points, count)),
        ];
    }

    private static Label Named(Label attribute, Label value) => new($"{attribute.En}: {value.En}", $"{attribute.Zh}：{value.Zh}");

    private static Label Counted(QueueAge age, int points, int count, bool isBound)
    {
        var english = count == 1 ? isBound ? "1 working day or more" : "1 working day"
            : isBound ? $"{count} working days or more" : $"{count} working days";
        var chinese = isBound ? $"{count} 个工作日或以上" : $"{count} 个工作日";
        return new($"{Filled(age.Days.En, english)}, {points} each", $"{Filled(age.Days.Zh, chinese)}，每日 {points} 分");
    }

    private static string Filled(string words, string days) => string.Format(CultureInfo.InvariantCulture, words, days);
}
