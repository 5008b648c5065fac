using Complaints.Core.Sla;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Complaints.Core.Storage;

namespace Complaints.Core;

/// <summary>
/// Rebuilds the expected timers of every complaint, and when every improvement must be looked at, from their states and compares them with
/// the stored ones. The goal is that nothing is ever
/// found. An imported
/// complaint has no timers until it is adopted.
/// </summary>
/// <param name="desk">Whose complaints.</param>
/// <param name="timers">Where the timers are.</param>
/// <param name="chains">Where the states are.</param>
public sealed class TimerReconciliation(ComplaintDesk desk, ITimerStore timers, IChainStore chains)
{
    /// <summary>What has drifted. Safe beside commands: whatever looks wrong is loaded anew, complaint and timers at one moment, before it
    /// is told.</summary>
    public async IAsyncEnumerable<TimerDrift> FindAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var rows = timers.TimersAsync(desk.Tenant, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using var _ = rows.ConfigureAwait(false);
        var isMore = await rows.MoveNextAsync().ConfigureAwait(false);
        await foreach (var head in chains.HeadsAsync(desk.Tenant, cancellationToken).ConfigureAwait(false))
        {
            if (head.Of.Noun != AggregateId.Complaint)
            {
                if (await LookDriftAsync(head, cancellationToken).ConfigureAwait(false) is { } moved)
                    yield return moved;
                continue;
            }
            var complaint = new ComplaintId(head.Of.Value);
            while (isMore && rows.Current.Complaint.Value.CompareTo(complaint.Value) < 0)
            {
                foreach (var drift in await OrphanAsync(rows.Current, cancellationToken).ConfigureAwait(false))
                    yield return drift;
                isMore = await rows.MoveNextAsync().ConfigureAwait(false);
            }
            var stored = new List<TimerRow>();
            while (isMore && rows.Current.Complaint == complaint)
            {
                stored.Add(rows.Current.Timer);
                isMore = await rows.MoveNextAsync().ConfigureAwait(false);
            }
            var (schema, state, summary, _) = head.Row!;
            var expected = await desk.ExpectedTimersAsync(new(complaint, head.Version, schema, state, head.Head, summary!.Person),
                cancellationToken).ConfigureAwait(false);
            if (expected is { } known && known.Length == stored.Count && known.All(stored.Contains))
                continue;
            foreach (var drift in await OneAsync(complaint, head.Number, cancellationToken).ConfigureAwait(false))
                yield return drift;
        }
        while (isMore)
        {
            foreach (var drift in await OrphanAsync(rows.Current, cancellationToken).ConfigureAwait(false))
                yield return drift;
            isMore = await rows.MoveNextAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Puts right what has drifted, as far as anybody can say. A complaint that moved on meanwhile has brought its timers along
    /// and is left alone.</summary>
    /// <returns>What had drifted.</returns>
    public async Task<ImmutableArray<TimerDrift>> RepairAsync(CancellationToken cancellationToken = default)
    {
        var found = ImmutableArray.CreateBuilder<TimerDrift>();
        await foreach (var drift in FindAsync(cancellationToken).ConfigureAwait(false))
            found.Add(drift);
        foreach (var drift in found.Where(drift => drift.Of.Noun == AggregateId.Improvement && drift.Kind != TimerDriftKind.Undecidable))
            await desk.Improvements.LookAgainAsync(new(drift.Of, drift.Version, drift.Expected?.Due), cancellationToken).ConfigureAwait(
                false);
        foreach (var repair in found.Where(drift => drift.Of.Noun == AggregateId.Complaint).Select(
            drift => drift.Repair).OfType<TimerRepair>())
            await timers.RepairAsync(desk.Tenant, repair, cancellationToken).ConfigureAwait(false);
        return found.ToImmutable();
    }

    /// <summary>When an improvement must be looked at stands in its own row. What looks wrong is loaded anew.</summary>
    private async ValueTask<TimerDrift?> LookDriftAsync(ChainHead head, CancellationToken cancellationToken)
    {
        var (schema, state, _, summary) = head.Row!;
        var stored = new StoredAggregate(head.Of, head.Version, schema, state, head.Head, summary!.Subject);
        var (expected, isKnown) = await desk.Improvements.ExpectedLookAsync(stored, cancellationToken).ConfigureAwait(false);
        if (isKnown && expected == summary.LookAt)
            return null;
        // A command between the two streams brings its own look along.
        if ((await desk.Improvements.LoadedAsync(head.Of.Value, cancellationToken).ConfigureAwait(
            false)).Aggregate?.Version != head.Version)
            return null;
        var kind = !isKnown ? TimerDriftKind.Undecidable : summary.LookAt is null ? TimerDriftKind.Missing
            : expected is null ? TimerDriftKind.Extra : TimerDriftKind.Moved;
        return new(head.Of, head.Number, head.Version, kind, Row(summary.LookAt), Row(expected));

        static TimerRow? Row(NodaTime.Instant? at) => at is { } due ? new(Capabilities.FollowOn.Timer, AggregateId.Improvement, due) : null;
    }

    /// <summary>A complaint that was registered after the heads were read is none.</summary>
    private async ValueTask<ImmutableArray<TimerDrift>> OrphanAsync(DueTimer row, CancellationToken cancellationToken) =>
        (await desk.LoadedAsync(row.Complaint, cancellationToken).ConfigureAwait(false)).Complaint is null
            ? [new(AggregateId.Of(row.Complaint), null, 0, TimerDriftKind.Extra, row.Timer, null)]
            : [];

    private async ValueTask<ImmutableArray<TimerDrift>> OneAsync(ComplaintId complaint, string number, CancellationToken cancellationToken)
    {
        var loaded = await desk.LoadedAsync(complaint, cancellationToken).ConfigureAwait(false);
        if (loaded.Complaint is not { } stored)
            return [];
        if (await desk.ExpectedTimersAsync(stored, cancellationToken).ConfigureAwait(false) is not { } expected)
            return [Drift(TimerDriftKind.Undecidable, loaded.Timers.FirstOrDefault(), null)];
        return
        [
            .. from wanted in expected
               let there = loaded.Timers.FirstOrDefault(wanted.IsSame)
               where there != wanted
               select Drift(there is null ? TimerDriftKind.Missing : TimerDriftKind.Moved, there, wanted),
            .. from there in loaded.Timers where !expected.Any(there.IsSame) select Drift(TimerDriftKind.Extra, there, null),
        ];

        TimerDrift Drift(TimerDriftKind kind, TimerRow? there, TimerRow? wanted) => new(
            AggregateId.Of(complaint), number, stored.Version, kind, there, wanted);
    }
}
