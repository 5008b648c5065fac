using Complaints.Core.Capabilities;
using Complaints.Core.Sla;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Core;

/// <content>The sweep of due timers.</content>
public sealed partial class ComplaintDesk
{
    private static readonly Duration SweepLease = Duration.FromSeconds(30);

    /// <summary>
    /// Does everything that is due on the clocks of the tenant: warnings, breaches, escalations. Any number of nodes may sweep at once:
    /// complaints are claimed in batches, each batch is
    /// written together, and each step takes effect once, because the command's id is derived from the timer and the decision is made from
    /// the state. A complaint that can not be
    /// decided holds up no other: it is named in the answer. What is due is judged by the <see cref="IDeadlineClock"/>, which all nodes
    /// share.
    /// </summary>
    /// <param name="batch">How many timers are claimed at once, 1 to 10,000.</param>
    /// <param name="cancellationToken">Ends the sweep; what was done stays done.</param>
    /// <exception cref="InvalidOperationException">The desk is inside a transaction of the host: a sweep writes in transactions of its
    /// own.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be reached. What is due stays due.</exception>
    public async Task<SweepResult> SweepAsync(int batch = 500, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(batch, 10_000);
        if (_services.IsInside)
            throw new InvalidOperationException("A sweep writes in transactions of its own: take the desk that is not inside one.");
        var system = For(Actor.System);
        var tally = new SweepTally();
        var query = new TimerQuery(batch, SweepLease, await DueByAsync(cancellationToken).ConfigureAwait(false));
        do
        {
            query = query with { After = await system.SweepBatchAsync(query, tally, cancellationToken).ConfigureAwait(false) };
        }
        while (query.After is not null);
        if (_services.HasAggregates)
            await system.Improvements.SweepAsync(query.Now, batch, tally, cancellationToken).ConfigureAwait(false);
        return tally.Result;
    }

    /// <returns>Where the next batch begins.</returns>
    private async Task<TimerPosition?> SweepBatchAsync(TimerQuery query, SweepTally tally, CancellationToken cancellationToken)
    {
        var context = await ContextAsync(CommandOptions.None, new(query.Now, query.Now), cancellationToken).ConfigureAwait(false);
        var keys = await _services.Keys.TenantKeysAsync(Tenant, cancellationToken).ConfigureAwait(false);
        var single = new List<DueTimer>();
        var claim = await _services.Timers.ClaimDueAsync(Tenant, query, cancellationToken).ConfigureAwait(false);
        await using (claim.ConfigureAwait(false))
        {
            var prepared = await DecideAllAsync(claim, context, keys, single, tally, cancellationToken).ConfigureAwait(false);
            if (await IsWrittenAsync(claim, prepared, cancellationToken).ConfigureAwait(false))
                tally.Changed += prepared.Count;
            else
                single.AddRange(prepared.Select(one => one.Due));
        }
        foreach (var due in single)
            await SweepOneAsync(due, tally, cancellationToken).ConfigureAwait(false);
        return claim.Next;
    }

    /// <summary>Decides on every complaint of a claim. What one case owes another concerns two, and is left for afterwards.</summary>
    private async Task<List<(DueTimer Due, ComplaintCommit Commit)>> DecideAllAsync(
        ITimerClaim claim, DecisionContext context, TenantKeys keys, List<DueTimer> afterwards, SweepTally tally,
        CancellationToken cancellationToken)
    {
        var prepared = new List<(DueTimer, ComplaintCommit)>(claim.Complaints.Length);
        foreach (var loaded in claim.Complaints)
        {
            if (loaded.Complaint is not { Id: var complaint } || tally.HasRefused(complaint) || loaded.Timers.Where(timer => timer.Due <= context.DueBy).MinBy(timer => timer.Due) is not { } timer)
                continue;
            var due = new DueTimer(complaint, timer);
            if (timer.Clock == FollowOn.Timer)
            {
                afterwards.Add(due);
                continue;
            }
            try
            {
                var id = DerivedId.OfTimer(Tenant, due);
                var decided = await DecideAsync(loaded, new FireClocks(), context, id, cancellationToken).ConfigureAwait(false);
                if (decided.Refusal is { } refusal)
                    tally.Refuse(due, refusal);
                else
                {
                    var mark = MarkOf(keys, complaint, new FireClocks(), CommandOptions.None);
                    prepared.Add((due, decided.Commit! with { Command = RowOf(decided.Decision!, decided.Commit, id, mark) }));
                }
            }
            catch (Exception e) when (ConcernsOne(e))
            {
                tally.Refuse(due, Failed(e), e);
            }
        }
        return prepared;
    }

    private static async ValueTask<bool> IsWrittenAsync(ITimerClaim claim, List<(DueTimer Due, ComplaintCommit Commit)> prepared, CancellationToken cancellationToken)
    {
        if (prepared.Count == 0)
            return true;
        try
        {
            return await claim.CommitAsync(prepared.ConvertAll(one => one.Commit), cancellationToken).ConfigureAwait(false) == CommitOutcome.Committed;
        }
        catch (StoreException e) when (e is not ClockSkewException)
        {
            // Whatever became of the batch: one by one, each finds its answer by its command id, or fails by itself.
            return false;
        }
    }

    /// <summary>Alone, as any command. Another node may have done it meanwhile.</summary>
    private async Task SweepOneAsync(DueTimer due, SweepTally tally, CancellationToken cancellationToken)
    {
        try
        {
            var result = due.Timer.Clock == FollowOn.Timer
                ? await CompleteAsync(due.Complaint, due.Timer.Purpose, cancellationToken).ConfigureAwait(false)
                : await ExecuteAsync(due.Complaint, new FireClocks(), SweepOptions(DerivedId.OfTimer(Tenant, due)), cancellationToken).ConfigureAwait(false);
            if (result.Refusal is { Code: not ("clocks.nothing_due" or "merge.already_absorbed") } refusal)
                tally.Refuse(due, refusal);
            tally.Changed += result is { IsSuccess: true, Repeated: false } ? 1 : 0;
        }
        catch (ConflictException e)
        {
            tally.Refuse(due, e.Error, e);
        }
        catch (Exception e) when (ConcernsOne(e))
        {
            tally.Refuse(due, Failed(e), e);
        }
    }

    private static CommandOptions SweepOptions(CommandId id) => new() { CommandId = id };

    /// <summary>False for what would happen to the next complaint too.</summary>
    private static bool ConcernsOne(Exception e) =>
        e is not (OperationCanceledException or StoreUnavailableException or ClockSkewException);

    private static ComplaintError Failed(Exception e) =>
        (e as UnreadableException)?.Error ?? new("sweep.failed", ("value", e.GetType().Name));
}
