using System.Collections.Immutable;
using Complaints.Core.Assignment;
using Complaints.Core.Definitions;
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
        var (state, rules, _) = await ReadableAsync(stored, cancellationToken).ConfigureAwait(false);
        return state is null ? null : TimerProjection.Of(state, Clocks.Project(state, rules!));
    }

    /// <summary>The work, the links and the parties that a state asks for.</summary>
    internal async ValueTask<ExpectedWork> ExpectedAsync(ChainHead head, CancellationToken cancellationToken)
    {
        if (head.Of.Noun != AggregateId.Complaint)
            return await Improvements.ExpectedAsync(head, cancellationToken).ConfigureAwait(false);
        var (schema, bytes, summary, _) = head.Row!;
        var stored = new StoredComplaint(new(head.Of.Value), head.Version, schema, bytes, head.Head, summary!.Person);
        var (state, rules, isUnreadable) = await ReadableAsync(stored, cancellationToken).ConfigureAwait(false);
        return state is null
            ? new(IsKnown: false, isUnreadable || !summary.Unreadable.IsEmpty, [], [], [])
            : new(IsKnown: true, !summary.Unreadable.IsEmpty, WorkProjection.Of(state, Clocks.Project(state, rules!), rules!),
                LinkProjection.Of(state), TakingPart.In(state));
    }

    /// <summary>A state with the rules by which it is read; none where this program cannot say what follows from it.</summary>
    private async ValueTask<(Complaint? State, Rulebook? Rules, bool IsUnreadable)> ReadableAsync(
        StoredComplaint stored, CancellationToken cancellationToken)
    {
        try
        {
            var (state, unknown) = await StateAsync(stored, cancellationToken, keep: false).ConfigureAwait(false);
            if (unknown is not null)
                return default;
            var rules = await _services.Definitions.RulesForAsync(Tenant, state, cancellationToken).ConfigureAwait(false);
            return rules.Knows(state.Clocks) ? (state, rules, false) : default;
        }
        catch (UnreadableException)
        {
            // A damaged history is told as such, and named by 'complaints verify'.
            return (null, null, true);
        }
    }
}

/// <summary>What a state asks for.</summary>
/// <param name="IsKnown">False where this program cannot say.</param>
/// <param name="IsUnreadable">True where the case, or a column of it, is damaged.</param>
/// <param name="Work">The work.</param>
/// <param name="Links">The links.</param>
/// <param name="Parties">Who takes part.</param>
internal readonly record struct ExpectedWork(
    bool IsKnown, bool IsUnreadable, ImmutableArray<WorkRow> Work, ImmutableArray<LinkRow> Links, ImmutableArray<string> Parties);
