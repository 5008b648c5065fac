using System.Collections.Immutable;
using Complaints.Core.Storage;

namespace Complaints.Core;

/// <content>Decides while a row is on its way.</content>
public sealed partial class ComplaintDesk
{
    /// <summary>
    /// What a command comes to on the row that is expected: what this process wrote last of the complaint. It counts only where that very row
    /// comes, and it is the same decision then, because the core is pure; else everything is decided anew. So the wait for a database is not
    /// lost.
    /// </summary>
    /// <returns><c>null</c> where the row is there already, nothing is expected, or more must be asked for than the row.</returns>
    private async ValueTask<(LoadedComplaint Row, Decided Decided)?> AheadAsync(
        ValueTask<LoadedComplaint> loading, ComplaintId id, ComplaintCommand command, DecisionContext context, CommandId commandId,
        CancellationToken cancellationToken)
    {
        if (loading.IsCompleted || _services.IsInside || AsksForMore(command) || _services.States.Expected(Tenant, id) is not var (state, row))
            return null;
        try
        {
            return (row, await DecideAsync(state, row, command, context, commandId, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception)
        {
            // It is met again, and told, when it is decided on the row itself.
            return null;
        }
    }

    private static bool AsksForMore(ComplaintCommand command) =>
        command.RefersTo is not null || command.BringsPersons || command.ReadsComplainant || command.PeopleNamed.Any();

    /// <summary>What will be loaded next, if nobody else writes.</summary>
    private static LoadedComplaint After(LoadedComplaint loaded, ComplaintCommit commit) => loaded with
    {
        Complaint = loaded.Complaint! with
        {
            Version = commit.ExpectedVersion + 1, Schema = commit.Schema, State = default, Head = commit.Head,
        },
        Timers = commit.TimersToSet.IsEmpty && commit.TimersToRemove.IsEmpty ? loaded.Timers
            :
            [
                .. loaded.Timers.Where(timer =>
                    !commit.TimersToRemove.Any(timer.IsSame) && !commit.TimersToSet.Any(timer.IsSame)),
                .. commit.TimersToSet,
            ],
        Keys = loaded.Keys.AddRange(commit.NewKeys),
    };

    private static bool IsSame(LoadedComplaint expected, LoadedComplaint loaded)
    {
        var (was, now) = (expected.Complaint!, loaded.Complaint!);
        return was.Version == now.Version && was.Schema == now.Schema && was.Person == now.Person && was.Head.Span.SequenceEqual(now.Head.Span)
            && AreSame(expected.Timers, loaded.Timers) && AreSame(expected.Keys, loaded.Keys);
    }

    private static bool AreSame(ImmutableArray<TimerRow> expected, ImmutableArray<TimerRow> loaded)
    {
        if (expected.Length != loaded.Length)
            return false;
        foreach (var timer in loaded)
        {
            if (!expected.Contains(timer))
                return false;
        }
        return true;
    }

    private static bool AreSame(ImmutableArray<WrappedKey> expected, ImmutableArray<WrappedKey> loaded)
    {
        if (expected.Length != loaded.Length)
            return false;
        foreach (var key in loaded)
        {
            if (!Has(expected, key))
                return false;
        }
        return true;

        static bool Has(ImmutableArray<WrappedKey> keys, WrappedKey sought)
        {
            foreach (var key in keys)
            {
                if (key.Subject == sought.Subject)
                    return key.Wrapped.Span.SequenceEqual(sought.Wrapped.Span);
            }
            return false;
        }
    }
}
