using System.Collections.Immutable;
using Complaints.Core;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Simulation.World;

/// <summary>Databases with one mistake each.</summary>
internal static class BuggyDatabases
{
    public static Database Of(Bug bug, Scheduler scheduler, Trace trace, Chronicle chronicle) => bug switch
    {
        Bug.CommitWithoutVersionCheck => new WithoutVersionCheck(scheduler, trace, chronicle),
        Bug.DeliveredBeforeItIsSent => new DeliveredBeforeSent(scheduler, trace, chronicle),
        Bug.SettleWithoutToken => new WithoutToken(scheduler, trace, chronicle),
        Bug.MessagesInASecondTransaction => new TwoTransactions(scheduler, trace, chronicle),
        Bug.TimerDoneBeforeItFires => new ForgetfulOfTimers(scheduler, trace, chronicle),
        Bug.MergeWithoutLookingAtTheSurvivor => new WithoutTheOther(scheduler, trace, chronicle),
        Bug.ClaimOutOfOrder => new WithoutOrder(scheduler, trace, chronicle),
        _ => new Database(scheduler, trace, chronicle),
    };

    private sealed class WithoutVersionCheck(Scheduler scheduler, Trace trace, Chronicle chronicle) : Database(scheduler, trace, chronicle)
    {
        protected override CommitOutcome Write(ComplaintCommit commit)
        {
            var version = Inner.LoadAsync(commit.Tenant, commit.Id, default, default).Now().Complaint?.Version ?? 0;
            return base.Write(commit with
            {
                ExpectedVersion = version,
                Summary = commit.Summary with { Version = version + 1 },
                Events = [.. commit.Events.Select(happened => happened with { Version = version + 1 })],
            });
        }
    }

    private sealed class DeliveredBeforeSent(Scheduler scheduler, Trace trace, Chronicle chronicle) : Database(scheduler, trace, chronicle)
    {
        protected override OutboxClaim Take(OutboxQuery query)
        {
            var claim = base.Take(query);
            if (query.Channel.Length > 0)
                base.Mark(claim.Token, [.. claim.Messages.Select(message => new MessageFate.Delivered(message.Id))]);
            return claim;
        }

        protected override int Mark(string token, IReadOnlyList<MessageFate> fates) => fates is [MessageFate.Divided, ..] ? base.Mark(token, fates) : fates.Count;
    }

    private sealed class WithoutToken(Scheduler scheduler, Trace trace, Chronicle chronicle) : Database(scheduler, trace, chronicle)
    {
        private readonly Dictionary<Guid, string> _holders = [];

        protected override OutboxClaim Take(OutboxQuery query)
        {
            var claim = base.Take(query);
            foreach (var message in claim.Messages)
                _holders[message.Id] = claim.Token;
            return claim;
        }

        protected override int Mark(string token, IReadOnlyList<MessageFate> fates) => fates.Sum(fate => base.Mark(_holders[fate.Id], [fate]));
    }

    private sealed class TwoTransactions(Scheduler scheduler, Trace trace, Chronicle chronicle) : Database(scheduler, trace, chronicle)
    {
        protected override CommitOutcome Write(ComplaintCommit commit) => base.Write(Scheduler.Happens(0.1) ? commit with { Outbox = [] } : commit);
    }

    private sealed class WithoutTheOther(Scheduler scheduler, Trace trace, Chronicle chronicle) : Database(scheduler, trace, chronicle)
    {
        protected override CommitOutcome Write(ComplaintCommit commit) => base.Write(commit with { Unchanged = null });
    }

    private sealed class WithoutOrder(Scheduler scheduler, Trace trace, Chronicle chronicle) : Database(scheduler, trace, chronicle)
    {
        protected override OutboxClaim Take(OutboxQuery query) => base.Take(query with { IsOrdered = false });
    }

    private sealed class ForgetfulOfTimers(Scheduler scheduler, Trace trace, Chronicle chronicle) : Database(scheduler, trace, chronicle)
    {
        private readonly HashSet<(ComplaintId, int)> _done = [];

        protected override ITimerClaim TakeDue(TimerQuery query) => new Fresh(base.TakeDue(query), _done);

        private sealed class Fresh(ITimerClaim claim, HashSet<(ComplaintId, int)> done) : ITimerClaim
        {
            public ImmutableArray<LoadedComplaint> Complaints { get; } = [.. claim.Complaints.Where(loaded => done.Add((loaded.Complaint!.Id, loaded.Complaint.Version)))];

            public TimerPosition? Next => claim.Next;

            public ValueTask<CommitOutcome> CommitAsync(IReadOnlyList<ComplaintCommit> commits, CancellationToken cancellationToken) => claim.CommitAsync(commits, cancellationToken);

            public ValueTask DisposeAsync() => claim.DisposeAsync();
        }
    }
}
