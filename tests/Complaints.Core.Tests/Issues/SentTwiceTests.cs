using Complaints.Core.Intake;
using Complaints.Core.Storage;
using Complaints.Testing;

namespace Complaints.Core.Tests.Issues;

/// <summary>A command with an expected version that was sent twice at once (R09): the slower one was told of a conflict with itself.</summary>
public sealed class SentTwiceTests
{
    [Fact]
    public async Task R09_A_conflict_with_the_command_itself_is_its_answer()
    {
        var store = new InMemoryComplaintStore();
        var harness = new DeskHarness(StorePorts.Of(store) with { Store = new TwinStore(store) });
        var id = await harness.FileAsync();

        var result = await harness.Desk.ExecuteAsync(id, new AddNote("once"), new CommandOptions { ExpectedVersion = 1, CommandId = new(Guid.NewGuid()) });

        (result.Repeated, result.Value.Version).ShouldBe((true, 2));
        (await store.HistoryAsync(TenantId.Default, id, default)).Max(happened => happened.Version).ShouldBe(2);
    }

    /// <summary>Its twin has always been faster.</summary>
    private sealed class TwinStore(InMemoryComplaintStore store) : IComplaintStore
    {
        public ValueTask<LoadedComplaint> LoadAsync(TenantId tenant, ComplaintId id, CommandId command, CancellationToken cancellationToken) => store.LoadAsync(tenant, id, command, cancellationToken);

        public ValueTask<LoadedIntake> LoadIntakeAsync(IntakeQuery query, CancellationToken cancellationToken) => store.LoadIntakeAsync(query, cancellationToken);

        public async ValueTask<CommitOutcome> CommitAsync(ComplaintCommit commit, CancellationToken cancellationToken)
        {
            await store.CommitAsync(commit, cancellationToken);
            return CommitOutcome.Conflict;
        }
    }
}
