using Complaints.Core;
using Complaints.Core.Assignment;
using Complaints.Core.Intake;
using Complaints.Core.Storage;
using Complaints.PostgreSql.Tests.Server;
using Complaints.Testing;

namespace Complaints.PostgreSql.Tests.Faults;

/// <summary>The controls of R04, R09 and R10: a store on the same database that gives up one of its checks fails what the good one passes.</summary>
public sealed class BrokenRaceTests : IAsyncLifetime
{
    private readonly TestSchema _schema = new();
    private StorePorts _ports = null!;

    public async ValueTask InitializeAsync() => _ports = StorePorts.Of(await _schema.OpenAsync());

    public async ValueTask DisposeAsync() => await _schema.DisposeAsync();

    [Fact]
    public async Task R09_control_without_its_command_row_a_command_that_is_sent_twice_takes_effect_twice()
    {
        var desk = DeskOn(commit => commit with { Command = null });
        var id = (await desk.RegisterAsync(Drafts.English())).Value.Complaint;
        var options = new CommandOptions { CommandId = new(Guid.NewGuid()) };
        for (var i = 0; i < 2; i++)
            (await desk.ExecuteAsync(id, new AddNote("once"), options)).IsSuccess.ShouldBeTrue();

        (await _ports.Reader.HistoryAsync(TenantId.Default, id, default)).Max(stored => stored.Version).ShouldBe(3, "the good store has 2");
    }

    [Fact]
    public async Task R10_control_without_a_version_check_all_of_64_writers_are_told_that_they_won_and_updates_are_lost()
    {
        var desk = DeskOn(commit => commit, believesConflicts: false, readsFirst: 2);
        var id = (await desk.RegisterAsync(Drafts.English())).Value.Complaint;
        var won = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(async () =>
            (await desk.ExecuteAsync(id, new HandOver($"{Guid.NewGuid():N}", null, "other", "mine"),
                new CommandOptions { ExpectedVersion = 1, CommandId = new(Guid.NewGuid()) })).IsSuccess)).Select(Outcome));

        var version = (await _ports.Reader.HistoryAsync(TenantId.Default, id, default)).Max(stored => stored.Version);
        won.Count(success => success).ShouldBeGreaterThan(version - 1, "more successes than versions");
    }

    [Fact]
    public async Task R04_control_a_client_that_takes_unknown_for_refused_and_sends_anew_doubles()
    {
        var isUnknown = true;
        var desk = DeskOn(commit => commit, after: () =>
        {
            if (!isUnknown)
                return;
            isUnknown = false;
            throw new StoreUnavailableException("The session was terminated before its answer.");
        });
        await Should.ThrowAsync<StoreUnavailableException>(() => desk.RegisterAsync(Drafts.English()));
        await desk.RegisterAsync(Drafts.English());

        (await _ports.Reader.CountAsync(TenantId.Default, default)).Complaints.ShouldBe(2, "with one command id it is one");
    }

    /// <summary>A writer that came too late to load version 1 learns so from the desk itself.</summary>
    private static async Task<bool> Outcome(Task<bool> writing)
    {
        try
        {
            return await writing;
        }
        catch (ConflictException)
        {
            return false;
        }
    }

    private ComplaintDesk DeskOn(Func<ComplaintCommit, ComplaintCommit> bend, bool believesConflicts = true, int readsFirst = 0,
        Action? after = null) =>
        new DeskHarness(_ports with { Store = new Broken(_ports.Store, bend, believesConflicts, readsFirst, after) },
            ids: new UuidV7Generator()).Desk;

    /// <param name="readsFirst">Nothing is committed to what is there before it was read this often, so that a race is one on any
    /// machine.</param>
    private sealed class Broken(IComplaintStore good, Func<ComplaintCommit, ComplaintCommit> bend, bool believesConflicts, int readsFirst,
        Action? after) : IComplaintStore
    {
        private readonly TaskCompletionSource _isReadEnough = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _reads;

        public async ValueTask<LoadedComplaint> LoadAsync(TenantId tenant, ComplaintId id, CommandId command,
            CancellationToken cancellationToken)
        {
            var loaded = await good.LoadAsync(tenant, id, command, cancellationToken);
            if (Interlocked.Increment(ref _reads) >= readsFirst)
                _isReadEnough.TrySetResult();
            return loaded;
        }

        public ValueTask<LoadedIntake> LoadIntakeAsync(IntakeQuery query, CancellationToken cancellationToken) => good.LoadIntakeAsync(query, cancellationToken);

        public async ValueTask<CommitOutcome> CommitAsync(ComplaintCommit commit, CancellationToken cancellationToken)
        {
            if (commit.ExpectedVersion > 0)
                await _isReadEnough.Task.WaitAsync(TimeSpan.FromMinutes(1), cancellationToken);
            var outcome = await good.CommitAsync(bend(commit), cancellationToken);
            after?.Invoke();
            return believesConflicts ? outcome : CommitOutcome.Committed;
        }
    }
}
