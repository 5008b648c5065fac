using Complaints.Core.Lifecycle;
using Complaints.Core.Storage;

namespace Complaints.Core;

/// <content>What a merge leaves to be done on the survivor.</content>
public sealed partial class ComplaintDesk
{
    /// <summary>The merge itself is done and must be answered as done: what hinders the rest is left to the timer that leads back to it.</summary>
    private async Task TryFinishMergeAsync(ComplaintId merged, CancellationToken cancellationToken)
    {
        try
        {
            await FinishMergeAsync(merged, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ConflictException or StoreException)
        {
        }
    }

    /// <summary>Moves what a merged complaint owes to its survivor, or to the survivor's own. Done at the merge; after a crash the merged complaint's timer leads here again.</summary>
    private async Task<CommandResult> FinishMergeAsync(ComplaintId merged, CancellationToken cancellationToken)
    {
        var system = For(Actor.System);
        var survivor = merged;
        for (var hops = 0; hops < 100; hops++)
        {
            var loaded = await _services.Store.LoadAsync(Tenant, survivor, default, cancellationToken).ConfigureAwait(false);
            if (loaded.Complaint is not { } stored || (await StateAsync(stored, cancellationToken).ConfigureAwait(false)).State.Progress.MergedInto is not { } next)
                break;
            survivor = next;
        }
        var absorbed = await system.ExecuteAsync(survivor, new AbsorbMerged(merged), cancellationToken: cancellationToken).ConfigureAwait(false);
        if (absorbed.Refusal is { Code: not "merge.already_absorbed" })
            return absorbed;
        return await system.ExecuteAsync(merged, new ConfirmAbsorbed(survivor), cancellationToken: cancellationToken).ConfigureAwait(false);
    }
}
