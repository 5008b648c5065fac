using System.Collections.Immutable;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Storage;

namespace Complaints.Core;

/// <content>By what customers are found.</content>
public sealed partial class ComplaintDesk
{
    /// <summary>The keyed mark of a telephone number as somebody types it, by which a customer's complaints are listed
    /// (<see cref="ComplaintQuery.Lookup"/>): a number without a country is one of the tenant's region.</summary>
    /// <param name="number">The number, at most 500 characters; the first where several are written.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException"><c>text.too_long</c>.</exception>
    public async ValueTask<string> PhoneLookupAsync(string number, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(number);
        ThrowIfLong(nameof(number), number, Text.Short);
        var rules = await _services.Definitions.RulesAsync(Tenant, cancellationToken).ConfigureAwait(false);
        return await LookupAsync(LookupText.Phone(number, rules.Settings.PhoneRegion), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The form in which the tenant's look-ups are made now.</summary>
    internal async ValueTask<int> LookupFormAsync(CancellationToken cancellationToken) =>
        Lookup.FormIn((await _services.Definitions.RulesAsync(Tenant, cancellationToken).ConfigureAwait(false)).Settings.PhoneRegion);

    /// <summary>By what a complaint's customer is found, made from what the customer said; <c>null</c> where that cannot be read, as after
    /// an erasure.</summary>
    internal async ValueTask<RenewedLookups?> LookupsOfAsync(ComplaintId id, CancellationToken cancellationToken)
    {
        var loaded = await _services.Store.LoadAsync(Tenant, id, default, cancellationToken).ConfigureAwait(false);
        return loaded.Complaint is { } stored
            && (await StateOrRefusalAsync(stored, cancellationToken).ConfigureAwait(false)).State is { } state
            && await LookupsOfAsync(loaded, state, cancellationToken).ConfigureAwait(false) is { } lookups
            ? new(id, stored.Version, stored.Person, lookups, IntakeHashes.CustomerOf(lookups))
            : null;
    }

    private async ValueTask<ImmutableArray<Lookup>?> LookupsOfAsync(
        LoadedComplaint loaded, Complaint state, CancellationToken cancellationToken)
    {
        if (loaded.Keys.FirstOrDefault(key => key.Subject == state.Receipt.Person) is not { } wrapped
            || !await _services.Keys.CanOpenAsync(Tenant, wrapped, cancellationToken).ConfigureAwait(false))
            return null;
        var key = await _services.Keys.UnwrapAsync(Tenant, wrapped, cancellationToken).ConfigureAwait(false);
        if (state.Receipt.Complainant?.TryReveal(key, out var told) != true)
            return null;
        var rules = await _services.Definitions.RulesAsync(Tenant, cancellationToken).ConfigureAwait(false);
        var own = await _services.Keys.TenantKeysAsync(Tenant, cancellationToken).ConfigureAwait(false);
        return LookupText.Hashed(told!, own.Lookups, rules.Settings.PhoneRegion);
    }
}
