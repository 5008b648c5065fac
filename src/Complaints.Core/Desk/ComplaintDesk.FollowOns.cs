using Complaints.Core.Capabilities;
using Complaints.Core.Sla;
using Complaints.Core.Storage;

namespace Complaints.Core;

/// <content>What one case owes another.</content>
public sealed partial class ComplaintDesk
{
    /// <summary>The command itself is done and must be answered as done: what hinders the rest is left to the timer that leads back to
    /// it.</summary>
    private async Task TryCompleteAsync(Complaint complaint, CancellationToken cancellationToken)
    {
        foreach (var owed in _services.Rooms.Catalogue.FollowOnsOf(complaint))
        {
            try
            {
                await CompleteAsync(complaint.Id, owed, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // Whatever it is, a key service of the host's too: the complaint's timer stands, and the next sweep comes back to it and
                // tells if it fails again.
            }
        }
    }

    /// <summary>Completes what a case owes by its state; nothing if it owes nothing any more.</summary>
    private async Task<CommandResult> CompleteAsync(ComplaintId from, string name, CancellationToken cancellationToken)
    {
        var loaded = await _services.Store.LoadAsync(Tenant, from, default, cancellationToken).ConfigureAwait(false);
        if (loaded.Complaint is not { } stored)
            return CommandResult.Refused(new ComplaintError("complaint.not_found", ("value", from)));
        var (state, _) = await StateAsync(stored, cancellationToken).ConfigureAwait(false);
        return _services.Rooms.Catalogue.FollowOnsOf(state).FirstOrDefault(owed => owed.Name == name) is { } found
            ? await CompleteAsync(from, found, cancellationToken).ConfigureAwait(false)
            : CommandResult.Refused(FireClocks.NothingDue.With(("value", Now())));
    }

    private async Task<CommandResult> CompleteAsync(ComplaintId from, FollowOn<Complaint> owed, CancellationToken cancellationToken)
    {
        var system = For(Actor.System);
        var target = await SurvivorAsync(owed.Target, cancellationToken).ConfigureAwait(false);
        var there = await system.ExecuteAsync(target, (ComplaintCommand)owed.There, WithId("there"), cancellationToken)
            .ConfigureAwait(false);
        if (there.Refusal is { } refusal && refusal.Code != owed.DoneCode)
            return there;
        return await system.ExecuteAsync(from, (ComplaintCommand)owed.Here(target), WithId("here"), cancellationToken)
            .ConfigureAwait(false);

        CommandOptions WithId(string half) => new() { CommandId = DerivedId.OfFollowOn(Tenant, from.Value, owed.Name, target.Value, half) };
    }

    /// <summary>The complaint itself, or the one under which it is carried on in the end.</summary>
    private async Task<ComplaintId> SurvivorAsync(ComplaintId complaint, CancellationToken cancellationToken)
    {
        for (var hops = 0; hops < 100; hops++)
        {
            var loaded = await _services.Store.LoadAsync(Tenant, complaint, default, cancellationToken).ConfigureAwait(false);
            if (loaded.Complaint is not { } stored || (await StateAsync(stored, cancellationToken).ConfigureAwait(false)).State.Progress.MergedInto is not { } next)
                break;
            complaint = next;
        }
        return complaint;
    }
}
