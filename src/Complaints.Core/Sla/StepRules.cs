using System.Collections.Immutable;

namespace Complaints.Core.Sla;

/// <summary>What is wrong with the steps of a clock that a host has written down.</summary>
internal static class StepRules
{
    /// <summary>Reminders: each says when, and none twice.</summary>
    public static IEnumerable<ComplaintError> OfWarnings(ImmutableArray<string> warnings, string path)
    {
        for (var i = 0; i < warnings.Length; i++)
        {
            if (!StepTime.TryParse(warnings[i], out _))
                yield return new("step.syntax", ("path", $"{path}[{i}]"), ("value", warnings[i]));
            else if (warnings.IndexOf(warnings[i]) < i)
                yield return new("definition.duplicate", ("path", $"{path}[{i}]"), ("value", warnings[i]));
        }
    }

    /// <summary>A rung of a ladder: it says when, and reaches a level.</summary>
    public static IEnumerable<ComplaintError> OfRung(string at, int level, string path, int lowest = 1)
    {
        if (!StepTime.TryParse(at, out _))
            yield return new("step.syntax", ("path", $"{path}.at"), ("value", at));
        if (level < lowest || level > 9)
            yield return new("number.out_of_range", ("field", $"{path}.level"), ("value", level), ("low", lowest), ("high", 9));
    }
}
