using Complaints.Core.Intake;
using Complaints.Core.Storage;

namespace Complaints.Core;

/// <summary>
/// Makes the look-ups anew that were made from another normal form: after an upgrade that reads numbers in another way, and after a tenant
/// has moved to another region. Until then an intake finds them by their own form; nothing is done where there are none.
/// </summary>
/// <param name="desk">Whose complaints.</param>
/// <param name="rows">Where their look-ups are.</param>
public sealed class LookupRenewal(ComplaintDesk desk, ISideRowStore rows)
{
    /// <summary>Makes them anew, complaint by complaint. Safe beside commands, erasures and other programs that do the same: what was
    /// corrected meanwhile has the newer form already, and what cannot be read is left as it is.</summary>
    /// <param name="cancellationToken">Ends it between two complaints.</param>
    /// <returns>Of how many complaints.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot be reached: run it again.</exception>
    public async Task<int> RenewAsync(CancellationToken cancellationToken = default)
    {
        var form = await desk.LookupFormAsync(cancellationToken).ConfigureAwait(false);
        var (renewed, last) = (0, default(ComplaintId));
        await foreach (var row in rows.LookupsAsync(desk.Tenant, cancellationToken).ConfigureAwait(false))
        {
            if (row.Form == form || row.Complaint == last)
                continue;
            last = row.Complaint;
            if (await desk.LookupsOfAsync(last, cancellationToken).ConfigureAwait(false) is { } now
                && await rows.RenewLookupsAsync(desk.Tenant, now, cancellationToken).ConfigureAwait(false))
                renewed++;
        }
        return renewed;
    }
}
