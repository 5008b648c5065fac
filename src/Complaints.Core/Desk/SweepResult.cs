using System.Collections.Immutable;
using Complaints.Core.Storage;

namespace Complaints.Core;

/// <summary>What one round of <see cref="ComplaintDesk.SweepAsync"/> did.</summary>
/// <param name="Changed">How many complaints and improvements changed.</param>
/// <param name="RefusedCount">How many of them have due timers that nothing could be done about. They stepped aside for the others and
/// are tried again in the next round.</param>
/// <param name="Refused">The first hundred of them.</param>
public sealed record SweepResult(int Changed, int RefusedCount, ImmutableArray<RefusedTimer> Refused);

/// <summary>A due timer that nothing could be done about.</summary>
/// <param name="Of">Whose it is.</param>
/// <param name="Timer">The timer.</param>
/// <param name="Refusal">Why: <c>history.newer</c>, <c>definition.version_missing</c>, <c>clocks.nothing_due</c> (the timer is not what the
/// state asks for; see <see cref="TimerReconciliation"/>),
/// <c>complaint.changed</c>, <c>sweep.failed</c>.</param>
/// <param name="Cause">What was thrown, if something was.</param>
public sealed record RefusedTimer(AggregateId Of, TimerRow Timer, ComplaintError Refusal, Exception? Cause);

/// <summary>Counts during a round.</summary>
internal sealed class SweepTally
{
    private const int Named = 100;
    private readonly HashSet<Guid> _refused = [];
    private readonly ImmutableArray<RefusedTimer>.Builder _first = ImmutableArray.CreateBuilder<RefusedTimer>();

    public int Changed { get; set; }

    public SweepResult Result => new(Changed, _refused.Count, _first.ToImmutable());

    public bool HasRefused(ComplaintId complaint) => _refused.Contains(complaint.Value);

    public void Refuse(DueTimer due, ComplaintError refusal, Exception? cause = null) =>
        Refuse(AggregateId.Of(due.Complaint), due.Timer, refusal, cause);

    public void Refuse(AggregateId of, TimerRow timer, ComplaintError refusal, Exception? cause = null)
    {
        if (_refused.Add(of.Value) && _first.Count < Named)
            _first.Add(new(of, timer, refusal, cause));
    }
}
