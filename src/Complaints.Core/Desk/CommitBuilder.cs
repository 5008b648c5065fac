using Complaints.Core.History;
using System.Collections.Immutable;
using Complaints.Core.Assignment;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Sla;
using Complaints.Core.Storage;

namespace Complaints.Core;

/// <summary>Turns a decision into what is written: seals personal values, writes and chains events, projects timers, routes
/// messages.</summary>
public static class CommitBuilder
{
    /// <summary>The commit of an accepted decision.</summary>
    /// <param name="decision">What was decided.</param>
    /// <param name="loaded">What was loaded; <c>null</c> for a new complaint.</param>
    /// <param name="command">The command's id.</param>
    /// <param name="keys">The keys of <see cref="PersonsOf"/>; what would be sealed under a missing one, because it was destroyed, is left
    /// out.</param>
    /// <param name="rules">The tenant's definitions.</param>
    public static ComplaintCommit Build(Decision decision, LoadedComplaint? loaded, CommandId command, KeyRing keys, Rulebook rules) =>
        Build(ComplaintRooms.Current.Catalogue, decision, loaded, command, keys, rules);

    /// <summary>Whom the words of a decision are about, each once: their keys are needed to write it.</summary>
    public static ImmutableArray<SubjectId> PersonsOf(Decision decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        var persons = ImmutableArray<SubjectId>.Empty;
        foreach (var happened in decision.Events)
        {
            foreach (var field in happened.PersonalValues)
            {
                if (field.Value is not null && PersonOf(field, decision.Complaint) is var person && !persons.Contains(person))
                    persons = persons.Add(person);
            }
        }
        return persons;
    }

    internal static ComplaintCommit Build(
        Catalogue<Complaint> catalogue, Decision decision, LoadedComplaint? loaded, CommandId command, KeyRing keys, Rulebook rules)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(decision);
        var next = decision.Complaint;
        var head = loaded?.Complaint is { } stored ? stored.Head : HashChain.Origin;
        var events = ImmutableArray.CreateBuilder<StoredEvent>(decision.Events.Length);
        foreach (var happened in decision.Events)
        {
            Seal(happened, keys, next);
            var type = catalogue.Of(happened);
            var moment = decision.Moment.Of(happened.HappenedAt);
            var body = EventCodec.Write(next.Tenant, new RecordedEvent(next.Id, next.Version, events.Count, type.Name, type.Version, moment, command, happened), catalogue);
            head = keys.Tenant.Chain.Next(head.Span, body.Span);
            events.Add(new StoredEvent(next.Version, events.Count, body, head));
        }
        var persons = PersonsOf(decision);
        var clocks = decision.Clocks;
        var (set, remove) = Timers(clocks, next, loaded?.Timers ?? []);
        var (work, done) = Work(decision, rules);
        var (joined, left) = Parties(decision);
        var (linked, unlinked) = LinkProjection.Difference(decision.Before, next);
        return new ComplaintCommit
        {
            Tenant = next.Tenant,
            Id = next.Id,
            ExpectedVersion = next.Version - 1,
            Schema = StateCodec.Schema,
            State = StateCodec.Write(next),
            Head = head,
            Summary = ComplaintSummary.Of(next, clocks),
            StaysInPlace = set.IsEmpty && remove.IsEmpty && StaysInPlace(decision, rules),
            Events = events.MoveToImmutable(),
            TimersToSet = set,
            TimersToRemove = remove,
            WorkToSet = work,
            WorkToRemove = done,
            LinksToSet = linked,
            LinksToRemove = unlinked,
            PartiesToSet = joined,
            PartiesToRemove = left,
            Outbox = OutboxRouting.Route(catalogue, decision, keys.Tenant.Rows, rules),
            NewKeys = keys.New,
            NewPersons = Joining(decision, keys),
            SealedUnder = [.. persons.Where(person => keys.Of(person) is not null && !keys.IsNew(person))],
            LeavesWordsOut = persons.Any(person => keys.Of(person) is null),
        };
    }

    private static SubjectId PersonOf(PersonalField field, Complaint complaint) => field.About ?? complaint.Receipt.Person;

    /// <summary>Whoever is new takes part under a key that comes along; whoever took part in a complaint that was merged has one, or was
    /// erased.</summary>
    private static ImmutableArray<SubjectId> Joining(Decision decision, KeyRing keys)
    {
        foreach (var happened in decision.Events)
        {
            if (happened is { Joins: { } person, JoinsWithKey: false } && !keys.IsNew(person))
                throw new ArgumentException("A person who is new has no key: add a new one.", nameof(keys));
        }
        return [.. decision.Events.Select(happened => happened.Joins).OfType<SubjectId>()];
    }

    private static void Seal(ComplaintEvent happened, KeyRing keys, Complaint complaint)
    {
        foreach (var field in happened.PersonalValues)
        {
            var person = PersonOf(field, complaint);
            if (keys.Of(person) is { } key)
                field.Value?.Seal(key, Complaint.PlaceOf(complaint.Tenant, complaint.Id, field.Name));
            else
                field.Value?.LeaveOut(person);
        }
    }

    /// <summary>What waits now and did not before, or no longer. The clocks follow from their record alone: most commands leave it as it
    /// was.</summary>
    private static (ImmutableArray<WorkRow> Set, ImmutableArray<WorkKey> Remove) Work(Decision decision, Rulebook rules)
    {
        var (before, next) = (decision.Before, decision.Complaint);
        var was = before is null ? [] : WorkProjection.Of(
            before, ReferenceEquals(before.Clocks, next.Clocks) ? decision.Clocks : Clocks.Project(before, rules), rules);
        return WorkProjection.Difference(was, WorkProjection.Of(next, decision.Clocks, rules));
    }

    /// <summary>All who take part now, where they are others than before: a case of which nothing is written yet is then
    /// complete.</summary>
    private static (ImmutableArray<string> Set, ImmutableArray<string> Remove) Parties(Decision decision)
    {
        if (decision.Before is { } known && TakingPart.IsSame(known, decision.Complaint))
            return ([], []);
        var was = decision.Before is { } before ? TakingPart.In(before) : [];
        var now = TakingPart.In(decision.Complaint);
        return was.AsSpan().SequenceEqual(now.AsSpan()) ? ([], []) : (now, was.RemoveAll(now.Contains));
    }

    /// <summary>Whether it stands in every queue where it stood. Its timers say whether what is stored goes by other definitions.</summary>
    private static bool StaysInPlace(Decision decision, Rulebook rules) =>
        decision is { Before: { } before, Complaint: var next } && before.State == next.State
        && before.Responsibility.Owner == next.Responsibility.Owner
        && (ReferenceEquals(before.Clocks, next.Clocks)
            || Clocks.NextDue(Clocks.Project(before, rules)) == Clocks.NextDue(decision.Clocks));

    /// <summary>What must change so that the stored timers are those of the running clocks.</summary>
    private static (ImmutableArray<TimerRow> Set, ImmutableArray<TimerRow> Remove) Timers(ImmutableArray<Clock> clocks, Complaint complaint, ImmutableArray<TimerRow> stored)
    {
        var wanted = TimerProjection.Of(complaint, clocks);
        return (
            [.. wanted.Where(timer => !stored.Contains(timer))],
            [.. stored.Where(timer => !wanted.Any(kept => kept.IsSame(timer)))]);
    }
}
