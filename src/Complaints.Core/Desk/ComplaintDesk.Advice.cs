using Complaints.Core.Intake;

namespace Complaints.Core;

/// <content>What helps whoever takes a complaint in.</content>
public sealed partial class ComplaintDesk
{
    /// <summary>What the host's ports know of a complaint that is not registered yet: the customer by reference or number, the orders, and
    /// what it may be about. Within two seconds, whatever a port does; nothing of it is applied.</summary>
    /// <param name="draft">What is known so far; it need not be complete.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Nothing for an actor who does not see all complaints.</returns>
    public async ValueTask<IntakeAdvice> AdviseAsync(IntakeDraft draft, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var rules = await _services.Definitions.RulesAsync(Tenant, cancellationToken).ConfigureAwait(false);
        return ScopeIn(rules).IsAll
            ? await _services.Adviser.AdviseAsync(Tenant, draft, rules, cancellationToken).ConfigureAwait(false)
            : IntakeAdvice.None;
    }
}
