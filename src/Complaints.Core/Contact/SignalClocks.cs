using System.Collections.Immutable;
using Complaints.Core.Definitions;
using Complaints.Core.Sla;

namespace Complaints.Core.Contact;

/// <summary>What rules of the signals ask of clocks. What was written down of them counts, so that a clock is late when a sweep or a
/// command says so, and not when somebody looks.</summary>
internal static class SignalClocks
{
    /// <summary>What needs no policy.</summary>
    private static readonly ImmutableArray<string> Fixed = [Objective.Agreed, Objective.Commitment, Objective.Hold, Objective.Step];

    /// <summary>The objectives that a rule may name: the library's, and those of the tenant's policies.</summary>
    public static ImmutableArray<string> Known(Rulebook rules) =>
    [
        .. Objective.All.Concat(Fixed)
            .Concat(rules.CurrentPolicies.SelectMany(current => current.Policy.Objectives).Select(objective => objective.Objective))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];

    /// <summary>How many clocks of an objective were late, or in time, in the present round.</summary>
    public static int Ended(Complaint complaint, string objective, bool isLate) =>
        complaint.Clocks.Verdicts.Where(verdict => verdict.Objective == objective && verdict.Round == complaint.Progress.Round)
            .Sum(verdict => isLate ? verdict.Breached : verdict.Met);

    /// <summary>Whether something was written down of a clock that a rule may ask for.</summary>
    public static bool Changed(Complaint before, Complaint after, ImmutableArray<SignalRule> rules)
    {
        if (before.Clocks.Results == after.Clocks.Results)
            return false;
        foreach (var rule in rules)
        {
            if (rule.When.Clock is not null)
                return true;
        }
        return false;
    }
}
