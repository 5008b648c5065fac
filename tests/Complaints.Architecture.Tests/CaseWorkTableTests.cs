using System.Text.RegularExpressions;
using Complaints.Core;

namespace Complaints.Architecture.Tests;

/// <summary>The tables of what case work owes, from intake to findings and with departments: each row of the features has a test that
/// bears its name, and a place in the sample host, or says why it is out of reach.</summary>
public sealed partial class CaseWorkTableTests
{
    private const string Pages = "samples/Complaints.SampleHost/Pages/";

    // As the features name them.
    private const string Departments =
        "S037 S048 S049 S050 S051 S052 S053 S054 S056 S059 S061 S076 S083 S099 X06 X22 X27 X28 X40 X45";

    private const string Intake =
        "S008 S010 S011 S012 S013 S014 S015 S016 S017 S018 S019 S020 S021 S022 S023 S025 S034 S035 S041 S042 S043 "
        + "S056 S062 S063 S064 S065 S066 S067 S068 S069 S070 S113 S116 S143 S144 S148 S151 S152 S153 S154 S155 S158 "
        + "X07 X15 X30 X31 X33 X34 X35 X41 X44";

    [Theory]
    [InlineData("case-work-1", Intake)]
    [InlineData("case-work-2", Departments)]
    public void Each_row_has_a_test_and_a_place_or_a_reason(string table, string owed)
    {
        var tests = Repository.Files("tests", ".cs")
            .SelectMany(file => TestName().Matches(File.ReadAllText(Repository.At(file)))).Select(match => match.Groups["name"].Value)
            .ToHashSet(StringComparer.Ordinal);
        var rows = File.ReadAllLines(Repository.At($"tests/{table}.csv")).Skip(1).ToList();
        Wrong(rows, owed, tests).ShouldBeEmpty();
    }

    [Fact]
    public void Control_each_kind_of_wrong_row_is_found() => Wrong(
        [
            "S001,a,met,S002_Another_row,Case.razor", "S002,a,met,S002_Not_there,Case.razor", "S003,a,met,S003_A,Nowhere.razor",
            "S004,a,met,S004_A,Case.razor#nothing", "S005,a,met,S005_A,form no-such-command", "S006,a,out of reach,S006_A,later",
            "S007,a,perhaps", "S008,a,met,S008_A,form add-note", "S008,a,met,S008_A,form add-note",
        ],
        "S001 S002 S003 S004 S005 S006 S007 S008 S009",
        ["S002_Another_row", "S003_A", "S004_A", "S005_A", "S006_A", "S008_A"]).Select(wrong => wrong[..4])
        .ShouldBe(["S001", "S002", "S003", "S004", "S005", "S006", "S007", "S008", "S009"], ignoreOrder: true);

    private static IEnumerable<string> Wrong(IReadOnlyList<string> rows, string owed, HashSet<string> tests)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            var cells = row.Split(',');
            if (!seen.Add(cells[0]))
                yield return $"{cells[0]}: twice";
            else if (cells is [var id, _, "met", var test, var place])
            {
                if (!test.Split('_').Contains(id) || !tests.Contains(test))
                    yield return $"{id}: no test {test}";
                else if (!IsThere(place))
                    yield return $"{id}: no place {place}";
            }
            else if (cells is not [_, _, "out of reach", "", { Length: > 20 }])
                yield return $"{cells[0]}: neither met nor out of reach with a reason";
        }
        foreach (var id in owed.Split(' ').Where(id => !seen.Contains(id)))
            yield return $"{id}: has no row";
    }

    private static bool IsThere(string place)
    {
        if (place.StartsWith("form ", StringComparison.Ordinal))
            return CommandCatalogue.Find(new CommandName(place["form ".Length..])) is not null;
        var parts = place.Split('#');
        var page = Repository.At(Pages + parts[0]);
        return File.Exists(page) && (parts.Length == 1 || File.ReadAllText(page).Contains($"id=\"{parts[1]}\"", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"public (?:async Task|Task|void|Property) (?<name>\w+)\(")]
    private static partial Regex TestName();
}
