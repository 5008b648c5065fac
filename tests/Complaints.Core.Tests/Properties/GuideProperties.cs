using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using FsCheck.Xunit;

namespace Complaints.Core.Tests.Properties;

/// <summary>Whatever waits for whatever: a guide is refused exactly when some question would never be asked.</summary>
public sealed class GuideProperties
{
    /// <param name="waits">For each question the place of the one that it waits for; beyond the last: for none.</param>
    [Property(MaxTest = 500)]
    public void X44_A_guide_is_refused_exactly_when_questions_wait_in_a_circle(byte[] waits)
    {
        var places = waits.Take(8).Append((byte)255).ToArray();
        var guide = new Guide([new("product")], Questions:
            [.. places.Select((at, i) => Question(i, at % (places.Length + 1), places.Length))]);
        var refused = DefinitionKinds.Check("guides", "own", IntakeDefinitions.Guides.Write(guide), Rulebook.BuiltIn);

        (refused?.Details.Any(problem => problem.Code == "guide.loop") == true).ShouldBe(HasCircle(guide));
        if (refused is null)
            AllAreAsked(guide).ShouldBeTrue("every question of what is published can be reached");
    }

    private static GuideQuestion Question(int i, int waitsFor, int count) => new(
        $"q{i}", new("Q", "问"), GuideQuestion.YesNo, When: waitsFor < count ? new($"q{waitsFor}", ["yes"]) : null);

    /// <summary>By taking away what waits for nothing, until nothing goes any more.</summary>
    private static bool HasCircle(Guide guide)
    {
        var left = guide.Questions.ToDictionary(question => question.Code, question => question.When?.Question);
        while (left.Where(one => one.Value is null || !left.ContainsKey(one.Value)).Select(one => one.Key).ToList() is { Count: > 0 } free)
            free.ForEach(code => left.Remove(code));
        return left.Count > 0;
    }

    private static bool AllAreAsked(Guide guide) => guide.Questions.All(question =>
        guide.Asks(question, guide.Questions.Select(one => new GuideAnswer(one.Code, "yes"))));
}
