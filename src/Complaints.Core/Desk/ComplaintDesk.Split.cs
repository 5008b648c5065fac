using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Storage;

namespace Complaints.Core;

/// <content>How one complaint becomes two.</content>
public sealed partial class ComplaintDesk
{
    /// <summary>Makes a case of its own of a point (拆分): the same person and receipt, linked with the complaint that it comes from,
    /// possibly of another kind; then the point is dropped there. It happens once, however often it is repeated: what a crash leaves in
    /// the middle is completed by the sweep.</summary>
    /// <param name="id">The complaint.</param>
    /// <param name="point">The number of an open point that nobody has judged, and not the only one. Errors: those of
    /// <see cref="DropPoint"/>, and <c>person.erased</c>, <c>split.pending</c>.</param>
    /// <param name="kind">What the new case is, a code of the tenant's kinds; <c>null</c> for what the complaint is. Error:
    /// <c>validation.failed</c>.</param>
    /// <param name="cancellationToken">Ends the wait; the outcome may then be unknown.</param>
    /// <returns>The answer of the new case's registration.</returns>
    /// <exception cref="StoreUnavailableException">Nothing was answered: repeat it.</exception>
    public async Task<CommandResult> SplitAsync(
        ComplaintId id, int point, string? kind = null, CancellationToken cancellationToken = default)
    {
        if (await ViewAsync(id, cancellationToken).ConfigureAwait(false) is not { } view)
            return CommandResult.Refused(new ComplaintError("complaint.not_found", ("value", id)));
        var origin = view.Complaint;
        var words = await RevealAsync(view, Purpose.CaseWork, cancellationToken).ConfigureAwait(false);
        var options = new CommandOptions { CommandId = DerivedId.OfSplit(Tenant, id.Value, point) };
        var draft = SplitDraft.Of(view, point, kind, words);
        var drop = new DropPoint(point, PointDrop.SplitOff, Into: id);
        if (await RefusedAsync(origin, drop, cancellationToken).ConfigureAwait(false) is { } refusal)
        {
            // Whoever repeats what was done gets the first answer.
            var (_, command, mark, _) = await OpenAsync(null, new Register(draft ?? SplitDraft.Nothing), options, cancellationToken)
                .ConfigureAwait(false);
            var earlier = draft is null ? null : await AnsweredAsync(command, mark, cancellationToken).ConfigureAwait(false);
            return earlier is { IsSuccess: true } ? earlier : CommandResult.Refused(refusal, origin);
        }
        if (draft is null)
            return CommandResult.Refused(new ComplaintError("person.erased"), origin);
        var system = For(Actor.System);
        var begins = !PointRules.IsParting(origin.Points.First(parting => parting.Number == point), Now());
        if (begins)
        {
            var rules = await _services.Definitions.RulesForAsync(Tenant, origin, cancellationToken).ConfigureAwait(false);
            if (rules.IntakeValidator.Check(draft, Now()) is { } invalid)
                return CommandResult.Refused(invalid, origin);
            var begun = await system.ExecuteAsync(id, new PartPoint(point), cancellationToken: cancellationToken).ConfigureAwait(false);
            if (begun.Refusal is { } hindered)
                return CommandResult.Refused(hindered, origin);
        }
        var made = await RegisterAsync(draft, options, new SplitOrigin(id, origin.Number, point), cancellationToken).ConfigureAwait(false);
        if (made.Refusal is { Code: "command.id_reused" })
            return CommandResult.Refused(Splitting.Pending.With(("value", point)), origin);
        if (made.Refusal is not null && begins)
        {
            // What hinders this too is over in ten minutes.
            await system.ExecuteAsync(id, new PartPoint(point, IsOver: true), cancellationToken: cancellationToken).ConfigureAwait(false);
        }
        if (made.IsSuccess && await PeekAsync(made.Value.Complaint, cancellationToken).ConfigureAwait(false) is { } split)
            await TryCompleteAsync(split, cancellationToken).ConfigureAwait(false);
        return made;
    }

    /// <summary>The complaint of which a point is being split off, as it is now: nothing else may happen to it before the case is
    /// registered. <c>null</c> where the point went another way meanwhile.</summary>
    private async ValueTask<SeenComplaint?> PartingAsync(SplitOrigin split, CancellationToken cancellationToken) =>
        await PeekAsync(split.From, cancellationToken).ConfigureAwait(false) is { } origin
        && origin.Points.Any(point => point.Number == split.Point && point is { IsOpen: true, Validity: null }
            && PointRules.IsParting(point, Now()))
            ? new(origin.Id, origin.Version)
            : null;

    /// <summary>What speaks against a command on a complaint before anything else is known of it.</summary>
    private async ValueTask<ComplaintError?> RefusedAsync(
        Complaint complaint, ComplaintCommand command, CancellationToken cancellationToken)
    {
        var rules = await _services.Definitions.RulesForAsync(Tenant, complaint, cancellationToken).ConfigureAwait(false);
        return _services.Rooms.Decider.Refused(complaint, command, new DecisionContext { Now = Now(), Actor = Actor, Rules = rules });
    }
}
