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
    /// <summary>What a draft comes to.</summary>
    internal static RoutingFacts Of(IntakeDraft draft, Rulebook rules)
    {
        var judged = Classified.From(draft, rules).Judgement;
        return new(draft.Kind, draft.Channel, judged.Category, judged.Subcategory, draft.Area, draft.Tier, judged.Priority);
    }
}

/// <summary>Finds the row of a new case.</summary>
internal static class Routing
{
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
