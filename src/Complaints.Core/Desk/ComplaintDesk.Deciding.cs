using System.Collections.Immutable;
using Complaints.Core.Sla;
using Complaints.Core.Storage;

namespace Complaints.Core;

/// <content>Decides, while the row is on its way or when it is there.</content>
public sealed partial class ComplaintDesk
{
    /// <summary>Decides on what was loaded, and builds what would be written; writes nothing.</summary>
    /// <exception cref="UnreadableException">What it is carried out on, or refers to, is damaged.</exception>
    private async ValueTask<Decided> DecideAsync(
        LoadedComplaint loaded, ComplaintCommand command, DecisionContext context, CommandId commandId, CancellationToken cancellationToken)
    {
        var (state, unknown) = await StateAsync(loaded.Complaint!, cancellationToken).ConfigureAwait(false);
        return unknown is not null ? new(state, new ComplaintError("history.newer", ("value", unknown)))
            : await DecideAsync(state, loaded, command, context, commandId, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<Decided> DecideAsync(
        Complaint state, LoadedComplaint loaded, ComplaintCommand command, DecisionContext context, CommandId commandId,
        CancellationToken cancellationToken)
    {
        var rules = await _services.Definitions.RulesForAsync(Tenant, state, cancellationToken).ConfigureAwait(false);
        context = context with { Rules = rules };
        if (!context.Rules.Knows(state.Clocks))
        {
            var pinned = string.Join(", ", state.Clocks.Policies.Select(pin => pin.Policy));
            return new(state, new ComplaintError("definition.version_missing", ("value", pinned)));
        }
        (context, var referred) = await WithReferredAsync(context, command, commandId, cancellationToken).ConfigureAwait(false);
        if (command.BringsPersons)
            context = context with { Fresh = _services.Ids.NewId(context.Now) };
        context = await WithComplainantAsync(
            context, command, state, loaded.Keys.FirstOrDefault(key => key.Subject == loaded.Complaint!.Person), cancellationToken)
            .ConfigureAwait(false);
        var decision = _services.Rooms.Decider.Decide(state, command, context);
        if (decision.Refusal is { } refusal)
            return new(state, refusal);
        var keys = await KeysAsync(decision, loaded, referred, cancellationToken).ConfigureAwait(false);
        var amended = await AmendedAsync(decision, context, cancellationToken).ConfigureAwait(false);
        var commit = CommitBuilder.Build(_services.Rooms.Catalogue, decision, loaded, commandId, keys, context.Rules)
            with { Amended = amended };
        return new(state, null, decision, command.NeedsReferredUnchanged && context.Referred is { } other
            ? commit with { Unchanged = new(other.Id, other.Version) } : commit);
    }

    /// <summary>The keys under which the decision's words are sealed: those that were loaded, and new ones of whoever is new.</summary>
    /// <param name="decision">What was decided.</param>
    /// <param name="loaded">What it was decided on.</param>
    /// <param name="referred">The keys of whom the complaint is about to which the command refers.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    private async ValueTask<KeyRing> KeysAsync(
        Decision decision, LoadedComplaint loaded, ImmutableArray<WrappedKey> referred, CancellationToken cancellationToken)
    {
        var keys = new KeyRing(await _services.Keys.TenantKeysAsync(Tenant, cancellationToken).ConfigureAwait(false));
        foreach (var person in CommitBuilder.PersonsOf(decision))
        {
            if (decision.Events.Any(happened => happened.Joins == person && !happened.JoinsWithKey))
            {
                var (key, wrapped) = await _services.Keys.NewAsync(Tenant, person, cancellationToken).ConfigureAwait(false);
                keys = keys.With(key, wrapped);
            }
            else if (loaded.Keys.Concat(referred).FirstOrDefault(known => known.Subject == person) is { } known)
            {
                var key = await _services.Keys.OpenAsync(Tenant, known, decision.Complaint.Number, cancellationToken).ConfigureAwait(false);
                keys = keys.With(key);
            }
        }
        return keys;
    }

    /// <summary>
    /// What a command comes to on the row that is expected: what this process wrote last of the complaint. It counts only where that very
    /// row comes, and it is the same decision then, because the core is pure; else everything is decided anew. So the wait for a database
    /// is not lost, nor that for the directory of people whom the command names.
    /// </summary>
    /// <returns><c>null</c> where the row is there already, nothing is expected, or more must be asked for than the row.</returns>
    private async ValueTask<(LoadedComplaint Row, Decided Decided)?> AheadAsync(
        ValueTask<LoadedComplaint> loading, ComplaintId id, ComplaintCommand command, DecisionContext context, CommandId commandId,
        CancellationToken cancellationToken)
    {
        if (loading.IsCompleted || _services.IsInside || AsksForMore(command)
            || _services.States.Expected(Tenant, id) is not var (state, row))
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
        command.RefersTo is not null || command.BringsPersons || command.ReadsComplainant;

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
        return was.Version == now.Version && was.Schema == now.Schema && was.Person == now.Person
            && was.Head.Span.SequenceEqual(now.Head.Span)
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
