using Complaints.Core.Assignment;
using Complaints.Core.Calendars;
using Complaints.Core.Definitions;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Core;

/// <summary>Says how many points cases have at an instant, by their columns alone. Working days are those of the tenant's calendar. Pure
/// and thread-safe; make one for a list.</summary>
public sealed class QueueScorer
{
    private readonly QueuePlan _plan;
    private readonly PassedWorkingDays _passed;
    private readonly Instant _now;

    /// <summary>A scorer.</summary>
    /// <param name="rules">The definitions, of which <c>queue-score</c> says what counts.</param>
    /// <param name="now">The instant.</param>
    public QueueScorer(Rulebook rules, Instant now)
    {
        ArgumentNullException.ThrowIfNull(rules);
        (_plan, _now) = (rules.QueuePlan, now);
        _passed = new(rules.Calendar(rules.Settings.Calendar), now, _plan.MostDays);
    }

    /// <summary>The points of a case, and what for.</summary>
    public QueueScore Score(ComplaintSummary complaint)
    {
        ArgumentNullException.ThrowIfNull(complaint);
        return _plan.Score(Facts(complaint), _passed, _now);
    }

    private static QueueFacts Facts(ComplaintSummary complaint) => new()
    {
        Kind = complaint.Kind,
        State = complaint.State,
        Priority = complaint.Priority,
        Category = complaint.Category,
        Subcategory = complaint.Subcategory,
        Channel = complaint.Channel,
        EntryPoint = complaint.EntryPoint,
        Area = complaint.Area,
        IsReopened = complaint.Round > 1,
        IsRepeat = complaint.RepeatOf is not null,
        IsChased = IsChased(complaint),
        ReceivedAt = complaint.ReceivedAt,
        WroteAt = complaint.UnansweredSince,
        DueAt = complaint.DueAt,
        Unreadable = complaint.Unreadable,
    };

    private static bool IsChased(ComplaintSummary complaint)
    {
        foreach (var measure in complaint.Measures)
        {
            if (measure.Name == Measures.Chasers)
                return true;
        }
        return false;
    }
}
