using System.Collections.Immutable;
using Complaints.Core.Classification;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;

namespace Complaints.Core.Assignment;

/// <summary>What a new case is, as far as it matters to who handles it. Nothing personal.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Channel">How it came in.</param>
/// <param name="Category">Its category, as it is judged at registration.</param>
/// <param name="Subcategory">Its subcategory.</param>
/// <param name="Area">Its area.</param>
/// <param name="Tier">The customer's tier.</param>
/// <param name="Priority">Its priority.</param>
public sealed record RoutingFacts(
    string Kind, string Channel, string? Category, string? Subcategory, string? Area, string? Tier, string Priority)
{
    /// <summary>How its points were judged, each code once; none before every point is.</summary>
    public ImmutableArray<string> Findings { get; init => field = Given.Of(value); } = [];

    /// <summary>The departments that what was judged comes from.</summary>
    public ImmutableArray<string> Departments { get; init => field = Given.Of(value); } = [];

    /// <summary>What a case comes to of which every point is judged; <c>null</c> before.</summary>
    internal static RoutingFacts? OfJudged(Complaint complaint)
    {
        var open = PointRules.Open(complaint).ToList();
        if (open.Exists(point => point.Validity is null))
            return null;
        var (receipt, judged) = (complaint.Receipt, complaint.Judgement);
        return new(receipt.Kind, receipt.Channel, judged.Category, judged.Subcategory, receipt.Area, receipt.Tier, judged.Priority)
        {
            Findings = [.. open.Select(point => point.Validity!).Distinct(StringComparer.Ordinal)],
            Departments = [.. open.Select(point => point.Department).OfType<string>().Distinct(StringComparer.Ordinal)],
        };
    }

    /// <summary>What a draft comes to.</summary>
    internal static RoutingFacts Of(IntakeDraft draft, Rulebook rules)
    {
        var judged = Classified.From(draft, rules).Judgement;
        return new(draft.Kind, draft.Channel, judged.Category, judged.Subcategory, draft.Area, draft.Tier, judged.Priority);
    }
}

/// <summary>Finds the row of a case.</summary>
internal static class Routing
{
    /// <summary>Hands a case over once every point is judged, where a row is for what was judged: to another team, person or track. It
    /// happens once, however often the same is judged again.</summary>
    public static void AppendJudged(Complaint before, EventSink events, DecisionContext context)
    {
        if (RowOf(events.State, context.Rules) is not var (row, number) || RowOf(before, context.Rules)?.Number == number)
            return;
        var had = events.State.Responsibility;
        var owner = ConflictRules.WorkFor(events.State, row.Owner) is null ? row.Owner : null;
        var track = row.Track ?? had.Track;
        // Whoever has it already in that team keeps it, unless it goes to somebody by name.
        owner ??= had.Team == row.Team && track == had.Track ? had.Owner : null;
        if ((owner, row.Team, track) == (had.Owner, had.Team, had.Track))
            return;
        events.Add(new HandedOver(owner, row.Team, HandedOver.ByRouting, IsFirst: had is { Owner: null, Team: null }, Remark: null,
            row.Track, new Route(number, context.Rules.Routing.Version, row.Skill)));
    }

    private static (RoutingRow Row, int Number)? RowOf(Complaint complaint, Rulebook rules)
    {
        var rows = rules.Routing.Value.Rows;
        RoutingFacts? facts = null;
        for (var i = 0; i < rows.Length; i++)
        {
            if (rows[i].When.Finding.IsEmpty)
                continue;
            if ((facts ??= RoutingFacts.OfJudged(complaint)) is not { } judged)
                return null;
            if (rows[i].When.Fits(judged))
                return (rows[i], i + 1);
        }
        return null;
    }

    /// <summary>The first row that fits, and its number, from 1; <c>null</c> where none does. Pure.</summary>
    public static (RoutingRow Row, int Number, RoutingFacts Facts)? Match(IntakeDraft draft, Rulebook rules)
    {
        var rows = rules.Routing.Value.Rows;
        if (rows.IsEmpty)
            return null;
        var facts = RoutingFacts.Of(draft, rules);
        for (var i = 0; i < rows.Length; i++)
        {
            if (rows[i].When.Fits(facts))
                return (rows[i], i + 1, facts);
        }
        return null;
    }
}
