using Complaints.Core.Lifecycle;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Reporting.Aggregation;

/// <summary>What was open at an instant, by the rounds that were recorded: a later reopening, merge or hold changes nothing of
/// it.</summary>
internal sealed class Backlog(Instant? asOf)
{
    private long _open;
    private long _overdue;

    public void Add(ComplaintSummary complaint, ReadOnlySpan<Round> rounds)
    {
        if (asOf is not { } instant)
            return;
        for (var i = rounds.Length - 1; i >= 0; i--)
        {
            ref readonly var round = ref rounds[i];
            if (round.OpenedAt is not { } opened || opened >= instant)
                continue;
            if (!IsOpen(complaint, round, instant))
                return;
            _open++;
            if (IsOverdue(complaint, round, instant))
                _overdue++;
            return;
        }
    }

    public FigureValue Value => new Breakdown([new("open", new Amount(_open)), new("openOverdue", new Amount(_overdue))]);

    private static bool IsOpen(ComplaintSummary complaint, in Round round, Instant instant) =>
        round.EndedAt is { } ended ? ended >= instant : !(round.IsPresent && States.Ends.Contains(complaint.State));

    private static bool IsOverdue(ComplaintSummary complaint, in Round round, Instant instant) =>
        round.IsJudged && !complaint.Imported ? round.WasLateBefore(instant) : round.IsPresent && complaint.TargetAt < instant;
}
