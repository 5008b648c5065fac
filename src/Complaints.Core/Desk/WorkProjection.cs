using System.Collections.Immutable;
using Complaints.Core.Assignment;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Improvements;
using Complaints.Core.Sla;
using Complaints.Core.Storage;
using NodaTime;

namespace Complaints.Core;

/// <summary>The work that a state makes wait, and whose it is. Nothing in it depends on who may do what, which a tenant may change at any
/// time: that is asked when somebody looks.</summary>
internal static class WorkProjection
{
    /// <summary>The work of a complaint; none before an imported one is adopted.</summary>
    public static ImmutableArray<WorkRow> Of(Complaint complaint, ImmutableArray<Clock> clocks, Rulebook rules) =>
        complaint.Imported is { AdoptedAt: null } ? [] : Of(
            ComplaintRooms.Current.Catalogue, complaint, DuesOf(clocks, rules), complaint.Responsibility.Owner,
            complaint.Responsibility.Team, complaint.Receipt.Area, complaint.UpdatedAt, ConflictRules.KeptOut(complaint));

    /// <summary>The work of an improvement.</summary>
    public static ImmutableArray<WorkRow> Of(Improvement improvement, Rulebook rules) => Of(
        ImprovementRooms.Current.Catalogue, improvement, new([], ZoneOf(rules)), improvement.Owner, improvement.Department, area: null,
        improvement.UpdatedAt, keptOut: []);

    /// <summary>What must change so that the work of the state before becomes that of the state after.</summary>
    public static (ImmutableArray<WorkRow> Set, ImmutableArray<WorkKey> Remove) Difference(
        ImmutableArray<WorkRow> before, ImmutableArray<WorkRow> after)
    {
        var set = after.RemoveAll(before.Contains);
        var remove = before.RemoveAll(row => after.Any(row.IsSame));
        return (set, [.. remove.Select(row => new WorkKey(row.Work, row.Subject))]);
    }

    private static ImmutableArray<WorkRow> Of<TState>(
        Catalogue<TState> catalogue, TState state, Dues dues, string? owner, string? team, string? area, Instant since,
        ImmutableArray<string> keptOut)
        where TState : class
    {
        var rows = ImmutableArray.CreateBuilder<WorkRow>(2);
        foreach (var kind in catalogue.WorkKinds)
        {
            foreach (var waiting in kind.In(state, dues))
            {
                var named = waiting.Person ?? (waiting.Team is null ? owner : null);
                // What is one's who must keep out of the case is for whoever else can do it.
                var person = waiting.IsForDuty || named is null || keptOut.Contains(named) ? null : named;
                var ofTeam = waiting.IsForDuty ? null : waiting.Team ?? team;
                rows.Add(new(kind.Name, waiting.Subject)
                {
                    Person = person,
                    Team = ofTeam,
                    Duty = person is null && ofTeam is null ? kind.Duty : null,
                    Amount = decimal.Ceiling(waiting.Amount * 10_000) / 10_000,
                    NotFor = waiting.NotFor.IsDefault && keptOut.IsEmpty ? [] :
                    [
                        .. (waiting.NotFor.IsDefault ? [] : waiting.NotFor).OfType<string>().Concat(keptOut).Distinct()
                            .Order(StringComparer.Ordinal),
                    ],
                    Area = area,
                    Due = Microseconds.Truncate(waiting.Due),
                    Since = since,
                });
            }
        }
        return rows.DrainToImmutable();
    }

    private static Dues DuesOf(ImmutableArray<Clock> clocks, Rulebook rules)
    {
        var running = ImmutableArray.CreateBuilder<(string, string?, Instant)>(clocks.Length);
        foreach (var clock in clocks)
        {
            if (clock is { IsRunning: true, Due: { } due })
                running.Add((clock.Objective, clock.Subject, due));
        }
        return new(running.DrainToImmutable(), ZoneOf(rules));
    }

    private static DateTimeZone ZoneOf(Rulebook rules) => DateTimeZoneProviders.Tzdb[rules.Settings.Zone];
}
