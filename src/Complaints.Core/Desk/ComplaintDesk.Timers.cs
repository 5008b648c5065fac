using System.Collections.Immutable;
using Complaints.Core.Sla;
using Complaints.Core.Storage;

namespace Complaints.Core;

/// <content>What the timers of a complaint must be.</content>
public sealed partial class ComplaintDesk
{
    /// <summary>A complaint with its timers as they stand at one moment.</summary>
    internal ValueTask<LoadedComplaint> LoadedAsync(ComplaintId complaint, CancellationToken cancellationToken) =>
        _services.Store.LoadAsync(Tenant, complaint, default, cancellationToken);

    /// <summary>The timers that its state asks for; <c>null</c> when this program cannot say.</summary>
    internal async ValueTask<ImmutableArray<TimerRow>?> ExpectedTimersAsync(StoredComplaint stored, CancellationToken cancellationToken)
    {
        Complaint state;
        try
        {
            (state, var unknown) = await StateAsync(stored, cancellationToken, keep: false).ConfigureAwait(false);
            if (unknown is not null)
                return null;
        }
        catch (UnreadableException)
        {
            // A damaged history is told as such, and named by 'complaints verify'.
            return null;
        }
        var rules = await _services.Definitions.RulesForAsync(Tenant, state, cancellationToken).ConfigureAwait(false);
        return rules.Knows(state.Clocks) ? TimerProjection.Of(state, Clocks.Project(state, rules)) : null;
    }
}
