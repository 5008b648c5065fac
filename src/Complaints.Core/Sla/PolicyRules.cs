using Complaints.Core.Assignment;
using Complaints.Core.Classification;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Lifecycle;

namespace Complaints.Core.Sla;

/// <summary>What may be wrong with a policy that is published, each with its path: in itself, in what it refers to, and among the
/// others.</summary>
internal static class PolicyRules
{
    public static IEnumerable<ComplaintError> Problems(string id, SlaPolicy policy, Rulebook rules) =>
        policy.Problems()
            .Concat(policy.Objectives.SelectMany((objective, i) => References(objective, $"objectives[{i}]", rules)))
            .Concat(policy.AppliesTo is { } selection ? Selected(selection, rules) : [])
            .Concat(Among(id, policy, rules));

    private static IEnumerable<ComplaintError> References(PolicyObjective objective, string path, Rulebook rules)
    {
        if (objective.Calendar is { } calendar && !rules.HasCalendar(calendar))
            yield return new("definition.missing", ("path", $"{path}.calendar"), ("value", calendar), ("known", string.Join(", ", rules.CalendarIds)));
        else if (TimeLimit.TryParse(objective.Limit, out var limit))
        {
            foreach (var problem in limit.Problems($"{path}.limit", rules.Calendar(objective.Calendar ?? rules.Settings.Calendar)))
                yield return problem;
        }
        // An imported complaint may wait for a reason that no list has.
        foreach (var reason in objective.PausedBy.Where(reason => !rules.HoldReasons.Has(reason) && reason != "imported"))
            yield return new("definition.missing", ("path", $"{path}.pausedBy"), ("value", reason), ("known", rules.HoldReasons.Known()));
        if (objective.IsAboutTasks)
        {
            foreach (var type in objective.For.Where(type => !rules.Tasks.TypeList.Has(type)))
                yield return new("definition.missing", ("path", $"{path}.for"), ("value", type), ("known", rules.Tasks.TypeList.Known()));
        }
    }

    internal static IEnumerable<ComplaintError> Selected(
        PolicySelection selection, Rulebook rules, string at = "appliesTo")
    {
        foreach (var (path, codes, known) in new[]
        {
            ($"{at}.kinds", selection.Kinds, rules.Kinds.Items.Select(item => item.Code)),
            ($"{at}.categories", selection.Categories, rules.Categories.Value.Categories.Select(item => item.Code)),
            ($"{at}.priorities", selection.Priorities, rules.Priorities.Value.Priority.Items.Select(item => item.Code)),
            ($"{at}.channels", selection.Channels, rules.Channels.Items.Select(item => item.Code)),
        })
        {
            foreach (var code in codes.IsDefault ? [] : codes.Where(code => !known.Contains(code)))
                yield return new("definition.missing", ("path", path), ("value", code), ("known", string.Join(", ", known)));
        }
        foreach (var stage in selection.Stages.IsDefault ? [] : selection.Stages.Where(stage => stage is < 1 or > 2))
            yield return new("number.out_of_range", ("field", $"{at}.stages"), ("value", stage), ("low", 1), ("high", 2));
        foreach (var (name, values) in selection.Attributes)
        {
            if (values.IsDefaultOrEmpty)
                yield return new("definition.empty", ("path", $"{at}.attributes.{name}"));
        }
    }

    /// <summary>The first policy that applies is taken: one behind another that takes all of its complaints never comes into play, and of
    /// two with the same order neither is first.</summary>
    private static IEnumerable<ComplaintError> Among(string id, SlaPolicy policy, Rulebook rules)
    {
        var own = policy.AppliesTo ?? PolicySelection.All;
        foreach (var (reference, other) in rules.CurrentPolicies.Where(entry => entry.Ref.Id != id))
        {
            var theirs = other.AppliesTo ?? PolicySelection.All;
            if (other.Order == policy.Order && own.Overlaps(theirs))
                yield return new("policy.order_ambiguous", ("path", "order"), ("value", policy.Order), ("other", reference.Id),
                    ("first", string.CompareOrdinal(id, reference.Id) < 0 ? id : reference.Id));
            else if (other.Order < policy.Order && theirs.Covers(own))
                yield return new("policy.never_selected", ("path", policy.AppliesTo is null ? "order" : "appliesTo"), ("value", policy.Order), ("other", reference.Id), ("bound", other.Order));
        }
    }
}
