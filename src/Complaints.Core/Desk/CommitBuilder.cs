using Complaints.Core.History;
using System.Collections.Immutable;
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
    /// <param name="key">The key of the complaint's person; <c>null</c> when it was destroyed: what would be sealed under it is left
    /// out.</param>
    /// <param name="rules">The tenant's definitions.</param>
    public static ComplaintCommit Build(Decision decision, LoadedComplaint? loaded, CommandId command, SubjectKey? key, Rulebook rules) =>
        Build(ComplaintRooms.Current.Catalogue, decision, loaded, command, key, rules);

    internal static ComplaintCommit Build(Catalogue<Complaint> catalogue, Decision decision, LoadedComplaint? loaded, CommandId command, SubjectKey? key, Rulebook rules)
    {
        ArgumentNullException.ThrowIfNull(decision);
        var next = decision.Complaint;
        var head = loaded?.Complaint is { } stored ? stored.Head : HashChain.Origin;
        var events = ImmutableArray.CreateBuilder<StoredEvent>(decision.Events.Length);
        var isSealed = false;
        foreach (var happened in decision.Events)
        {
            isSealed |= Seal(happened, key, next);
            var type = catalogue.Of(happened);
            var moment = decision.Moment.Of(happened.HappenedAt);
            var body = EventCodec.Write(next.Tenant, new RecordedEvent(next.Id, next.Version, events.Count, type.Name, type.Version, moment, command, happened), catalogue);
            head = HashChain.Next(head.Span, body.Span);
            events.Add(new StoredEvent(next.Version, events.Count, body, head));
        }
        var clocks = Clocks.Project(next, rules);
        var (set, remove) = Timers(clocks, next, loaded?.Timers ?? []);
        return new ComplaintCommit
        {
            Tenant = next.Tenant,
            Id = next.Id,
            ExpectedVersion = next.Version - 1,
            Schema = StateCodec.Schema,
            State = StateCodec.Write(next),
            Head = head,
            Summary = ComplaintSummary.Of(next, clocks),
            Events = events.MoveToImmutable(),
            TimersToSet = set,
            TimersToRemove = remove,
            Outbox = OutboxRouting.Route(catalogue, decision, rules),
            SealedUnder = isSealed && key is not null ? [key.Subject] : [],
            LeavesWordsOut = isSealed && key is null,
        };
    }

    /// <returns>True when there was anything to seal.</returns>
    private static bool Seal(ComplaintEvent happened, SubjectKey? key, Complaint complaint)
    {
        var isAny = false;
        foreach (var (name, value) in happened.PersonalValues)
        {
            if (value is null)
                continue;
            isAny = true;
            if (key is null)
                value.LeaveOut(complaint.Receipt.Person);
            else
                value.Seal(key, Complaint.PlaceOf(complaint.Tenant, complaint.Id, name));
        }
        return isAny;
    }

    /// <summary>What must change so that the stored timers are those of the running clocks.</summary>
    private static (ImmutableArray<TimerRow> Set, ImmutableArray<TimerRow> Remove) Timers(ImmutableArray<Clock> clocks, Complaint complaint, ImmutableArray<TimerRow> stored)
    {
        var wanted = TimerProjection.Of(complaint, clocks);
        return (
            [.. wanted.Where(timer => !stored.Contains(timer))],
            [.. stored.Where(timer => !wanted.Any(kept => kept.IsSame(timer)))]);
    }
}
