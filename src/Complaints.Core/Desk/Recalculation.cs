using Complaints.Core.Definitions;
using Complaints.Core.Sla;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Complaints.Core.Lifecycle;
using Complaints.Core.Storage;

namespace Complaints.Core;

/// <summary>Measures the clocks of all open complaints of a tenant by what is published now: first as a preview, then for good. Also for
/// calendars that have gained years of holidays.</summary>
/// <param name="desk">Whose complaints, and who acts: an administrator, a manager or the system.</param>
public sealed class Recalculation(ComplaintDesk desk)
{
    private static readonly ImmutableArray<ComplaintState> Running = [.. States.Open, ComplaintState.OnHold, ComplaintState.Resolved, ComplaintState.NotEstablished];

    /// <summary>Refusals that concern the one complaint and let the walk go on.</summary>
    private static readonly FrozenSet<string> OfOneComplaint = new[]
    {
        "recalculate.no_policy", "recalculate.unchanged", "lifecycle.not_permitted", "definition.version_missing", "history.newer",
    }.ToFrozenSet(StringComparer.Ordinal);

    internal int PageSize { get; init; } = 500;

    /// <summary>What <see cref="Recalculate"/> would do to each complaint; complaints that would stay as they are are left out.</summary>
    public async IAsyncEnumerable<RecalculationPreview> PreviewAsync(RecalculationScope scope = RecalculationScope.PolicyAndCalendars, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var complaint in OpenAsync(cancellationToken).ConfigureAwait(false))
        {
            var decision = await desk.PreviewAsync(complaint.Id, new Recalculate(ReasonBook.Other, scope, "preview"), cancellationToken)
                .ConfigureAwait(false);
            if (decision?.Events.OfType<ClocksRecalculated>().FirstOrDefault() is { } recalculated)
                yield return new(complaint.Id, complaint.Number, recalculated, [.. decision.Events.OfType<ClockBreached>().Select(breached => breached.Clock)]);
        }
    }

    /// <summary>Recalculates each open complaint. Safe to repeat: what is on the newest versions is left alone.</summary>
    /// <param name="reason">Why: a code of the tenant's reasons to recalculate.</param>
    /// <param name="scope">What is taken in its newest version.</param>
    /// <param name="remark">What is to be said of it; needed where the reason is <c>other</c>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How many complaints were recalculated.</returns>
    /// <exception cref="ArgumentException">The reason or the remark is refused, or the actor may not recalculate.</exception>
    /// <exception cref="ConflictException">One complaint changed three times meanwhile: repeat.</exception>
    public async Task<int> ApplyAsync(string reason, RecalculationScope scope = RecalculationScope.PolicyAndCalendars,
        string? remark = null,
        CancellationToken cancellationToken = default)
    {
        // What is said of the reason, the remark or the actor is the same for every complaint: it must not end in "0 recalculated".
        if (await desk.RefusedAsync(new Recalculate(reason, scope, remark), cancellationToken).ConfigureAwait(false) is { } wrong)
            throw new ArgumentException(wrong.ToString(), nameof(reason));
        // Nobody walks a million complaints, as at each start of a host, to find that there is nothing to take up.
        if (scope == RecalculationScope.GrownCalendars && !await desk.HaveCalendarsGrownAsync(cancellationToken).ConfigureAwait(false))
            return 0;
        var changed = 0;
        await foreach (var complaint in OpenAsync(cancellationToken).ConfigureAwait(false))
        {
            var result = await desk.ExecuteAsync(complaint.Id, new Recalculate(reason, scope, remark),
                cancellationToken: cancellationToken).ConfigureAwait(false);
            if (result.Refusal is { } refusal && !OfOneComplaint.Contains(refusal.Code))
                throw new ArgumentException(refusal.ToString(), nameof(reason));
            changed += result.IsSuccess ? 1 : 0;
        }
        return changed;
    }

    private async IAsyncEnumerable<ComplaintSummary> OpenAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // From place to place: whoever is closed meanwhile takes nobody along.
        var query = new ComplaintQuery { States = Running, Order = ComplaintOrder.Oldest, Take = PageSize };
        while (true)
        {
            var page = await desk.ListAsync(query, cancellationToken).ConfigureAwait(false);
            foreach (var complaint in page.Items)
                yield return complaint;
            if (page.Next is not { } next)
                yield break;
            query = query with { After = next };
        }
    }
}

/// <summary>What a recalculation would do to one complaint.</summary>
/// <param name="Complaint">The complaint.</param>
/// <param name="Number">Its number.</param>
/// <param name="Recalculated">The versions, and each clock's due instant before and after.</param>
/// <param name="Breaches">The clocks that would be breached at once.</param>
public sealed record RecalculationPreview(ComplaintId Complaint, string Number, ClocksRecalculated Recalculated, ImmutableArray<string> Breaches);
