using System.Collections.Immutable;
using Complaints.Core.Classification;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Core;

/// <content>What resembles a complaint.</content>
public sealed partial class ComplaintDesk
{
    /// <summary>A week: how far back an open complaint about the same is looked for unless it is said otherwise.</summary>
    public static Duration SimilarWindow { get; } = Duration.FromDays(7);

    /// <summary>What resembles a complaint that is not registered yet: open ones of the same category, area and product or service, and
    /// the customer's own. One round trip. A draft without an area is of the actor's; where it names neither an area nor an item, or no
    /// category is known, no others are looked for.</summary>
    /// <param name="draft">What is known so far; it need not be complete.</param>
    /// <param name="window">How far back others are looked for, up to 366 days; <c>null</c> for <see cref="SimilarWindow"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Nothing for an actor who sees nothing.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The window is beyond its bounds.</exception>
    public async ValueTask<SimilarCases> FindSimilarAsync(
        IntakeDraft draft, Duration? window = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var since = Since(window);
        var rules = await _services.Definitions.RulesAsync(Tenant, cancellationToken).ConfigureAwait(false);
        var scope = ScopeIn(rules);
        if (scope.IsNothing)
            return SimilarCases.None;
        var judged = Classified.From(draft, rules).Judgement;
        var model = draft.Item is { } item ? rules.Items.Find(item.Kind)?.ModelOf(item)?.Code : null;
        var keys = await _services.Keys.TenantKeysAsync(Tenant, cancellationToken).ConfigureAwait(false);
        var lookups = IntakeHashes.Of(draft, keys, rules.Settings.PhoneRegion).Sought;
        var matter = new Matter(judged.Category, judged.Subcategory, draft.Item?.Kind, model);
        return await SimilarAsync(lookups, matter, draft.Area ?? Actor.Area, since, except: null, scope, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>The same of a registered complaint, as it stands; it is not among them. Two round trips.</summary>
    /// <param name="id">The complaint.</param>
    /// <param name="window">How far back others are looked for, up to 366 days; <c>null</c> for <see cref="SimilarWindow"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Nothing for an actor who sees nothing, or where there is none of that id.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The window is beyond its bounds.</exception>
    public async ValueTask<SimilarCases> FindSimilarAsync(
        ComplaintId id, Duration? window = null, CancellationToken cancellationToken = default)
    {
        var since = Since(window);
        var scope = await ScopeAsync(cancellationToken).ConfigureAwait(false);
        var loaded = await _services.Store.LoadAsync(Tenant, id, default, cancellationToken).ConfigureAwait(false);
        if (loaded.Complaint is not { } stored
            || (await StateOrRefusalAsync(stored, cancellationToken).ConfigureAwait(false)).State is not { } state || !scope.Has(state))
            return SimilarCases.None;
        var lookups = await LookupsOfAsync(loaded, state, cancellationToken).ConfigureAwait(false) ?? [];
        var matter = new Matter(
            state.Judgement.Category, state.Judgement.Subcategory, state.Receipt.ItemKind, state.Receipt.ItemModel);
        return await SimilarAsync(lookups, matter, state.Receipt.Area, since, state, scope, cancellationToken).ConfigureAwait(false);
    }

    private Instant Since(Duration? window)
    {
        var back = window ?? SimilarWindow;
        ArgumentOutOfRangeException.ThrowIfLessThan(back, Duration.Zero, nameof(window));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(back, Duration.FromDays(366), nameof(window));
        return Now() - back;
    }

    private async ValueTask<SimilarCases> SimilarAsync(
        ImmutableArray<Lookup> lookups, Matter matter, string? area, Instant since, Complaint? except, Scope scope,
        CancellationToken cancellationToken)
    {
        var near = matter.Category is null || area is null && matter.ItemKind is null ? null : new ComplaintQuery
        {
            States = States.InHand, Category = matter.Category, Subcategory = matter.Subcategory, Area = area, ItemKind = matter.ItemKind,
            ItemModel = matter.ItemModel, ReceivedFrom = since, Order = ComplaintOrder.Newest,
            Take = SimilarCases.Most + (except is null ? 0 : 1), Parties = scope.Parties,
        };
        var query = new IntakeQuery(Tenant, default, lookups, Year: 0, Numbers: 0) { Near = near };
        var loaded = await _services.Store.LoadIntakeAsync(query, cancellationToken).ConfigureAwait(false);
        foreach (var item in loaded.Near?.Items ?? [])
            TellDamageOf(item);
        var own = except is not null && near is not null && States.InHand.Contains(except.State) && except.Receipt.ReceivedAt >= since
            ? 1 : 0;
        var sees = await SeenOfAsync([.. loaded.Candidates.Select(candidate => candidate.Id)], scope, cancellationToken)
            .ConfigureAwait(false);
        return new SimilarCases(
            [
                .. (loaded.Near?.Items ?? []).Where(item => item.Id != except?.Id).Take(SimilarCases.Most)
                    .Select(item => scope.IsAll ? item : CaseAlone.Of(item)),
            ],
            loaded.NearCount.IsMore ? loaded.NearCount : loaded.NearCount with { Count = loaded.NearCount.Count - own },
            loaded.Candidates.RemoveAll(candidate => candidate.Id == except?.Id || candidate.State == ComplaintState.Merged
                || !sees(candidate.Id)),
            area is not null, matter.ItemKind is not null);
    }
}
