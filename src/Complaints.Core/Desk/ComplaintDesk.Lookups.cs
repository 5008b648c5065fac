using Complaints.Core.Definitions;
using Complaints.Core.Intake;

namespace Complaints.Core;

/// <content>By what customers are found.</content>
public sealed partial class ComplaintDesk
{
    /// <summary>The keyed mark of a telephone number as somebody types it, by which a customer's complaints are listed
    /// (<see cref="Storage.ComplaintQuery.Lookup"/>): a number without a country is one of the tenant's region.</summary>
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
}
