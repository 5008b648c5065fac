using System.Text;
using System.Text.RegularExpressions;
using Complaints.Core;
using Complaints.Core.FollowUp;
using Complaints.Core.Intake;
using Complaints.Core.Storage;
using Complaints.Testing;

namespace Complaints.Tests.Shared;

/// <summary>R38: one node writes words about a person while another erases that person.</summary>
internal static partial class ErasureRace
{
    /// <summary>In every other round the erasure comes between the load of a note and its commit; in the others it comes when it
    /// comes.</summary>
    /// <returns>How many notes kept their words, how many left them out, and how many words were written after their key was
    /// gone.</returns>
    public static async Task<(int Kept, int LeftOut, int UnderADeadKey)> RunAsync(
        StorePorts writer, StorePorts eraser, int rounds, bool looksAtKeys = true)
    {
        var store = new BetweenLoadAndCommit(writer.Store, looksAtKeys);
        var desk = new DeskHarness(writer with { Store = store }, ids: new UuidV7Generator());
        var other = new DeskHarness(eraser, ids: new UuidV7Generator());
        var (kept, leftOut, dead) = (0, 0, 0);
        for (var round = 0; round < rounds; round++)
        {
            var filed = await desk.Desk.RegisterAsync(Drafts.English(round));
            var id = filed.Value.Complaint;
            var (after, meets) = (round % 5, round % 2 == 0);
            TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
            TaskCompletionSource erased = new(TaskCreationOptions.RunContinuationsAsynchronously);
            var notes = Task.Run(async () =>
            {
                for (var note = 0; note < 5; note++)
                {
                    if (note == after && !meets)
                        reached.SetResult();
                    store.Pause = note == after && meets ? () => { reached.TrySetResult(); return erased.Task; } : null;
                    var answer = await desk.Desk.ExecuteAsync(id, new AddNote($"note {note}"));
                    (kept, leftOut) = answer.Value.WordsLeftOut ? (kept, leftOut + 1) : (kept + 1, leftOut);
                }
            });
            await reached.Task;
            await other.Keys.DestroyAsync(TenantId.Default, filed.Complaint!.Receipt.Person, default);
            var before = await SealedAsync(eraser, id);
            erased.SetResult();
            await notes;
            dead += await SealedAsync(eraser, id) - before;
        }
        return (kept, leftOut, dead);
    }

    private static async Task<int> SealedAsync(StorePorts ports, ComplaintId id) =>
        (await ports.Reader.HistoryAsync(TenantId.Default, id, default))
            .Sum(happened => Tag().Count(Encoding.UTF8.GetString(happened.Body.Span)));

    [GeneratedRegex("\"t\":\"[^\"]+\"")]
    private static partial Regex Tag();
}

/// <summary>A store in which a command may be held between its load and its commit; as a control, it does not look whether a key is
/// still there.</summary>
internal sealed class BetweenLoadAndCommit(IComplaintStore good, bool looksAtKeys) : IComplaintStore
{
    public Func<Task>? Pause { get; set; }

    public ValueTask<LoadedComplaint> LoadAsync(TenantId tenant, ComplaintId id, CommandId command, CancellationToken cancellationToken) =>
        good.LoadAsync(tenant, id, command, cancellationToken);

    public ValueTask<LoadedIntake> LoadIntakeAsync(IntakeQuery query, CancellationToken cancellationToken) =>
        good.LoadIntakeAsync(query, cancellationToken);

    public async ValueTask<CommitOutcome> CommitAsync(ComplaintCommit commit, CancellationToken cancellationToken)
    {
        if (Pause is { } pause)
            await pause();
        return await good.CommitAsync(looksAtKeys ? commit : commit with { SealedUnder = [] }, cancellationToken);
    }
}
