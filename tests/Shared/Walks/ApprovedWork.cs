using Complaints.Core;
using Complaints.Core.Assignment;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Lifecycle;
using Complaints.Core.Resolution;
using Complaints.Core.Storage;
using Complaints.Testing;

namespace Complaints.Tests.Shared;

/// <summary>Approving a pending approval takes its row of work away in the same commit. Where the row cannot go, nothing is approved
/// either.</summary>
internal static class ApprovedWork
{
    private static readonly WorkKey Approval = new("approve", Subject.Of("approval", 1));

    /// <param name="ports">The store.</param>
    /// <param name="hold">Lets the database refuse to take work away, until what it gave is disposed; <c>null</c> where no database is
    /// below.</param>
    /// <returns>What is not as it must be; empty on a good store.</returns>
    public static async Task<IReadOnlyList<string>> WalkAsync(StorePorts ports, Func<Task<IAsyncDisposable>>? hold = null)
    {
        var wrong = new List<string>();
        var watched = new Watched(ports.Store);
        var harness = new DeskHarness(ports with { Store = watched }, ids: new UuidV7Generator());
        var supervisor = harness.Desk.For(DeskHarness.Supervisor);
        var id = await harness.FileAsync();
        await harness.DoAsync(id, [new HandOver("amy", "north", "expertise"), new StartInvestigation("Look."),
            new Propose(["compensation"], "Money.", 1_500), new RequestApproval(1)]);
        Note(await WaitsAsync(), "nothing waits for an approval");
        var before = await StandingAsync();

        if (hold is not null)
        {
            await using (await hold())
                Note(await IsRefusedAsync(() => supervisor.ExecuteAsync(id, new Approve(1))), "approved although its work could not go");
            Note(await StandingAsync() == before, "something of the approval was kept");
            Note(await WaitsAsync(), "the work went without the approval");
        }

        watched.Commits.Clear();
        Note((await supervisor.ExecuteAsync(id, new Approve(1))).IsSuccess, "the approval was refused");
        Note(watched.Commits.Count == 1, $"{watched.Commits.Count} commits");
        Note(watched.Commits.TrueForAll(commit => commit.WorkToRemove.Contains(Approval)), "the commit leaves the work");
        Note(!await WaitsAsync(), "the approval still waits");
        Note(await StandingAsync() == (ComplaintState.AwaitingConsent, before.Version + 1), "the approval is not in one version");
        return wrong;

        void Note(bool isRight, string what)
        {
            if (!isRight)
                wrong.Add(what);
        }

        async Task<bool> WaitsAsync()
        {
            await foreach (var stored in ports.Work.AllWorkAsync(TenantId.Default, default))
            {
                if (stored.Of == AggregateId.Of(id) && (stored.Row.Work, stored.Row.Subject) == (Approval.Work, Approval.Subject))
                    return true;
            }
            return false;
        }

        async Task<(ComplaintState State, int Version)> StandingAsync()
        {
            var complaint = (await harness.Desk.ViewAsync(id))!.Complaint;
            return (complaint.State, complaint.Version);
        }
    }

    /// <summary>A store that takes work away after the commit, in a step of its own.</summary>
    public static StorePorts Late(StorePorts good) => good with { Store = new LateRemoval(good) };

    /// <summary>A store that leaves it.</summary>
    public static StorePorts Forgetful(StorePorts good) => good with { Store = new NoRemoval(good.Store) };

    private static async Task<bool> IsRefusedAsync(Func<Task<CommandResult>> send)
    {
        try
        {
            return !(await send()).IsSuccess;
        }
        catch (Exception e) when (e is StoreException or System.Data.Common.DbException)
        {
            return true;
        }
    }

    private class Watched(IComplaintStore good) : IComplaintStore
    {
        public List<ComplaintCommit> Commits { get; } = [];

        public bool PrefersGapFreeNumbers => good.PrefersGapFreeNumbers;

        public ValueTask<LoadedComplaint> LoadAsync(
            TenantId tenant, ComplaintId id, CommandId command, CancellationToken cancellationToken) =>
            good.LoadAsync(tenant, id, command, cancellationToken);

        public ValueTask<LoadedIntake> LoadIntakeAsync(IntakeQuery query, CancellationToken cancellationToken) =>
            good.LoadIntakeAsync(query, cancellationToken);

        public virtual ValueTask<CommitOutcome> CommitAsync(ComplaintCommit commit, CancellationToken cancellationToken)
        {
            Commits.Add(commit);
            return good.CommitAsync(commit, cancellationToken);
        }
    }

    private sealed class NoRemoval(IComplaintStore good) : Watched(good)
    {
        public override ValueTask<CommitOutcome> CommitAsync(ComplaintCommit commit, CancellationToken cancellationToken) =>
            base.CommitAsync(commit with { WorkToRemove = [] }, cancellationToken);
    }

    private sealed class LateRemoval(StorePorts good) : Watched(good.Store)
    {
        public override async ValueTask<CommitOutcome> CommitAsync(ComplaintCommit commit, CancellationToken cancellationToken)
        {
            var outcome = await base.CommitAsync(commit with { WorkToRemove = [] }, cancellationToken);
            foreach (var done in commit.WorkToRemove)
            {
                var repair = new WorkRepair(
                    AggregateId.Of(commit.Id), commit.ExpectedVersion + 1, new WorkRow(done.Work, done.Subject), Remove: true);
                await good.Work.RepairWorkAsync(commit.Tenant, repair, cancellationToken);
            }
            return outcome;
        }
    }
}
