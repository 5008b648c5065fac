using Complaints.Core;
using Complaints.Core.Storage;
using Complaints.Testing;

namespace Complaints.Simulation.World;

/// <summary>The one store behind all nodes. Its clock is virtual time itself. What is observed here is what really happened, whoever heard of it; a planted bug changes what is done, never what is observed.</summary>
internal class Database(Scheduler scheduler, Trace trace, Chronicle chronicle)
{
    public InMemoryComplaintStore Inner { get; } = WithKey(new(new VirtualTime(scheduler)));

    protected Scheduler Scheduler => scheduler;

    public CommitOutcome Commit(string node, ComplaintCommit commit)
    {
        var outcome = Write(commit);
        trace.Add(node, outcome == CommitOutcome.Committed ? "committed" : "conflict", $"{commit.Summary.Number} v{commit.Version} {string.Join(' ', commit.Outbox.Select(message => message.Topic))}");
        if (outcome == CommitOutcome.Committed)
            chronicle.Committed(commit);
        return outcome;
    }

    public ITimerClaim ClaimDue(string node, TimerQuery query)
    {
        var claim = TakeDue(query);
        if (claim.Complaints.Length > 0)
            trace.Add(node, "claims due complaints", claim.Complaints.Length);
        return claim;
    }

    public CommitOutcome Commit(string node, ITimerClaim claim, IReadOnlyList<ComplaintCommit> commits)
    {
        var outcome = claim.CommitAsync(commits, default).Now();
        trace.Add(node, outcome == CommitOutcome.Committed ? "swept" : "conflict in a sweep", string.Join(' ', commits.Select(commit => $"{commit.Summary.Number} v{commit.Version}")));
        foreach (var commit in outcome == CommitOutcome.Committed ? commits : [])
            chronicle.Committed(commit);
        return outcome;
    }

    public OutboxClaim Claim(string node, OutboxQuery query)
    {
        var claim = Take(query with { Now = scheduler.Now });
        if (claim.Messages.Length > 0)
            trace.Add(node, query.Channel.Length == 0 ? "claims to divide" : $"claims for {query.Channel}", claim.Messages.Length);
        chronicle.Claimed(claim);
        return claim;
    }

    public int Settle(string node, string token, IReadOnlyList<MessageFate> fates)
    {
        var settled = Mark(token, fates);
        trace.Add(node, "settles", $"{settled} of {fates.Count}, {fates[0].GetType().Name}");
        chronicle.Settled(token, fates, settled);
        return settled;
    }

    /// <summary>The ids of messages follow from the tenant's key: where chance made it, one seed would not be one run.</summary>
    private static InMemoryComplaintStore WithKey(InMemoryComplaintStore store)
    {
        var wrapped = Rules.Protector.WrapAsync(new(TenantId.Default, SubjectId.Tenant), new byte[32], default).Now();
        store.AddAsync(TenantId.Default, new WrappedKey(SubjectId.Tenant, wrapped), default).Now();
        return store;
    }

    protected virtual CommitOutcome Write(ComplaintCommit commit) => Inner.CommitAsync(commit, default).Now();

    protected virtual ITimerClaim TakeDue(TimerQuery query) => Inner.ClaimDueAsync(TenantId.Default, query, default).Now();

    protected virtual OutboxClaim Take(OutboxQuery query) => Inner.ClaimAsync(TenantId.Default, query, default).Now();

    protected virtual int Mark(string token, IReadOnlyList<MessageFate> fates) => Inner.SettleAsync(TenantId.Default, token, fates, scheduler.Now, default).Now();
}
