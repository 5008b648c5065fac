using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Investigation;
using Complaints.Core.Storage;

namespace Complaints.Core.Tests.Assignment;

/// <summary>What a case names of others is told to nobody who sees only what they take part in: found by reflection, so that no new member
/// is forgotten.</summary>
public sealed class CaseAloneTests
{
    private static readonly Type[] Others =
        [typeof(ComplaintId), typeof(ImprovementId), typeof(SimilarComplaint), typeof(SplitTarget), typeof(SplitOrigin), typeof(CaseTie),
            typeof(ImprovementLink)];

    [Fact]
    public void S061_Every_event_that_names_another_case_says_what_is_left_of_it()
    {
        var naming = ComplaintRooms.Current.Catalogue.Events.Select(type => type.Class)
            .Where(type => type.GetProperties().Any(property => Others.Any(other => Holds(property.PropertyType, other)))).ToList();
        naming.Count.ShouldBeGreaterThan(10);
        foreach (var type in naming)
        {
            type.GetProperty("Alone", BindingFlags.Instance | BindingFlags.NonPublic)!.DeclaringType.ShouldBe(
                type, $"{type.Name} names another case");
        }
    }

    [Fact]
    public void S061_Nothing_in_a_state_names_another_case_after_it_is_told_alone()
    {
        var places = Places(typeof(Complaint), "", []).Order(StringComparer.Ordinal).ToList();
        places.ShouldBe([
            "Id", // its own
            "Improvements", "Inquiry.Findings.Similar", "Points.Into", "Progress.MergedInto", "Progress.Merges.Absorbed",
            "Receipt.RepeatOf", "Receipt.Similar", "Receipt.Split", "Ties",
        ], ignoreOrder: true);
        var other = new ComplaintId(Guid.NewGuid());
        var state = Situation.Registered().Complaint!;
        var told = CaseAlone.Of(state with
        {
            Receipt = state.Receipt with
            {
                RepeatOf = other, Similar = [new(other, "2026-9", default)], Split = new(other, "2026-9", 1),
            },
            Progress = state.Progress with { MergedInto = other, Merges = new([other], [], IntoNumber: "2026-9") },
            Points = [new(1) { Into = new(other, "2026-9") }],
            Inquiry = state.Inquiry with { Findings = [new(1, [1], [], "us", null, other)] },
            Ties = [new(other, "same-matter")],
            Improvements = [new(new(Guid.NewGuid()), "I-1", 1, true)],
        });
        (told.Receipt.RepeatOf, told.Receipt.Similar.Length, told.Receipt.Split).ShouldBe((null, 0, null));
        (told.Progress.MergedInto, told.Progress.Merged.Absorbed.Length, told.Progress.Merged.IntoNumber).ShouldBe((null, 0, null));
        (told.Points[0].Into, told.Inquiry.Findings[0].Similar, told.Ties.Length, told.Improvements.Length).ShouldBe((null, null, 0, 0));
    }

    private static IEnumerable<string> Places(Type type, string path, ImmutableHashSet<Type> above)
    {
        if (above.Contains(type) || type.Namespace?.StartsWith("Complaints", StringComparison.Ordinal) != true)
            yield break;
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var place = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
            if (Others.Any(other => Holds(property.PropertyType, other)))
                yield return place;
            else
            {
                foreach (var found in Places(ElementOf(property.PropertyType), place, above.Add(type)))
                    yield return found;
            }
        }
    }

    private static bool Holds(Type type, Type other) => ElementOf(type) == other;

    private static Type ElementOf(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        var isList = type.IsGenericType && typeof(IEnumerable).IsAssignableFrom(type);
        return isList && type.GetGenericArguments() is [var element] ? element : type;
    }
}
