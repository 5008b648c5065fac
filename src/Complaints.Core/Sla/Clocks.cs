using System.Collections.Immutable;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;
using NodaTime;

namespace Complaints.Core.Sla;

/// <summary>The clocks' part of a complaint: which policy it is pinned to and when it waited. No counter is stored anywhere (T9).</summary>
/// <param name="Policy">The policy's id and version; <c>null</c> while no clock runs, as for an imported complaint that was not adopted.</param>
/// <param name="StartFrom">From when the clocks count, if not from the receipt (adoption, conversion).</param>
/// <param name="Pauses">When the complaint waited, in order; the last may still be open.</param>
public sealed record ClockRecord(DefinitionRef? Policy, Instant? StartFrom, ImmutableArray<Pause> Pauses)
{
    /// <summary>No policy, no pause.</summary>
    public static ClockRecord None { get; } = new(null, null, []);

    internal ClockRecord Paused(Instant from) => this with { Pauses = Pauses.Add(new Pause(from)) };

    internal ClockRecord Resumed(Instant to) =>
        Pauses is [.., { To: null } open] ? this with { Pauses = Pauses.SetItem(Pauses.Length - 1, open with { To = to }) } : this;
}

/// <summary>A time in which the complaint waited: <c>[From, To)</c>.</summary>
/// <param name="From">Its beginning.</param>
/// <param name="To">Its end; <c>null</c> while it lasts.</param>
public sealed record Pause(Instant From, Instant? To = null);

/// <summary>One clock of a complaint as it stands: a projection, computed from the state and the pinned policy.</summary>
/// <param name="Objective">What it measures.</param>
/// <param name="Round">The round of the complaint.</param>
/// <param name="StartedAt">Its start.</param>
/// <param name="Due">When it must have stopped; <c>null</c> while it waits.</param>
/// <param name="StoppedAt">When it stopped.</param>
public sealed record Clock(string Objective, int Round, Instant StartedAt, Instant? Due, Instant? StoppedAt)
{
    /// <summary>Its id within the complaint.</summary>
    public string Id => $"{Objective}/{Round}";

    /// <summary>True while it counts.</summary>
    public bool IsRunning => StoppedAt is null && Due is not null;

    /// <summary>Met if and only if it stopped at or before the due instant (T17).</summary>
    public bool IsMet => StoppedAt is { } stop && Due is { } due && stop <= due;
}

/// <summary>The objectives that this version measures. Open: a policy names those it wants.</summary>
public static class Objective
{
    /// <summary>受理确认: receipt until it is acknowledged or answered.</summary>
    public const string Acknowledgement = "acknowledgement";

    /// <summary>首次响应: receipt until a person first answers.</summary>
    public const string FirstResponse = "first-response";

    /// <summary>A letter with a phone number until the call (S008).</summary>
    public const string Callback = "callback";

    /// <summary>Receipt until it is resolved.</summary>
    public const string Resolution = "resolution";

    /// <summary>Resolution until the customer is told (S098).</summary>
    public const string ResultNotification = "result-notification";

    /// <summary>Resolution until the follow-up visit (S100).</summary>
    public const string FollowUpVisit = "follow-up-visit";

    /// <summary>All of them.</summary>
    public static ImmutableArray<string> All { get; } = [Acknowledgement, FirstResponse, Callback, Resolution, ResultNotification, FollowUpVisit];
}

/// <summary>Projects the clocks of a complaint (S095-S100).</summary>
public static class Clocks
{
    /// <summary>The clocks of the current round under the pinned policy; empty where no policy is pinned.</summary>
    public static ImmutableArray<Clock> Project(Complaint complaint, Rulebook rules)
    {
        ArgumentNullException.ThrowIfNull(complaint);
        ArgumentNullException.ThrowIfNull(rules);
        if (complaint.Clocks.Policy is not { } pinned || rules.Policy(pinned) is not { } policy)
            return [];
        var clocks = ImmutableArray.CreateBuilder<Clock>(policy.Objectives.Length);
        foreach (var objective in policy.Objectives)
        {
            if (Span(complaint, objective.Objective) is not var (start, stop) || start is not { } started)
                continue;
            var calendar = rules.Calendar(objective.Calendar ?? rules.Settings.Calendar);
            var waits = complaint.Clocks.Pauses is [.., { To: null }] && stop is null && objective.Pausable;
            var due = waits ? (Instant?)null : objective.TimeLimit.DueFrom(started, calendar, objective.Pausable ? complaint.Clocks.Pauses : []);
            clocks.Add(new Clock(objective.Objective, complaint.Progress.Round, started, due, stop));
        }
        return clocks.ToImmutable();
    }

    /// <summary>The earliest due instant of the running clocks, by which queues are sorted.</summary>
    public static Instant? NextDue(ImmutableArray<Clock> clocks)
    {
        Instant? next = null;
        foreach (var clock in clocks)
        {
            if (clock.IsRunning && (next is null || clock.Due < next))
                next = clock.Due;
        }
        return next;
    }

    /// <summary>From which event to which an objective runs.</summary>
    private static (Instant? Start, Instant? Stop)? Span(Complaint complaint, string objective)
    {
        var receipt = complaint.Receipt;
        var settlement = complaint.Settlement;
        var start = complaint.Progress.ReopenedAt ?? complaint.Clocks.StartFrom ?? receipt.ReceivedAt;
        var firstRound = complaint.Progress.Round == 1;
        var ended = complaint.State is ComplaintState.Withdrawn or ComplaintState.Merged ? complaint.Progress.EndedAt : null;
        return objective switch
        {
            Objective.Acknowledgement => firstRound ? (start, receipt.AcknowledgedAt ?? receipt.FirstResponseAt ?? settlement.ResolvedAt ?? ended) : null,
            Objective.FirstResponse => firstRound ? (start, receipt.FirstResponseAt ?? settlement.ResolvedAt ?? ended) : null,
            Objective.Callback => receipt.CallbackPending ? (start, settlement.ResolvedAt ?? ended) : null,
            Objective.Resolution => (start, settlement.ResolvedAt ?? ended),
            Objective.ResultNotification => (settlement.ResolvedAt, settlement.NotifiedAt ?? complaint.Progress.EndedAt),
            Objective.FollowUpVisit => (settlement.ResolvedAt, complaint.FollowUp.ReachedAt ?? complaint.FollowUp.WaivedAt ?? ended),
            _ => null,
        };
    }
}
