using System.Text.RegularExpressions;

namespace Complaints.Architecture.Tests;

/// <summary>The rules of time (T1 to T26) are named by the tests that prove them.</summary>
public sealed class RuleNameTests
{
    private const int Last = 26;

    /// <summary>A test's name begins with its rules: <c>T10_T11_Every_due_...</c>.</summary>
    private static readonly Regex TestName = new(@"public (?:async Task|void) (?<rules>(?:[A-Z]\d+_)+)", RegexOptions.Compiled);

    [Fact]
    public void Every_rule_of_time_has_a_test_that_carries_its_number() =>
        Missing(Repository.Files("tests", ".cs").SelectMany(file => Rules(File.ReadAllText(Repository.At(file))))).ShouldBeEmpty();

    [Fact]
    public void Control_a_rule_without_a_test_is_found()
    {
        var named = Rules("public void T1_T2_Both() { } public async Task X13_T4_Third() { } // T3_ is only mentioned").ToList();
        named.ShouldBe([1, 2, 4]);
        Missing(named).ShouldContain("T3");
        Missing(Enumerable.Range(1, Last)).ShouldBeEmpty();
    }

    private static IEnumerable<int> Rules(string text) =>
        TestName.Matches(text).SelectMany(match => match.Groups["rules"].Value.Split('_', StringSplitOptions.RemoveEmptyEntries)).Where(rule => rule[0] == 'T').Select(rule => int.Parse(rule[1..]));

    private static IEnumerable<string> Missing(IEnumerable<int> named) => Enumerable.Range(1, Last).Except(named).Select(rule => $"T{rule}");
}
